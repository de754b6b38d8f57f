"""The one way to Elasticsearch. A cluster that does not answer is left alone for a while: nobody waits for it twice."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError

logger = logging.getLogger("guildhall.search")

# Under this name its place in the outbox is kept.
READER = "elasticsearch"
# Whoever reads waits for seconds at the most; a batch that is written may take longer.
READING_SECONDS = 3
WRITING_SECONDS = 60
CONNECTIONS = 10
LEFT_ALONE_SECONDS = 10
COME_BACK = timedelta(seconds=15)
# Answers that say "not now": too many requests, no node, no shard, a gateway before it.
_NOT_NOW = frozenset({408, 429, 502, 503, 504})


class Unavailable(Exception):
    """Elasticsearch does not answer, or not now."""


class Behind(Unavailable):
    """It answers what is true no more: something has been closed since, and another backend has to be asked."""


class _Rest:
    """Until when the cluster is left alone, for all threads of this process."""

    def __init__(self) -> None:
        self.until = 0.0
        self.lock = threading.Lock()

    @property
    def is_on(self) -> bool:
        return time.monotonic() < self.until

    def begin(self) -> None:
        with self.lock:
            self.until = time.monotonic() + LEFT_ALONE_SECONDS

    def end(self) -> None:
        self.until = 0.0


rest = _Rest()


def is_configured() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


def alias() -> str:
    """The name under which the index that answers is asked; those that are filled bear it with a moment behind it."""
    return str(settings.ELASTICSEARCH_INDEX)


def reading(ask: Callable[[Elasticsearch], Any]) -> Any:
    """Ask while a person waits. Raises Unavailable, at once where the cluster has just failed to answer."""
    if rest.is_on:
        raise Unavailable("left alone for a while")
    try:
        answer = ask(_client(settings.ELASTICSEARCH_URL).options(request_timeout=READING_SECONDS))
    except TransportError as error:
        rest.begin()
        logger.warning("Elasticsearch does not answer: %s", error)
        raise Unavailable(str(error)) from error
    except ApiError as error:
        # A missing index, a full cluster, a question that it does not understand: the database answers in its place.
        logger.warning("Elasticsearch refuses to answer: %s", error)
        if error.status_code in _NOT_NOW:
            rest.begin()
        raise Unavailable(str(error)) from error
    return answer


def writing(ask: Callable[[Elasticsearch], Any]) -> Any:
    """Ask in the background. Raises Unavailable where it is worth to come back, ApiError where it is not."""
    try:
        answer = ask(_client(settings.ELASTICSEARCH_URL).options(request_timeout=WRITING_SECONDS))
    except TransportError as error:
        raise Unavailable(str(error)) from error
    except ApiError as error:
        if error.status_code in _NOT_NOW:
            raise Unavailable(str(error)) from error
        raise
    rest.end()
    return answer


@lru_cache(maxsize=4)
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url, connections_per_node=CONNECTIONS, max_retries=0, retry_on_timeout=False)
