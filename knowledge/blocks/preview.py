"""How blocks are shown in the editor's picker: as in an article, through the same rendering."""

from typing import Any

from people.access import ANY_EMPLOYEE
from people.models import Document, Image, User


class Previewed:
    """Mixed into blocks that `templates/knowledge/block_preview.html` shows."""

    def get_preview_template(self, value: Any = None, context: Any = None) -> str:
        return "knowledge/block_preview.html"


def example_pictures(number: int) -> list[Image]:
    """Of what every employee may see, so that a preview shows the same to all editors."""
    return list(Image.objects.visible_to(ANY_EMPLOYEE).order_by("-pk")[:number])


def example_document() -> Document | None:
    return Document.objects.visible_to(ANY_EMPLOYEE).order_by("-pk").first()


def example_people() -> list[User]:
    return list(User.objects.active().order_by("pk")[:2])
