from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import pagination
from core.declarations import person_panels
from people import roles
from people.directory import PAGE_SIZE, Directory
from people.models import Community, Membership, User
from people.requests import Request
from people.roles import Role

SHOWN_ROLES = (Role.EXPERT, Role.CURATOR, Role.MODERATOR)


@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody who may be found, by name, enterprise, competence and language."""
    directory = Directory(request.viewer, request.GET)
    if directory.moved_to:
        return HttpResponseRedirect(directory.moved_to)
    page = pagination.numbered(directory.people, request.GET.get("page"), PAGE_SIZE)
    context = {
        "filters": directory.filters,
        "facets": directory.groups,
        "chips": directory.chips,
        "competence": directory.competence,
        "page": page,
    }
    return render(request, "people/people.html", context)


@require_safe
def person(request: Request, public_id: Any) -> HttpResponse:
    """Somebody's card: who they are, what they can be asked about, and what they wrote that the reader may see."""
    visible = User.objects.visible_to(request.viewer).with_photos()
    found = get_object_or_404(
        visible.select_related("enterprise", "site", "department").prefetch_related("competences", "skills"),
        public_id=public_id,
    )
    communities = Community.objects.active().visible_to(request.viewer)
    member_of = Membership.objects.active().filter(user=found, community__in=communities)
    panels = [
        {"panel": panel, "context": panel.context(request, found)}
        for panel in sorted(person_panels, key=lambda panel: panel.order)
    ]
    context = {
        "person": found,
        "is_self": found.pk == request.user.pk,
        "roles": [role.label for role in roles.of(found) if role in SHOWN_ROLES],
        "memberships": member_of.select_related("community").order_by("-role", "community__name_en"),
        "panels": [panel for panel in panels if panel["context"] is not None],
    }
    return render(request, "people/person.html", context)
