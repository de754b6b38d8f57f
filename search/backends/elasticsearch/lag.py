"""How long Elasticsearch has been behind the database: what it counts then tells of what has been closed since."""

from datetime import timedelta

from django.core.cache import cache

from core import clock
from core.models import OutboxEntry
from search.backends.elasticsearch.connection import READER
from search.models import Position

KEY = "search-elasticsearch-is-long-behind"
# Looked at so seldom, by all processes together.
KEPT_SECONDS = 5
# A node that is restarted is back sooner, and no count is that old that anybody would notice.
PATIENCE = timedelta(minutes=1)


def is_long() -> bool:
    """Whether a change has waited for longer than a minute to be taken in, whatever the reason.

    What stands on a page itself is looked at anyhow; counts and facets are not.
    """
    known: bool | None = cache.get(KEY)
    if known is None:
        known = _is_long()
        cache.set(KEY, known, KEPT_SECONDS)
    return known


def forget() -> None:
    """All that was waiting has been taken in."""
    cache.delete(KEY)


def _is_long() -> bool:
    position = Position.objects.filter(reader=READER).values_list("sequence", flat=True).first()
    if position is None:
        return True
    waiting = OutboxEntry.objects.after(position).values_list("at", flat=True).first()
    return waiting is not None and clock.now() - waiting > PATIENCE
