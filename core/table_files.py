"""Lists of the admin as files: what the list shows and in its order, written row by row."""

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from modelsearch.backends.base import BaseSearchResults
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from core import exports

# Rows fetched at once.
BATCH = 500


class TableFile(SpreadsheetExportMixin):
    """Mix in before a list of Wagtail's, which by itself fetches every row to count them, and holds an XLSX whole.

    A list whose `list_export` is empty has no file, whatever is asked of it.
    """

    is_export: bool
    object_list: Any
    request: Any

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        self.is_export = self.is_export and bool(self.list_export)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Around a file there is no page."""
        if self.is_export:
            return {"object_list": self.object_list}
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context

    def as_spreadsheet(self, found: Any, form: str) -> HttpResponseBase:
        return exports.response(self.request, form, self.get_filename(), self.lines(found, form))

    def lines(self, found: Any, form: str) -> Iterator[list[Any]]:
        """The headings, then a line a row."""
        yield [self.get_heading(found, field) for field in self.list_export]
        for row in self.rows(found):
            yield self.cells(row, form)

    def rows(self, found: Any) -> Iterator[Any]:
        """What was found when the file was begun, as it is when its turn comes; what is gone by then is left out.

        All keys are read at once, eight bytes each, so that nothing stands twice or lacks while others go on working;
        and no cursor is held open between two batches, however slowly the file is read.
        """
        keys = self.keys(found)
        for start in range(0, len(keys), BATCH):
            yield from self.batch(found, keys[start : start + BATCH])

    def keys(self, found: Any) -> Sequence[int]:
        """Those of all rows, in the order of the list."""
        ordered = found.get_queryset() if isinstance(found, BaseSearchResults) else found
        keys = ordered.prefetch_related(None).values_list("pk", flat=True)
        return array("q", keys.iterator(chunk_size=BATCH))

    def batch(self, found: Any, keys: Sequence[int]) -> Iterable[Any]:
        """The rows of these keys, in their order."""
        # What was searched for need not be searched for again: these were found.
        listed = found.query_compiler.queryset if isinstance(found, BaseSearchResults) else found
        known = {row.pk: row for row in self.completed(listed.filter(pk__in=list(keys)).order_by())}
        return [known[key] for key in keys if key in known]

    def completed(self, rows: Any) -> Iterable[Any]:
        """The rows of a batch with what is found for all of them at once."""
        return rows

    def cells(self, row: Any, form: str) -> list[Any]:
        """The values of a row, in the order of the headings."""
        return [self._cell(field, value, form) for field, value in self.to_row_dict(row).items()]

    def _cell(self, field: str, value: Any, form: str) -> Any:
        # Wagtail takes the zone off a moment; here that is left to whoever writes the file.
        return value if isinstance(value, dt.datetime) else self.preprocess_field_value(field, value, form)


class ReportFile(TableFile):
    """The same before a report of Wagtail's, which completes the rows of a page: in a file those of a batch."""

    def decorate_paginated_queryset(self, rows: Any) -> Any:
        return rows if self.is_export else self.completed(rows)

    def completed(self, rows: Any) -> Iterable[Any]:
        found: Iterable[Any] = super().decorate_paginated_queryset(rows)
        return found
