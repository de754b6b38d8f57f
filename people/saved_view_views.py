"""Views of lists that people keep: the page of them, and what is done with one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import access
from people.choices import SavedList
from people.models import SavedView
from people.requests import Request
from people.saved_view_forms import SaveViewForm, ShareViewForm, own_communities
from people.services import saved_views as services
from people.services.saved_views import TooManyViews


@require_safe
def saved_views(request: Request) -> HttpResponse:
    """One's own views, and those that one's communities share."""
    views = list(SavedView.objects.visible_to(request.viewer).for_listing(request.viewer))
    for view in views:
        view.may_remove = view.owner_id == request.user.pk or (
            view.community is not None and access.manages(request.viewer, view.community)
        )
    own = [view for view in views if view.owner_id == request.user.pk]
    context = {
        "own": own,
        "shared": [view for view in views if view.owner_id != request.user.pk],
        "communities": list(own_communities(request.viewer)) if own else [],
    }
    return render(request, "people/saved_views.html", context)


@require_safe
def saved_views_menu(request: Request) -> HttpResponse:
    """What the menu of a list holds when it is opened."""
    name = request.GET.get("list", "")
    if name not in SavedList.values:
        raise Http404
    views = SavedView.objects.visible_to(request.viewer).filter(list=name)
    context = {
        "views": views.for_listing(request.viewer),
        "query": services.canonical(request.GET.get("query", "")),
    }
    return render(request, "people/saved_views_items.html", context)


@require_http_methods(["GET", "POST"])
def save_view(request: Request) -> HttpResponse:
    """Name the filters of a list. The form comes with the list and the filters in its address."""
    asked = {"list": request.GET.get("list"), "query": request.GET.get("query", "")}
    form = SaveViewForm(request.POST or None, initial=asked, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            view = services.keep(
                owner=request.user,
                name=wanted["name"],
                to=wanted["list"],
                query=wanted["query"],
                community=wanted["community"],
                follow=wanted["follow"],
            )
        except TooManyViews:
            form.add_error(None, _("You keep as many views as one can. Remove one of them first."))
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(view)
    return render(request, "people/save_view.html", {"form": form})


@require_POST
def share_view(request: Request, public_id: Any) -> HttpResponse:
    form = ShareViewForm(request.POST, viewer=request.viewer)
    view = _view(request, public_id)
    if form.is_valid():
        services.share(view=view, community=form.cleaned_data["community"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("That community is not one of yours."))
    return redirect("saved_views")


@require_POST
def follow_view(request: Request, public_id: Any) -> HttpResponse:
    """Be told of what is new in a view, or no more."""
    view = _view(request, public_id)
    if request.POST.get("follow") == "no":
        services.stop_following(view=view, user=request.user)
        messages.success(request, _("You do not follow this view any more."))
    else:
        services.begin_following(view=view, user=request.user)
        messages.success(request, _("You follow this view."))
    return redirect("saved_views")


@require_POST
def remove_view(request: Request, public_id: Any) -> HttpResponse:
    view = _view(request, public_id)
    services.remove(view=view, by=request.user)
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": view.name})
    return redirect("saved_views")


def _view(request: Request, public_id: Any) -> SavedView:
    found: SavedView = get_object_or_404(
        SavedView.objects.visible_to(request.viewer).select_related("community"), public_id=public_id
    )
    return found
