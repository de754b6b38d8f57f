"""Who one is, the communities one may know of, and the tree of competences, for programs."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from core import pagination
from core.json_answers import absolute, answer
from core.problems import Problem
from people.api_auth import reads
from people.choices import Access, MembershipRole
from people.models import ClientToken, Community, Competence, FormerCompetence, Membership
from people.requests import Request

router = Router()


class Names(Schema):
    """A name in each language it is given in."""

    en: str = Field(examples=["Maintenance and Repair"])
    ru: str = ""
    uk: str = ""
    bg: str = ""
    he: str = ""


class UnitReference(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    slug: str = Field(examples=["aurora-pumps"])
    name: str = Field(examples=["Aurora Pumps"])


class CommunityReference(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    slug: str = Field(examples=["maintenance"])
    name: str = Field(examples=["Maintenance and Repair"])


class PersonReference(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    name: str = Field(examples=["Victor Okafor"])


class OwnMembership(Schema):
    community: CommunityReference
    role: MembershipRole


class Me(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    name: str = Field(examples=["Victor Okafor"])
    email: str = Field(examples=["victor@aurora.example"])
    job: str = Field(examples=["Maintenance engineer"])
    language: str = Field(description="Of the interface.", examples=["en"])
    reading_languages: list[str] = Field(examples=[["en", "ru"]])
    time_zone: str = Field(examples=["Europe/Sofia"])
    enterprise: UnitReference | None
    department: UnitReference | None
    memberships: list[OwnMembership]
    scopes: list[str] | None = Field(
        description="Of the token; null for a session.", examples=[["content:read"]]
    )
    html_url: str = Field(examples=["https://guildhall.example/people/0198c0de-7a31-7c55-8f00-3b2f5d1c9a10/"])


class CommunityItem(CommunityReference):
    names: Names
    access: Access
    description: str = Field(examples=["Machines that run, and how to keep them so."])
    member_count: int = Field(examples=[214])
    is_member: bool
    html_url: str = Field(examples=["https://guildhall.example/communities/maintenance/"])


class CommunityList(Schema):
    items: list[CommunityItem]
    next: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")


class CommunityDetail(CommunityItem):
    descriptions: dict[str, str] = Field(description="By language.")
    rules: list[str] = Field(description="Empty outside a closed community.")
    leads: list[PersonReference]


class CompetenceNode(Schema):
    id: str = Field(examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    slug: str = Field(examples=["vibration-analysis"])
    name: str = Field(examples=["Vibration analysis"])
    names: Names
    former_slugs: list[str] = Field(
        description="What it was called in addresses before, and what was merged into it. Filters take these too."
    )
    community: str | None = Field(
        description="Slug of the community that looks after it.", examples=["maintenance"]
    )
    parent: str | None = Field(description="Slug of the competence above.", examples=["rotating-equipment"])
    children: list["CompetenceNode"]


class CompetenceTree(Schema):
    items: list[CompetenceNode]
    next: None = Field(description="The tree is always whole.")


class CommunityFilters(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")
    access: Access | None = Field(None, description="Only those of this access.")
    member: bool | None = Field(None, description="Only those one belongs to, or does not.")


@router.get("/me", response=Me, auth=reads("profile:read"), summary="Who one is", tags=["people"])
def me(request: Request) -> HttpResponseBase:
    """The person behind the token or session, with their communities."""
    user: Any = request.user
    caller = request.auth  # type: ignore[attr-defined]
    memberships = Membership.objects.active().filter(user=user).select_related("community")
    open_to = memberships.filter(community__in=Community.objects.visible_to(request.viewer))
    return answer(
        request,
        {
            "id": str(user.public_id),
            "name": user.name,
            "email": user.email,
            "job": user.job,
            "language": user.preferred_language,
            "reading_languages": user.reading_languages,
            "time_zone": user.time_zone,
            "enterprise": _unit(user.enterprise),
            "department": _unit(user.department),
            "memberships": [
                {"community": reference(row.community), "role": row.role}
                for row in open_to.order_by("community__slug")
            ],
            "scopes": caller.scopes if isinstance(caller, ClientToken) else None,
            "html_url": absolute(user.get_absolute_url()),
        },
    )


@router.get(
    "/communities",
    response=CommunityList,
    auth=reads("content:read"),
    summary="Communities",
    tags=["communities"],
)
def communities(request: Request, filters: Query[CommunityFilters]) -> HttpResponseBase:
    """Communities that one may know of. Of closed ones that one does not belong to, this is all that can be seen."""
    viewer = request.viewer
    rows = Community.objects.active().visible_to(viewer).defer("rules")
    if filters.access:
        rows = rows.filter(access=filters.access)
    if filters.member is not None:
        mine = rows.filter(pk__in=viewer.memberships)
        rows = mine if filters.member else rows.exclude(pk__in=viewer.memberships)
    try:
        found = pagination.keyset(rows, order=("slug", "pk"), cursor=filters.cursor, limit=filters.limit)
    except pagination.InvalidCursor as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    return answer(request, {"items": [_item(row, viewer) for row in found.items], "next": found.next})


@router.get(
    "/communities/{slug:slug}",
    response=CommunityDetail,
    auth=reads("content:read"),
    summary="One community",
    tags=["communities"],
)
def community(request: Request, slug: str) -> HttpResponseBase:
    """What one may know of a community; 404 where one may not know that it exists."""
    viewer = request.viewer
    found = Community.objects.active().visible_to(viewer).filter(slug=slug).first()
    if found is None:
        raise Http404
    is_open = Community.objects.open_to(viewer).filter(pk=found.pk).exists()
    leads = Membership.objects.leads().filter(community=found).select_related("user").order_by("user__name")
    return answer(
        request,
        {
            **_item(found, viewer),
            "descriptions": found.description,
            "rules": found.rule_lines if is_open else [],
            "leads": [{"id": str(lead.user.public_id), "name": lead.user.name} for lead in leads],
        },
    )


@router.get(
    "/competences",
    response=CompetenceTree,
    auth=reads("content:read"),
    summary="Competences as a tree",
    tags=["competences"],
)
def competences(request: Request) -> HttpResponseBase:
    """What people can do and entries are about. A community that one may not know of is not named."""
    viewer = request.viewer
    known = dict(Community.objects.active().visible_to(viewer).values_list("pk", "slug"))
    former: dict[int, list[str]] = {}
    for slug, number in FormerCompetence.objects.order_by("slug").values_list("slug", "leads_to_id"):
        former.setdefault(number, []).append(slug)
    roots: list[dict[str, Any]] = []
    above: list[tuple[int, dict[str, Any]]] = []
    for row in Competence.objects.order_by("path"):
        while above and above[-1][0] >= row.depth:
            above.pop()
        node: dict[str, Any] = {
            "id": str(row.public_id),
            "slug": row.slug,
            "name": row.name,
            "names": row.names,
            "former_slugs": former.get(row.pk, []),
            "community": known.get(row.community_id),
            "parent": above[-1][1]["slug"] if above else None,
            "children": [],
        }
        (above[-1][1]["children"] if above else roots).append(node)
        above.append((row.depth, node))
    return answer(request, {"items": roots, "next": None})


def reference(row: Community) -> dict[str, Any]:
    """A community as other things name it."""
    return {"id": str(row.public_id), "slug": row.slug, "name": row.name}


def _item(row: Community, viewer: Any) -> dict[str, Any]:
    return {
        **reference(row),
        "names": row.names,
        "access": row.access,
        "description": str(row.description_text),
        "member_count": row.member_count,
        "is_member": row.pk in viewer.memberships,
        "html_url": absolute(row.get_absolute_url()),
    }


def _unit(unit: Any) -> dict[str, Any] | None:
    return {"id": str(unit.public_id), "slug": unit.slug, "name": unit.name} if unit else None
