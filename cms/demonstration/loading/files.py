"""Draws the figures and makes the attachments while the database is filled: neither needs the other.

The makers know nothing of Django, so they run in processes of their own, started afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from cms.demonstration import attachments
from cms.demonstration.attachments import Outline
from cms.demonstration.figures import catalogue


class Workshop:
    """Files that are ordered early and fetched when they are needed."""

    def __init__(self, *, processes: int) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
        self._figures: dict[str, Future[bytes]] = {}
        self._attachments: dict[tuple[str, str], Future[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def order_figures(self, figure_ids: Iterable[str]) -> None:
        for figure_id in figure_ids:
            if figure_id not in self._figures:
                self._figures[figure_id] = self._pool.submit(catalogue.draw, figure_id)

    def order_attachment(self, slug: str, name: str, outline: Callable[[], Outline]) -> None:
        """The languages of an entry share a file: whoever orders it first says what is in it."""
        if (slug, name) not in self._attachments:
            self._attachments[slug, name] = self._pool.submit(attachments.build, outline())

    def figure(self, figure_id: str) -> bytes:
        return self._figures[figure_id].result()

    def attachment(self, slug: str, name: str) -> bytes:
        return self._attachments[slug, name].result()
