"""An Elasticsearch that follows the outbox, and what it finds."""

from core.declarations import search_sources
from people import access
from people.models import User
from search import engine, indexing, rows
from search.backends.elasticsearch import index as filling
from search.backends.index import Item
from search.following import Follower
from search.models import Position

VIEWER = access.Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))
PEOPLE = search_sources["person"]


def fresh_follower() -> Follower:
    return indexing.followers()["elasticsearch"]


def position() -> Position:
    return Position.objects.get(reader="elasticsearch")


def person(name: str) -> User:
    return User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)


def found(text: str) -> list[str]:
    """What Elasticsearch finds now."""
    filling.refresh()
    results = engine.search(text, VIEWER, kind="person")
    assert not results.stands_in
    return [hit.title for hit in results.hits]


def items_of(follower: Follower, user: User) -> list[Item]:
    """A person as the index would keep them now."""
    return follower.index.items(PEOPLE, rows.read(PEOPLE, PEOPLE.rows_of([str(user.public_id)])))
