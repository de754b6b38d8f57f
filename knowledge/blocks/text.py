"""Blocks of words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.preview import Previewed

INLINE_FEATURES = ["bold", "italic", "superscript", "subscript", "code", "link", "document-link", "footnote"]
TEXT_FEATURES = [*INLINE_FEATURES, "ol", "ul"]


class UnsearchedChoiceBlock(blocks.ChoiceBlock):
    """A choice of how something looks: its name is not a word of the text."""

    def get_searchable_content(self, value):
        return []


class HeadingBlock(Previewed, blocks.StructBlock):
    text = blocks.CharBlock(label=_("text"), max_length=200)
    level = UnsearchedChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Sub-section"))], default="h2", label=_("level")
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "knowledge/blocks/heading.html"
        preview_value = {"text": "What came out of it", "level": "h2"}
        description = _("Starts a section; sections make the contents list.")


class TextBlock(Previewed, blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "knowledge/blocks/text.html"
        preview_value = (
            "<p>We aligned 62 sets between May and November. Only <b>nine</b> were in tolerance.</p>"
        )
        description = _("Paragraphs and lists.")


class QuoteBlock(Previewed, blocks.StructBlock):
    text = blocks.RichTextBlock(features=["bold", "italic", "link"], label=_("words"))
    attribution = blocks.CharBlock(required=False, default="", max_length=200, label=_("who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "knowledge/blocks/quote.html"
        preview_value = {
            "text": "<p>I used to think a good alignment took forty minutes. It takes three hours.</p>",
            "attribution": "Victor Okafor, Maintenance, Aurora Pumps",
        }
        description = _("Somebody's own words.")


class CalloutBlock(Previewed, blocks.StructBlock):
    kind = UnsearchedChoiceBlock(
        choices=[("note", _("Note")), ("tip", _("Tip")), ("warning", _("Warning"))],
        default="note",
        label=_("kind"),
    )
    title = blocks.CharBlock(required=False, default="", max_length=120, label=_("title"))
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "knowledge/blocks/callout.html"
        preview_value = {
            "kind": "warning",
            "title": "",
            "text": "<p>Measure the temperature of the <i>pedestal</i>, not of the liquid.</p>",
        }
        description = _("What must not be overlooked.")


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False, default="", max_length=200, label=_("title"))
    text = blocks.RichTextBlock(required=False, features=TEXT_FEATURES, label=_("text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")


class StepsBlock(Previewed, blocks.StructBlock):
    items = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "knowledge/blocks/steps.html"
        preview_value = {
            "items": [
                {"title": "Clean.", "text": "<p>Strip rust and paint from the feet and the baseplate.</p>"},
                {"title": "Count the shims.", "text": "<p>Never more than four in a pack.</p>"},
            ]
        }
        description = _("What to do, in order.")
