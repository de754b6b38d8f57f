"""Blocks of pictures, files and embedded media."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock

from knowledge.blocks.preview import Previewed, example_document, example_pictures
from knowledge.file_choosers import DiscreetDocumentBlock, DiscreetImageBlock


class ImageBlock(Previewed, blocks.StructBlock):
    image = DiscreetImageBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        required=False,
        default="",
        max_length=300,
        label=_("description for those who cannot see it"),
        help_text=_("Leave empty only if the picture merely decorates."),
    )
    caption = blocks.CharBlock(required=False, default="", max_length=300, label=_("caption"))
    credit = blocks.CharBlock(required=False, default="", max_length=200, label=_("credit"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "knowledge/blocks/image.html"
        description = _("A picture with its caption.")

    def get_preview_value(self) -> Any:
        image = next(iter(example_pictures(1)), None)
        return self.normalize(
            {"image": image, "caption": "Both lasers on the couplings of P-204.", "credit": "Owen Hughes"}
        )


class GalleryBlock(Previewed, blocks.StructBlock):
    items = blocks.ListBlock(ImageBlock(), label=_("pictures"), min_num=2)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "knowledge/blocks/gallery.html"
        description = _("Several pictures side by side.")

    def get_preview_value(self) -> Any:
        return self.normalize({"items": [{"image": image} for image in example_pictures(3)]})


class DocumentBlock(Previewed, blocks.StructBlock):
    document = DiscreetDocumentBlock(label=_("document"))
    description = blocks.CharBlock(required=False, default="", max_length=300, label=_("description"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "knowledge/blocks/document.html"
        description = _("A file to open or download.")

    def get_preview_value(self) -> Any:
        return self.normalize({"document": example_document(), "description": "Tolerances by speed"})


class EmbeddedMediaBlock(Previewed, blocks.StructBlock):
    embed = EmbedBlock(
        label=_("address"), help_text=_("YouTube or Vimeo. Readers' browsers will contact that site.")
    )
    caption = blocks.CharBlock(required=False, default="", max_length=300, label=_("caption"))

    class Meta:
        icon = "media"
        label = _("Embedded media")
        template = "knowledge/blocks/embed.html"
        preview_value = {
            "embed": "https://vimeo.com/76979871",
            "caption": "Reading a dial gauge in two minutes",
        }
        description = _("A film from an allowed site.")
