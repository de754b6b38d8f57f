"""Saved views for programs: one's own, and those that one's communities share."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from core import pagination
from core.json_answers import absolute, answer, changed
from core.problems import Problem
from people.api import CommunityReference, PersonReference, reference
from people.api_auth import reads, writes
from people.choices import SavedList
from people.models import Community, SavedView
from people.requests import Request
from people.saved_view_forms import own_communities
from people.services import saved_views as services

router = Router(tags=["own"])

# One line with something in it.
NAME = r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$"
QUERY = r"^[^\x00]*$"


class SavedViewItem(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    list: SavedList
    name: str = Field(examples=["Open questions of my plant"])
    query: str = Field(
        description="The filters, as in an address.", examples=["competence=welding&language=en"]
    )
    owner: PersonReference
    community: CommunityReference | None = Field(description="With whom it is shared.")
    is_own: bool
    is_followed: bool = Field(description="Whether one is told of what is new in it.")
    created_at: datetime
    html_url: str = Field(description="Of the filtered list.")
    url: str = Field(
        examples=["https://guildhall.example/api/v1/saved-views/0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"]
    )


class SavedViewList(Schema):
    items: list[SavedViewItem]
    next: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")


class SavedViewFilters(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")
    list: SavedList | None = Field(None, description="Only those of this list.")
    own: bool | None = Field(None, description="Only one's own, or only those of others.")


class NewSavedView(Schema):
    list: SavedList
    name: str = Field(min_length=1, max_length=100, pattern=NAME)
    query: str = Field(
        "", max_length=services.LONGEST, pattern=QUERY, description="The filters, as in an address."
    )
    community: str | None = Field(
        None, max_length=100, description="Slug of one of one's own, to share it with."
    )
    is_followed: bool = Field(False, description="Be told of what is new in it.")


class SavedViewChange(Schema):
    """What is not given stays as it is. Of a view of somebody else's only `is_followed` can be changed."""

    name: str = Field("", min_length=1, max_length=100, pattern=NAME)
    query: str = Field("", max_length=services.LONGEST, pattern=QUERY)
    community: str | None = Field(None, max_length=100, description="Null to share it no longer.")
    is_followed: bool = False


@router.get("/saved-views", response=SavedViewList, auth=reads("own:read"), summary="Saved views")
def saved_views(request: Request, filters: Query[SavedViewFilters]) -> HttpResponseBase:
    """One's own and those that one's communities share; the one that was saved last comes first."""
    rows = _visible(request)
    if filters.list:
        rows = rows.filter(list=filters.list)
    if filters.own is not None:
        rows = rows.filter(owner=request.user.pk) if filters.own else rows.exclude(owner=request.user.pk)
    try:
        found = pagination.keyset(
            rows, order=("-created_at", "-pk"), cursor=filters.cursor, limit=filters.limit
        )
    except pagination.InvalidCursor as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    return answer(request, {"items": [_item(row, request) for row in found.items], "next": found.next})


@router.post("/saved-views", response={201: SavedViewItem}, auth=writes("own:write"), summary="Save a view")
def save_view_by_api(request: Request, view: NewSavedView) -> HttpResponseBase:
    """Keep a filtered list under a name. 409 where one has a view of that name on the list, or as many as one can."""
    user: Any = request.user
    community = _community(request, view.community)
    with transaction.atomic():
        if user.saved_views.select_for_update().filter(list=view.list, name=view.name.strip()).exists():
            raise Problem(409, "There is a view of yours of that name on this list.")
        try:
            kept = services.keep(
                owner=user,
                name=view.name.strip(),
                to=view.list,
                query=view.query,
                community=community,
                follow=view.is_followed,
            )
        except services.TooManyViews as refusal:
            raise Problem(409, "You keep as many views as one can.") from refusal
    return changed(_item(_view(request, kept.public_id), request), status=201)


@router.get(
    "/saved-views/{uuid:public_id}", response=SavedViewItem, auth=reads("own:read"), summary="One saved view"
)
def saved_view(request: Request, public_id: Any) -> HttpResponseBase:
    """One's own, or one that is shared with a community that one is in."""
    return answer(request, _item(_view(request, public_id), request))


@router.patch(
    "/saved-views/{uuid:public_id}",
    response=SavedViewItem,
    auth=writes("own:write"),
    summary="Change a saved view",
)
def change_saved_view(request: Request, public_id: Any, change: SavedViewChange) -> HttpResponseBase:
    """Another name, other filters, shared with another community, followed or not. All of it or nothing."""
    user: Any = request.user
    view = _view(request, public_id)
    wanted = change.dict(exclude_unset=True)
    with transaction.atomic():
        if {"name", "query"} & set(wanted):
            try:
                services.change(
                    view=view,
                    name=wanted.get("name", view.name).strip(),
                    query=wanted.get("query", view.query),
                    by=user,
                )
            except services.NameTaken as refusal:
                raise Problem(409, "There is a view of yours of that name on this list.") from refusal
        if "community" in wanted:
            services.share(view=view, community=_community(request, wanted["community"]), by=user)
        if "is_followed" in wanted:
            follow = services.begin_following if wanted["is_followed"] else services.stop_following
            follow(view=view, user=user)
    return changed(_item(_view(request, public_id), request))


@router.delete(
    "/saved-views/{uuid:public_id}",
    response={204: None},
    auth=writes("own:write"),
    summary="Remove a saved view",
)
def remove_saved_view(request: Request, public_id: Any) -> Any:
    """The owner drops it; who leads the community it is shared with takes it out of there."""
    user: Any = request.user
    services.remove(view=_view(request, public_id), by=user)
    return Status(204, None)


def _visible(request: Request) -> Any:
    return SavedView.objects.visible_to(request.viewer).for_listing(request.viewer)


def _view(request: Request, public_id: Any) -> SavedView:
    found: SavedView | None = _visible(request).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _community(request: Request, slug: str | None) -> Community | None:
    if slug is None:
        return None
    found: Community | None = own_communities(request.viewer).filter(slug=slug).first()
    if found is None:
        errors = [{"at": "body.community", "message": "That community is not one of yours."}]
        raise Problem(422, "A parameter is not what it should be.", errors=errors)
    return found


def _item(row: Any, request: Request) -> dict[str, Any]:
    """A view of `for_listing`. A community that its owner has left since is not named to them."""
    is_inside = row.community_id in request.viewer.memberships
    return {
        "id": str(row.public_id),
        "list": row.list,
        "name": row.name,
        "query": row.query,
        "owner": {"id": str(row.owner.public_id), "name": row.owner.name},
        "community": reference(row.community) if is_inside else None,
        "is_own": row.owner_id == request.user.pk,
        "is_followed": row.is_followed,
        "created_at": row.created_at,
        "html_url": absolute(row.get_absolute_url()),
        "url": absolute(reverse("api-1:saved_view", args=[row.public_id])),
    }
