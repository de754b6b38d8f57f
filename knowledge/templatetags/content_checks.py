"""What the editor's side bar asks of `knowledge.content_checks`."""

from typing import Any

from django import template

from knowledge import content_checks
from knowledge.models import EntryPage

register = template.Library()


@register.simple_tag
def findings_of(thing: Any) -> list[content_checks.Finding] | None:
    """Advice about an entry's page; None for other things and for pages that were not saved yet."""
    if not isinstance(thing, EntryPage) or thing.pk is None:
        return None
    return content_checks.check(thing)
