"""Files that open to those who may see an entry: what classified entries use, and what proves their effects."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from knowledge.models import EntryPage, ReplicationProof
from knowledge.querysets import visible_entries
from people.access import Viewer
from people.choices import Access
from people.models import Document


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


def proofs(viewer: Viewer, model: type[Any]) -> Q:
    """Matches what proves the figures of a replication whose entry the viewer may see.

    What was taken away proves nothing: it may have been the wrong file. That of a record that is withdrawn is for
    those who may see it still. Proofs stand in the collection of the community that only its leads have, so nobody
    else opens them.
    """
    if model is not Document:
        return Q(pk__in=[])
    person = viewer.user_id or 0
    own = Q(replication__recorded_by=person) | Q(replication__contact=person)
    seen = ReplicationProof.objects.filter(
        visible_entries(viewer, "replication__entry__"),
        Q(replication__withdrawn_at=None) | own,
        replication__entry__published_at__isnull=False,
        removed_at=None,
    )
    return Q(pk__in=seen.values("document"))
