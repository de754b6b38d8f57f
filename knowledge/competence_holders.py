"""Entries and topics among who and what has competences."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.models import Entry, Topic
from people.access import Viewer
from people.competence_holders import Holders, holders


def _entries(viewer: Viewer) -> QuerySet[Any]:
    return Entry.objects.visible_to(viewer)


def _titled(entries: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = entries.titled(get_language() or "en").order_by("title", "pk")
    return found


def _topics(viewer: Viewer) -> QuerySet[Any]:
    return Topic.objects.visible_to(viewer)


def _newest(topics: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = topics.by_activity()
    return found


def register() -> None:
    holders.register(
        "entries",
        Holders("entries", _("Entries"), Entry.competences.through, "entry", _entries, _titled),
    )
    holders.register(
        "topics",
        Holders("topics", _("Topics"), Topic.competences.through, "topic", _topics, _newest),
    )
