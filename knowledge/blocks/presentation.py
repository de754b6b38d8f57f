"""The block that steers the presentation view; in the article it leaves no trace."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.preview import Previewed
from knowledge.choices import SlideBreak


class SlideBlock(Previewed, blocks.StructBlock):
    """Holds from where it stands to the next heading or the next of its kind."""

    follows = blocks.ChoiceBlock(
        choices=SlideBreak.choices, default=SlideBreak.TOGETHER, label=_("what follows")
    )
    title = blocks.CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("title of the slide"),
        help_text=_("Leave empty to keep the heading of the section."),
    )
    notes = blocks.TextBlock(
        required=False,
        default="",
        max_length=2000,
        rows=4,
        label=_("notes for the speaker"),
        help_text=_(
            "Shown in the speaker view alone. Whoever may read the entry may present it and read them."
        ),
    )

    class Meta:
        icon = "desktop"
        label = _("Slide")
        template = "knowledge/blocks/slide.html"
        description = _(
            "Steers the presentation: begins a slide, keeps what follows together or leaves it out."
        )
        preview_value = {
            "follows": SlideBreak.TOGETHER,
            "title": "Before and after",
            "notes": "Ask who has seen a chipped groove. Then show the trolley.",
        }
        # What is said aloud is no part of the article.
        search_index = False

    def get_preview_template(self, value: Any = None, context: Any = None) -> str:
        return "knowledge/slides/mark_preview.html"
