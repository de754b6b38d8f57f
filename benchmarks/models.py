"""The content of an entry as a page that Wagtail's documentation would make of it.

Its tables are made in the database of a run (`benchmarks.apps`), by no migration.
"""

from typing import Any

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from people.choosers import PersonChooserBlock

SIBLINGS = 4


def _struct(name: str, *children: tuple[str, blocks.Block]) -> blocks.StructBlock:
    return blocks.StructBlock(children, template=f"benchmarks/blocks/{name}.html")


def _picture() -> list[tuple[str, blocks.Block]]:
    words = [(name, blocks.CharBlock(required=False)) for name in ("alt_text", "caption", "credit")]
    return [("image", ImageChooserBlock()), *words]


def _figure() -> blocks.StructBlock:
    numbers = [(name, blocks.DecimalBlock(required=False)) for name in ("before", "after")]
    return blocks.StructBlock([("measure", blocks.CharBlock()), ("unit", blocks.CharBlock()), *numbers])


def _body() -> list[tuple[str, blocks.Block]]:
    """Wagtail's own blocks in the shapes that the entries' bodies are stored in."""
    words = blocks.RichTextBlock
    line = blocks.CharBlock
    step = blocks.StructBlock([("title", line()), ("text", words())])
    return [
        ("heading", _struct("heading", ("text", line()), ("level", line()))),
        ("text", words()),
        ("image", _struct("image", *_picture())),
        ("gallery", _struct("gallery", ("items", blocks.ListBlock(blocks.StructBlock(_picture()))))),
        ("document", _struct("document", ("document", DocumentChooserBlock()), ("description", line()))),
        ("table", _struct("table", ("caption", line()), ("table", TypedTableBlock([("text", words())])))),
        ("quote", _struct("quote", ("text", words()), ("attribution", line()))),
        ("figures", _struct("figures", ("items", blocks.ListBlock(_figure())), ("caption", line()))),
        ("callout", _struct("callout", ("kind", line()), ("title", line()), ("text", words()))),
        ("steps", _struct("steps", ("items", blocks.ListBlock(step)))),
        ("embed", _struct("embed", ("embed", EmbedBlock()), ("caption", line()))),
        (
            "people",
            _struct("people", ("caption", line()), ("people", blocks.ListBlock(PersonChooserBlock()))),
        ),
        (
            "related",
            _struct("related", ("caption", line()), ("entries", blocks.ListBlock(blocks.PageChooserBlock()))),
        ),
    ]


class StockPage(Page):
    """An entry in one language."""

    source = models.ForeignKey("knowledge.EntryPage", models.CASCADE, related_name="+")
    summary = models.TextField()
    cover = models.ForeignKey("people.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    body = StreamField(_body(), blank=True)
    effects = StreamField([("effect", _figure())], blank=True)
    tags = ClusterTaggableManager(through="benchmarks.StockTag", blank=True)

    template = "benchmarks/stock_page.html"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        entry = self.source.entry
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "entry": entry,
            "authors": entry.authors.select_related("user__photo", "user__enterprise"),
            "attachments": self.source.attachments.select_related("document"),
            "uses": entry.replications.select_related("enterprise"),
            "translations": entry.pages.live().select_related("locale").defer("body"),
            "siblings": self.get_siblings(inclusive=False).live()[:SIBLINGS],
            "content_language": self.locale.language_code,
        }


class StockTag(ItemBase):
    tag = models.ForeignKey("knowledge.Tag", models.CASCADE, related_name="+")
    content_object = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="tagged_items")
