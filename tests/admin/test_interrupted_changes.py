"""A change of 5 000 entries that stops half way: what its page says, and that each entry ends where it should.

As many are done here as show the way there and back; `make bench` goes all the way.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from core import background, clock
from core.fields import uuid7
from core.models import AuditEntry, Job
from knowledge import tasks
from knowledge.choices import BulkState
from knowledge.models import BulkChange, Entry
from knowledge.services import bulk_changes, curation
from people.models import User
from tests import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]

MANY = 5_000
A_JOB = 80


class Killed(BaseException):
    """The worker is gone, as by a signal: nothing that catches exceptions hears of it."""


@pytest.fixture
def curator(sign_in: Callable[[User | None], Client], world: worlds.World) -> Client:
    return sign_in(world.curator)


@pytest.fixture
def change(curator: Client, world: worlds.World) -> BulkChange:
    """5 000 entries past their review date, handed over from the report that finds them."""
    past = clock.today() - timedelta(days=9)
    values = {"community": world.open, "owner": world.lead, "published_at": clock.now(), "review_date": past}
    Entry.objects.bulk_create(
        Entry(kind="best_practice", slug=f"many-{number}", languages=["en"], **values)
        for number in range(MANY)
    )
    place = reverse("wagtail_bulk_action", args=["knowledge", "entry", "hand_over"])
    listed = reverse("catalogue_reports:freshness") + "%3Fstate%3Dpast"
    answer = curator.post(
        f"{place}?id=all&next={listed}", {"token": str(uuid7()), "owner": world.member.pk, "note": ""}
    )
    change = BulkChange.objects.get()
    assert answer.headers["Location"] == reverse("bulk_change:one", args=[change.public_id])
    return change


def waiting() -> QuerySet[Job]:
    return Job.objects.filter(task=tasks.go_on_with_bulk_change.module_path, state=Job.State.WAITING)


def work() -> None:
    """What a worker takes from the queue: the next job, no more."""
    background.run_job(str(waiting().earliest("created_at").pk))


def told(curator: Client, change: BulkChange) -> list[str]:
    """The state, how far it is, and the counts, as the page of the change says them."""
    html = curator.get(reverse("bulk_change:one", args=[change.public_id])).content.decode()
    state = re.findall(r"<dt>State</dt><dd>(.+?)</dd>", html)
    done = re.findall(r"<span>(\d+ of \d+)</span>", html)
    counts = re.findall(r"<li>(\d+ entr(?:y|ies) \w+)</li>", html)
    standstill = ["stands still"] if "This has stood still for some minutes." in html else []
    return [*state, *done, *counts, *standstill]


def press(curator: Client, button: str, change: BulkChange) -> None:
    assert curator.post(reverse(f"bulk_change:{button}", args=[change.public_id])).status_code == 302


def handed_over() -> Counter[str]:
    """How often each entry has changed hands, by the audit log."""
    return Counter(AuditEntry.objects.filter(action="entry.handed_over").values_list("key", flat=True))


def test_says_what_is_done_and_goes_on_or_back_from_there(
    curator: Client, world: worlds.World, change: BulkChange, monkeypatch: Any
) -> None:
    monkeypatch.setattr(bulk_changes, "A_JOB", A_JOB)
    perform = curation.perform
    tried: list[Any] = []

    def until_killed(**given: Any) -> Any:
        former = perform(**given)
        tried.append(former)
        if len(tried) == 41:
            raise Killed
        return former

    monkeypatch.setattr(curation, "perform", until_killed)
    with pytest.raises(Killed):
        work()
    assert told(curator, change) == ["under way", "40 of 5000", "40 entries done", "4960 entries wait"]
    assert Entry.objects.filter(owner=world.member).count() == 40

    BulkChange.objects.update(moved_at=clock.now() - timedelta(minutes=5))
    assert told(curator, change)[-1] == "stands still"
    press(curator, "resume", change)
    work()
    assert told(curator, change) == ["under way", "120 of 5000", "120 entries done", "4880 entries wait"]
    assert set(handed_over().values()) == {1}

    press(curator, "cancel", change)
    work()
    assert told(curator, change) == ["cancelled", "120 of 5000", "120 entries done", "4880 entries wait"]

    press(curator, "resume", change)
    press(curator, "undo", change)
    while Job.objects.filter(task=tasks.go_on_with_bulk_change.module_path, state=Job.State.WAITING).exists():
        work()
    assert told(curator, change)[2:] == ["0 entries done", "4880 entries wait", "120 entries undone"]
    change.refresh_from_db()
    assert change.state == BulkState.UNDONE
    assert Entry.objects.filter(slug__startswith="many-", owner=world.lead).count() == MANY
    assert Counter(handed_over().values()) == {2: 120}
