"""Corrections that readers suggest: the form, the lists, and the decision."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from core import pagination, rates
from core.rates import TooOften
from knowledge import cards
from knowledge.addresses import page_url
from knowledge.choices import CorrectionState
from knowledge.correction_forms import ACCEPT, CorrectionDecisionForm, CorrectionForm
from knowledge.models import Correction, EntryPage
from knowledge.services import corrections as services
from knowledge.services.corrections import AlreadyDecided
from people.requests import Request

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
OPEN, DECIDED, SUGGESTED = "open", "decided", "suggested"
PARTS: Mapping[str, Any] = {
    OPEN: gettext_lazy("For you to decide"),
    DECIDED: gettext_lazy("Decided"),
    SUGGESTED: gettext_lazy("Suggested by you"),
}


@require_safe
def corrections(request: Request, part: str = OPEN) -> HttpResponse:
    """Corrections of one's own entries, and those that one has suggested."""
    if part not in PARTS:
        raise Http404
    viewer = request.viewer
    rows = Correction.objects.of_own_entries(viewer)
    if part == SUGGESTED:
        rows = Correction.objects.visible_to(viewer).filter(suggested_by=viewer.user_id)
    elif part == OPEN:
        rows = rows.filter(state=CorrectionState.OPEN)
    else:
        rows = rows.exclude(state=CorrectionState.OPEN)
    rows = rows.for_listing().order_by("-suggested_at", "-pk")
    context = {
        "part": part,
        "tabs": _tabs(part),
        "page": pagination.numbered(rows, request.GET.get("page")),
    }
    return render(request, "knowledge/corrections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_correction(request: Request, key: Any) -> HttpResponse:
    """Write to who answers for an entry; `language` in the address says which text is meant."""
    page = _page(request, key)
    if page.entry.owner_id == request.user.pk:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("correction", request.user.pk)
        except TooOften as error:
            form.add_error(None, error)
        else:
            language = page.locale.language_code
            services.suggest(entry=page.entry, language=language, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. You get a mail when it is decided."))
            return redirect(page_url(page))
    context = {"page": page, "form": form, "back": page_url(page)}
    return rates.answer(render(request, "knowledge/suggest_correction.html", context), form)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: Request, key: Any) -> HttpResponse:
    """One suggestion; those who answer for the entry decide it here."""
    rows = Correction.objects.visible_to(request.viewer).for_listing()
    found = get_object_or_404(rows, public_id=key)
    may_decide = Correction.objects.decided_by(request.viewer).filter(pk=found.pk).exists()
    form = CorrectionDecisionForm(request.POST or None)
    if request.method == "POST" and not may_decide:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        decide = services.accept if form.cleaned_data["decision"] == ACCEPT else services.decline
        try:
            decide(correction=found, by=request.user, answer=form.cleaned_data["answer"])
        except AlreadyDecided as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Decided. Who made the suggestion gets your answer by mail."))
        return redirect(found)
    page = _live_page(found) if found.entry.published_at else None
    context = {
        "correction": found,
        "may_decide": may_decide and found.state == CorrectionState.OPEN,
        "answers_for_it": may_decide,
        "may_edit": may_decide and request.viewer.may("wagtailadmin.access_admin"),
        "page": page,
        "entry_url": page_url(page) if page else "",
        "form": form,
    }
    return render(request, "knowledge/correction.html", context)


def _page(request: Request, key: Any) -> EntryPage:
    pages = EntryPage.objects.live().visible_to(request.viewer).filter(entry__key=key)
    pages = pages.select_related("locale", "entry__owner").defer("body")
    language = request.GET.get("language", "")
    of_language = pages.filter(locale__language_code=language).first() if language in LANGUAGES else None
    page = of_language or cards.preferred(pages, request.viewer)
    if page is None:
        raise Http404
    return page


def _live_page(correction: Correction) -> EntryPage | None:
    pages = EntryPage.objects.live().filter(entry=correction.entry_id)
    pages = pages.filter(locale__language_code=correction.language)
    return pages.select_related("locale").defer("body").first()


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": reverse("corrections") if part == OPEN else reverse("corrections_part", args=[part]),
            "is_current": part == current,
        }
        for part, label in PARTS.items()
    ]
