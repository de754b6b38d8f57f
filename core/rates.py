"""How often somebody may do something. The limits stand in the settings by name."""

import logging
import time
from functools import lru_cache
from typing import Any

from django.conf import settings
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

logger = logging.getLogger("guildhall.rates")


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
    _limiter.cache_clear()


@lru_cache(maxsize=64)
def _limit(text: str) -> RateLimitItem:
    return parse(text)


@lru_cache(maxsize=1)
def _limiter() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(settings.RATE_LIMIT_STORAGE, wrap_exceptions=True))
