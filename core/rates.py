"""How often somebody may do something. The limits stand in the settings by name."""

import logging
import time
from functools import lru_cache
from http import HTTPStatus
from math import ceil
from threading import Lock
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import ngettext_lazy
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

logger = logging.getLogger("guildhall.rates")
TOO_OFTEN = "too_often"
MINUTES_SAID = 90
_making = Lock()


class TooOften(ValidationError):
    """Somebody did a thing more often than the limit allows; says when they may again, and fits into a form."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        minutes = ceil(wait / 60)
        said: tuple[Any, int] = (
            ngettext_lazy(
                "That was too often. You can do it again in %(number)d minute; nothing that you wrote is lost.",
                "That was too often. You can do it again in %(number)d minutes; nothing that you wrote is lost.",
                "number",
            ),
            minutes,
        )
        if minutes > MINUTES_SAID:
            said = (
                ngettext_lazy(
                    "That was too often. You can do it again in %(number)d hour; nothing that you wrote is lost.",
                    "That was too often. You can do it again in %(number)d hours; nothing that you wrote is lost.",
                    "number",
                ),
                ceil(minutes / 60),
            )
        text, number = said
        super().__init__(text, code=TOO_OFTEN, params={"number": number})

    def __str__(self) -> str:
        return str(self.messages[0])


def require(name: str, *who: Any) -> None:
    """Count one more time for `who`; raises TooOften where that is once too many."""
    wait = seconds_to_wait(name, *who)
    if wait:
        raise TooOften(wait)


def answer(response: HttpResponse, *forms_shown: forms.BaseForm) -> HttpResponse:
    """A page of forms; where one of them was sent too often, with the status that says so to programs."""
    errors = [error for form in forms_shown for each in form.errors.as_data().values() for error in each]
    waits = [error.wait for error in errors if isinstance(error, TooOften)]
    if waits:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(max(waits))
    return response


def seconds_to_wait(name: str, *who: Any) -> int:
    """Count one more time for `who`; 0 if it is within the limit, else the seconds after which it will be.

    While the store of the counts is away, everything is allowed: a limit is no reason to be down.
    """
    limit = _limit(settings.RATE_LIMITS[name])
    identity = (name, *(str(part) for part in who))
    try:
        if _limiter().hit(limit, *identity):
            return 0
        window = _limiter().get_window_stats(limit, *identity)
    except StorageError as error:
        logger.warning("limits cannot be counted: %s", error)
        return 0
    return max(1, round(window.reset_time - time.time()))


def forget() -> None:
    """Begin counting anew."""
    _made_limiter.cache_clear()


@lru_cache(maxsize=64)
def _limit(text: str) -> RateLimitItem:
    return parse(text)


def _limiter() -> FixedWindowRateLimiter:
    with _making:  # two made at once would each count for themselves
        return _made_limiter()


@lru_cache(maxsize=1)
def _made_limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(settings.RATE_LIMIT_STORAGE, wrap_exceptions=True))
