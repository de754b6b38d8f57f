from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Community

register = template.Library()


@register.filter
def card_figures(community: Community) -> list[dict[str, Any]]:
    """What the card of a community counts and names: its members, and what it is about."""
    members = community.member_count
    figures = [{"icon": "users", "value": members, "label": ngettext("member", "members", members)}]
    competences = list(community.competences.all())
    if competences:
        more = f" +{len(competences) - 1}" if len(competences) > 1 else ""
        figures.append({"icon": "school", "value": competences[0].name + more, "label": _("competence")})
    return figures
