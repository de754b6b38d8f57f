"""Followers hear of entries: of a new one once, of a new version once a day."""

from typing import Any

from core import clock, notifications
from knowledge.models import Entry
from knowledge.notification_kinds import ENTRY_CHANGED, ENTRY_PUBLISHED
from people.models import User


def tell_of_new(*, entry: Entry, by: User | None) -> None:
    """Followers of its community, of its authors and of its competences; authors and owner know it already."""
    authors = list(entry.authors.select_related("user").order_by("sort_order"))
    people = [("person", author.user.public_id) for author in authors]
    competences = [("competence", key) for key in entry.competences.values_list("public_id", flat=True)]
    _tell(
        ENTRY_PUBLISHED,
        entry,
        by,
        dedupe=f"{ENTRY_PUBLISHED}:{entry.key}",
        followers_of=[("community", entry.community.public_id), *people, *competences],
        except_for=[entry.owner_id, *(author.user_id for author in authors)],
    )


def tell_of_change(*, entry: Entry, by: User | None) -> None:
    """Followers of the entry itself."""
    _tell(
        ENTRY_CHANGED,
        entry,
        by,
        dedupe=f"{ENTRY_CHANGED}:{entry.key}:{clock.today()}",
        followers_of=[("entry", entry.key)],
    )


def _tell(kind: str, entry: Entry, by: User | None, **told: Any) -> None:
    notifications.notify(
        kind=kind,
        subject=("entry", entry.key),
        place=("community", entry.community.public_id),
        actor=by,
        **told,
    )
