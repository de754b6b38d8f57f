"""Which entries are to be looked at again, or will be soon, and when somebody last did."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from knowledge.entry_filters import EntryListFilters
from knowledge.models import Entry
from knowledge.reports.listing import COMMUNITY, KIND, OWNER, EntryReport, Field, Moment, entries_of

NEAR = timedelta(days=30)
STATES = [
    ("past", _("Past its review date")),
    ("near", _("Within thirty days")),
    ("later", _("Later")),
    ("never", _("No review date")),
]


class FreshnessFilters(EntryListFilters):
    stale = None
    state = django_filters.ChoiceFilter(
        label=_("Review date"), choices=STATES, method="by_state", empty_label=_("Any")
    )

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        today = clock.today()
        if value == "past":
            return rows.stale()
        if value == "near":
            return rows.filter(review_date__range=(today, today + NEAR))
        if value == "later":
            return rows.filter(review_date__gt=today + NEAR)
        return rows.filter(review_date=None)


class Freshness(EntryReport):
    name = "freshness"
    page_title = _("Freshness")
    about = _("Which entries are past their review date or near it, and when somebody last looked.")
    header_icon = "time"
    filterset_class = FreshnessFilters
    default_ordering = "review_date"
    fields = [
        KIND,
        COMMUNITY,
        OWNER,
        Field("review_date", _("Review date"), lambda row: row.review_date, "review_date"),
        Field("checked_at", _("Checked still true"), lambda row: row.checked_at, "checked_at", Moment),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).published()
        return rows
