"""What of people/ can be found, and what a change of it means to the outbox."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.declarations import Hit, SearchSource, search_sources
from core.fields import in_language
from core.models.names import name_fields, name_of
from core.outbox import Thing
from people import access, search_facets
from people.choices import CommunityState
from people.models import Community, Document, Image, User


def person_things(user: User) -> list[Thing]:
    return [Thing("person", str(user.public_id), [access.EMPLOYEES] if user.is_active else [])]


def people_things(people: QuerySet[User]) -> list[Thing]:
    """The same of many, in one query."""
    return [thing for user in people.only("public_id", "is_active") for thing in person_things(user)]


def community_things(community: Community) -> list[Thing]:
    return [Thing("community", str(community.public_id), access.teaser_audience(community))]


def image_things(image: Image) -> list[Thing]:
    """Files are announced to nobody: what shows them is."""
    return [Thing("image", str(image.public_id), [])]


def document_things(document: Document) -> list[Thing]:
    return [Thing("document", str(document.public_id), [])]


PERSON_FIELDS = ("public_id", "name", "job", "enterprise__name")


def person_hits(rows: Sequence[Sequence[Any]]) -> list[Hit]:
    """Of the values of `PERSON_FIELDS`."""
    return [
        Hit(
            kind="person",
            label=_("Person"),
            key=str(public_id),
            id=str(public_id),
            title=name,
            url=reverse("person", args=[public_id]),
            summary=job,
            context=enterprise or "",
        )
        for public_id, name, job, enterprise in rows
    ]


def person_audiences(users: list[User]) -> list[list[str]]:
    return [[access.EMPLOYEES] if user.is_active else [] for user in users]


def community_audiences(communities: list[Community]) -> list[list[str]]:
    """Of those that search names: a community at rest is read, and no longer found."""
    return [
        access.teaser_audience(each) if each.state == CommunityState.ACTIVE else [] for each in communities
    ]


COMMUNITY_FIELDS = ("public_id", "slug", "description", *name_fields())


def community_hits(rows: Sequence[Sequence[Any]]) -> list[Hit]:
    """Of the values of `COMMUNITY_FIELDS`."""
    return [
        Hit(
            kind="community",
            label=_("Community"),
            key=str(public_id),
            id=str(public_id),
            slug=slug,
            title=name_of(names),
            url=reverse("community", args=[slug]),
            summary=str(in_language(description)),
        )
        for public_id, slug, description, *names in rows
    ]


def _people() -> Any:
    return User.objects.active().select_related("enterprise").prefetch_related("skills")


def _communities() -> Any:
    return Community.objects.all()


search_facets.register()
search_sources.register(
    "community",
    SearchSource(
        kind="community",
        label=_("Communities"),
        icon="users-group",
        model=Community,
        visible=lambda viewer: Community.objects.active().visible_to(viewer),
        indexable=_communities,
        rows_of=lambda keys: _communities().filter(public_id__in=keys),
        key="public_id",
        hit_fields=COMMUNITY_FIELDS,
        hits=community_hits,
        order=20,
        audiences=community_audiences,
        facets={"community": "slug"},
        newest="created_at",
        popularity="popularity",
    ),
)
search_sources.register(
    "person",
    SearchSource(
        kind="person",
        label=_("People"),
        icon="user",
        model=User,
        visible=User.objects.visible_to,
        indexable=_people,
        rows_of=lambda keys: _people().filter(public_id__in=keys),
        key="public_id",
        hit_fields=PERSON_FIELDS,
        hits=person_hits,
        # A card is so short that each of its words would count for many of an article's.
        weight=0.5,
        order=30,
        audiences=person_audiences,
        facets={"enterprise": "enterprise__slug"},
    ),
)


def _files(model: Any, label: Any, icon: str) -> SearchSource:
    """Files have no page of their own; the admin's choosers look for them."""
    rows = model.objects.prefetch_related("tags")
    return SearchSource(
        kind=model._meta.model_name,
        label=label,
        icon=icon,
        model=model,
        visible=model.objects.visible_to,
        indexable=rows.all,
        rows_of=lambda keys: rows.filter(public_id__in=keys),
        key="public_id",
        order=90,
        listed=False,
    )


search_sources.register("image", _files(Image, _("Images"), "photo"))
search_sources.register("document", _files(Document, _("Documents"), "file-text"))
