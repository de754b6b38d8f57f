"""What is found or shown by the name of another row is made known anew when that name changes.

A unit may stand on twenty thousand cards: they are announced after the commit, some hundreds a job, each job leaving
the next one behind. An app declares with `follow` which rows of its own carry which names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_save

from core import outbox, tasks

BATCH = 500
_RENAMED = "_is_renamed"


@dataclass(frozen=True)
class Carriers:
    """Rows that carry names: `rows(pk)` those that carry the name of one row, `things` what they are to the outbox."""

    name: str
    rows: Callable[[int], models.QuerySet[Any]]
    things: Callable[[models.QuerySet[Any]], Iterable[outbox.Thing]]


_carriers: dict[str, Carriers] = {}
_of_model: dict[Any, list[str]] = {}


def follow(model: type[models.Model], fields: tuple[str, ...], carriers: Carriers) -> None:
    """Announce `carriers` whenever one of the `fields` of a row of `model`, which hold its names, is another."""
    _carriers[carriers.name] = carriers
    if carriers.name not in _of_model.setdefault(model, []):
        _of_model[model].append(carriers.name)
    uid = f"renames-{model._meta.label}-{carriers.name}"
    # A foreign key is compared by its number, and saved under its name or its number's.
    written = {*fields, *(model._meta.get_field(field).name for field in fields)}
    mark = f"{_RENAMED}:{carriers.name}"

    def compare(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
        if raw or instance._state.adding or (update_fields is not None and written.isdisjoint(update_fields)):
            return
        stored = model._default_manager.filter(pk=instance.pk).values_list(*fields).first()
        instance.__dict__[mark] = stored != tuple(getattr(instance, field) for field in fields)

    def announce_carriers(instance: Any, **kwargs: Any) -> None:
        if instance.__dict__.pop(mark, False):
            tasks.announce_carriers.enqueue(carriers.name, instance.pk)

    pre_save.connect(compare, sender=model, weak=False, dispatch_uid=uid)
    post_save.connect(announce_carriers, sender=model, weak=False, dispatch_uid=uid)


def announce_all(row: models.Model) -> None:
    """Announce, by jobs, all that carries the name of a row: others carry it now, or another thing than before."""
    for name in _of_model.get(type(row), []):
        tasks.announce_carriers.enqueue(name, row.pk)


def announce(name: str, pk: int, after: int) -> int | None:
    """Announce the next of those that carry the name of a row. Returns the last one, None if no more are left."""
    carriers = _carriers[name]
    rows = carriers.rows(pk)
    pks = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH])
    outbox.record(*carriers.things(rows.model._default_manager.filter(pk__in=pks)))
    return pks[-1] if len(pks) == BATCH else None
