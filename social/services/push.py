"""Web push (RFC 8030, 8291, 8292): what is said to a device is sealed for it; nobody on the way can read it."""

import json
import logging
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import get_language_bidi, ngettext
from pywebpush import WebPushException, webpush

from core import background, clock
from core.notifications import Channel
from people.models import User
from social import letters, notification_tasks, unread
from social.models import Delivery, PushSubscription
from social.services import deliveries

logger = logging.getLogger("guildhall.notifications")

SECONDS_TO_ANSWER = 10
# A device that is off for longer hears of it when its owner opens the site.
SECONDS_TO_LIVE = 24 * 3600
LONGEST_BODY = 200
MOST_DEVICES = 10
# Under which a session knows its browser.
DEVICE = "push_device"
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class PushFailed(Exception):
    """A push service did not take it now; `wait` is how long it asks for."""

    def __init__(self, said: str, wait: timedelta | None = None) -> None:
        super().__init__(said)
        self.wait = wait


@transaction.atomic
def subscribe(*, user: User, endpoint: str, p256dh: str, auth: str, device: str) -> PushSubscription:
    """Tell this browser from now on; one that was told for somebody else is told for this person alone."""
    found, _is_new = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={
            "user": user,
            "p256dh": p256dh,
            "auth": auth,
            "device": device,
            "gone_at": None,
            "created_at": clock.now(),
        },
    )
    own = PushSubscription.objects.filter(user=user).order_by("-created_at", "-pk")
    oldest = list(own.values_list("pk", flat=True)[MOST_DEVICES:])
    PushSubscription.objects.filter(pk__in=oldest).delete()
    return found


def unsubscribe(*, device: PushSubscription, by: User) -> None:
    if device.user_id != by.pk:
        raise PermissionDenied
    device.delete()


def sign_out(session: Any) -> None:
    """Whoever signs out is told no more in the browser that they leave."""
    device = session.get(DEVICE)
    if device:
        PushSubscription.objects.filter(public_id=device).update(gone_at=clock.now())


def is_possible() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY and settings.VAPID_PUBLIC_KEY)


def send_due() -> int:
    """Tell the devices of everybody for whom something is due; returns how many messages were sent."""
    people = deliveries.people_due(Channel.PUSH)
    number = sum(send_to(user_id=user_id) for user_id in people)
    if len(people) == deliveries.PEOPLE_A_JOB:
        background.ask_once(notification_tasks.send_pushes)
    return number


def send_to(*, user_id: int) -> int:
    """Tell one person's devices what is due for them."""
    taken = deliveries.take(user_id=user_id, channel=Channel.PUSH)
    if not taken:
        return 0
    user = User.objects.get(pk=user_id)
    try:
        return _send(user, taken)
    except Exception:  # whatever a kind raises, it keeps nobody else from being told
        logger.exception("push failed", extra={"user": user_id})
        deliveries.try_again(taken)
        return 0


def _send(user: User, taken: list[Delivery]) -> int:
    with translation.override(user.preferred_language), timezone.override(user.time_zone):
        ready = deliveries.ready(user=user, channel=Channel.PUSH, taken=taken)
        number = 0
        for letter in letters.letters(ready):
            number += _tell_devices(user, letter)
        return number


def _tell_devices(user: User, letter: letters.Letter) -> int:
    """Every device at hand; it is sent if one of them takes it, and tried again if none does but one may later."""
    own = [each.delivery for each in letter.ready]
    devices = list(PushSubscription.objects.filter(user=user, gone_at=None))
    body = json.dumps(payload(user, letter))
    number, failure = 0, None
    for device in devices if is_possible() else []:
        try:
            number += _tell(device, body)
        except PushFailed as error:
            logger.warning("push not sent: %s", error, extra={"user": user.pk})
            failure = error
    if number:
        deliveries.sent(own)
    elif failure:
        deliveries.try_again(own, wait=failure.wait)
    else:
        deliveries.drop(own)
    return number


def payload(user: User, letter: letters.Letter) -> dict[str, Any]:
    """What the service worker shows, in the active language."""
    newest = letter.ready[0].told
    more = len(letter.ready) - 1
    text = newest.words.text
    if more:
        text = ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}
    return {
        "title": newest.words.title,
        "body": text if len(text) <= LONGEST_BODY else text[: LONGEST_BODY - 1] + "…",
        "url": newest.words.url,
        "id": str(newest.notification.public_id),
        # The same subject again takes the place of what is shown of it.
        "tag": f"{newest.event.subject_kind}:{newest.event.subject_key or newest.event.pk}",
        "icon": static("dist/icon-192.png"),
        "lang": user.preferred_language,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "unread": unread.count(user.pk),
    }


def _tell(device: PushSubscription, body: str) -> int:
    """1 if the service took it, 0 if the device is gone, which is noted. Raises PushFailed."""
    session = requests.Session()
    session.max_redirects = 0  # a push service sends nobody elsewhere
    try:
        webpush(
            device.info(),
            data=body,
            vapid_private_key=settings.VAPID_PRIVATE_KEY,
            vapid_claims={"sub": settings.VAPID_SUBJECT},
            ttl=SECONDS_TO_LIVE,
            timeout=SECONDS_TO_ANSWER,
            requests_session=session,
        )
    except WebPushException as refusal:
        _refused(device, refusal)
        return 0
    except (requests.RequestException, OSError) as error:
        raise PushFailed(type(error).__name__) from error
    finally:
        session.close()
    PushSubscription.objects.filter(pk=device.pk).update(used_at=clock.now())
    return 1


def _refused(device: PushSubscription, refusal: WebPushException) -> None:
    """Raises PushFailed where it may go well later; else the device is told no more."""
    answer = refusal.response
    if answer is None:
        raise PushFailed(str(refusal)) from refusal
    code = answer.status_code
    if code == HTTPStatus.TOO_MANY_REQUESTS or code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        seconds = answer.headers.get("Retry-After", "")
        wait = timedelta(seconds=min(int(seconds), 3600)) if seconds.isdigit() else None
        raise PushFailed(str(code), wait) from refusal
    if code not in GONE:
        # Of a wrong key or a message that is too large the device is not to blame.
        logger.error("push refused: %s", code, extra={"user": device.user_id})
        raise PushFailed(str(code)) from refusal
    PushSubscription.objects.filter(pk=device.pk).update(gone_at=clock.now())
