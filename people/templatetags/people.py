"""What templates ask of people: their time, their languages by name."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.utils.http import urlencode

from people import time_zones
from people.services.saved_views import canonical

register = template.Library()


@register.filter
def time_there(zone: str) -> str:
    """What clocks in a zone show now, with the zone said."""
    return time_zones.time_there(zone)


@register.filter
def language_names(codes: list[str]) -> list[dict[str, str]]:
    """Languages by their own names, with the code for `lang`."""
    return [{"code": code, "name": str(LANG_INFO.get(code, {}).get("name_local", code))} for code in codes]


@register.filter
def of_key(mapping: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds under a key that only the template knows; the key itself where it holds nothing."""
    return mapping.get(key, key)


@register.inclusion_tag("people/saved_views_menu.html", takes_context=True)
def saved_views_menu(context: Any, name: str) -> dict[str, Any]:
    """The way to the views of a list, which are asked for when the menu opens, and to keep the one in the address."""
    query = canonical(context["request"].GET.urlencode())
    return {"asked": urlencode({"list": name, "query": query})}
