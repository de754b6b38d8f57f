"""What a curator does to one entry of many. Each verb asks whether it may, says what was before, or why it refuses.

What they return is what undoing needs: values that JSON can keep.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import dateparse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from core import audit, outbox
from knowledge.choices import BulkAction
from knowledge.models import CommunityPage, Entry, EntryPage, EntryTag, Tag
from knowledge.search_sources import entry_things
from knowledge.services import entries, files
from people import access
from people.models import Community, User
from people.services import memberships

Former = dict[str, Any]


class Refusal(models.TextChoices):
    """Why an entry of many was left as it is."""

    NOT_ALLOWED = "not_allowed", _("You may not do this here.")
    OWNER_LEFT = "owner_left", _("The new owner has left the company.")
    OWNER_OUTSIDE = "owner_outside", _("The new owner could not read it.")
    NO_PAGE = "no_page", _("The community has no place for one of its languages.")
    NOT_PUBLISHED = "not_published", _("It is not published.")
    NO_SUMMARY = "no_summary", _("A page of it has no summary.")
    FILES_TOO_CLOSED = "files_too_closed", _("Some of its readers could not open its files.")
    COMMUNITY_ARCHIVED = "community_archived", _("Its community is archived: nothing new goes live there.")
    LOCKED = "locked", _("Somebody has locked a page of it.")
    GONE = "gone", _("What it asks for does not exist any more.")
    CHANGED = "changed", _("Somebody has changed it since.")
    FAILED = "failed", _("Something went wrong.")


class Refused(Exception):
    """The entry stays as it is, for this reason."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@transaction.atomic
def perform(*, action: str, entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    """Do it to one entry. Raises `Refused`; then nothing has changed."""
    entry = _ours(entry.pk, by)
    return _VERBS[BulkAction(action)](entry, by, arguments)


@transaction.atomic
def undo(*, action: str, entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    """Put back what was before, unless somebody has changed it since. Raises `Refused`."""
    entry = _ours(entry.pk, by)
    _UNDOING[BulkAction(action)](entry, by, arguments, former)


def _ours(pk: int, by: User) -> Entry:
    policy = policy_registry.get_by_type(Entry)
    entry: Entry | None = Entry.objects.select_for_update().filter(pk=pk).first()
    if entry is None or not by.is_active or not policy.user_has_permission_for_instance(by, "change", entry):
        raise Refused(Refusal.NOT_ALLOWED)
    return entry


def _hand_over(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    owner = User.objects.filter(pk=arguments["owner"], is_active=True).first()
    if owner is None:
        raise Refused(Refusal.OWNER_LEFT)
    former = {"owner": entry.owner_id}
    _give(entry, owner, by)
    if not Entry.objects.visible_to(access.viewer_of(owner)).filter(pk=entry.pk).exists():
        raise Refused(Refusal.OWNER_OUTSIDE)
    return former


def _give(entry: Entry, owner: User, by: User) -> None:
    """To own what is classified is to see it: a change of rights, and on record as one."""
    if entry.owner_id == owner.pk:
        return
    before, entry.owner = entry.owner, owner
    entry.save(update_fields=["owner"])
    people = {"before": str(before.public_id), "after": str(owner.public_id)}
    audit.log("entry.handed_over", actor=by, target=entry, **people)


def _take_back(entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    _unless(entry.owner_id != arguments["owner"], Refusal.CHANGED)
    _give(entry, User.objects.get(pk=former["owner"]), by)


def _set_review_date(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    former = {"review_date": _text(entry.review_date)}
    entry.review_date = date.fromisoformat(arguments["review_date"])
    entry.save(update_fields=["review_date"])
    return former


def _confirm(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    _unless(entry.published_at is None, Refusal.NOT_PUBLISHED)
    former = {"review_date": _text(entry.review_date), "checked_at": _text(entry.checked_at)}
    entries.confirm_still_true(entry=entry, by=by, review_date=date.fromisoformat(arguments["review_date"]))
    return {**former, "checked": _text(entry.checked_at)}


def _restore_dates(entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    _unless(_text(entry.review_date) != arguments["review_date"], Refusal.CHANGED)
    fields = ["review_date"]
    entry.review_date = dateparse.parse_date(former["review_date"]) if former["review_date"] else None
    if "checked_at" in former:
        _unless(_text(entry.checked_at) != former["checked"], Refusal.CHANGED)
        entry.checked_at = dateparse.parse_datetime(former["checked_at"]) if former["checked_at"] else None
        fields.append("checked_at")
    entry.save(update_fields=fields)


def _move(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    target = Community.objects.managed_by(access.viewer_of(by)).filter(pk=arguments["community"]).first()
    if target is None:
        raise Refused(Refusal.NOT_ALLOWED)
    former = {"community": entry.community_id}
    _move_to(entry, target, by)
    if arguments.get("with_files"):
        files.move_files(entry=Entry.objects.get(pk=entry.pk), by=by)
    return former


def _move_to(entry: Entry, target: Community, by: User) -> None:
    if entry.community_id == target.pk:
        return
    memberships.require_management(by, target)
    before = entry.community
    pages = list(EntryPage.objects.filter(entry=entry).select_related("locale"))
    parents = {page.locale_id: page for page in CommunityPage.objects.filter(community=target)}
    _unless(any(page.locale_id not in parents for page in pages), Refusal.NO_PAGE)
    for page in pages:
        # The first one takes the others along (entries.follow_move): each is asked again where it stands.
        there = EntryPage.objects.get(pk=page.pk).specific
        if not there.is_child_of(parents[page.locale_id]):
            there.move(CommunityPage.objects.get(pk=parents[page.locale_id].pk), pos="last-child", user=by)
    places = {"before": str(before.public_id), "after": str(target.public_id)}
    audit.log("entry.moved", actor=by, target=entry, **places)


def _move_back(entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    _unless(entry.community_id != arguments["community"], Refusal.CHANGED)
    origin = Community.objects.managed_by(access.viewer_of(by)).filter(pk=former["community"]).first()
    if origin is None:
        raise Refused(Refusal.NOT_ALLOWED)
    _move_to(entry, origin, by)
    if arguments.get("with_files"):
        files.move_files(entry=Entry.objects.get(pk=entry.pk), by=by)


def _add_tags(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    wanted = list(Tag.objects.filter(pk__in=arguments["tags"]))
    _unless(not wanted, Refusal.GONE)
    return {"pages": _retag(entry, by, {page.pk: wanted for page in _pages(entry)}, add=True)}


def _remove_tags(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    unwanted = list(Tag.objects.filter(pk__in=arguments["tags"]))
    return {"pages": _retag(entry, by, {page.pk: unwanted for page in _pages(entry)}, add=False)}


def _restore_tags(entry: Entry, by: User, arguments: dict[str, Any], former: Former, *, add: bool) -> None:
    """On each page just those that came or went."""
    tags = {tag.pk: tag for tag in Tag.objects.filter(pk__in=arguments["tags"])}
    by_page = {
        int(page): [tags[pk] for pk in changed if pk in tags] for page, changed in former["pages"].items()
    }
    _retag(entry, by, by_page, add=add)


def _retag(entry: Entry, by: User, by_page: dict[int, list[Tag]], *, add: bool) -> dict[str, list[int]]:
    """Add or remove tags on pages and in their drafts. Returns, by page, those that were not, or were, there before."""
    changed: dict[str, list[int]] = {}
    for page in _pages(entry):
        tags = by_page.get(page.pk, [])
        held = EntryTag.objects.filter(content_object=page.pk)
        there = set(held.values_list("tag_id", flat=True))
        touched = [tag for tag in tags if (tag.pk in there) is not add]
        if not touched:
            continue
        if add:
            EntryTag.objects.bulk_create(EntryTag(tag=tag, content_object_id=page.pk) for tag in touched)
        else:
            held.filter(tag__in=touched).delete()
        _retag_draft(page, by, touched, add=add)
        changed[str(page.pk)] = [tag.pk for tag in touched]
    if changed:
        outbox.record(*entry_things(entry))
    return changed


def _retag_draft(page: EntryPage, by: User, tags: Iterable[Tag], *, add: bool) -> None:
    """Else the next time that somebody publishes, the old tags would come back."""
    if page.latest_revision is None:
        return
    draft = page.latest_revision.as_object()
    (draft.tags.add if add else draft.tags.remove)(*tags)
    is_current = not page.has_unpublished_changes
    revision = draft.save_revision(user=by, changed=not is_current, clean=False)
    if is_current:
        EntryPage.objects.filter(pk=page.pk).update(live_revision=revision)


def _publish(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    for page in _pages(entry):
        if page.live and not page.has_unpublished_changes:
            continue
        _unless(not page.live and not entries.takes_new_pages(entry), Refusal.COMMUNITY_ARCHIVED)
        draft = page.get_latest_revision_as_object()
        rights = page.specific.permissions_for_user(by)
        _unless(not rights.can_publish(), Refusal.NOT_ALLOWED)
        _unless(bool(rights.page_locked()), Refusal.LOCKED)
        _unless(not draft.summary.strip(), Refusal.NO_SUMMARY)
        _unless(bool(files.too_closed(draft, entry)), Refusal.FILES_TOO_CLOSED)
        revision = page.specific.get_latest_revision() or page.specific.save_revision(user=by)
        revision.publish(user=by)
    return {}


def _unpublish(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    _unless(entry.published_at is None, Refusal.NOT_PUBLISHED)
    for page in _pages(entry):
        if page.live:
            rights = page.specific.permissions_for_user(by)
            _unless(bool(rights.page_locked()), Refusal.LOCKED)
            _unless(not rights.can_unpublish(), Refusal.NOT_ALLOWED)
            page.specific.unpublish(user=by)
    return {}


def _archive(entry: Entry, by: User, arguments: dict[str, Any]) -> Former:
    _unpublish(entry, by, arguments)
    Entry.objects.filter(pk=entry.pk).update(archive_reason=arguments["reason"])
    audit.log("entry.archived", actor=by, target=entry, reason=arguments["reason"])
    return {}


def _pages(entry: Entry) -> Any:
    return EntryPage.objects.filter(entry=entry).select_related("latest_revision").order_by("pk")


def _unless(hindered: bool, refusal: Refusal) -> None:
    if hindered:
        raise Refused(refusal)


def _text(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def _readd_tags(entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    _restore_tags(entry, by, arguments, former, add=True)


def _drop_tags(entry: Entry, by: User, arguments: dict[str, Any], former: Former) -> None:
    _restore_tags(entry, by, arguments, former, add=False)


_VERBS: dict[BulkAction, Callable[[Entry, User, dict[str, Any]], Former]] = {
    BulkAction.HAND_OVER: _hand_over,
    BulkAction.CONFIRM: _confirm,
    BulkAction.SET_REVIEW_DATE: _set_review_date,
    BulkAction.MOVE: _move,
    BulkAction.ADD_TAGS: _add_tags,
    BulkAction.REMOVE_TAGS: _remove_tags,
    BulkAction.PUBLISH: _publish,
    BulkAction.UNPUBLISH: _unpublish,
    BulkAction.ARCHIVE: _archive,
}
_UNDOING: dict[BulkAction, Callable[[Entry, User, dict[str, Any], Former], None]] = {
    BulkAction.HAND_OVER: _take_back,
    BulkAction.CONFIRM: _restore_dates,
    BulkAction.SET_REVIEW_DATE: _restore_dates,
    BulkAction.MOVE: _move_back,
    BulkAction.ADD_TAGS: _drop_tags,
    BulkAction.REMOVE_TAGS: _readd_tags,
}
