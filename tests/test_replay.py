"""What the costly fixtures keep is what a test may rely on, whatever ran beside them."""

import threading
import time

import pytest
from django.db import connection, transaction

from core import outbox
from core.models import Job
from people import access
from people.models import User
from people.roles import Role
from search import engine
from tests import replay
from tests.world import person

VIEWER = access.Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))


@pytest.mark.django_db(transaction=True)
def test_a_recording_has_in_its_index_what_a_slower_transaction_held_back() -> None:
    written, built = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            outbox.record(outbox.Thing("note", "slow", []))
            written.set()
            built.wait(20)
            time.sleep(0.1)
        connection.close()

    def somebody() -> User:
        sought = person("sought@example.org", Role.EMPLOYEE, name="Sonia Sought")
        built.set()
        return sought

    # SQLite lets one writer in at a time: there nothing is ever held back.
    beside = threading.Thread(target=slow)
    if connection.vendor == "postgresql":
        beside.start()
        assert written.wait(20)
    try:
        replay.once(somebody)
        hits = engine.search("sought", VIEWER, kind="person").hits
        assert [hit.title for hit in hits] == ["Sonia Sought"]
    finally:
        built.set()
        if connection.vendor == "postgresql":
            beside.join()
    assert not Job.objects.exists(), "while a job waits, no change asks for another"


@pytest.mark.django_db
@pytest.mark.parametrize("written", [False, True])
def test_a_recording_is_of_what_the_database_held_before(written: bool) -> None:
    if written:
        person("before@example.org", Role.EMPLOYEE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert replay._is_untouched() is not written


@pytest.mark.django_db
def test_what_is_rolled_back_within_a_test_is_taken_for_written() -> None:
    with pytest.raises(LookupError), transaction.atomic():
        person("before@example.org", Role.EMPLOYEE)
        raise LookupError
    assert not replay._is_untouched()
