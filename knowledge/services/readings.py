"""What a person reads: noted for themselves, so that they find it again and go on where they stopped."""

from datetime import timedelta

from django.core.cache import cache
from django.db import transaction

from core import clock
from knowledge.models import Entry, KeptEntry, Reading
from people.models import User

FINISHED = 95
KEPT_FOR = timedelta(days=400)
HOUR = 3600
# Stands in the cache for a list that was just changed, longer than anybody takes who has read it before the change.
CHANGED = "changed"
MOMENT = 10


def note(*, user: User, entry: Entry, language: str, progress: int) -> Reading:
    """The person has come so far, in hundredths. What is as good as read to its end counts as read; it stays so."""
    come = 100 if progress >= FINISHED else max(0, progress)
    with transaction.atomic():
        reading, _new = Reading.objects.select_for_update().get_or_create(
            user=user, entry=entry, defaults={"language": language, "read_at": clock.now()}
        )
        reading.progress = max(come, reading.progress) if reading.progress == 100 else come
        reading.language = language
        reading.read_at = clock.now()
        reading.save(update_fields=["progress", "language", "read_at"])
    return reading


def keep(*, user: User, entry: Entry) -> None:
    """Put an entry on the reading list; one that is there stays."""
    KeptEntry.objects.get_or_create(user=user, entry=entry, defaults={"kept_at": clock.now()})
    cache.set(_key(user.pk), CHANGED, MOMENT)


def release(*, user: User, entry: Entry) -> None:
    """Take it off; one that is not there stays away."""
    KeptEntry.objects.filter(user=user, entry=entry).delete()
    cache.set(_key(user.pk), CHANGED, MOMENT)


def kept_by(user_id: int) -> frozenset[int]:
    """The numbers of the entries on the reading list; every entry's page asks, so they are at hand for an hour."""
    known: frozenset[int] | str | None = cache.get(_key(user_id))
    if isinstance(known, frozenset):
        return known
    kept = frozenset(KeptEntry.objects.filter(user=user_id).values_list("entry_id", flat=True))
    # Not over the sign of a change: what was read here may be from before it.
    cache.add(_key(user_id), kept, HOUR)
    return kept


def forget_old() -> int:
    """Drop what was read long ago; returns how much."""
    gone, _by_kind = Reading.objects.filter(read_at__lt=clock.now() - KEPT_FOR).delete()
    return gone


def _key(user_id: int) -> str:
    return f"reading-list:{user_id}"
