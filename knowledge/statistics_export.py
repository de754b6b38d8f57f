"""The figures of a community as a CSV file, which spreadsheets open as it is."""

import csv
from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from knowledge.selectors import CommunityStatistics
from people.models import Community


class Echo:
    """What csv writes to: it hands each row on."""

    def write(self, row: str) -> str:
        return row


def answer(community: Community, statistics: CommunityStatistics) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_lines(statistics), content_type="text/csv; charset=utf-8")
    period = statistics.period
    name = f"{community.slug}-{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(statistics: CommunityStatistics) -> Iterator[str]:
    titles: dict[str, Any] = {
        "from": _("From"),
        "members": _("Members"),
        "came": _("Members who came"),
        "went": _("Members who went"),
        "published": _("Entries published"),
        "read": _("Readers of entries"),
        "used": _("Uses elsewhere"),
        "answered": _("Requests answered"),
    }
    writer: Any = csv.writer(Echo())
    # Without the mark, spreadsheets take letters beyond the Latin ones for something else.
    yield "\ufeff" + writer.writerow(titles.values())
    for row in statistics.rows():
        yield writer.writerow([row[name] for name in titles])
