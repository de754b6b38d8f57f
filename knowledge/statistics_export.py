"""The figures of a community as a table for a spreadsheet: a row for each part of the period."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from knowledge.selectors import CommunityStatistics


def rows(statistics: CommunityStatistics) -> Iterator[list[Any]]:
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
    yield list(titles.values())
    for row in statistics.rows():
        yield [row[name] for name in titles]
