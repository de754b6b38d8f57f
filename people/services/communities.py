"""The life of a community: proposed from the site, confirmed by a curator, changed, archived."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from core import audit
from people import access, pictures
from people.choices import COMMUNITY_TRANSITIONS, Access, CommunityState
from people.models import Community, CommunityCollection, Image, Membership, User
from people.services import community_observers, membership_rules, memberships
from people.tasks import mail_proposal_decided, tell_curators_of_proposal

# Addresses below /communities/ that are no community's.
RESERVED_SLUGS = frozenset({"classified", "proposals", "propose"})
COVER_LONGEST_SIDE = 1920
SECTION_FIELDS = ("section_order", "hidden_sections")


class CommunityRefused(Exception):
    """The step is not possible; the message says why, to the person."""


@dataclass(frozen=True)
class CommunityDraft:
    """What a proposer or an editor says of a community. Texts are by language code."""

    names: dict[str, str]
    description: dict[str, str]
    rules: dict[str, str] = field(default_factory=dict)
    greeting: dict[str, str] = field(default_factory=dict)
    access: str = Access.OPEN
    cover_pattern: str = "gears"
    accent: str = "#0b6b6b"

    def fields(self) -> dict[str, Any]:
        given = [name for name in self.names.values() if name]
        return {
            **{f"name_{code}": self.names.get(code, "") for code, _name in settings.LANGUAGES},
            "name_en": self.names.get("en") or given[0],
            "description": self.description,
            "rules": self.rules,
            "greeting": self.greeting,
            "access": self.access,
            "cover_pattern": self.cover_pattern,
            "accent": self.accent,
        }


@transaction.atomic
def propose(*, author: User, draft: CommunityDraft, slug: str = "") -> Community:
    """Suggest a community; its author leads it once a curator has confirmed it. Sent twice, it is proposed once."""
    access.require(author, "people.propose_community")
    fields = draft.fields()
    waiting = Community.objects.filter(proposed_by=author, state=CommunityState.PROPOSED)
    twin = waiting.filter(name_en=fields["name_en"]).first()
    if twin is not None:
        return twin
    community = Community(proposed_by=author, state=CommunityState.PROPOSED, **fields)
    community.slug = _free_slug(slug or fields["name_en"])
    community.save()
    memberships.make_lead(user=author, community=community, by=None)
    audit.log("community.proposed", actor=author, target=community, access=draft.access)
    tell_curators_of_proposal.enqueue(community.pk)
    return community


@transaction.atomic
def confirm(*, community: Community, by: User) -> Community:
    """A curator opens a proposed community."""
    access.require(by, "people.confirm_community")
    community = _move(community, CommunityState.ACTIVE, by, since=CommunityState.PROPOSED)
    _open(community)
    mail_proposal_decided.enqueue(community.pk)
    return community


@transaction.atomic
def decline(*, community: Community, by: User, reason: str) -> Community:
    """A curator turns a proposal down and says why."""
    access.require(by, "people.confirm_community")
    if not reason.strip():
        raise CommunityRefused(_("Say why, so that the proposer can learn from it."))
    reason = reason.strip()
    community = _move(community, CommunityState.DECLINED, by, since=CommunityState.PROPOSED, reason=reason)
    community.decision_reason = reason
    community.save(update_fields=["decision_reason"])
    mail_proposal_decided.enqueue(community.pk)
    return community


@transaction.atomic
def found(*, slug: str, draft: CommunityDraft, leads: list[User]) -> Community:
    """Create an active community at once: for set-up by the system, not for people."""
    community = Community(slug=slug, state=CommunityState.ACTIVE, **draft.fields())
    community.save()
    for lead in leads:
        memberships.make_lead(user=lead, community=community, by=None)
    _open(community)
    return community


@transaction.atomic
def update(*, community: Community, by: User, draft: CommunityDraft) -> Community:
    """A lead or curator changes texts, look and access."""
    memberships.require_management(by, community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    before = community.access
    for name, value in draft.fields().items():
        setattr(community, name, value)
    community.save()
    if before != community.access:
        audit.log(
            "community.access_changed", actor=by, target=community, before=before, after=community.access
        )
        _follow_access(community, by)
    community_observers.announce_change(community)
    return community


@transaction.atomic
def change_access(*, community: Community, by: User, to: str) -> Community:
    """Decide anew who may see a community; everything in it changes its audience at once."""
    community = Community.objects.get(pk=community.pk)
    draft = CommunityDraft(
        names=community.names,
        description=community.description,
        rules=community.rules,
        greeting=community.greeting,
        access=Access(to),
        cover_pattern=community.cover_pattern,
        accent=community.accent,
    )
    return update(community=community, by=by, draft=draft)


@transaction.atomic
def set_cover(*, community: Community, by: User, upload: UploadedFile[Any] | None) -> Community:
    """Show a picture on top of the community; without one, the drawn pattern. Raises pictures.PictureRefused."""
    memberships.require_management(by, community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    community.cover = None if upload is None else _cover_picture(community, by, upload)
    community.save(update_fields=["cover"])
    community_observers.announce_change(community)
    return community


@transaction.atomic
def focus_cover(*, community: Community, by: User, focus: str) -> Community:
    """Keep a part of the cover in sight wherever it is cut to fit; what was cut before is drawn anew."""
    memberships.require_management(by, community)
    community = Community.objects.select_for_update(of=("self",)).select_related("cover").get(pk=community.pk)
    cover = community.cover
    if cover is None:
        raise CommunityRefused(_("There is no picture of which a part could be kept."))
    cover.focus = focus
    cover.save()
    cover.renditions.all().delete()
    community_observers.announce_change(community)
    return community


@transaction.atomic
def archive(*, community: Community, by: User) -> Community:
    """Close a community for new members and content; what is there stays readable."""
    memberships.require_management(by, community)
    community = _move(community, CommunityState.ARCHIVED, by)
    community_observers.announce_change(community)
    return community


@transaction.atomic
def reopen(*, community: Community, by: User) -> Community:
    """Take an archived community up again."""
    memberships.require_management(by, community)
    community = _move(community, CommunityState.ACTIVE, by)
    community_observers.announce_change(community)
    membership_rules.follow_reopening(community)
    return community


@transaction.atomic
def arrange_sections(*, community: Community, by: User, order: list[str], hidden: list[str]) -> Community:
    """Say which sections the community shows, and in which order. Raises ValidationError for what is none."""
    memberships.require_management(by, community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    community.section_order, community.hidden_sections = order, hidden
    community.clean_fields(exclude=[f.name for f in Community._meta.fields if f.name not in SECTION_FIELDS])
    community.save(update_fields=SECTION_FIELDS)
    audit.log("community.sections_arranged", actor=by, target=community, order=order, hidden=hidden)
    return community


def collection_for(community: Community, item_access: str) -> Collection:
    """Where files of that access belong; made when first needed. Never more open than the community."""
    order = [Access.OPEN, Access.CLOSED, Access.CLASSIFIED]
    strictest = max(order.index(Access(item_access)), order.index(Access(community.access)))
    level = order[strictest] if item_access != Access.OPEN else Access(community.access)
    found_one = CommunityCollection.objects.filter(community=community, access=level).first()
    if found_one:
        return found_one.collection
    parent = _collection_root(classified=community.access == Access.CLASSIFIED)
    label = community.name_en if level == community.access else f"{community.name_en} ({Access(level).label})"
    collection = parent.add_child(name=label)
    CommunityCollection.objects.create(community=community, collection=collection, access=level)
    return collection


def _collection_root(*, classified: bool) -> Collection:
    """Collections of classified communities stand apart, so that rights on the others do not reach them."""
    root = Collection.get_first_root_node()
    name = "Classified communities" if classified else "Communities"
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _open(community: Community) -> None:
    collection_for(community, Access.OPEN)
    community_observers.announce_opening(community)


def _follow_access(community: Community, by: User) -> None:
    """Bring files under the right roof, and let those in who need nobody's consent any more."""
    collection_for(community, Access.OPEN)
    roof = _collection_root(classified=community.access == Access.CLASSIFIED)
    held = CommunityCollection.objects.filter(community=community).values("collection_id")
    for collection in Collection.objects.filter(pk__in=held):
        if not collection.is_child_of(roof):
            collection.move(roof, pos="sorted-child")
            roof.refresh_from_db()
    if community.access == Access.OPEN and community.state == CommunityState.ACTIVE:
        for request in Membership.objects.waiting().filter(community=community).select_related("user"):
            memberships.approve(membership=request, by=by)


def _cover_picture(community: Community, by: User, upload: UploadedFile[Any]) -> Image:
    file = pictures.redrawn(upload, name=f"{community.slug}-cover", longest_side=COVER_LONGEST_SIDE)
    return Image.objects.create(
        title=community.name_en,
        file=file,
        collection=collection_for(community, Access.OPEN),
        uploaded_by_user=by,
    )


def _move(
    community: Community, state: str, by: User, *, since: str | None = None, reason: str = ""
) -> Community:
    """`since` names the one state from which this step is meant, where several lead to the same."""
    locked = Community.objects.select_for_update().get(pk=community.pk)
    if not Community.objects.visible_to(access.viewer_of(by)).filter(pk=locked.pk).exists():
        raise PermissionDenied
    if state not in COMMUNITY_TRANSITIONS[locked.state] or (since and locked.state != since):
        raise CommunityRefused(_("That is not possible from where things stand."))
    locked.state = state
    locked.save(update_fields=["state"])
    audit.log(f"community.{state}", actor=by, target=locked, reason=reason)
    return locked


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "community"
    taken = set(Community.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken | RESERVED_SLUGS:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 4) if f"{base}-{number}" not in taken)
