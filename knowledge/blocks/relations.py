"""Blocks that point at people and other entries."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.preview import Previewed, example_people
from people.access import ANY_EMPLOYEE
from people.choosers import PersonChooserBlock


class PeopleBlock(Previewed, blocks.StructBlock):
    caption = blocks.CharBlock(required=False, default="", max_length=200, label=_("caption"))
    people = blocks.ListBlock(PersonChooserBlock(label=_("person")), label=_("people"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        template = "knowledge/blocks/people.html"
        description = _("Whom to ask.")

    def get_preview_value(self) -> Any:
        return self.normalize({"caption": "Ask them", "people": example_people()})


class EntryChooserBlock(blocks.PageChooserBlock):
    """Chooses the page of an entry; comparisons of revisions name it only to those it is for."""

    def render_basic(self, value: Any, context: Any = None) -> Any:
        from knowledge.permission_policies import is_withheld  # the policies are about the page models

        if value and is_withheld(value):
            return gettext("A page that is not open to you")
        return super().render_basic(value, context=context)

    def deconstruct(self) -> Any:
        """What is stored is Wagtail's: to migrations it is Wagtail's block."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class RelatedBlock(Previewed, blocks.StructBlock):
    caption = blocks.CharBlock(required=False, default="", max_length=200, label=_("caption"))
    entries = blocks.ListBlock(
        EntryChooserBlock(page_type="knowledge.EntryPage", label=_("entry")),
        label=_("entries"),
        min_num=1,
    )

    class Meta:
        icon = "link"
        label = _("Related entries")
        template = "knowledge/blocks/related.html"
        description = _("Entries to read next. Readers see only those they may see.")

    def get_preview_value(self) -> Any:
        from knowledge.models import EntryPage  # the page models are made of these blocks

        pages = EntryPage.objects.live().visible_to(ANY_EMPLOYEE).order_by("-pk")[:2]
        return self.normalize({"caption": "Read on", "entries": list(pages)})
