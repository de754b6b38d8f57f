"""Reports of the catalogue, one module a noun. What is listed here has its address, its file and its place."""

from django.utils.translation import gettext_lazy as _

from knowledge.reports.content import ContentByCommunity
from knowledge.reports.freshness import Freshness
from knowledge.reports.links import BrokenLinks
from knowledge.reports.missing import MissingDescription, MissingOwner, MissingSummary, MissingTranslation
from knowledge.reports.new import NewEntries
from knowledge.reports.orphans import OrphanDocuments, OrphanPictures
from knowledge.reports.readership import MostRead, Unread
from knowledge.reports.waiting import Drafts, Reviews
from knowledge.reports.weight import HeavyPages

GROUPS = (
    (_("Waits for somebody"), (Reviews, Drafts, NewEntries)),
    (_("How it stands"), (ContentByCommunity, Freshness, MostRead, Unread)),
    (_("What lacks"), (MissingOwner, MissingSummary, MissingTranslation, MissingDescription)),
    (_("Links and files"), (BrokenLinks, HeavyPages, OrphanPictures, OrphanDocuments)),
)
REPORTS = tuple(report for _heading, reports in GROUPS for report in reports)
