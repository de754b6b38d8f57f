"""Two people at the same moment, each with a connection of their own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from knowledge.models import Replication
from knowledge.services import confirmations, replications
from knowledge.services.confirmations import AlreadyConfirmed
from knowledge.services.replications import AlreadyRecorded, ChangedMeanwhile
from people.models import Unit
from people.roles import Role
from tests import world as worlds
from tests.knowledge.ledger import money

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(*steps: Callable[[], Any]) -> list[Exception]:
    """What the steps were refused with."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the other tests tell what the second finds")
    start, refused = Barrier(len(steps)), []

    def run(step: Callable[[], Any]) -> None:
        try:
            start.wait()
            step()
        except Exception as error:  # noqa: BLE001 - any of them is an answer
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def place() -> tuple[Any, Unit]:
    """An open entry and an enterprise."""
    lead = worlds.person("lead@example.org", Role.EXPERT)
    entry = worlds.entry("leaks", worlds.community("energy", lead), lead)
    holding = Unit.add_root(slug="holding", kind="holding", name="Holding")
    return entry, holding.add_child(slug="steel", kind="enterprise", name="Steel")


def test_two_record_for_one_enterprise() -> None:
    entry, steel = place()
    people = [
        worlds.person(f"{name}@example.org", Role.EMPLOYEE, enterprise=steel) for name in ("one", "two")
    ]

    def record(by: Any) -> Callable[[], Any]:
        return lambda: replications.record(entry=entry, enterprise=steel, draft=money(1), by=by)

    refused = both_at_once(*map(record, people))
    assert [type(error) for error in refused] == [AlreadyRecorded]
    assert Replication.objects.count() == 1


@pytest.mark.slow
def test_two_confirm() -> None:
    entry, steel = place()
    by = worlds.person("one@example.org", Role.EMPLOYEE, enterprise=steel)
    made = replications.record(entry=entry, enterprise=steel, draft=money(1), by=by)
    curators = [worlds.person(f"{name}@example.org", Role.CURATOR, name=name) for name in ("Ada", "Bo")]

    def confirm(judge: Any) -> Callable[[], Any]:
        return lambda: confirmations.confirm(replication=made, version=1, by=judge, reason="Seen")

    refused = both_at_once(*map(confirm, curators))
    assert [type(error) for error in refused] == [AlreadyConfirmed]
    assert refused[0].by == Replication.objects.get().judged_by  # type: ignore[attr-defined]


@pytest.mark.slow
def test_one_changes_what_another_confirms() -> None:
    entry, steel = place()
    by = worlds.person("one@example.org", Role.EMPLOYEE, enterprise=steel)
    made = replications.record(entry=entry, enterprise=steel, draft=money(1), by=by)
    curator = worlds.person("ada@example.org", Role.CURATOR)
    refused = both_at_once(
        lambda: confirmations.confirm(replication=made, version=1, by=curator, reason="Seen"),
        lambda: replications.edit(replication=made, version=1, draft=money(9), by=by),
    )
    assert [type(error) for error in refused] == [ChangedMeanwhile]
    stored = Replication.objects.get()
    assert (stored.confirmation == "confirmed") == (stored.effect_amount == 1)
