"""The body of an article: every block it may have."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.data import FiguresBlock, SeriesBlock, TableBlock
from knowledge.blocks.media import DocumentBlock, EmbeddedMediaBlock, GalleryBlock, ImageBlock
from knowledge.blocks.presentation import SlideBlock
from knowledge.blocks.relations import PeopleBlock, RelatedBlock
from knowledge.blocks.text import CalloutBlock, HeadingBlock, QuoteBlock, StepsBlock, TextBlock

WORDS = _("Words")
MEDIA = _("Pictures and files")
FIGURES = _("Figures")
RELATIONS = _("People and entries")
PRESENTATION = _("Presentation")


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(group=WORDS)
    text = TextBlock(group=WORDS)
    steps = StepsBlock(group=WORDS)
    callout = CalloutBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    image = ImageBlock(group=MEDIA)
    gallery = GalleryBlock(group=MEDIA)
    document = DocumentBlock(group=MEDIA)
    embed = EmbeddedMediaBlock(group=MEDIA)
    table = TableBlock(group=FIGURES)
    figures = FiguresBlock(group=FIGURES)
    series = SeriesBlock(group=FIGURES)
    people = PeopleBlock(group=RELATIONS)
    related = RelatedBlock(group=RELATIONS)


class EntryBodyBlock(BodyBlock):
    """The body of an entry, which can be presented."""

    slide = SlideBlock(group=PRESENTATION)
