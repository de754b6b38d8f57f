"""What components and layouts ask of Python: icons, directions, initials."""

import functools
import zlib
from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from core.facet_groups import Option

register = template.Library()

# They point along the line of reading, so they turn round in right-to-left pages.
DIRECTIONAL_ICONS = frozenset(
    [
        *("arrow-left", "arrow-right", "arrow-back-up", "chevron-left", "chevron-right", "external-link"),
        *("list", "list-check", "list-numbers", "login-2", "logout", "send", "trending-up"),
    ]
)
AVATAR_COLOURS = "abcde"
RIGHT_TO_LEFT = frozenset(code for code, _name in settings.LANGUAGES if get_language_info(code)["bidi"])


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of frontend/icons.txt; `size` s or l. With a label it speaks, without one it is decoration."""
    return _drawn(_sprite(), name, size, str(label))


@functools.cache
def _sprite() -> str:
    """Where the icons are: the same for as long as the process runs."""
    return static("dist/icons.svg")


@functools.lru_cache(maxsize=1024)
def _drawn(address: str, name: str, size: str, label: str) -> SafeString:
    """Kept, because a list shows the same few icons hundreds of times."""
    classes = "icon"
    if size:
        classes += f" icon-{size}"
    if name in DIRECTIONAL_ICONS:
        classes += " icon-directional"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            classes,
            label,
            address,
            name,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', classes, address, name)


@register.simple_tag
def facet_options(
    options: Sequence[Any], name: str, radio: str = "", *, start: str = "0", end: str = ""
) -> SafeString:
    """Choices of a group from `start` up to `end`, each an `Option` or a dictionary with the same.

    Written here, because a list shows more than a hundred, and a template takes several times as long for each.
    """
    kind = "radio" if radio else "checkbox"
    box = format_html('<input class="form-check-input" type="{}" id="facet-{}-', kind, name)
    named = format_html('" name="{}"', name)
    shown = options[int(start) : int(end) if end else None]
    return format_html_join(
        "\n",
        '<label>{}{}{} value="{}"{}><span class="name"{}><bdi>{}</bdi></span>{}</label>',
        (
            (
                box,
                SafeString(number),
                named,
                option.value,
                SafeString(" checked" if option.selected else ""),
                format_html(' lang="{}"', option.lang) if option.lang else SafeString(""),
                option.label,
                SafeString("" if option.count is None else f'<span class="count">{option.count:d}</span>'),
            )
            for number, option in enumerate(map(_option, shown), int(start) + 1)
        ),
    )


def _option(given: Any) -> Option:
    return Option(**given) if isinstance(given, dict) else given


@register.filter
def spoken(language: str | None) -> SafeString:
    """The attributes of an element whose text is in this language; of an unknown one the browser judges `dir`."""
    return _spoken(language or "")


@functools.cache
def _spoken(language: str) -> SafeString:
    direct = format_html('dir="{}"', direction(language))
    return format_html('lang="{}" {}', language, direct) if language else direct


@register.filter
def isolated(text: object) -> str:
    """For what stands within a translated sentence: a name of one script leaves the date after it where it belongs."""
    return f"\u2068{text}\u2069"


@register.filter
def direction(language: str | None) -> str:
    """`dir` of a text in this language; of an unknown one the browser is left to judge."""
    if not language:
        return "auto"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@register.filter
def initials(name: Any) -> str:
    """One or two letters for a round place: of the first word and of the last."""
    words = [word for word in str(name or "").split() if word[0].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def avatar_colour(name: Any) -> str:
    """One of five colours, the same for a name on every page and every server."""
    return AVATAR_COLOURS[zlib.crc32(str(name).encode()) % len(AVATAR_COLOURS)]


@register.simple_tag
def page_window(page: Any) -> list[int | None]:
    """Page numbers round the current one, with None where some are left out."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    window: list[int | None] = []
    for number in shown:
        gap = number - (window[-1] or 0) if window else 1
        if gap == 2:
            window.append(number - 1)
        elif gap > 2:
            window.append(None)
        window.append(number)
    return window
