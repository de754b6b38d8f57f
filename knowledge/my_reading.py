"""What a person reads, as lists show it. What they may not see any more stays away, and comes back with the right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge import cards
from knowledge.cards import Card
from knowledge.models import Entry, KeptEntry, Reading
from people.access import Viewer

LIST = "list"
BEGUN = "begun"
READ = "read"
PARTS: Mapping[str, Any] = {LIST: _("Reading list"), BEGUN: _("Go on reading"), READ: _("Recently read")}


@dataclass(frozen=True)
class Shown:
    """A card, how far its reader has come, and the address that leads there."""

    card: Card
    progress: int
    url: str


def rows(part: str, viewer: Viewer) -> QuerySet[Any]:
    """The rows of one part, newest first, with their entries as lists need them."""
    visible = Entry.objects.visible_to(viewer).published()
    if part == LIST:
        kept = KeptEntry.objects.filter(user=viewer.user_id, entry__in=visible)
        return kept.order_by("-kept_at", "-pk")
    read = Reading.objects.filter(user=viewer.user_id, entry__in=visible).order_by("-read_at", "-pk")
    return read.begun() if part == BEGUN else read


def shown(some: Iterable[Any], viewer: Viewer) -> list[Shown]:
    """Rows of one page as cards, in a number of queries that does not grow."""
    some = list(some)
    keys = [row.entry_id for row in some]
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=keys).for_rows()}
    if not entries:
        return []
    progress = _progress(some, viewer)
    drawn = {card.key: card for card in cards.cards(entries.values(), viewer)}
    found = []
    for row in some:
        card = drawn.get(str(entries[row.entry_id].key))
        if card is not None:
            come = progress.get(row.entry_id, 0)
            found.append(Shown(card, come, f"{card.url}#at-{come}" if 0 < come < 100 else card.url))
    return found


def tabs(current: str) -> Sequence[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse("reading") if part == LIST else reverse("reading_part", args=[part]),
            "is_current": part == current,
        }
        for part, label in PARTS.items()
    ]


def _progress(some: Sequence[Any], viewer: Viewer) -> dict[int, int]:
    if all(isinstance(row, Reading) for row in some):
        return {row.entry_id: row.progress for row in some}
    read = Reading.objects.filter(user=viewer.user_id, entry__in=[row.entry_id for row in some])
    return dict(read.values_list("entry_id", "progress"))
