"""What every index has to do for the followers of the outbox that fill it (`search.following`)."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from core.declarations import SearchSource
from search.rows import Row


@dataclass(frozen=True)
class Item:
    """A row as an index keeps it; `digest` is another as soon as anything is that the index holds of it."""

    key: str
    object_id: str
    digest: str
    content: Any
    row: Row


class Index(Protocol):
    """A place where rows are found by their words.

    An index is filled in generations: a new one is filled while the one before still answers. `reader` is under what
    name its place in the outbox is kept. `is_apart` says that it does not take part in the database's transactions;
    what is written there is numbered, and an older number never lies over a newer one.
    """

    reader: str
    is_apart: bool

    def helped(self, helpers: int) -> AbstractContextManager[None]:
        """While many rows are indexed, so many other processes may take part in the work."""

    def begin(self) -> str:
        """A generation to be filled; returns its name."""

    def is_current(self, generation: str) -> bool:
        """Whether what was filled under this name is there and of the make that the code asks for."""

    def items(self, source: SearchSource, rows: Sequence[Row]) -> list[Item]:
        """Rows as the index keeps them, in a constant number of queries."""

    def write(
        self, generation: str, source: SearchSource, items: Sequence[Item], *, version: int
    ) -> list[Item]:
        """Write over what was known. Returns what the index refused for good."""

    def remove(
        self, generation: str, source: SearchSource, object_ids: Sequence[str], *, version: int
    ) -> None:
        """Forget rows."""

    def stored(self, generation: str, source: SearchSource) -> Iterator[tuple[str, str | None]]:
        """Every row that is really there: its number, and its digest where the index itself keeps one."""

    def learn(self, items: Sequence[Item]) -> None:
        """What else is to be known of rows that were written."""

    def finish(self, generation: str) -> None:
        """Let the generation answer; the one before is not needed any more."""
