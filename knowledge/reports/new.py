"""What has just been published."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from knowledge.models import Entry
from knowledge.reports.listing import COMMUNITY, ENTERPRISE, KIND, OWNER, PUBLISHED, EntryReport, entries_of

NEW = timedelta(days=14)


class NewEntries(EntryReport):
    name = "new"
    page_title = _("Published in the last two weeks")
    about = _("Entries that were published for the first time in the last two weeks.")
    header_icon = "pick"
    default_ordering = "-published_at"
    fields = [KIND, COMMUNITY, OWNER, ENTERPRISE, PUBLISHED]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).new_since(clock.now() - NEW)
        return rows
