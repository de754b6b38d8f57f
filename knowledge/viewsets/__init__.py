from knowledge.viewsets.entries import EntryViewSet
from knowledge.viewsets.pages import (
    AllPages,
    BestPractices,
    BlogPosts,
    EntryPages,
    SuccessStories,
    WikiPages,
)
from knowledge.viewsets.tags import TagViewSet

__all__ = [
    "AllPages",
    "BestPractices",
    "BlogPosts",
    "EntryPages",
    "EntryViewSet",
    "SuccessStories",
    "TagViewSet",
    "WikiPages",
]
