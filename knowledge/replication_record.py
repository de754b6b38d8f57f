"""Records of the ledger written for a reader: one with all it says, rows of a list, and its history."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import effects
from knowledge.choices import Confirmation, EffectPeriod, ReplicationEvent, ReplicationStatus
from knowledge.models import Entry, EntryPage, Replication
from knowledge.querysets import EntryPageQuerySet
from people.access import Viewer
from people.models import Document

PILLS = {
    ReplicationStatus.ADOPTED: "ok",
    ReplicationStatus.ADAPTED: "ok",
    ReplicationStatus.REJECTED: "bad",
    ReplicationStatus.TRIED: "info",
}
JUDGED = {Confirmation.CONFIRMED: "ok", Confirmation.QUESTIONED: "warm", Confirmation.WAITING: ""}


@dataclass(frozen=True)
class Row:
    """A record in a list."""

    url: str
    entry_url: str
    title: str
    language: str
    community: str
    giver: str
    giver_url: str
    taker: str
    taker_url: str
    status: str
    status_label: str
    pill: str
    effect: str
    cost: str
    date: dt.date
    confirmation: str
    confirmation_label: str
    confirmation_pill: str
    recorded_by: str = ""


@dataclass(frozen=True)
class Proof:
    title: str
    url: str
    size: int


@dataclass(frozen=True)
class Record:
    """One record with what its page shows beside the row."""

    row: Row
    measure: str
    note: str
    proofs: Sequence[Proof]


@dataclass(frozen=True)
class Step:
    """A line of a history."""

    label: str
    by: str
    by_url: str
    at: dt.datetime
    enterprise: str
    status_label: str
    effect: str
    reason: str


def rows(replications: Iterable[Any]) -> list[Row]:
    """Of replications `for_rows`."""
    return [_row(each, each.title or "", each.title_language or "") for each in replications]


def of(replication: Replication, viewer: Viewer) -> Record:
    """One record for a viewer, who may see its entry."""
    page = _page_of(replication.entry, viewer)
    row = _row(replication, page.title if page else "", page.locale.language_code if page else "")
    documents = Document.objects.visible_to(viewer).filter(
        proves__replication=replication, proves__removed_at=None
    )
    return Record(
        row=row,
        measure=replication.effect_measure,
        note=replication.note,
        proofs=[
            Proof(file.title, file.url, file.file_size or 0) for file in documents.order_by("proves__pk")
        ],
    )


def title_of(entry: Entry, viewer: Viewer) -> dict[str, str]:
    """The title of an entry in the language that its reader reads best, and that language."""
    page = _page_of(entry, viewer)
    return (
        {"text": page.title, "lang": page.locale.language_code} if page else {"text": str(entry), "lang": ""}
    )


def history_of(replication: Replication) -> list[Step]:
    """What happened to a record, the newest first."""
    changes = replication.changes.select_related("by", "enterprise").order_by("-at", "-pk")
    return [
        Step(
            label=str(ReplicationEvent(change.event).label),
            by=change.by.name if change.by else "",
            by_url=reverse("person", args=[change.by.public_id]) if change.by and change.by.is_active else "",
            at=change.at,
            enterprise=change.enterprise.name if change.enterprise_id != replication.enterprise_id else "",
            status_label=_label(ReplicationStatus, change.state.get("status", "")),
            effect=_effect_of(change.state),
            reason=change.reason,
        )
        for change in changes
    ]


def _row(replication: Any, title: str, language: str) -> Row:
    entry, confirmation = replication.entry, replication.confirmation
    return Row(
        url=replication.get_absolute_url(),
        entry_url=entry.get_absolute_url(),
        title=title or entry.slug,
        language=language,
        community=entry.community.name,
        giver=entry.enterprise.name if entry.enterprise else "",
        giver_url=reverse("unit", args=[entry.enterprise.slug]) if entry.enterprise else "",
        taker=replication.enterprise.name,
        taker_url=reverse("unit", args=[replication.enterprise.slug]),
        status=replication.status,
        status_label=str(replication.get_status_display()),
        pill=PILLS[ReplicationStatus(replication.status)],
        effect=effects.recorded_effect(replication),
        cost=effects.recorded_cost(replication),
        date=replication.as_of_date,
        confirmation=confirmation,
        confirmation_label=""
        if confirmation == Confirmation.NONE
        else str(replication.get_confirmation_display()),
        confirmation_pill=JUDGED.get(Confirmation(confirmation), ""),
        recorded_by=_name(replication, "recorded_by"),
    )


def _name(replication: Replication, field: str) -> str:
    """Only where it was fetched with the row: a list asks for nobody one by one."""
    person = replication._state.fields_cache.get(field)
    return person.name if person is not None else ""


def _page_of(entry: Entry, viewer: Viewer) -> Any:
    pages: EntryPageQuerySet = EntryPage.objects.live().filter(entry=entry)
    order = {code: place for place, code in enumerate(viewer.languages)}
    found = pages.select_related("locale").only("title", "locale__language_code").order_by("pk")
    return min(found, key=lambda page: order.get(page.locale.language_code, len(order)), default=None)


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _effect_of(state: dict[str, Any]) -> str:
    """The effect that a record had then, as far as its state was kept."""
    then = Replication(
        effect_amount=_number(state.get("effect_amount")),
        effect_currency=state.get("effect_currency", ""),
        effect_number=_number(state.get("effect_number")),
        effect_unit=state.get("effect_unit", ""),
        effect_period=state.get("effect_period", ""),
    )
    written = effects.recorded_effect(then)
    if written and then.effect_period == EffectPeriod.ONCE:
        return _("%(effect)s once") % {"effect": written}
    return written


def _number(text: Any) -> Decimal | None:
    return Decimal(text) if text else None
