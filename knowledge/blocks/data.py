"""Blocks of figures and tables."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from knowledge import series, series_tables
from knowledge.blocks.preview import Previewed
from knowledge.blocks.text import INLINE_FEATURES


class EffectBlock(blocks.StructBlock):
    """One measure before and after. Both are numbers in the same unit."""

    measure = blocks.CharBlock(label=_("what was measured"), max_length=160)
    unit = blocks.CharBlock(
        label=pgettext_lazy("of measure", "unit"), max_length=60, required=False, default=""
    )
    before = blocks.DecimalBlock(label=_("before"), required=False)
    after = blocks.DecimalBlock(label=_("after"))

    class Meta:
        icon = "order"
        label = _("Measure")
        preview_value = {
            "measure": "Unplanned stops",
            "unit": "a quarter",
            "before": Decimal(14),
            "after": Decimal(5),
        }


class FiguresBlock(Previewed, blocks.StructBlock):
    items = blocks.ListBlock(EffectBlock(), label=_("measures"), min_num=1)
    caption = blocks.CharBlock(required=False, default="", max_length=300, label=_("caption"))

    class Meta:
        icon = "order"
        label = _("Figures")
        template = "knowledge/blocks/figures.html"
        preview_value = {
            "items": [
                {
                    "measure": "Unplanned stops",
                    "unit": "a quarter",
                    "before": Decimal(14),
                    "after": Decimal(5),
                },
                {"measure": "Vibration", "unit": "mm/s", "before": Decimal("4.1"), "after": Decimal("1.9")},
            ],
            "caption": "",
        }
        description = _("Measures before and after.")


class SeriesBlock(Previewed, blocks.StructBlock):
    """Numbers over time, kept as they were pasted and read by `knowledge.series`."""

    caption = blocks.CharBlock(max_length=200, label=pgettext_lazy("of a chart", "title"))
    unit = blocks.CharBlock(
        label=pgettext_lazy("of measure", "unit"), max_length=60, required=False, default=""
    )
    points = blocks.TextBlock(
        label=_("rows"),
        rows=10,
        max_length=40_000,
        search_index=False,
        help_text=_(
            "Paste them from a spreadsheet: in the first row the names of the columns, then a period and its numbers "
            "a row. Periods are days, months, quarters or years, such as 2026-03-31, March 2026, 2026-Q1 or 2026; "
            "decimal comma and point are both read. What was not measured stays empty."
        ),
    )
    target = blocks.DecimalBlock(label=_("target"), required=False, help_text=_("Drawn as a line across."))

    class Meta:
        icon = "history"
        label = _("Series")
        template = "knowledge/blocks/series.html"
        description = _("Numbers over time, as a drawing and as a table.")
        preview_value = {
            "caption": "Unplanned stops",
            "unit": "a month",
            "points": "Month\tLine 1\tLine 2\n2026-01\t14\t9\n2026-02\t11\t9\n2026-03\t8\t6\n2026-04\t5\t6",
            "target": Decimal(5),
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            series.read(cleaned["points"] or "")
        except series.Unreadable as error:
            raise StructBlockValidationError({"points": ValidationError(list(error.faults))}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return {
            **super().get_context(value, parent_context=parent_context),
            "series": series_tables.of(value),
        }


class TableBlock(Previewed, blocks.StructBlock):
    caption = blocks.CharBlock(required=False, default="", max_length=300, label=_("caption"))
    table = TypedTableBlock(
        [("text", blocks.RichTextBlock(features=INLINE_FEATURES, required=False))], label=_("table")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "knowledge/blocks/table.html"
        preview_value = {
            "caption": "Offset by speed, mm",
            "table": {
                "columns": [
                    {"type": "text", "heading": "Speed, rpm"},
                    {"type": "text", "heading": "Good"},
                    {"type": "text", "heading": "Limit"},
                ],
                "rows": [
                    {"values": ["<p>750</p>", "<p>0.09</p>", "<p>0.19</p>"]},
                    {"values": ["<p>1,500</p>", "<p>0.05</p>", "<p>0.10</p>"]},
                ],
                "caption": "",
            },
        }
        description = _("Rows and columns with a heading a column.")
