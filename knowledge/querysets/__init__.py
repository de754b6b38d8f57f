"""Which rows? One file a noun; visibility is asked of `people.access` alone."""

from knowledge.querysets.bulk_changes import BulkChangeQuerySet
from knowledge.querysets.entries import EntryQuerySet, persons_of, visible_entries
from knowledge.querysets.highlights import PinQuerySet, PromotionQuerySet
from knowledge.querysets.page_references import PageReferenceQuerySet
from knowledge.querysets.pages import CARD_SPEC, EntryPageManager, EntryPageQuerySet
from knowledge.querysets.readers import BARELY, CorrectionQuerySet, ReadingQuerySet
from knowledge.querysets.replications import ReplicationQuerySet
from knowledge.querysets.tags import EntryTagQuerySet, TagQuerySet
from knowledge.querysets.topics import TopicQuerySet

__all__ = [
    "BARELY",
    "CARD_SPEC",
    "BulkChangeQuerySet",
    "CorrectionQuerySet",
    "EntryPageManager",
    "EntryPageQuerySet",
    "EntryQuerySet",
    "EntryTagQuerySet",
    "PageReferenceQuerySet",
    "PinQuerySet",
    "PromotionQuerySet",
    "ReadingQuerySet",
    "ReplicationQuerySet",
    "TagQuerySet",
    "TopicQuerySet",
    "persons_of",
    "visible_entries",
]
