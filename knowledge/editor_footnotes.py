"""Notes in the rich text editor: words are marked as a note in the place where they are written."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

from knowledge import footnotes

FEATURE = "footnote"
STYLE = "FOOTNOTE"


def register(features: Any) -> None:
    """A style and no dialogue: a note holds links and bold words as the text around it does."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        InlineStyleFeature(
            {
                "type": STYLE,
                "label": "x¹",
                "description": _("Footnote: mark the words of the note, in the place where it belongs"),
                "style": {
                    "fontSize": "0.85em",
                    "backgroundColor": "var(--w-color-surface-field-inactive)",
                    "borderBottom": "1px dotted",
                },
            }
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {footnotes.TAG: InlineStyleElementHandler(STYLE)},
            "to_database_format": {"style_map": {STYLE: {"element": footnotes.TAG}}},
        },
    )
