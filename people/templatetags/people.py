"""What templates ask of people: their time, their languages by name."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.http import urlencode

from people import time_zones
from people.models import SavedView
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
    """The views of a list that the reader may see, and the way to keep the one that stands in the address."""
    request = context["request"]
    query = canonical(request.GET.urlencode())
    views = list(SavedView.objects.visible_to(request.viewer).filter(list=name).for_listing(request.viewer))
    for view in views:
        view.is_current = view.query == query
    return {
        "views": views,
        "save_url": f"{reverse('save_view')}?{urlencode({'list': name, 'query': query})}",
    }
