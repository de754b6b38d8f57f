"""The ledger for programs: who uses what. What is withdrawn is in no list and answers 404."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from core import pagination
from core.json_answers import absolute, answer
from core.problems import Problem
from knowledge.models import Entry, Replication
from knowledge.replication_schemas import ReplicationDetail, ReplicationFilters, ReplicationList
from people.api_auth import reads
from people.requests import Request

router = Router(tags=["replications"])


@router.get("/replications", response=ReplicationList, auth=reads("content:read"), summary="Replications")
def replications(request: Request, filters: Query[ReplicationFilters]) -> HttpResponseBase:
    """What enterprises take from each other, of entries that one may see. The record made last comes first."""
    return _listed(request, _visible(request), filters)


@router.get(
    "/entries/{uuid:key}/replications",
    response=ReplicationList,
    auth=reads("content:read"),
    summary="Replications of an entry",
)
def entry_replications(request: Request, key: Any, filters: Query[ReplicationFilters]) -> HttpResponseBase:
    """Who uses an entry; 404 where it does not exist, or not for the reader."""
    viewer = request.viewer
    entry = Entry.objects.visible_to(viewer).published().filter(key=key).values_list("pk", flat=True).first()
    if entry is None:
        raise Http404
    return _listed(request, _visible(request).filter(entry=entry), filters)


@router.get(
    "/replications/{uuid:public_id}",
    response=ReplicationDetail,
    auth=reads("content:read"),
    summary="One replication",
)
def replication(request: Request, public_id: Any) -> HttpResponseBase:
    """One record with its history."""
    found = (
        _visible(request).select_related("contact", "recorded_by", "judged_by").filter(public_id=public_id)
    )
    row = found.first()
    if row is None:
        raise Http404
    judgement = None
    if row.judged_by is not None:
        judgement = {"by": _person(row.judged_by), "at": row.judged_at, "reason": row.judgement}
    changes = row.changes.select_related("by").order_by("-at", "-pk")
    return answer(
        request,
        {
            **item(row),
            "contact": _person(row.contact),
            "recorded_by": _person(row.recorded_by),
            "judgement": judgement,
            "changes": [
                {
                    "event": change.event,
                    "at": change.at,
                    "by": _person(change.by),
                    "reason": change.reason,
                    "state": change.state,
                }
                for change in changes
            ],
        },
    )


def item(row: Any) -> dict[str, Any]:
    """One record, fetched with its enterprise and its entry's."""
    effect = None
    if row.effect_amount is not None or row.effect_number is not None:
        effect = {
            "amount": _text(row.effect_amount),
            "currency": row.effect_currency or None,
            "number": _text(row.effect_number),
            "unit": row.effect_unit or None,
            "measure": row.effect_measure,
            "period": row.effect_period or None,
        }
    cost = None
    if row.cost_amount is not None:
        cost = {"amount": str(row.cost_amount), "currency": row.cost_currency}
    return {
        "id": row.public_id,
        "entry": {"key": row.entry.key, "html_url": absolute(row.entry.get_absolute_url())},
        "giver": _unit(row.entry.enterprise),
        "enterprise": _unit(row.enterprise),
        "status": row.status,
        "as_of": row.as_of_date,
        "note": row.note,
        "effect": effect,
        "cost": cost,
        "confirmation": row.confirmation,
        "recorded_at": row.recorded_at,
        "updated_at": row.updated_at,
        "html_url": absolute(row.get_absolute_url()),
        "url": absolute(reverse("api-1:replication", args=[row.public_id])),
    }


def _visible(request: Request) -> Any:
    viewer = request.viewer
    return Replication.objects.visible_to(viewer).current().select_related("enterprise", "entry__enterprise")


def _listed(request: Request, rows: Any, filters: ReplicationFilters) -> HttpResponseBase:
    if filters.community:
        rows = rows.filter(entry__community__slug=filters.community)
    if filters.enterprise:
        rows = rows.filter(enterprise__slug=filters.enterprise)
    if filters.giver:
        rows = rows.filter(entry__enterprise__slug=filters.giver)
    if filters.status:
        rows = rows.filter(status__in=filters.status)
    if filters.confirmation:
        rows = rows.filter(confirmation=filters.confirmation)
    order = ("-recorded_at", "-pk")
    if filters.updated_since:
        rows, order = rows.filter(updated_at__gte=filters.updated_since), ("updated_at", "pk")
    try:
        found = pagination.keyset(rows, order=order, cursor=filters.cursor, limit=filters.limit)
    except pagination.InvalidCursor as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    return answer(request, {"items": [item(row) for row in found.items], "next": found.next})


def _unit(unit: Any) -> dict[str, Any] | None:
    return {"id": unit.public_id, "slug": unit.slug, "name": unit.name} if unit is not None else None


def _person(user: Any) -> dict[str, Any] | None:
    return {"id": user.public_id, "name": user.name} if user is not None else None


def _text(number: Any) -> str | None:
    return None if number is None else str(number)
