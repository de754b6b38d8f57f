"""Work of social/ that the clock starts."""

from datetime import timedelta

from celery import shared_task

from core import background, clock
from core.notifications import Channel
from social import notification_tasks
from social.models import Delivery, Notification, NotificationEvent, PushSubscription
from social.notification_choices import DeliveryState
from social.services import attachments

KEPT = timedelta(days=180)
KEPT_GONE = timedelta(days=30)
SENDERS = {Channel.EMAIL: notification_tasks.send_mails, Channel.PUSH: notification_tasks.send_pushes}


@shared_task(name="social.send_notifications")
def send_notifications() -> None:
    """Every half minute: mails and pushes whose time has come."""
    # Those that were taken up have a time at which they are given back.
    due = Delivery.objects.filter(
        state__in=[DeliveryState.WAITING, DeliveryState.SENDING], due_at__lte=clock.now()
    )
    for channel, task in SENDERS.items():
        if due.filter(channel=channel).exists():
            background.ask_once(task)


@shared_task(name="social.follow_changes")
def follow_changes() -> None:
    """Every half minute: things that others may see now are judged anew."""
    background.ask_once(notification_tasks.follow_changes)


@shared_task(name="social.forget_old_notifications")
def forget_old_notifications() -> None:
    """Daily: what is half a year old, with whatever became of it, and devices that have been gone for a month."""
    before = clock.now() - KEPT
    # One statement each: the rows of an event may be as many as there are people.
    Delivery.objects.filter(event__at__lt=before).delete()
    Notification.objects.filter(event__at__lt=before).delete()
    NotificationEvent.objects.filter(at__lt=before).delete()
    PushSubscription.objects.filter(gone_at__lt=clock.now() - KEPT_GONE).delete()


@shared_task(name="social.forget_unsent_files")
def forget_unsent_files() -> None:
    """Hourly: files that were added to messages which were never sent."""
    attachments.forget_unsent()
