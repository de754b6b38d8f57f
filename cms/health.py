"""Whether this process can serve: what it needs, each with its state."""

import logging
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError, OperationalError

from cms.celery import app
from search import indexing
from search.backends import elasticsearch
from search.backends.elasticsearch import index as engine_index

logger = logging.getLogger("guildhall.health")

PROBE = "readiness-probe"


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 where everything answers, else 503; nothing is told but which part it is."""
    states = {name: _state(name, check) for name, check in CHECKS.items()}
    is_ready = all(state == "ok" for name, state in states.items() if name not in REPLACEABLE)
    body = {"status": "ok" if is_ready else "unavailable", **states}
    return JsonResponse(body, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def search() -> None:
    indexing.probe()


def shared_cache() -> None:
    """A cache that forgives its absence answers nothing, which is how it shows."""
    cache.set(PROBE, "ok", 10)
    if cache.get(PROBE) != "ok":
        raise OSError("the cache does not keep what it is given")


def broker() -> None:
    with app.connection_for_write(connect_timeout=2) as queue:
        queue.ensure_connection(max_retries=1, timeout=2)


def search_engine() -> None:
    """Elasticsearch, where there is one: without it the database answers."""
    if elasticsearch.is_configured():
        engine_index.probe()


# What something else stands in for: told, and no reason to send people elsewhere.
REPLACEABLE = {"search_engine"}
CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "search": search,
    "search_engine": search_engine,
    "cache": shared_cache,
    "broker": broker,
}


def _state(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except (DatabaseError, OSError, KombuError, OperationalError, elasticsearch.Unavailable) as error:
        logger.warning("%s is not ready: %s", name, error)
        return "unavailable"
    return "ok"
