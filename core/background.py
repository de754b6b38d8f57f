"""Wagtail's and our own background tasks on Celery.

A task is a function marked with `django_tasks.task`. Enqueuing it writes a `Job` in the running transaction and sends
its number after the commit, because a worker that is told earlier looks for rows that are not there yet. A job that
was never carried out, because the broker or the worker went away, is sent again by `resend_due`.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from kombu.exceptions import OperationalError

from core import clock
from core.fields import uuid7
from core.models import Job

logger = logging.getLogger("guildhall.background")

ATTEMPTS = 5
LEASE = timedelta(hours=1)


class CeleryBackend(BaseTaskBackend):
    """The `TASKS` backend that carries jobs through Celery."""

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        now = clock.now()
        job = Job.objects.create(
            id=uuid7(),
            task=task.module_path,
            queue=task.queue_name,
            arguments={"args": list(args), "kwargs": dict(kwargs)},
            due_at=task.run_after or now,
        )
        if job.due_at <= now:
            transaction.on_commit(partial(send, str(job.id), job.queue), robust=True)
        return TaskResult(
            task=task,
            id=str(job.id),
            status=TaskResultStatus.READY,
            enqueued_at=now,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def ask_once(task: Task, *, run_after: datetime | None = None) -> None:
    """Enqueue a task without arguments, now or for that moment, unless a job of it waits that comes no later."""
    waiting = Job.objects.filter(task=task.module_path, state=Job.State.WAITING)
    if not waiting.filter(due_at__lte=run_after or clock.now()).exists():
        (task.using(run_after=run_after) if run_after else task).enqueue()


def send(job_id: str, queue: str = "default") -> None:
    """Hand a job to the broker. A broker that is away is not the caller's trouble: `resend_due` sends again."""
    try:
        run_job.apply_async(args=[job_id], queue=None if queue == "default" else queue, retry=False)
    except (OSError, OperationalError):
        logger.warning("broker unreachable, job waits in the database", extra={"job": job_id})


@shared_task(name="core.run_job")
def run_job(job_id: str) -> None:
    """Carry out one job; a job that is already done or being done by another worker is passed over."""
    now = clock.now()
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING, due_at__lte=now).update(
        state=Job.State.RUNNING, due_at=now + LEASE
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    task: Task = import_string(job.task)
    try:
        task.call(*job.arguments["args"], **job.arguments["kwargs"])
    except Exception as error:  # whatever a task raises, its job must survive it
        logger.exception("job failed", extra={"job": job_id, "task": job.task})
        _fail(job, error)
    else:
        job.delete()


def _fail(job: Job, error: Exception) -> None:
    job.attempts += 1
    job.error = f"{type(error).__name__}: {error}"[:2000]
    job.state = Job.State.FAILED if job.attempts >= ATTEMPTS else Job.State.WAITING
    job.due_at = clock.now() + timedelta(seconds=30 * 2**job.attempts)
    job.save()


def resend_due() -> int:
    """Send again what is due: waiting jobs, and running ones whose lease is over. Returns how many."""
    now = clock.now()
    Job.objects.filter(state=Job.State.RUNNING, due_at__lt=now).update(state=Job.State.WAITING, due_at=now)
    due = list(
        Job.objects.filter(state=Job.State.WAITING, due_at__lte=now)
        .order_by("due_at")
        .values_list("pk", "queue")
    )
    for job_id, queue in due:
        send(str(job_id), queue)
    return len(due)


def recover() -> int:
    """At the start of the only worker: what was running when the process ended is due again. Returns how many."""
    Job.objects.filter(state=Job.State.RUNNING).update(state=Job.State.WAITING, due_at=clock.now())
    return resend_due()
