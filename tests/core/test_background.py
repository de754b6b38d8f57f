from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks import task

from core import background, clock
from core.models import Job

done: list[Any] = []


@task
def note(text: str) -> None:
    done.append(text)


@task
def fail() -> None:
    raise ValueError("broken on purpose")


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def make_due() -> None:
    Job.objects.update(due_at=clock.now() - timedelta(seconds=1))


class TestEnqueue:
    def test_runs_only_after_the_commit(self, db: None, django_capture_on_commit_callbacks) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            note.enqueue("hello")
            assert done == []
            assert Job.objects.count() == 1
        assert done == ["hello"]
        assert not Job.objects.exists()

    def test_is_forgotten_with_a_rolled_back_change(
        self, db: None, django_capture_on_commit_callbacks
    ) -> None:
        with (
            django_capture_on_commit_callbacks(execute=True),
            pytest.raises(ValueError, match="stop"),
            transaction.atomic(),
        ):
            note.enqueue("never")
            raise ValueError("stop")
        assert done == []
        assert not Job.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_survives_a_broker_that_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise OSError("connection refused")

        monkeypatch.setattr(background.run_job, "apply_async", refuse)
        note.enqueue("later")
        assert Job.objects.get().state == Job.State.WAITING
        monkeypatch.undo()
        assert background.resend_due() == 1
        assert done == ["later"]


class TestRunJob:
    def test_a_job_delivered_twice_is_done_once(self, db: None) -> None:
        note.enqueue("once")
        job = Job.objects.get()
        background.run_job(str(job.pk))
        background.run_job(str(job.pk))
        assert done == ["once"]

    def test_a_failure_is_kept_and_tried_again_five_times(self, db: None) -> None:
        fail.enqueue()
        for attempt in range(1, background.ATTEMPTS + 1):
            make_due()
            background.run_job(str(Job.objects.get().pk))
            assert Job.objects.get().attempts == attempt
        job = Job.objects.get()
        assert job.state == Job.State.FAILED
        assert "broken on purpose" in job.error

    def test_what_a_killed_process_was_doing_is_done_at_the_next_start(self, db: None) -> None:
        note.enqueue("again")
        Job.objects.update(state=Job.State.RUNNING, due_at=clock.now() + background.LEASE)
        assert background.resend_due() == 0
        assert background.recover() == 1
        assert done == ["again"]

    def test_a_lease_that_is_over_is_taken_up_by_another_worker(self, db: None) -> None:
        note.enqueue("abandoned")
        Job.objects.update(state=Job.State.RUNNING, due_at=clock.now() - timedelta(seconds=1))
        assert background.resend_due() == 1
        assert done == ["abandoned"]

    def test_nothing_runs_before_its_time(self, db: None) -> None:
        note.using(run_after=clock.now() + timedelta(hours=1)).enqueue("tomorrow")
        background.run_job(str(Job.objects.get().pk))
        assert done == []
