import asyncio
import io
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import openpyxl
import pytest
from django.http import Http404
from django.test import AsyncRequestFactory

from core import exports


def table(number: int) -> Iterator[list[Any]]:
    yield ["Name", "Number"]
    for at in range(number):
        yield [f"Row {at} " + "x" * 200, at]


def test_csv_begins_before_it_ends() -> None:
    drawn = []

    def rows() -> Iterator[list[Any]]:
        for row in table(1000):
            drawn.append(row)
            yield row

    pieces = exports.csv_pieces(rows())
    assert b"Row 0" in next(pieces)
    assert len(drawn) == exports.LINES_A_PIECE
    assert len(b"".join(pieces).splitlines()) == 1001 - exports.LINES_A_PIECE


@pytest.mark.slow
@pytest.mark.parametrize("pieces", [exports.csv_pieces, exports.xlsx_pieces])
def test_memory_does_not_grow_with_the_rows(pieces: Any) -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        for _piece in pieces(table(number)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(8000) < peak(500) + 1_500_000


def test_nothing_is_taken_for_a_formula() -> None:
    nasty = ["=HYPERLINK(1)", "+1", "@x", "-2", "fine"]
    text = b"".join(exports.csv_pieces([nasty])).decode("utf-8-sig")
    assert text.strip() == "'=HYPERLINK(1),'+1,'@x,'-2,fine"
    book = openpyxl.load_workbook(io.BytesIO(b"".join(exports.xlsx_pieces([nasty, [1.5, None, "שלום\x00"]]))))
    cells = list(book.active.iter_rows())
    assert [cell.value for cell in cells[0]] == nasty
    assert {cell.data_type for cell in cells[0]} == {"s"}
    assert [cell.value for cell in cells[1]][:3] == [1.5, None, "שלום"]


def test_an_unknown_form() -> None:
    with pytest.raises(Http404):
        exports.response(AsyncRequestFactory().get("/"), "exe", "table", [])


def test_streams_under_asgi_too() -> None:
    answer = exports.response(AsyncRequestFactory().get("/"), "csv", "table", table(3))
    assert answer.is_async

    async def read() -> bytes:
        return b"".join([piece async for piece in answer])

    # In a thread of its own: a browser test before this one may have left its event loop in ours.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asyncio.run, read()).result().count(b"\n") == 4
