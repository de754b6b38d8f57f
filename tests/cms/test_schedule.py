"""What the clock starts is known to who carries it out: a task that nobody registered is dropped in silence."""

from celery import current_app
from django.conf import settings


def test_every_scheduled_task_is_registered() -> None:
    wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert wanted - set(current_app.tasks) == set()
