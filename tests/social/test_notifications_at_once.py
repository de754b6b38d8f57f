"""Several at the same moment, and what is away: nobody is told twice, and nothing is lost."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.db import connection

from core import clock
from people.models import Community
from people.roles import Role
from social.models import Delivery, Notification, NotificationEvent
from social.services import fan_out, hints, mailing, notifications
from tests import world as worlds
from tests.social.news import KIND, counted, tell


def at_once(*steps: Callable[[], object]) -> list[Exception]:
    """Carry these out in threads with a connection each; returns what they raised."""
    start, failed = Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            start.wait()
            step()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


@pytest.mark.django_db(transaction=True)
def test_told_and_mailed_by_several_workers_at_once_it_is_one() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    lead = worlds.person("lead@example.org", Role.EMPLOYEE)
    community = Community.objects.create(slug="forge", name_en="Forge", access="open", state="active")
    people = [worlds.person(f"p{number}@example.org", Role.EMPLOYEE).pk for number in range(12)]
    pair = ("community", community.public_id)

    def note() -> None:
        event = notifications.notify(kind=KIND, subject=pair, dedupe="same", actor=lead)
        assert event is not None
        fan_out.tell(event_id=event.pk, user_ids=people, reason="own")

    assert at_once(note, note, note, note) == []
    assert NotificationEvent.objects.filter(dedupe="same").count() == 1
    assert Notification.objects.filter(event__dedupe="same").count() == 12
    Delivery.objects.update(due_at=clock.now())
    assert at_once(mailing.send_due, mailing.send_due, mailing.send_due) == []
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        f"p{number}@example.org" for number in range(12)
    )


@pytest.mark.django_db(transaction=True)
def test_reading_while_more_comes_the_count_is_what_the_rows_say() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    community = Community.objects.create(slug="forge", name_en="Forge", access="open", state="active")
    person = worlds.person("reader@example.org", Role.EMPLOYEE)
    pair = ("community", community.public_id)

    def come(begin: int) -> Callable[[], object]:
        return lambda: [tell(pair, person, dedupe=f"{begin + number}") for number in range(20)]

    def read() -> None:
        for _time in range(20):
            notifications.mark_all_read(user=person)

    assert at_once(come(0), come(100), read, read) == []
    unread = Notification.objects.filter(recipient=person, read_at=None).count()
    assert (counted(person), Notification.objects.count()) == (unread, 40)


@pytest.mark.django_db(transaction=True)
def test_open_pages_that_cannot_be_told_keep_nobody_from_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of the sockets is away: the database is the truth, and pages ask now and then."""
    called: list[list[int]] = []

    def away(people: list[int]) -> None:
        called.append(people)
        raise ConnectionError("Redis is away")

    monkeypatch.setattr(hints, "_listeners", [away])
    community = Community.objects.create(slug="forge", name_en="Forge", access="open", state="active")
    person = worlds.person("reader@example.org", Role.EMPLOYEE)
    tell(("community", community.public_id), person)
    assert (called, counted(person)) == ([[person.pk]], 1)
    notifications.mark_all_read(user=person)
    assert (len(called), counted(person)) == (2, 0)
