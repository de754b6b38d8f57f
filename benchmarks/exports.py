"""P5: a report and a list with a row an entry, streamed to their end; how much the memory of the process grows."""

import gc
import time

import psutil
from django.urls import reverse

from benchmarks.lists import CURATOR
from benchmarks.measure import Requests
from benchmarks.report import Row
from people.models import User

MEGABYTES = 50
GLANCE = 200


def measure() -> list[Row]:
    """Each form of the report of how fresh entries are, and of the list of their pages, as a curator takes it."""
    tables = {"a report": "catalogue_reports:freshness", "the list": "entry_pages:index"}
    requests = Requests(User.objects.get(email=CURATOR))
    return [
        _row(table, form, *_growth(requests, f"{reverse(name)}?export={form}"))
        for table, name in tables.items()
        for form in ("csv", "xlsx")
    ]


def _growth(requests: Requests, address: str) -> tuple[int, float, float]:
    """Bytes of the file, the most megabytes above those before, seconds of the clock."""
    process = psutil.Process()
    requests.get("/admin/")  # what the first request of a process loads
    gc.collect()
    before = most = process.memory_info().rss
    begun = time.perf_counter()
    size = 0
    for number, piece in enumerate(requests.stream(address)):
        size += len(piece)
        if number % GLANCE == 0:
            most = max(most, process.memory_info().rss)
    most = max(most, process.memory_info().rss)
    return size, (most - before) / 2**20, time.perf_counter() - begun


def _row(table: str, form: str, size: int, growth: float, seconds: float) -> Row:
    return Row(
        "P5",
        f"growth of memory while {table} of every entry goes out as {form.upper()} ({size / 1e6:.1f} MB in"
        f" {seconds:.0f} s)",
        f"≤ {MEGABYTES} MB",
        f"{growth:.0f} MB",
        "",
        growth <= MEGABYTES,
    )
