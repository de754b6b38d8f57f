from knowledge.models.community_page import ClassifiedCommunitiesPage, CommunitiesPage, CommunityPage
from knowledge.models.correction import Correction
from knowledge.models.entry import Entry, EntryAuthor, EntryShare
from knowledge.models.entry_page import (
    BestPracticePage,
    BlogPage,
    EntryAttachment,
    EntryPage,
    SuccessStoryPage,
    WikiPage,
)
from knowledge.models.reading import KeptEntry, Reading
from knowledge.models.replication import Replication
from knowledge.models.tag import EntryTag, Tag
from knowledge.models.usefulness import EntryUsefulness, UsefulnessAnswer

__all__ = [
    "BestPracticePage",
    "BlogPage",
    "ClassifiedCommunitiesPage",
    "CommunitiesPage",
    "CommunityPage",
    "Correction",
    "Entry",
    "EntryAttachment",
    "EntryAuthor",
    "EntryPage",
    "EntryShare",
    "EntryTag",
    "EntryUsefulness",
    "KeptEntry",
    "Reading",
    "Replication",
    "SuccessStoryPage",
    "Tag",
    "UsefulnessAnswer",
    "WikiPage",
]
