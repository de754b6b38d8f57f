"""The indexes of this installation, kept up to date: the database's always, Elasticsearch's where there is one."""

import os

from django.db import connection

from core import background, clock, outbox
from search import tasks
from search.backends import elasticsearch
from search.backends.database.index import DatabaseIndex, probe
from search.backends.elasticsearch import lag
from search.backends.elasticsearch.index import ElasticsearchIndex
from search.following import BeingBuilt, Difference, Follower, Status

READER = DatabaseIndex.reader
MOST_HELPERS = 4
__all__ = ["BeingBuilt", "Difference", "Status", "probe"]


def follow() -> None:
    """Start following: after each change one job an index waits that brings it up to date, never two."""
    outbox.follow(ask_for_drain)


def ask_for_drain() -> None:
    background.ask_once(tasks.drain_index)
    if elasticsearch.is_configured():
        background.ask_once(tasks.drain_elasticsearch)


def followers() -> dict[str, Follower]:
    """By name."""
    found = {"database": Follower(DatabaseIndex(), tasks.drain_index)}
    if elasticsearch.is_configured():
        found["elasticsearch"] = Follower(ElasticsearchIndex(), tasks.drain_elasticsearch)
    return found


def drain() -> int:
    """Bring the database's index up to date. Returns how many changes were taken in."""
    return followers()["database"].drain()


def drain_elasticsearch() -> None:
    """Bring Elasticsearch up to date, or leave a job that tries again while it is away."""
    follower = followers().get("elasticsearch")
    if follower:
        try:
            follower.drain()
            lag.forget()
        except elasticsearch.Unavailable:
            again = clock.now() + elasticsearch.COME_BACK
            background.ask_once(tasks.drain_elasticsearch, run_after=again)


def rebuild(*, helpers: int = 0) -> int:
    """Index everything anew, in every index; so many other processes may help. Returns the number of rows."""
    return max(follower.rebuild(helpers=helpers) for follower in followers().values())


def helpers_at_hand() -> int:
    """How many processes may help a command that somebody waits for: one a core, but for this one's own.

    None beside SQLite: that is a machine of somebody's own, and the memory of one process is what it has for this.
    """
    return 0 if connection.vendor == "sqlite" else min((os.cpu_count() or 1) - 1, MOST_HELPERS)


def compare() -> Difference:
    """How the database's index differs from what it is made of."""
    return followers()["database"].compare()


def status() -> Status:
    """What the database's index holds and how many changes it has not taken in yet."""
    return followers()["database"].status()
