"""Was this useful? Asked at the end of an entry; the figures are for those who answer for it."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import pagination, rates
from core.rates import TooOften
from knowledge import reading
from knowledge.models import Entry, UsefulnessAnswer
from knowledge.services import usefulness as services
from knowledge.usefulness_forms import NO, NONE, YES, UsefulnessForm
from people.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def usefulness(request: Request, key: Any) -> HttpResponse:
    """The question with what its reader said before; a page of its own where no script runs."""
    found = _entry(request, key)
    form = None
    if request.method == "POST":
        form = UsefulnessForm(request.POST)
        if form.is_valid() and _answered(request, found, form):
            if not request.htmx:
                messages.success(request, _said(form))
                return redirect(request.path)
            said, form = _said(form), None
            response = render(request, "knowledge/usefulness_panel.html", _context(request, found, form))
            response.headers["HX-Trigger"] = json.dumps({"toast": {"text": said, "level": "success"}})
            return response
    template = "knowledge/usefulness_panel.html" if request.htmx else "knowledge/usefulness.html"
    response = render(request, template, _context(request, found, form))
    return rates.answer(response, *filter(None, [form]))


@require_safe
def entry_feedback(request: Request, key: Any) -> HttpResponse:
    """What readers said of an entry, for those who answer for it."""
    found = _entry(request, key)
    if not reading.may_check(found, request.viewer):
        raise PermissionDenied
    said = UsefulnessAnswer.objects.filter(entry=found).exclude(missing="").select_related("user")
    context = {
        "entry": found,
        "figures": services.figures(entry=found, by=request.user),
        "page": pagination.numbered(said.order_by("-answered_at", "-pk"), request.GET.get("page")),
    }
    return render(request, "knowledge/entry_feedback.html", context)


def _entry(request: Request, key: Any) -> Entry:
    visible = Entry.objects.visible_to(request.viewer).published().select_related("community")
    found: Entry = get_object_or_404(visible, key=key)
    return found


def _answered(request: Request, entry: Entry, form: UsefulnessForm) -> bool:
    """Do what the form says; if that is too often, the form says so."""
    answer = form.cleaned_data["useful"]
    try:
        rates.require("usefulness", request.user.pk)
    except TooOften as error:
        form.add_error(None, error)
        return False
    if answer == NONE:
        services.withdraw(entry=entry, user=request.user)
    else:
        services.answer(
            entry=entry,
            user=request.user,
            is_useful=answer == YES,
            missing=form.cleaned_data["missing"],
        )
    return True


def _said(form: UsefulnessForm) -> str:
    if form.cleaned_data["useful"] == NONE:
        return _("Your answer is taken back.")
    if form.cleaned_data["missing"]:
        return _("Thank you. The owner of the entry is told what is missing.")
    return _("Thank you for your answer.")


def _context(request: Request, entry: Entry, form: UsefulnessForm | None) -> dict[str, Any]:
    given = UsefulnessAnswer.objects.filter(entry=entry, user=request.user.pk).first()
    answer = "" if given is None else YES if given.is_useful else NO
    shown = form or UsefulnessForm(initial={"missing": given.missing if given else ""})
    return {
        "entry": entry,
        "answer": answer,
        "is_own": entry.owner_id == request.user.pk,
        "asks_what_is_missing": answer == NO or (form is not None and form.data.get("useful") == NO),
        "form": shown,
        "figures": services.figures(entry=entry, by=request.user),
        "is_asked_alone": not request.htmx,
    }
