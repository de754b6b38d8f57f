"""What of knowledge/ people talk about, follow and react to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.subjects import Card, Subject, subjects
from knowledge.addresses import page_url
from knowledge.models import Entry, EntryPage, Topic
from knowledge.services import topics
from people import access
from people.choices import CommunityState


def topic_cards(rows: list[Topic], languages: tuple[str, ...]) -> list[Card]:
    return [
        Card(
            title=topic.title,
            url=topic.get_absolute_url(),
            context=topic.community.name,
            language=topic.language,
        )
        for topic in rows
    ]


def _topics(viewer: Any) -> Any:
    return Topic.objects.visible_to(viewer).select_related("community")


def _entries(viewer: Any) -> Any:
    return Entry.objects.published().visible_to(viewer).select_related("community")


def entry_cards(rows: list[Entry], languages: tuple[str, ...]) -> list[Card]:
    """Each by its page in the first of the languages that it has."""
    pages: dict[int, list[EntryPage]] = {}
    found = EntryPage.objects.live().filter(entry__in=rows).select_related("locale").defer("body")
    for page in found.order_by("pk"):
        pages.setdefault(page.entry_id, []).append(page)
    places = {language: place for place, language in enumerate(languages)}
    cards = []
    for entry in rows:
        of_entry = pages.get(entry.pk, [])
        best = min(
            of_entry, key=lambda page: places.get(page.locale.language_code, len(places)), default=None
        )
        cards.append(
            Card(
                title=best.title if best else entry.slug,
                url=page_url(best) if best else entry.get_absolute_url(),
                context=entry.community.name,
                language=best.locale.language_code if best else "",
            )
        )
    return cards


def _may_comment(viewer: Any, entry: Entry) -> bool:
    """Whoever reads an entry says what they think of it, as long as its community is at work."""
    return bool(viewer.is_employee and entry.community.state == CommunityState.ACTIVE)


def _manages(viewer: Any, entry: Entry) -> bool:
    return access.manages(viewer, entry.community)


def register() -> None:
    subjects.register(
        "entry",
        Subject(
            kind="entry",
            label=_("Entry"),
            icon="books",
            model=Entry,
            key="key",
            visible=_entries,
            cards=entry_cards,
            may_write=_may_comment,
            moderates=_manages,
        ),
    )
    subjects.register(
        topics.KIND,
        Subject(
            kind=topics.KIND,
            label=_("Topic"),
            icon="messages",
            model=Topic,
            visible=_topics,
            cards=topic_cards,
            may_write=topics.may_write,
            moderates=topics.looks_after,
        ),
    )
