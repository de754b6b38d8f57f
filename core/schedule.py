"""Work that the clock starts."""

from datetime import timedelta

from celery import shared_task

from core import background, clock, scheduled_publishing
from core.models import Job


@shared_task(name="core.resend_due_jobs")
def resend_due_jobs() -> None:
    """Every minute. Only jobs that the broker had time to deliver are sent again."""
    background.resend_due()


@shared_task(name="core.publish_scheduled")
def publish_scheduled() -> None:
    """Four times a minute: pages whose time to go live or to expire has come."""
    scheduled_publishing.run()


@shared_task(name="core.forget_failed_jobs")
def forget_failed_jobs() -> None:
    """Daily: jobs that failed for good are kept for thirty days to be looked at."""
    Job.objects.filter(state=Job.State.FAILED, due_at__lt=clock.now() - timedelta(days=30)).delete()
