"""How a moderator reaches a classified community: by name from a list of their own, with a reason, on record."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import pagination
from people.choices import Access, CommunityState
from people.community_forms import BreakGlassForm
from people.models import Community
from people.querysets import CommunityQuerySet
from people.requests import Request
from people.services import break_glass as services


@never_cache
@require_safe
def classified_communities(request: Request) -> HttpResponse:
    """The names of classified communities and nothing more, for those who may enter them."""
    _require_moderator(request)
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    found = _classified().with_standing(request.viewer).by_name(language)
    page = pagination.numbered(found, request.GET.get("page"), 50)
    return render(request, "people/classified_communities.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: Request, slug: str) -> HttpResponse:
    """Enter a classified community for an hour, giving a reason."""
    _require_moderator(request)
    community = get_object_or_404(_classified(), slug=slug)
    if Community.objects.visible_to(request.viewer).filter(pk=community.pk).exists():
        return _lead_in(community)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.enter(user=request.user, community=community, reason=form.cleaned_data["reason"])
        messages.warning(request, _("You are in for an hour. This is on record, and the leads are told."))
        return _lead_in(community)
    return render(request, "people/break_glass.html", {"community": community, "form": form})


def _lead_in(community: Community) -> HttpResponse:
    if community.state == CommunityState.PROPOSED:
        return redirect("community_proposal", community.slug)
    return redirect(community)


def _require_moderator(request: Request) -> None:
    """To others these pages do not exist: not even that there is something classified is said."""
    if not request.viewer.may("people.break_glass"):
        raise Http404


def _classified() -> CommunityQuerySet:
    """Also proposed ones: a curator who may not know of them cannot confirm them."""
    wanted = [CommunityState.ACTIVE, CommunityState.ARCHIVED, CommunityState.PROPOSED]
    found: CommunityQuerySet = Community.objects.filter(access=Access.CLASSIFIED, state__in=wanted)
    return found
