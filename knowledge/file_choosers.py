"""Pictures and documents in forms of the admin: named, and let in, only where the editing person may open them."""

from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser

from people import access
from people.models import Document, Image


def withheld(model: Any, ids: set[int]) -> set[int]:
    """Which of these rows of Image or Document the person may not open for whom the admin is working."""
    from knowledge.permission_policies import (
        at_work,  # the policies are about the page models, which have these
    )

    user = at_work.get()
    if user is None or user.is_superuser or not ids:
        return set()
    visible = model.objects.visible_to(access.viewer_of(user)).filter(pk__in=ids)
    return ids - set(visible.values_list("pk", flat=True))


def file_titles(files: Iterable[Image | Document]) -> list[str]:
    """The titles of files, in their order, as the editing person may read them."""
    files = list(files)
    hidden = {(model, key) for model in (Image, Document) for key in withheld(model, _keys(files, model))}
    return [not_open() if (type(file), file.pk) in hidden else file.title for file in files]


class DiscreetDocumentChooser(AdminDocumentChooser):
    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        if not withheld(Document, {instance.pk}):
            return super().get_value_data_from_instance(instance)
        return {"id": instance.pk, "edit_url": None, self.display_title_key: not_open()}


class DiscreetImageChooser(AdminImageChooser):
    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        if not withheld(Image, {instance.pk}):
            return super().get_value_data_from_instance(instance)
        return {
            "id": instance.pk,
            "edit_url": None,
            self.display_title_key: not_open(),
            "preview": {"url": static("dist/favicon.svg"), "width": 32, "height": 32},
            "default_alt_text": "",
        }


class DiscreetImageBlock(ImageChooserBlock):
    @cached_property
    def widget(self) -> Any:
        return DiscreetImageChooser()

    def deconstruct(self) -> Any:
        """What is stored is Wagtail's: to migrations it is Wagtail's block."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", args, kwargs


class DiscreetDocumentBlock(DocumentChooserBlock):
    @cached_property
    def widget(self) -> Any:
        return DiscreetDocumentChooser()

    def deconstruct(self) -> Any:
        _path, args, kwargs = super().deconstruct()
        return "wagtail.documents.blocks.DocumentChooserBlock", args, kwargs


def _keys(files: Iterable[Image | Document], model: type[Any]) -> set[int]:
    return {file.pk for file in files if isinstance(file, model)}


def not_open() -> str:
    return gettext("A file that is not open to you")
