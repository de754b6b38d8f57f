"""Pages and whatever else has drafts go live and expire when their time has come.

In the place of Wagtail's command, which publishes all that is due twice if two schedulers run it, stops at the first
page that fails, and brings back for a moment what began and ended while the server was off.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.dateparse import parse_datetime
from wagtail.models import DraftStateMixin, Page, Revision

from core import clock

logger = logging.getLogger("guildhall.publishing")

PUBLISHED = "wagtail.publish.scheduled"
EXPIRED = "wagtail.unpublish.scheduled"


def run() -> int:
    """Do all that is due, however long ago it was. Returns how many things went live or ended.

    Each in a transaction of its own, its row locked: another scheduler passes over what one has in hand, and finds it
    done afterwards. What fails is logged and tried again at the next run.
    """
    now = clock.now()
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    done = _each(due.values_list("pk", flat=True), _publish)
    for model in _with_drafts():
        ended = model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
        done += _each(ended.values_list("pk", flat=True), partial(_expire, model))
    return done


def _each(keys: Iterable[int], step: Callable[[int], bool]) -> int:
    done = 0
    for pk in list(keys):
        try:
            with transaction.atomic():
                done += step(pk)
        except (
            Exception
        ):  # whatever a page's own code raises: it must not keep the others back, and stands in the log
            logger.exception("a thing could not go live or end in its time", extra={"key": pk})
    return done


def _publish(pk: int) -> bool:
    due = Revision.objects.select_for_update(skip_locked=True, of=("self",))
    revision = due.filter(pk=pk, approved_go_live_at__lte=clock.now()).first()
    if revision is None:
        return False
    if _is_over(revision):
        return _pass_over(revision)
    revision.publish(log_action=PUBLISHED)
    return True


def _is_over(revision: Revision) -> bool:
    """Whether it would have ended by now: it began and ended while nobody was there to do it."""
    ends = parse_datetime(revision.content.get("expire_at") or "")
    return ends is not None and ends <= clock.now()


def _pass_over(revision: Revision) -> bool:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    thing: Any = revision.content_object
    if not thing.live:
        type(thing).objects.filter(pk=thing.pk).update(expired=True)
    return False


def _expire(model: Any, pk: int) -> bool:
    live = model.objects.select_for_update(skip_locked=True, of=("self",))
    thing = live.filter(pk=pk, live=True, expire_at__lte=clock.now()).first()
    if thing is None:
        return False
    # Wagtail forgets a later version that is to go live when the present one ends.
    later = list(
        thing.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", "approved_go_live_at")
    )
    thing.unpublish(set_expired=True, log_action=EXPIRED)
    for revision, moment in later:
        Revision.objects.filter(pk=revision).update(approved_go_live_at=moment)
    return True


def _with_drafts() -> list[Any]:
    """Pages, as one, and every other model that has drafts."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]
