"""The ledger as a whole: who took what from whom, as a page, as a file, and seen from one enterprise."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import exports
from knowledge import replication_export, replication_record, replication_totals
from knowledge.models import Replication
from knowledge.network import Network
from knowledge.services import confirmations
from people.choices import UnitKind
from people.models import Unit
from people.requests import Request

SHOWN = 20


@require_safe
def replications(request: Request) -> HttpResponse:
    """Who took what from whom."""
    context = {
        "network": Network(request.viewer, request.GET),
        "may_confirm": request.viewer.may(confirmations.PERMISSION),
    }
    return render(request, "knowledge/replications.html", context)


@require_safe
def export_replications(request: Request, form: str) -> StreamingHttpResponse:
    """The same records, with the same filters, as a file."""
    network = Network(request.viewer, request.GET)
    rows = replication_export.rows(network.replications, request.viewer)
    return exports.response(request, form, "replications", rows)


@require_safe
def unit(request: Request, slug: str) -> HttpResponse:
    """What an enterprise gave to others and what it took from them."""
    kinds = [UnitKind.HOLDING, UnitKind.ENTERPRISE]
    found = get_object_or_404(Unit, slug=slug, kind__in=kinds)
    visible = Replication.objects.visible_to(request.viewer).current()
    given, received = visible.filter(entry__enterprise=found), visible.filter(enterprise=found)
    newest = ("-as_of_date", "-pk")
    sides = [
        {
            "name": name,
            "records": replication_record.rows(side.for_rows(request.viewer).order_by(*newest)[: SHOWN + 1]),
            "totals": replication_totals.of(side),
        }
        for name, side in (("given", given), ("received", received))
    ]
    return render(request, "knowledge/unit.html", {"unit": found, "sides": sides, "shown": SHOWN})
