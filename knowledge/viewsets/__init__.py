from knowledge.viewsets.entries import EntryViewSet
from knowledge.viewsets.pages import ENTRY_PAGE_LISTINGS, EntryPages
from knowledge.viewsets.promotions import PromotionViewSet
from knowledge.viewsets.tags import TagViewSet

__all__ = ["ENTRY_PAGE_LISTINGS", "EntryPages", "EntryViewSet", "PromotionViewSet", "TagViewSet"]
