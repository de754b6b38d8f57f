"""Blocks of figures and tables."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

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
