"""Which of the declared sections a community shows, and in which order."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.declarations import CommunitySection, community_sections

OVERVIEW = "overview"


def validate_sections(value: Any) -> None:
    """A list of slugs, each of a declared section and once."""
    if not isinstance(value, list) or not all(
        isinstance(slug, str) and slug in community_sections for slug in value
    ):
        raise ValidationError(_("There is no such section."), code="unknown")
    if len(set(value)) != len(value):
        raise ValidationError(_("A section stands there twice."), code="twice")


def validate_hidden_sections(value: Any) -> None:
    """The same; without the overview, which a community always has."""
    validate_sections(value)
    if OVERVIEW in value:
        raise ValidationError(_("The overview is always shown."), code="overview")


def arranged(order: Iterable[str]) -> list[CommunitySection]:
    """All declared sections: the overview first, then those in the chosen order, then what was declared since."""
    places = {slug: place for place, slug in enumerate(order)}

    def place(section: CommunitySection) -> tuple[bool, int, int]:
        return (section.slug != OVERVIEW, places.get(section.slug, len(places)), section.order)

    return sorted(community_sections, key=place)
