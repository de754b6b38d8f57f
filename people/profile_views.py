"""What a person keeps of themselves: card, photo, preferences, tokens, and the first greeting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from core import rates
from people import selectors
from people.models import ClientToken, User
from people.pictures import PictureRefused
from people.profile_forms import PhotoForm, PreferencesForm, ProfileForm, TokenForm, WelcomeForm
from people.requests import Request
from people.scopes import SCOPES
from people.services import client_tokens, memberships, people

OFFERED_COMMUNITIES = 9


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """One's own card, to be changed."""
    form = ProfileForm(request.POST or None, instance=_fresh(request))
    if request.method == "POST" and form.is_valid():
        people.edit_profile(user=_fresh(request), profile=form.profile)
        messages.success(request, _("Your card is saved."))
        return redirect("profile")
    return _profile_page(request, form, PhotoForm())


@require_POST
def set_photo(request: Request) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            rates.require("upload", request.user.pk)
            people.set_photo(user=_fresh(request), upload=form.upload)
        except (PictureRefused, rates.TooOften) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Your photo is set."))
            return redirect("profile")
    return _profile_page(request, ProfileForm(instance=_fresh(request)), form)


@require_POST
def remove_photo(request: Request) -> HttpResponse:
    people.remove_photo(user=_fresh(request))
    messages.success(request, _("Your photo is removed."))
    return redirect("profile")


@require_http_methods(["GET", "POST"])
def preferences(request: Request) -> HttpResponse:
    """How the site speaks to the person, in which zone, in which colours."""
    form = PreferencesForm(
        request.POST or None,
        instance=_fresh(request),
        initial={"language": request.user.language or translation.get_language()},
    )
    if request.method == "POST" and form.is_valid():
        people.set_preferences(user=request.user, **form.cleaned_data)
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Your preferences are saved."))
        return redirect("preferences")
    return render(request, "people/preferences.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_variables("text")
def tokens(request: Request) -> HttpResponse:
    """The tokens with which applications act for the person. The text of a new one is shown this once."""
    form = TokenForm(request.POST or None)
    issued, text = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("token", request.user.pk)
            issued, text = client_tokens.issue(user=request.user, **form.cleaned_data)
        except client_tokens.TokenRefused as error:
            form.add_error(None, str(error))
        except rates.TooOften as error:
            form.add_error(None, error)
        else:
            form = TokenForm()
    context = {
        "form": form,
        "issued": issued,
        "text": text,
        "tokens": ClientToken.objects.filter(user=request.user),
        "scopes": SCOPES,
    }
    return rates.answer(render(request, "people/tokens.html", context), form)


@require_POST
def revoke_token(request: Request, public_id: Any) -> HttpResponse:
    token = get_object_or_404(ClientToken, user=request.user, public_id=public_id)
    client_tokens.revoke(token=token, by=request.user)
    messages.success(request, _("“%(name)s” can no longer be used.") % {"name": token.name})
    return redirect("tokens")


@require_http_methods(["GET", "POST"])
def welcome(request: Request) -> HttpResponse:
    """The first minute: language, zone, languages read, and communities to begin with. Everything can wait."""
    user = _fresh(request)
    if request.method == "POST" and "skip" in request.POST:
        people.greet(user=user)
        return redirect("home")
    joinable = selectors.communities_to_join(user, request.viewer)
    form = WelcomeForm(
        request.POST or None,
        instance=user,
        joinable=joinable,
        initial={"language": user.language or translation.get_language()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _welcomed(_fresh(request), form.cleaned_data)
        except memberships.MembershipRefused as error:
            form.add_error("communities", str(error))
        else:
            return redirect("home")
    context = {
        "form": form,
        "offered": joinable[:OFFERED_COMMUNITIES],
        "chosen": {str(pk) for pk in form["communities"].value() or []},
        "helpers": [] if user.enterprise_id else User.objects.who_may("people.manage_roles")[:3],
    }
    return render(request, "people/welcome.html", context)


def _welcomed(user: User, data: dict[str, Any]) -> None:
    people.greet(
        user=user,
        join=list(data["communities"]),
        reading_languages=data["reading_languages"],
        language=data["language"],
        time_zone=data["time_zone"],
    )


def _profile_page(request: Request, form: ProfileForm, photo: PhotoForm) -> HttpResponse:
    context = {"form": form, "photo_form": photo, "person": _fresh(request)}
    return rates.answer(render(request, "people/profile.html", context), form, photo)


def _fresh(request: Request) -> User:
    """The person as stored: a form that fails leaves what was typed on its own copy, not on the page's header."""
    return User.objects.select_related("enterprise", "site", "department", "photo").get(pk=request.user.pk)
