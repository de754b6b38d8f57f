"""Entries as lists show them: in the reader's language first, in a number of queries that does not grow."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from knowledge import effects, pictures
from knowledge.addresses import page_url
from knowledge.models import Entry, EntryPage
from knowledge.querysets import CARD_SPEC
from people.access import Viewer
from people.choices import Access


@dataclass(frozen=True)
class Card:
    """The variables of templates/components/entry_card.html."""

    key: str
    kind: str
    kind_label: str
    title: str
    url: str
    summary: str
    lang: str
    cover_url: str
    effect: str
    languages: Sequence[str]
    community: str
    community_url: str
    people: str
    enterprise: str
    date: dt.datetime | None
    figures: Sequence[dict[str, Any]]
    access_label: str
    is_stale: bool


def reading_order(viewer: Viewer) -> list[str]:
    """Languages in which the viewer would rather read: what the interface speaks, then what they said."""
    return list(dict.fromkeys([get_language() or "en", *viewer.languages]))


def preferred(pages: Iterable[EntryPage], viewer: Viewer) -> EntryPage | None:
    """The page in the language that the viewer reads best, else in the one that was there first."""
    order = {language: place for place, language in enumerate(reading_order(viewer))}
    ranked = sorted(pages, key=lambda page: (order.get(page.locale.language_code, len(order)), page.pk))
    return ranked[0] if ranked else None


def cards(entries: Iterable[Entry], viewer: Viewer) -> list[Card]:
    """Cards of entries that come from `for_listing`, or from `for_rows` for cards without authors."""
    chosen = [(entry, preferred(entry.live_pages, viewer)) for entry in entries]
    shown = [(entry, page) for entry, page in chosen if page is not None]
    unmade = {
        page.cover_id: {CARD_SPEC}
        for _entry, page in shown
        if page.cover_id is not None and not page.card_cover_file
    }
    made = pictures.visible(unmade, viewer)
    return [_card(entry, page, made) for entry, page in shown]


def cover_url(entry: Entry) -> str:
    """The drawn cover of an entry without a picture, in its community's look."""
    community = entry.community
    return reverse("cover", args=[community.cover_pattern, community.accent.lstrip("#"), str(entry.key)])


def _cover_url(entry: Entry, page: Any, made: dict[int, pictures.Picture]) -> str:
    if page.card_cover_file:
        return pictures.rendition_url(page.card_cover_id, page.card_cover_file)
    drawn = made[page.cover_id].url(CARD_SPEC) if page.cover_id in made else ""
    return drawn or cover_url(entry)


def _card(entry: Entry, page: EntryPage, made: dict[int, pictures.Picture]) -> Card:
    language = page.locale.language_code
    others = [code for code in entry.languages if code != language]
    return Card(
        key=str(entry.key),
        kind=entry.kind,
        kind_label=entry.get_kind_display(),
        title=page.title,
        url=page_url(page),
        summary=page.summary,
        lang=language,
        cover_url=_cover_url(entry, page, made),
        effect=effects.economic_effect(entry) or effects.change(page.effects),
        languages=[language, *others] if others else [language],
        community=entry.community.name,
        community_url=entry.community.get_absolute_url(),
        people=", ".join(author.user.name for author in getattr(entry, "listed_authors", ())[:3]),
        enterprise=entry.enterprise.badge if entry.enterprise else "",
        date=entry.published_at,
        figures=_figures(entry, page),
        access_label=_access_label(entry),
        is_stale=entry.is_stale,
    )


def _figures(entry: Entry, page: EntryPage) -> list[dict[str, Any]]:
    uses = getattr(entry, "uses", 0)
    figures = []
    if uses:
        label = ngettext("enterprise uses it too", "enterprises use it too", uses)
        figures.append({"icon": "repeat", "value": uses, "label": label})
    minutes = page.reading_minutes
    reading = ngettext("%(minutes)s min", "%(minutes)s min", minutes) % {"minutes": minutes}
    figures.append({"icon": "clock", "value": reading, "label": ""})
    return figures


def _access_label(entry: Entry) -> str:
    """Said when not everybody may read it."""
    if Access.CLASSIFIED in {entry.access, entry.community.access}:
        return pgettext("an entry", "Classified")
    if Access.CLOSED in {entry.access, entry.community.access}:
        return _("Members only")
    return ""
