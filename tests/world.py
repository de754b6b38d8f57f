"""A small organisation that tests live in: one person a role, one community and one entry of every access."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.models import Locale, ReferenceIndex

from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryPage
from people import access
from people.choices import Access
from people.models import Community, Document, Image, Unit, User
from people.roles import Role
from people.services import communities, memberships, roles
from tests import replay

PASSWORD = "guildhall-test"


def person(email: str, *given: str, name: str = "", **fields: Any) -> User:
    """Somebody with roles."""
    user = User.objects.create_user(email, PASSWORD, name=name or email.partition("@")[0].title(), **fields)
    for role in given:
        roles.give(user=user, role=role, by=None)
    return User.objects.get(pk=user.pk)


def community(slug: str, *leads: User, access: str = Access.OPEN) -> Community:
    """An active community with its pages."""
    draft = communities.CommunityDraft(
        names={"en": slug.title()}, description={"en": f"About {slug}"}, access=access
    )
    return communities.found(slug=slug, draft=draft, leads=list(leads))


def entry(
    slug: str,
    where: Community,
    owner: User,
    *,
    access: str = Access.OPEN,
    language: str = "en",
    kind: type[EntryPage] = BestPracticePage,
    translation_of: Entry | None = None,
    publish: bool = True,
    **fields: Any,
) -> Entry:
    """An entry with one page; with `translation_of`, another language of that entry."""
    parent = CommunityPage.objects.get(community=where, locale=Locale.objects.get(language_code=language))
    fields.setdefault("title", f"Title of {slug}")
    fields.setdefault("summary", f"Summary of {slug}")
    fields.setdefault("body", [("text", f"<p>Body of {slug}</p>")])
    page = kind(slug=slug, owner=owner, live=False, **fields)
    if translation_of is not None:
        page.translation_key = translation_of.pages.first().translation_key
    parent.add_child(instance=page)
    if page.entry.access != access:
        page.entry.access = access
        page.entry.save()
    if publish:
        page.save_revision().publish()
    return Entry.objects.get(pk=page.entry_id)


def picture(title: str, where: Community, access: str = Access.OPEN, **fields: Any) -> Image:
    """A small real picture in the community's collection for that access."""
    stream = BytesIO()
    Picture.new("RGB", (64, 48), "teal").save(stream, "PNG")
    return Image.objects.create(
        title=title,
        file=ContentFile(stream.getvalue(), f"{title}.png"),
        collection=communities.collection_for(where, access),
        **fields,
    )


def document(title: str, where: Community, access: str = Access.OPEN, **fields: Any) -> Document:
    """A small document in the community's collection for that access."""
    return Document.objects.create(
        title=title,
        file=ContentFile(f"contents of {title}".encode(), f"{title}.txt"),
        collection=communities.collection_for(where, access),
        **fields,
    )


@dataclass
class World:
    """See `build`."""

    employee: User
    colleague: User
    reservist: User
    expert: User
    curator: User
    moderator: User
    lead: User
    member: User
    enterprise: Unit
    open: Community
    closed: Community
    classified: Community
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def people(self) -> dict[str, User | None]:
        """Everybody who may come to a door, by what they are; the visitor is nobody."""
        names = ("employee", "reservist", "expert", "curator", "moderator", "lead", "member")
        return {"visitor": None, **{name: getattr(self, name) for name in names}}

    def viewer(self, name: str) -> access.Viewer:
        user = self.people[name]
        return access.viewer_of(User.objects.get(pk=user.pk) if user else None)


def build() -> World:
    """The world, from what it was when this process first built it; see `_build`."""
    return replay.once(_build)


def _build() -> World:
    """`lead` leads all three communities, `member` is an ordinary member of all; the others are of none.

    Entries are named `<community>-<access>`, owned by the lead, plus `draft` (never published) in the open one.
    """
    holding = Unit.add_root(slug="holding", kind="holding", name="Holding")
    enterprise = holding.add_child(slug="pumps", kind="enterprise", name="Pumps")
    lead = person("lead@example.org", Role.EXPERT, name="Lena Lead", enterprise=enterprise)
    world = World(
        employee=person("employee@example.org", Role.EMPLOYEE, name="Emil Employee", enterprise=enterprise),
        colleague=person("colleague@example.org", Role.EMPLOYEE, name="Cora Colleague"),
        reservist=person("reservist@example.org", Role.RESERVIST, name="Rita Reservist"),
        expert=person("expert@example.org", Role.EXPERT, name="Egon Expert"),
        curator=person("curator@example.org", Role.CURATOR, name="Carla Curator"),
        moderator=person("moderator@example.org", Role.MODERATOR, name="Mona Moderator"),
        lead=lead,
        member=person("member@example.org", Role.EMPLOYEE, name="Max Member"),
        enterprise=enterprise,
        open=community("workshop", lead),
        closed=community("boardroom", lead, access=Access.CLOSED),
        classified=community("vault", lead, access=Access.CLASSIFIED),
    )
    for where in (world.open, world.closed, world.classified):
        memberships.admit(user=world.member, community=where, by=None)
        for level in Access.values:
            slug = f"{where.slug}-{level}"
            world.entries[slug] = entry(slug, where, lead, access=level)
    world.entries["draft"] = entry("draft", world.open, lead, publish=False)
    return world


def use_in_body(page: EntryPage, file: Image | Document) -> None:
    """Make a live page refer to a file, as its body does once saved in the editor."""
    blocks = [("image", {"image": file})] if isinstance(file, Image) else [("document", {"document": file})]
    specific = page.specific
    specific.body = blocks
    specific.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(specific)
