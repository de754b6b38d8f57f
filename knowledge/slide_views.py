"""An entry presented: in the browser, to the speaker, and as a file to print."""

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import rates
from knowledge import cards
from knowledge.addresses import page_url
from knowledge.models import EntryPage
from knowledge.slides import deck, pdf
from people.access import Viewer
from people.requests import Request

logger = logging.getLogger("guildhall.slides")


@require_safe
def slides(request: Request, key: Any) -> HttpResponse:
    """Leads to the slides in the language that the reader reads best."""
    pages = EntryPage.objects.live().visible_to(request.viewer).filter(entry__key=key)
    page = cards.preferred(pages.select_related("locale").defer("body"), request.viewer)
    if page is None:
        raise Http404
    return redirect("slides_in_language", key, page.locale.language_code)


@require_safe
def slides_in_language(request: Request, key: Any, language: str) -> HttpResponse:
    """The presentation, or with `view=speaker` what only its speaker sees."""
    page = _page(request, key, language)
    view = "speaker" if request.GET.get("view") == "speaker" else "audience"
    return render(request, "knowledge/slides.html", context(request, page, request.viewer) | {"view": view})


@require_safe
def slides_pdf(request: Request, key: Any, language: str) -> HttpResponse:
    """The presentation as PDF, a slide a page."""
    page = _page(request, key, language)
    if not pdf.is_possible():
        raise Http404
    try:
        rates.require("pdf", request.user.pk)
        made = pdf.made(context(request, page, request.viewer))
    except rates.TooOften as refusal:
        messages.error(request, str(refusal))
        return redirect(page_url(page))
    except pdf.SlidesNotPrinted as failure:
        logger.error("slides of %s could not be printed: %s", key, failure)
        messages.error(request, _("The PDF could not be made. Printing from your browser makes one too."))
        return redirect(page_url(page))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug}.pdf"'
    return response


def context(request: Any, page: EntryPage, viewer: Viewer) -> dict[str, Any]:
    """What the templates of slides need."""
    site = request.build_absolute_uri("/")[:-1]
    return {
        "page": page,
        "deck": deck.of(page, viewer, site),
        "content_language": page.locale.language_code,
        "can_make_pdf": page.pk is not None and pdf.is_possible(),
    }


def _page(request: Request, key: Any, language: str) -> EntryPage:
    pages = EntryPage.objects.live().visible_to(request.viewer).for_reading()
    page = pages.filter(entry__key=key, locale__language_code=language).first()
    if page is None:
        raise Http404
    return page
