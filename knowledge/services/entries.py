"""The life of an entry: born with its first page, followed through publishing, moved and translated as one."""

import hashlib
import json
from datetime import date
from math import ceil

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.html import strip_tags

from core import audit, clock
from core.fields import uuid7
from knowledge.choices import EntryKind
from knowledge.mail_tasks import mail_owner_asked
from knowledge.models import CommunityPage, Entry, EntryAuthor, EntryPage
from knowledge.services import pins, proofs
from people.choices import Access, CommunityState
from people.models import Community, User
from people.services import memberships

WORDS_A_MINUTE = 200


def attach(page: EntryPage) -> None:
    """Give a page that is about to be saved its entry.

    A translation shares the entry of what it translates; a copy in the same language is another entry.
    """
    if page.entry_id is not None:
        twins = EntryPage.objects.filter(entry_id=page.entry_id, locale_id=page.locale_id).exclude(pk=page.pk)
        if not twins.exists():
            return
        page.entry = _born(page, like=page.entry)
        return
    translated = (
        EntryPage.objects.filter(translation_key=page.translation_key).select_related("entry").first()
    )
    page.entry = translated.entry if translated is not None else _born(page)


class CommunityArchived(PermissionDenied):
    """The community of the page is archived: what is there stays, and nothing new goes live."""


def takes_new_pages(entry: Entry) -> bool:
    """Whether a page of the entry that is not live may go live. What is live may be corrected everywhere."""
    return bool(entry.community.state != CommunityState.ARCHIVED)


def imagine(page: EntryPage) -> None:
    """Give a page that is only previewed, and was never saved, the entry that it would get; nothing is stored."""
    page.entry = _unborn(page)


def measure(page: EntryPage) -> None:
    """Keep what lists need to know of the body."""
    words = sum(
        len(strip_tags(str(text)).split())
        for text in page.body.stream_block.get_searchable_content(page.body)
    )
    page.reading_minutes = min(max(1, ceil(words / WORDS_A_MINUTE)), 32_000)
    raw = json.dumps(page.body.get_prep_value(), sort_keys=True, default=str)
    page.body_digest = hashlib.sha256(raw.encode()).hexdigest()[:32]


@transaction.atomic
def follow_pages(entry: Entry) -> None:
    """Bring the entry in line with its live pages after one was published, withdrawn or deleted."""
    live = list(
        EntryPage.objects.live()
        .filter(entry=entry)
        .values_list("locale__language_code", "first_published_at")
        .order_by("first_published_at")
    )
    moments = [moment for _language, moment in live if moment]
    entry.languages = [language for language, _moment in live]
    entry.published_at = (min(moments) if moments else clock.now()) if live else None
    entry.archive_reason = "" if live else entry.archive_reason
    entry.save(update_fields=["languages", "published_at", "archive_reason"])
    if not live:
        pins.drop(entry)


@transaction.atomic
def follow_move(page: EntryPage) -> None:
    """A page was moved to another community: the entry and its other languages move with it."""
    parent = CommunityPage.objects.filter(pk=page.get_parent().pk).select_related("community").first()
    entry = page.entry
    if parent is None or parent.community_id == entry.community_id:
        return
    entry.community = parent.community
    entry.save(update_fields=["community"])
    pins.drop(entry)
    for sibling in EntryPage.objects.filter(entry=entry).exclude(pk=page.pk).select_related("locale"):
        target = CommunityPage.objects.filter(community=parent.community, locale=sibling.locale).first()
        if target is not None and sibling.get_parent().pk != target.pk:
            sibling.move(target, pos="last-child")
    proofs.follow_move(entry)


@transaction.atomic
def set_access(*, entry: Entry, by: User, access: str) -> None:
    """Decide who may see an entry; in a classified community that is its leads' to decide."""
    memberships.require_management(by, entry.community)
    before, entry.access = entry.access, Access(access)
    entry.save(update_fields=["access"])
    audit.log("entry.access_changed", actor=by, target=entry, before=before, after=entry.access)
    if entry.access == Access.CLASSIFIED:
        _end_reviews(entry, by)


def _end_reviews(entry: Entry, by: User) -> None:
    """What is classified is no longer for those who were to review it."""
    for page in EntryPage.objects.filter(entry=entry):
        review = page.current_workflow_state
        if review is not None:
            review.cancel(user=by)


@transaction.atomic
def set_authors(*, entry: Entry, authors: list[User]) -> None:
    """Replace the authors, in the given order."""
    EntryAuthor.objects.filter(entry=entry).delete()
    EntryAuthor.objects.bulk_create(
        EntryAuthor(entry=entry, user=author, sort_order=order) for order, author in enumerate(authors)
    )
    entry.save()


@transaction.atomic
def confirm_still_true(*, entry: Entry, by: User, review_date: date) -> None:
    """The owner or a curator has looked: the entry is true, and is to be looked at again on `review_date`."""
    entry.checked_at = clock.now()
    entry.review_date = review_date
    entry.save(update_fields=["checked_at", "review_date"])
    audit.log("entry.checked", actor=by, target=entry)


@transaction.atomic
def ask_owner(*, entry: Entry, by: User) -> None:
    """Who runs the community asks the owner by mail whether the entry is still true."""
    memberships.require_management(by, entry.community)
    mail_owner_asked.enqueue(entry.pk, by.pk)
    audit.log("entry.owner_asked", actor=by, target=entry)


def default_access(community: Community) -> str:
    """What an item is unless somebody says otherwise: in a classified community the lead decides item by item."""
    return Access.CLASSIFIED if community.access == Access.CLASSIFIED else Access.OPEN


def _born(page: EntryPage, like: Entry | None = None) -> Entry:
    entry = _unborn(page, like)
    entry.save()
    return entry


def _unborn(page: EntryPage, like: Entry | None = None) -> Entry:
    community = _community_above(page)
    owner = (
        page.owner or User.objects.filter(memberships__community=community, memberships__role="lead").first()
    )
    entry = Entry(
        kind=EntryKind(page.specific_class.kind if page.pk else page.kind),
        slug=_free_slug(page.slug or str(uuid7())),
        community=community,
        access=like.access if like else default_access(community),
        owner=owner,
    )
    if like is not None:
        for name in ("enterprise", "department", "difficulty", "review_date"):
            setattr(entry, name, getattr(like, name))
    return entry


def _community_above(page: EntryPage) -> Community:
    """A new page knows its parent only by its path."""
    parent_path = page.path[: -page.steplen]
    return CommunityPage.objects.select_related("community").get(path=parent_path).community


def _free_slug(slug: str) -> str:
    taken = set(Entry.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    if slug not in taken:
        return slug
    return next(f"{slug}-{number}" for number in range(2, len(taken) + 3) if f"{slug}-{number}" not in taken)
