"""Since when Elasticsearch cannot be written to, told to every process: what it answers grows old meanwhile."""

from datetime import timedelta

from django.core.cache import cache

from core import clock

KEY = "search-elasticsearch-not-written-since"
KEPT_SECONDS = 24 * 3600
# A node that is restarted is back sooner, and no answer is that old that anybody would notice.
PATIENCE = timedelta(minutes=1)


def not_written() -> None:
    """A write has failed and will be tried again."""
    cache.add(KEY, clock.now(), KEPT_SECONDS)


def written() -> None:
    """All that was waiting has been written."""
    cache.delete(KEY)


def is_long() -> bool:
    """Whether counts and facets are too old to be shown; what stands on a page itself is looked at anyhow."""
    since = cache.get(KEY)
    return since is not None and clock.now() - since > PATIENCE
