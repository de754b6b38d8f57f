"""Which rows of social/? Every question of visibility is passed on to the subjects, which ask `people.access`."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from core.subjects import subjects

if TYPE_CHECKING:
    from people.access import Viewer

NOTHING = models.Q(pk__in=[])


def of_visible_subjects(viewer: "Viewer", path: str = "") -> models.Q:
    """Rows whose `subject_kind` and `subject_key` name something that the viewer may see; `path` leads to them."""
    return reduce(
        or_,
        (
            models.Q(
                **{
                    f"{path}subject_kind": subject.kind,
                    f"{path}subject_key__in": subject.visible(viewer).order_by().values(subject.key),
                }
            )
            for subject in subjects
        ),
        NOTHING,
    )


class ConversationQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "ConversationQuerySet":
        """Those about what the viewer may see, and those among participants of whom they are one."""
        if not viewer.is_employee:
            return self.none()
        own = apps.get_model("social", "Participant").objects.filter(user=viewer.user_id)
        direct = models.Q(subject_key=None, pk__in=own.values("conversation"))
        return self.filter(of_visible_subjects(viewer) | direct)


class BlockQuerySet(models.QuerySet[Any]):
    def between(self, user_id: int | None, others: Any) -> "BlockQuerySet":
        """Where one and a single other one keep away from each other; several are not kept from talking."""
        if len(others) != 1:
            return self.none()
        either = models.Q(by=user_id, blocked__in=others) | models.Q(by__in=others, blocked=user_id)
        return self.filter(either)


class ParticipantQuerySet(models.QuerySet[Any]):
    def with_unread(self) -> "ParticipantQuerySet":
        """With `unread`: how many messages came since they read last."""
        return self.annotate(
            unread=models.F("conversation__last_number") - models.F("read_number"),
        )


class MessageQuerySet(models.QuerySet[Any]):
    def standing(self) -> "MessageQuerySet":
        """Those that were not taken away."""
        return self.filter(deleted_at=None)

    def pinned(self) -> "MessageQuerySet":
        return self.standing().exclude(pinned_at=None).order_by("pinned_at", "pk")

    def for_room(self) -> "MessageQuerySet":
        """With what a message shows, whatever it is, in a constant number of queries."""
        people = apps.get_model("people", "User").objects.with_photos()
        poll_options = apps.get_model("social", "PollOption").objects.annotate(
            vote_count=models.Count("votes")
        )
        return self.select_related("reply_to__author", "thread", "poll", "deleted_by").prefetch_related(
            models.Prefetch("author", people),
            "attachments",
            models.Prefetch("poll__options", poll_options),
        )
