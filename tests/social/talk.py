"""Topics and messages as tests make them."""

from typing import Any
from uuid import UUID, uuid4

from knowledge.models import Topic
from knowledge.services import topics
from people.models import Community, User
from social.models import Conversation, Message
from social.services import messages


def topic(community: Community, by: User, **fields: Any) -> Topic:
    """A topic with its first message."""
    draft = {"title": "Bearings run hot", "text": "What should we check first?", "language": "en", **fields}
    return topics.open_topic(community=community, by=by, draft=topics.TopicDraft(token=uuid4(), **draft))


def say(
    conversation: Conversation, by: User, text: str, *, token: UUID | None = None, **more: Any
) -> Message:
    stored = Conversation.objects.get(pk=conversation.pk)
    draft = messages.Draft(text, token or uuid4(), **more)
    return messages.send(conversation=stored, by=by, draft=draft)
