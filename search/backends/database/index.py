"""The index in the database: Wagtail's tables, and the vocabulary beside them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.declarations import SearchSource, search_sources
from search import vocabulary
from search.backends.database.cutting import Alone, helped
from search.backends.database.storing import uncut
from search.backends.index import Item
from search.rows import Row

GENERATION = "database"


class DatabaseIndex:
    """There is one generation only: it is filled in place, row over row."""

    reader = "index"
    is_apart = False

    def __init__(self) -> None:
        self._counting: vocabulary.Counting | None = None
        self._cutter = Alone()

    @contextmanager
    def helped(self, helpers: int) -> Iterator[None]:
        with helped(helpers) as self._cutter:
            yield
        self._cutter = Alone()

    def begin(self) -> str:
        self._counting = vocabulary.Counting()
        return GENERATION

    def is_current(self, generation: str) -> bool:
        return True

    def items(self, source: SearchSource, rows: Sequence[Row]) -> list[Item]:
        """Their content is asked for when it is needed: what has not changed need not be cut."""
        words = self._cutter.begin([uncut(row.texts) for row in rows], tables().write)
        return [
            Item(row.key, str(row.pk), _digest(row), content, row)
            for row, content in zip(rows, words, strict=True)
        ]

    def write(
        self, generation: str, source: SearchSource, items: Sequence[Item], *, version: int
    ) -> list[Item]:
        table = tables()
        by_model = sorted(items, key=lambda item: type(item.row.instance).__name__)
        for model, group in groupby(by_model, key=lambda item: type(item.row.instance)):
            table.store(model, [(item.row.pk, item.content()) for item in group])
        return []

    def remove(
        self, generation: str, source: SearchSource, object_ids: Sequence[str], *, version: int
    ) -> None:
        tables().remove(source.model, object_ids)

    def stored(self, generation: str, source: SearchSource) -> Iterator[tuple[str, str | None]]:
        below = [
            other.model
            for other in search_sources
            if other.model is not source.model and issubclass(other.model, source.model)
        ]
        for pk in tables().stored(source.model, below):
            yield pk, None

    def learn(self, items: Sequence[Item]) -> None:
        words = [item.content().words for item in items if item.row.is_readable]
        if self._counting:
            self._counting.add(words)
        else:
            vocabulary.learn(words)

    def finish(self, generation: str) -> None:
        if self._counting:
            self._counting.finish()
            self._counting = None


def tables() -> Any:
    """Wagtail's index, the same for all models."""
    return get_search_backend("default").get_index_for_model(Page)


def probe() -> None:
    """Ask the index anything; raises what its absence raises."""
    tables().entries.order_by("pk").values_list("pk", flat=True).first()


def _digest(row: Row) -> str:
    return f"{row.texts.digest[:31]}{'r' if row.is_readable else 'h'}"
