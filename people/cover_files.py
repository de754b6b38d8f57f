"""Cover pictures: seen by whoever may know that the community exists, members or not."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from people import access
from people.access import Viewer
from people.models import Community, Image


def cover_pictures(viewer: Viewer, model: type[Any]) -> Q:
    """Matches the pictures that communities show on top, of those the viewer may know of.

    Only a community's own files: one that lies elsewhere is not opened by being put up.
    """
    if model is not Image:
        return access.NOBODY
    known = Community.objects.visible_to(viewer).filter(
        pk=OuterRef("collection__community__community"), cover=OuterRef("pk")
    )
    return Q(Exists(known))
