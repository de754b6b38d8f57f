"""The ledger as a table for a spreadsheet: numbers as numbers, codes as codes, one record a line."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import exports
from core.json_answers import absolute
from knowledge import replication_totals
from knowledge.querysets import ReplicationQuerySet
from people.access import Viewer

BATCH = 500


def rows(replications: ReplicationQuerySet, viewer: Viewer) -> Iterator[list[Any]]:
    """The headings, then the records, the newest first."""
    yield headings()
    rated = replication_totals.rated(replications.for_rows(viewer))

    def fetch(last: Any) -> list[Any]:
        following = rated if last is None else rated.filter(pk__lt=last.pk)
        return list(following.order_by("-pk")[:BATCH])

    for row in exports.batches(fetch, BATCH):
        yield _line(row)


def headings() -> list[str]:
    base = settings.BASE_CURRENCY
    return [
        _("From enterprise"),
        _("To enterprise"),
        _("Entry"),
        _("Community"),
        _("Status"),
        _("Date"),
        _("Effect"),
        _("Currency"),
        _("Period"),
        _("Effect in %(currency)s") % {"currency": base},
        _("Effect in numbers"),
        pgettext("of measure", "Unit"),
        _("What was measured"),
        _("Cost"),
        _("Currency of the cost"),
        _("Cost in %(currency)s") % {"currency": base},
        _("Confirmation"),
        _("Confirmed or questioned by"),
        _("Note"),
        _("Address"),
    ]


def _line(row: Any) -> list[Any]:
    entry = row.entry
    return [
        entry.enterprise.name if entry.enterprise else "",
        row.enterprise.name,
        row.title or entry.slug,
        entry.community.name,
        str(row.get_status_display()),
        row.as_of_date,
        row.effect_amount,
        row.effect_currency,
        str(row.get_effect_period_display()),
        _converted(row.effect_amount, row.effect_rate),
        row.effect_number,
        row.effect_unit,
        row.effect_measure,
        row.cost_amount,
        row.cost_currency,
        _converted(row.cost_amount, row.cost_rate),
        str(row.get_confirmation_display()),
        row.judged_by.name if row.judged_by else "",
        row.note,
        absolute(row.get_absolute_url()),
    ]


def _converted(amount: Any, rate: Any) -> Any:
    """Empty where nobody knows the rate: a nought would be a lie."""
    return None if amount is None or rate is None else round(amount * rate, 2)
