"""Files of classified entries: open to those who may see an entry that uses them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from knowledge.models import EntryPage
from people.access import Viewer
from people.choices import Access


def classified_files(viewer: Viewer, model: type[Any]) -> Q:
    """Matches files in a community's classified collection that a visible live entry of that community uses.

    Only the community's own: a page elsewhere that names the file opens nothing.
    """
    entries = (
        EntryPage.objects.live()
        .visible_to(viewer)
        .filter(entry__community=OuterRef(OuterRef("collection__community__community")))
        .annotate(reference=Cast("pk", CharField()))
    )
    used = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
        object_id__in=entries.values("reference"),
    )
    return Q(Exists(used), collection__community__access=Access.CLASSIFIED)
