"""What of knowledge/ people talk about, follow and react to."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.subjects import Card, Subject, subjects
from knowledge.models import Entry, EntryPage, Topic
from knowledge.services import topics
from people import access
from people.access import Viewer
from people.choices import CommunityState


def _topic_cards(rows: list[Topic], languages: tuple[str, ...]) -> list[Card]:
    return [
        Card(
            title=topic.title,
            url=topic.get_absolute_url(),
            context=topic.community.name,
            language=topic.language,
        )
        for topic in rows
    ]


def _topics(viewer: Viewer) -> QuerySet[Any]:
    return Topic.objects.visible_to(viewer).select_related("community")


def _entries(viewer: Viewer) -> QuerySet[Any]:
    return Entry.objects.visible_to(viewer).published().select_related("community")


def _entry_cards(rows: list[Entry], languages: tuple[str, ...]) -> list[Card]:
    """By the page in the language that the reader reads best, else by the first there is."""
    order = {language: place for place, language in enumerate(languages)}
    pages: dict[int, list[Any]] = {}
    live = EntryPage.objects.live().filter(entry__in=[row.pk for row in rows]).select_related("locale")
    for page in live.only("title", "entry", "locale__language_code").order_by("pk"):
        pages.setdefault(page.entry_id, []).append(page)
    found = []
    for row in rows:
        own = sorted(pages.get(row.pk, []), key=lambda page: order.get(page.locale.language_code, len(order)))
        found.append(
            Card(
                title=own[0].title if own else row.slug,
                url=row.get_absolute_url(),
                context=row.community.name,
                language=own[0].locale.language_code if own else "",
            )
        )
    return found


def _takes_part(viewer: Viewer, entry: Entry) -> bool:
    """Whoever may read an entry may say something about it, as long as its community is at work."""
    return viewer.is_employee and entry.community.state == CommunityState.ACTIVE


def _looks_after(viewer: Viewer, entry: Entry) -> bool:
    return access.manages(viewer, entry.community)


def register() -> None:
    subjects.register(
        "entry",
        Subject(
            kind="entry",
            label=_("Entry"),
            icon="notes",
            model=Entry,
            key="key",
            visible=_entries,
            cards=_entry_cards,
            may_write=_takes_part,
            moderates=_looks_after,
            takes_comments=True,
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
            cards=_topic_cards,
            may_write=topics.may_write,
            has_ended=topics.is_closed,
            moderates=topics.looks_after,
        ),
    )
