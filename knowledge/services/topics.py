"""Topics are opened by members of a community, and closed with what came of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, notifications
from core.fields import uuid7
from core.notifications import Reason
from knowledge.choices import TOPIC_TRANSITIONS, TopicState
from knowledge.models import Topic
from people import access
from people.access import Viewer
from people.choices import Access, CommunityState
from people.models import Community, Competence, Membership, User
from social import live
from social.choices import Purpose
from social.models import Conversation, Participant
from social.services import conversations, messages

KIND = "topic"
TOPIC_OPENED = "topic_opened"
TOPIC_CLOSED = "topic_closed"
MOST_COMPETENCES = 6


class TopicRefused(ValidationError):
    """The step is not possible; the message says why, to the person."""


@dataclass(frozen=True)
class TopicDraft:
    """What a topic is about; `text` is its first message, in Markdown, `token` made by who opens it."""

    title: str
    text: str
    token: UUID
    language: str
    description: str = ""
    access: str = Access.OPEN
    competences: tuple[Competence, ...] = ()


def may_open(viewer: Viewer, community: Community) -> bool:
    """Members write in their community, and whoever manages it."""
    if community.state != CommunityState.ACTIVE:
        return False
    return community.pk in viewer.memberships or access.manages(viewer, community)


def may_write(viewer: Viewer, topic: Topic) -> bool:
    return may_open(viewer, topic.community)


def is_closed(topic: Topic) -> bool:
    return topic.state == TopicState.CLOSED


def looks_after(viewer: Viewer, topic: Topic) -> bool:
    """Whoever manages the community looks after what is written in it."""
    return access.manages(viewer, topic.community)


def may_close(viewer: Viewer, topic: Topic) -> bool:
    """Who opened it, while they are still one of the community, and whoever looks after it."""
    own = topic.author_id == viewer.user_id and may_open(viewer, topic.community)
    return own or looks_after(viewer, topic)


@transaction.atomic
def open_topic(*, community: Community, by: User, draft: TopicDraft, at: datetime | None = None) -> Topic:
    """Begin a topic with its question. Sent twice with the same token, it is opened once."""
    stored = Community.objects.select_for_update().get(pk=community.pk)
    viewer = access.viewer_of(by)
    if not may_open(viewer, stored):
        raise PermissionDenied
    known = Topic.objects.filter(
        community=stored, author=by, conversation__messages__token=draft.token
    ).first()
    if known is not None:
        return known
    topic = _begin(stored, by, draft, at or clock.now())
    first = messages.Draft(draft.text, draft.token)
    messages.send(
        conversation=topic.conversation, by=by, draft=first, at=topic.created_at, is_news=at is None
    )
    if at is None:
        _tell_of(topic)
    return topic


def _tell_of(topic: Topic) -> None:
    """Its community's members, and those who follow it or a competence of it."""
    members = Membership.objects.active().filter(community=topic.community)
    about = [("competence", key) for key in topic.competences.values_list("public_id", flat=True)]
    notifications.notify(
        kind=TOPIC_OPENED,
        subject=(KIND, topic.public_id),
        place=("community", topic.community.public_id),
        actor=topic.author,
        recipients=User.objects.filter(pk__in=members.values("user")),
        reason=Reason.MEMBER,
        followers_of=[("community", topic.community.public_id), *about],
        dedupe=f"topic:{topic.pk}",
    )


def _begin(community: Community, by: User, draft: TopicDraft, now: datetime) -> Topic:
    key = uuid7()
    conversation = Conversation.objects.create(
        purpose=Purpose.CHAT, subject_kind=KIND, subject_key=key, created_at=now
    )
    topic: Topic = Topic.objects.create(
        public_id=key,
        community=community,
        conversation=conversation,
        access=draft.access,
        title=draft.title,
        description=draft.description,
        language=draft.language,
        author=by,
        created_at=now,
    )
    topic.competences.set(draft.competences[:MOST_COMPETENCES])
    return topic


@transaction.atomic
def change(*, topic: Topic, by: User, **fields: Any) -> Topic:
    """Say differently what it is about: `title`, `description`, `language`, `access`, `competences`."""
    stored = _held(topic, by)
    competences = fields.pop("competences", None)
    was = stored.access
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=[*fields])
    if competences is not None:
        stored.competences.set(competences[:MOST_COMPETENCES])
    if stored.access != was:
        audit.log("topic.access_changed", actor=by, target=stored, was=was, now=stored.access)
        live.ask_rooms_again([stored.conversation_id])
    return stored


@transaction.atomic
def close(*, topic: Topic, by: User, outcome: str, is_news: bool = True) -> Topic:
    """End it with what came of it: nobody writes there any more, everybody reads.

    Of an end that `is_news` those who took part are told.
    """
    stored = _held(topic, by)
    if not outcome.strip():
        raise TopicRefused(
            {"outcome": _("Say in a sentence what came of it: that is what others will look for.")}
        )
    stored.outcome, stored.closed_at, stored.closed_by = outcome.strip(), clock.now(), by
    _move(stored, TopicState.CLOSED)
    stored.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    audit.log("topic.closed", actor=by, target=stored)
    if is_news:
        _tell_of_end(stored)
    return stored


def _tell_of_end(topic: Topic) -> None:
    took_part = Participant.objects.filter(conversation=topic.conversation_id, is_muted=False)
    notifications.notify(
        kind=TOPIC_CLOSED,
        subject=(KIND, topic.public_id),
        place=("community", topic.community.public_id),
        actor=topic.closed_by,
        recipients=User.objects.filter(pk__in=took_part.values("user")),
        reason=Reason.TAKES_PART,
        followers_of=[(KIND, topic.public_id)],
        dedupe=f"topic-closed:{topic.pk}:{topic.closed_at:%Y%m%d%H%M%S}",
    )


@transaction.atomic
def reopen(*, topic: Topic, by: User) -> Topic:
    """Go on with it; the former conclusion stays in view until there is a new one."""
    stored = _held(topic, by)
    _move(stored, TopicState.OPEN)
    stored.closed_at = stored.closed_by = None
    stored.save(update_fields=["state", "closed_at", "closed_by"])
    audit.log("topic.reopened", actor=by, target=stored)
    return stored


def _held(topic: Topic, by: User) -> Topic:
    """The row, locked behind its conversation's, as messages do it."""
    conversations.held_for_change(topic.conversation)
    stored: Topic = Topic.objects.select_related("community").get(pk=topic.pk)
    viewer = access.viewer_of(by)
    if not Topic.objects.visible_to(viewer).filter(pk=stored.pk).exists() or not may_close(viewer, stored):
        raise PermissionDenied
    return stored


def _move(topic: Topic, state: TopicState) -> None:
    if state not in TOPIC_TRANSITIONS[topic.state]:
        raise TopicRefused(_("Somebody else was faster: the topic has changed meanwhile."))
    topic.state = state
    conversation = conversations.held_for_change(topic.conversation)
    locked_at = conversation.locked_at
    if state == TopicState.CLOSED:
        conversations.set_lock(conversation, is_locked=True)
    elif locked_at and topic.closed_at and locked_at >= topic.closed_at:
        conversations.set_lock(conversation, is_locked=False)
    else:
        # Who looks after it had locked it before: that is not taken back with the end.
        conversations.bump(conversation)
