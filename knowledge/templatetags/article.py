"""What templates of body blocks ask of Python. They run inside `knowledge.rendering`, which gives them `marks`."""

import re
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from knowledge.rich_text import recorded
from people.access import viewer_of

register = template.Library()

NUMBER = re.compile(r"^[\s\u00a0]*[−–+±-]?[<>≤≥~≈]?\s?\d[\d\s\u00a0.,:/…+±−–-]*\s?(%|‰)?[\s\u00a0]*$")


@register.simple_tag(takes_context=True)
def words(context: Any, value: Any) -> SafeString:
    """Rich text, its links decided later for each reader."""
    source = getattr(value, "source", value) or ""
    return mark_safe(recorded(str(source), context["marks"]))  # noqa: S308 - cleaned there


@register.simple_tag(takes_context=True)
def shown_if(context: Any, kind: str, thing: Any = None) -> SafeString:
    """What follows, up to `end_shown`, is for those who may see `thing`.

    Of kind "any" it is for those who may see one of the things inside.
    """
    return context["marks"].open(kind, getattr(thing, "pk", thing))


@register.simple_tag(takes_context=True)
def end_shown(context: Any) -> SafeString:
    return context["marks"].close()


@register.simple_tag(takes_context=True)
def reference(context: Any, kind: str, thing: Any, **details: Any) -> SafeString:
    """A picture, document, entry or person, drawn for each reader as it is at that moment."""
    if thing is None:
        return mark_safe("")
    return context["marks"].leaf(kind, thing.pk, **details)


@register.filter
def figure(value: Any) -> str:
    """A number as the language of the text writes it, without zeros that say nothing."""
    if value in (None, ""):
        return ""
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
    if number == number.to_integral():
        number = number.quantize(Decimal(1))
    return number_format(number, use_l10n=True, force_grouping=abs(number) >= 10_000)


@register.filter
def is_number(value: Any) -> bool:
    """Whether a table cell holds but a number, which is then set flush with its neighbours."""
    return bool(NUMBER.match(unescape(strip_tags(str(getattr(value, "source", value) or "")))))


@register.filter
def written_figures(items: Any) -> list[dict[str, str]]:
    """Measures before and after, their numbers written for the reader."""
    return [
        {
            "before": figure(item.get("before")),
            "after": figure(item.get("after")),
            "measure": item.get("measure", ""),
            "unit": item.get("unit", ""),
        }
        for item in items
    ]


@register.filter
def titled_frame(embed: Any, caption: str) -> SafeString:
    """The frame of an embedded film, named for those who cannot see it."""
    title = escape(caption or gettext("Embedded film"))
    return mark_safe(str(embed).replace("<iframe ", f'<iframe title="{title}" ', 1))  # noqa: S308 - our own frame


@register.simple_tag(takes_context=True)
def block_preview(context: Any, block: Any) -> SafeString:
    """A block as its readers would see it, for the editor's picker."""
    from knowledge import rendering  # which renders with this library

    article = rendering.compose([block], get_language() or "en")
    viewer = viewer_of(context["request"].user)
    return rendering.fill(article.parts, rendering.look_up(rendering.Wanted().add(article.parts), viewer))
