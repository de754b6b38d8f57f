from knowledge.models.community_page import ClassifiedCommunitiesPage, CommunitiesPage, CommunityPage
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
from knowledge.models.replication import Replication, ReplicationChange, ReplicationProof
from knowledge.models.tag import EntryTag, Tag

__all__ = [
    "BestPracticePage",
    "BlogPage",
    "ClassifiedCommunitiesPage",
    "CommunitiesPage",
    "CommunityPage",
    "Entry",
    "EntryAttachment",
    "EntryAuthor",
    "EntryPage",
    "EntryShare",
    "EntryTag",
    "KeptEntry",
    "Reading",
    "Replication",
    "ReplicationChange",
    "ReplicationProof",
    "SuccessStoryPage",
    "Tag",
    "WikiPage",
]
