"""Nothing that Elasticsearch answers tells of what the reader may not see: pieces, corrections, similar things."""

from collections.abc import Iterator
from typing import Any

import pytest

from knowledge.models import Entry, EntryPage
from people.access import Viewer
from search import engine, indexing, vocabulary
from search.backends.elasticsearch.backend import ElasticsearchBackend
from search.following import Follower
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.services, pytest.mark.django_db]

ROLES = ("visitor", "employee", "reservist", "expert", "curator", "moderator", "lead", "member")
# One word an entry, far enough from each other that none is a slip of another.
WORDS = ("zeppelinwharf", "quicksilverly", "marmaladehorn", "trombonefjord", "velvetcyclone", "oxbowlantern")


@pytest.fixture
def marked(world: World, follower: Follower, monkeypatch: pytest.MonkeyPatch) -> dict[str, Entry]:
    """Entries of every access in every community, each with a word of its own; Elasticsearch alone answers."""
    places = [
        (where, access) for where in (world.open, world.closed, world.classified) for access in worlds.Access
    ]
    entries = {}
    for number, (where, access) in enumerate(places):
        word = f"{WORDS[number % len(WORDS)]}{chr(97 + number) * 3}"
        entries[word] = worlds.entry(
            f"about-{word}",
            where,
            world.lead,
            access=access,
            title=f"Of {word}",
            body=[("text", f"<p>Whoever works with {word} wears gloves.</p>")],
        )
    indexing.rebuild()
    monkeypatch.setattr(engine, "_backends", _elasticsearch_alone)
    return entries


def _elasticsearch_alone() -> Iterator[Any]:
    return iter([ElasticsearchBackend()])


def sees(viewer: Viewer, entry: Entry) -> bool:
    return EntryPage.objects.live().visible_to(viewer).filter(entry=entry).exists()


@pytest.fixture
def everything_remembered(marked: dict[str, Entry]) -> None:
    """As if all had been open once: the vocabulary remembers words of what has been closed since."""
    vocabulary.learn([frozenset(marked)])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.usefixtures("everything_remembered")
class TestNothingIsTold:
    def test_of_what_one_may_not_see(self, marked: dict[str, Entry], world: World, role: str) -> None:
        viewer = world.viewer(role)
        for word, entry in marked.items():
            found = engine.search(word, viewer, marked=True)
            named = engine.suggest(word[:9], viewer)
            slip = engine.search(f"{word[:5]}b{word[6:]}", viewer)
            alike = engine.similar(f"{word} {word} {word}", viewer)
            told = [str(found), str(named), str(slip.corrected), str(slip.hits), str(alike)]
            key = str(entry.key)
            if sees(viewer, entry):
                assert [hit.key for hit in found.hits] == [key]
                assert word in next(iter(found.fragments.values()))
                assert key in {hit.key for hit in named}
                assert slip.corrected == word
                assert [hit.key for hit in alike] == [key]
            else:
                assert not found.total
                assert found.facets == {}
                assert not any(word in each for each in told[1:]), word
                assert found.fragments == {}
                assert key not in "".join(told)
