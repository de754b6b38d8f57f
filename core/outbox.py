"""The one way in which a change of a thing is made known to the index, the changes feed and whoever else follows.

An app says with `track` which of its models are things; every save and delete of a tracked row, from the site, the
admin or a service, then writes an entry in the same transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.db.models.signals import m2m_changed, post_delete, post_save
from django_tasks.base import Task

from core import background, bulk_rows, clock
from core.models import OutboxEntry

Verb = OutboxEntry.Verb
KEYS_A_QUERY = 1000
COME_BACK = timedelta(seconds=5)
Follower = Callable[[], None]
_followers: list[Follower] = []


@dataclass(frozen=True)
class Thing:
    """What a changed row means to the outside: `kind`, `key`, and the audience keys of those who may see it.

    An empty audience means that nobody may see it (a draft, a thing withdrawn).
    """

    kind: str
    key: str
    audience: list[str]


def track(
    model: type[models.Model],
    things: Callable[[Any], Iterable[Thing]],
    *,
    silent: frozenset[str] = frozenset(),
) -> None:
    """Record a change of every thing that `things(instance)` names whenever a row of `model` is saved or deleted.

    Saving nothing but `silent` fields changes nothing that anybody sees.
    """
    uid = f"outbox-{model._meta.label}"

    def saved(instance: models.Model, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
        if not raw and (update_fields is None or not silent.issuperset(update_fields)):
            record(*things(instance))

    def deleted(instance: models.Model, **kwargs: Any) -> None:
        remove(*things(instance))

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=uid)
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=uid)


def track_related(model: type[models.Model], things: Callable[[Any], Iterable[Thing]]) -> None:
    """Like `track`, for rows that belong to a thing: deleting one changes the thing instead of removing it."""
    uid = f"outbox-related-{model._meta.label}"

    def changed(instance: models.Model, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            record(*things(instance))

    post_save.connect(changed, sender=model, weak=False, dispatch_uid=uid)
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=uid)


def track_m2m(through: Any, things: Callable[[Any], Iterable[Thing]]) -> None:
    """Record a change when a many-to-many relation of a thing changes."""

    def changed(instance: models.Model, action: str, reverse: bool, **kwargs: Any) -> None:
        if action in {"post_add", "post_remove", "post_clear"} and not reverse:
            record(*things(instance))

    m2m_changed.connect(changed, sender=through, weak=False, dispatch_uid=f"outbox-m2m-{through._meta.label}")


def record(*things: Thing) -> None:
    """Write that `things` changed, within the running transaction."""
    _write(Verb.CHANGED, things)


def record_new(things: Iterable[Thing]) -> None:
    """Like `record`, for many things that nobody was told of before: no earlier audience is looked for."""
    # The database numbers them while it writes them: a number taken earlier could be passed over by a reader.
    bulk_rows.append(_entry(Verb.CHANGED, thing, before=[]) for thing in things)
    _tell_followers()


def record_ranked(*things: Thing) -> None:
    """Write that much or little use is made of `things` now; of themselves nothing has changed."""
    _write(Verb.RANKED, things)


def remove(*things: Thing) -> None:
    """Write that `things` are gone; the entry is their tombstone."""
    _write(Verb.REMOVED, things)


def follow(follower: Follower) -> None:
    """Call `follower` after each transaction that wrote entries."""
    if follower not in _followers:
        _followers.append(follower)


def changes_after(position: int, limit: int, *, task: Task) -> list[OutboxEntry]:
    """The next changes for a reader, at most `limit`; where a slower transaction holds them back `task` is asked again.

    Nobody tells of the end of that one. One that ended between the snapshot and the look at who runs is gone at the
    second look.
    """
    for _look in range(2):
        changes = list(OutboxEntry.objects.after(position)[:limit])
        if changes or not OutboxEntry.objects.filter(sequence__gt=position).exists():
            return changes
    background.ask_once(task, run_after=clock.now() + COME_BACK)
    return []


def _write(verb: OutboxEntry.Verb, things: Iterable[Thing]) -> None:
    things = list(things)
    if things:
        last = _last_audiences(things)
        OutboxEntry.objects.bulk_create(
            _entry(verb, thing, before=last.get((thing.kind, thing.key), [])) for thing in things
        )
        _tell_followers()


def _entry(verb: OutboxEntry.Verb, thing: Thing, *, before: list[str]) -> OutboxEntry:
    return OutboxEntry(
        kind=thing.kind,
        key=thing.key,
        verb=verb,
        audience_before=before,
        audience_after=[] if verb == Verb.REMOVED else thing.audience,
    )


def _tell_followers() -> None:
    for follower in _followers:
        transaction.on_commit(follower, robust=True)


def _last_audiences(things: list[Thing]) -> dict[tuple[str, str], list[str]]:
    """Who could see each thing as it was last told, in one query a kind and a thousand things."""
    keys: dict[str, list[str]] = {}
    for thing in things:
        keys.setdefault(thing.kind, []).append(thing.key)
    found = {}
    for kind, all_keys in keys.items():
        for start in range(0, len(all_keys), KEYS_A_QUERY):
            told = OutboxEntry.objects.filter(kind=kind, key__in=all_keys[start : start + KEYS_A_QUERY])
            newest = told.values("key").annotate(newest=Max("sequence")).values("newest").order_by()
            rows = OutboxEntry.objects.filter(sequence__in=newest).values_list(
                "kind", "key", "audience_after"
            )
            found.update({(row[0], row[1]): row[2] for row in rows})
    return found
