"""What is read, and what nobody has read for a year. A read is a person who came further than the beginning."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core import clock
from knowledge.models import Entry, Reading
from knowledge.reports.listing import (
    COMMUNITY,
    ENTERPRISE,
    KIND,
    OWNER,
    PUBLISHED,
    EntryReport,
    Field,
    Moment,
    entries_of,
)

YEAR = timedelta(days=365)


class MostRead(EntryReport):
    name = "most_read"
    page_title = _("Most read")
    about = _("How many people have read each entry in the last year, and when somebody last did.")
    header_icon = "view"
    default_ordering = "-readers"
    fields = [
        Field("readers", _("Readers in a year"), lambda row: row.readers, "readers"),
        Field("last_read", _("Last read"), lambda row: row.last_read, "last_read", Moment),
        KIND,
        COMMUNITY,
        OWNER,
        PUBLISHED,
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).published()
        return rows

    def listed(self, rows: Any) -> Any:
        reads = (
            Reading.objects.reads().filter(entry=OuterRef("pk"), read_at__gte=clock.now() - YEAR).order_by()
        )
        counted = reads.values("entry").annotate(number=Count("pk"), last=Max("read_at"))
        return (
            super()
            .listed(rows)
            .annotate(
                readers=Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0),
                last_read=Subquery(counted.values("last"), output_field=DateTimeField()),
            )
        )


class Unread(EntryReport):
    name = "unread"
    page_title = _("Unread for a year")
    about = _("Entries published more than a year ago that nobody has read since.")
    header_icon = "no-view"
    default_ordering = "published_at"
    fields = [KIND, COMMUNITY, OWNER, ENTERPRISE, PUBLISHED]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).unread_since(clock.now() - YEAR)
        return rows
