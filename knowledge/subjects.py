"""What of knowledge/ people talk about, follow and react to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.subjects import Card, Subject, subjects
from knowledge.models import Topic
from knowledge.services import topics


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


def register() -> None:
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
