"""Where a conversation stands for somebody: what it is about, and what they may do in it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.subjects import Card, Subject, subjects
from people.access import Viewer
from people.models import User
from social.choices import Purpose
from social.models import Block, Conversation, Participant


@dataclass(frozen=True)
class Place:
    """A conversation that `viewer` may read, with the row that it is about; direct ones have none."""

    conversation: Conversation
    viewer: Viewer
    subject: Subject | None = None
    row: Any = None

    @property
    def is_locked(self) -> bool:
        return self.conversation.locked_at is not None

    @cached_property
    def takes_part(self) -> bool:
        """Whether the viewer is one of those who write here, be it locked or not."""
        if self.subject is None:
            return not Block.objects.between(self.viewer.user_id, self.others).exists()
        return self.subject.may_write(self.viewer, self.row)

    @property
    def may_write(self) -> bool:
        return self.takes_part and not self.is_locked

    @property
    def has_ended(self) -> bool:
        """Whether what it is about has come to its end, and the writing with it."""
        return self.subject is not None and self.subject.has_ended(self.row)

    @cached_property
    def moderates(self) -> bool:
        """Whether the viewer looks after what others write here."""
        return self.subject is not None and self.subject.moderates(self.viewer, self.row)

    @cached_property
    def others(self) -> list[User]:
        """Of a direct conversation: who else is in it."""
        here = Participant.objects.filter(conversation=self.conversation).exclude(user=self.viewer.user_id)
        return list(User.objects.filter(pk__in=here.values("user")).order_by("name", "pk"))

    @cached_property
    def card(self) -> Card:
        if self.subject is None:
            title = ", ".join(person.name for person in self.others) or _("Direct messages")
            return Card(title=title, url=reverse("direct", args=[self.conversation.public_id]))
        return self.subject.cards([self.row], self.viewer.languages)[0]


def enter(conversation: Conversation, viewer: Viewer) -> Place | None:
    """The place, None where the viewer may not read it; one query."""
    if not viewer.is_employee:
        return None
    if conversation.purpose == Purpose.DIRECT:
        own = Participant.objects.filter(conversation=conversation, user=viewer.user_id)
        return Place(conversation, viewer) if own.exists() else None
    if conversation.subject_kind not in subjects:
        return None
    subject = subjects[conversation.subject_kind]
    row = subject.find(conversation.subject_key, viewer)
    return None if row is None else Place(conversation, viewer, subject, row)


def find(public_id: Any, viewer: Viewer) -> Place | None:
    """The same by the conversation's public id; None where there is none such for the viewer."""
    conversation = Conversation.objects.filter(public_id=public_id).first()
    return enter(conversation, viewer) if conversation else None
