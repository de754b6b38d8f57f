from knowledge.viewsets.bulk_actions import BULK_ACTIONS
from knowledge.viewsets.bulk_changes import BulkChangeViewSet
from knowledge.viewsets.entries import EntryViewSet
from knowledge.viewsets.pages import ENTRY_PAGE_LISTINGS, EntryPages
from knowledge.viewsets.promotions import PromotionViewSet
from knowledge.viewsets.reports import ReportViewSet, reports_item
from knowledge.viewsets.tags import TagViewSet

__all__ = [
    "BULK_ACTIONS",
    "ENTRY_PAGE_LISTINGS",
    "BulkChangeViewSet",
    "EntryPages",
    "EntryViewSet",
    "PromotionViewSet",
    "ReportViewSet",
    "TagViewSet",
    "reports_item",
]
