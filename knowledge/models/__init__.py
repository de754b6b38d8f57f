from knowledge.models.bulk_change import BulkChange, BulkItem
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
from knowledge.models.page_facts import ExternalAddress, PageFacts, PageReference
from knowledge.models.pin import Pin
from knowledge.models.promotion import PromotedPhrase, Promotion
from knowledge.models.reading import KeptEntry, Reading
from knowledge.models.replication import Replication, ReplicationChange, ReplicationProof
from knowledge.models.tag import EntryTag, FormerTag, Tag
from knowledge.models.topic import Topic
from knowledge.models.usefulness import EntryUsefulness, UsefulnessAnswer

__all__ = [
    "BestPracticePage",
    "BlogPage",
    "BulkChange",
    "BulkItem",
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
    "ExternalAddress",
    "FormerTag",
    "KeptEntry",
    "PageFacts",
    "PageReference",
    "Pin",
    "PromotedPhrase",
    "Promotion",
    "Reading",
    "Replication",
    "ReplicationChange",
    "ReplicationProof",
    "SuccessStoryPage",
    "Tag",
    "Topic",
    "UsefulnessAnswer",
    "WikiPage",
]
