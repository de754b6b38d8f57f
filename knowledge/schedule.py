"""Work that the clock starts."""

from celery import shared_task

from knowledge.services import readings


@shared_task(name="knowledge.forget_old_readings")
def forget_old_readings() -> None:
    """Daily: who read what is kept for little more than a year."""
    readings.forget_old()
