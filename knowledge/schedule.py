"""Work that the clock starts."""

from celery import shared_task
from django.conf import settings

from knowledge.services import link_checks, popularity, readings


@shared_task(name="knowledge.forget_old_readings")
def forget_old_readings() -> None:
    """Daily: who read what is kept for little more than a year."""
    readings.forget_old()


@shared_task(name="knowledge.check_links")
def check_links() -> None:
    """Hourly: addresses outside that are due, each once a week."""
    if settings.CHECK_EXTERNAL_LINKS:
        link_checks.check_due()


@shared_task(name="knowledge.settle_popularity")
def settle_popularity() -> None:
    """Daily: how much use is made of each entry, for the order of what a search finds."""
    popularity.settle()
