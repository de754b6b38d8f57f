"""The care of tags: a misspelt one gets its right name, two that mean the same become one, one that means two is split.

Old addresses of a tag lead to what has become of it (`FormerTag`), and so do drafts that were saved before
(`knowledge.services.page_tags`).
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core import audit, outbox, renames, tasks
from core.fields import folded, uuid7
from knowledge.models import Entry, EntryPage, EntryTag, FormerTag, Tag
from knowledge.search_sources import entry_things_of
from knowledge.services import page_tags
from people import access
from people.models import User

# Under which `core.renames` knows the entries that have a tag.
CARRIERS = "entries by tag"
MOST_PARTS = 10


class TagRefused(Exception):
    """The step cannot be taken; the message says why, to the person."""


@transaction.atomic
def create(*, name: str, by: User) -> Tag:
    """Make a tag that writers can then choose."""
    access.require(by, "knowledge.add_tag")
    return Tag.objects.create(name=name, slug=_slug(name))


@transaction.atomic
def rename(*, tag: Tag, name: str, by: User) -> Tag:
    """Give a tag another name, and with it another address; the old one leads to it."""
    access.require(by, "knowledge.change_tag")
    before = Tag.objects.select_for_update().get(pk=tag.pk)
    if name == before.name:
        return tag
    tag.name, tag.slug = name, _slug(name, but=tag)
    tag.save()
    if tag.slug != before.slug:
        FormerTag.objects.leave(slug=before.slug, leads_to=tag, folded=before.folded)
        FormerTag.objects.take_back(tag.slug, leads_to=tag)
    audit.log("tag.renamed", actor=by, target=tag)
    return tag


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: User) -> int:
    """Put `into` in the place of `tag` on every page, and take `tag` away.

    Returns how many pages had it, of those that the person may see. Raises `TagRefused` where one of them is gone
    meanwhile.
    """
    viewer = access.require(by, "knowledge.change_tag")
    if tag.pk == into.pk:
        return 0
    _take(tag, into)
    seen = EntryPage.objects.visible_to(viewer).tagged(tag.pk).count()
    pages = EntryTag.objects.filter(tag=tag).count()
    already = EntryTag.objects.filter(tag=into).values("content_object_id")
    EntryTag.objects.filter(tag=tag, content_object_id__in=already).delete()
    EntryTag.objects.filter(tag=tag).update(tag=into)
    FormerTag.objects.hand_over(gone=tag, to=into)
    FormerTag.objects.leave(slug=tag.slug, leads_to=into, number=tag.pk, folded=tag.folded)
    audit.log("tag.merged", actor=by, target=into, merged=tag.pk, pages=pages)
    tag.delete()
    _announce(into, pages)
    return seen


@transaction.atomic
def merge_all(*, tags: Iterable[Tag], into: Tag, by: User) -> int:
    """Merge each of `tags` into one. Returns on how many pages that changed a tag, as `merge` does."""
    return sum(merge(tag=tag, into=into, by=by) for tag in tags)


@transaction.atomic
def split(*, tag: Tag, pages: QuerySet[EntryPage], parts: Sequence[str], by: User) -> int:
    """Put the tags named `parts` in the place of `tag` on those of `pages` that have it. Returns how many had it.

    A part that is the tag itself leaves it there. Parts that are no tags yet are made. Drafts follow: whoever opens
    the editor next finds the new tags.
    """
    access.require(by, "knowledge.change_tag")
    if not parts:
        raise TagRefused(_("Name at least one tag."))
    if len(parts) > MOST_PARTS:
        raise TagRefused(_("A tag is split into ten at most."))
    targets = list({part.pk: part for part in (named(name) for name in parts)}.values())
    _take(tag, *targets)
    rows = EntryTag.objects.filter(tag=tag, content_object__in=pages.order_by().values("pk"))
    chosen = list(rows.order_by("content_object_id").values_list("content_object_id", flat=True))
    for start in range(0, len(chosen), renames.BATCH):
        _put_parts(tag, targets, chosen[start : start + renames.BATCH])
    audit.log("tag.split", actor=by, target=tag, into=[part.pk for part in targets], pages=len(chosen))
    return len(chosen)


@transaction.atomic
def discard_unused(*, tags: QuerySet[Tag], by: User) -> int:
    """Delete those of `tags` that no page has by now. Returns how many."""
    access.require(by, "knowledge.change_tag")
    taken = list(tags.order_by("pk").select_for_update().values_list("pk", flat=True))
    # Asked after they were taken: a page that was saved meanwhile has its tag.
    unused = list(Tag.objects.unused().filter(pk__in=taken))
    for tag in unused:
        audit.log("tag.removed", actor=by, target=tag)
        tag.delete()
    return len(unused)


def named(name: str) -> Tag:
    """The tag of that name, however it is spelt; made where there is none."""
    name = " ".join(name.split())
    found = Tag.objects.filter(name__iexact=name).first() or Tag.objects.filter(folded=folded(name)).first()
    return found or Tag.objects.create(name=name, slug=_slug(name))


def announce_tagged(tag: Tag) -> None:
    """Entries are found by the names of their tags: those that have this one are about to lose it."""
    outbox.record(*entry_things_of(Entry.objects.tagged(tag.pk)))


def _take(*tags: Tag) -> None:
    """Lock them, in one order for all: who saves a page with one of them waits, and finds what became of it."""
    numbers = {tag.pk for tag in tags}
    there = Tag.objects.select_for_update().filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True)
    if set(there) != numbers:
        raise TagRefused(_("One of these tags is gone: somebody has merged or deleted it."))


def _put_parts(tag: Tag, parts: Sequence[Tag], pages: Sequence[int]) -> None:
    EntryTag.objects.bulk_create(
        (EntryTag(tag=part, content_object_id=page) for page in pages for part in parts),
        ignore_conflicts=True,
    )
    if tag not in parts:
        EntryTag.objects.filter(tag=tag, content_object__in=pages).delete()
    page_tags.put_into_drafts(pages, tag.pk, [part.pk for part in parts])
    entries = EntryPage.objects.filter(pk__in=pages).order_by().values("entry_id")
    outbox.record(*entry_things_of(Entry.objects.filter(pk__in=entries)))


def _announce(tag: Tag, pages: int) -> None:
    """A handful at once; many by jobs, some hundreds each."""
    if pages > renames.BATCH:
        tasks.announce_carriers.enqueue(CARRIERS, tag.pk)
    elif pages:
        renames.announce(CARRIERS, tag.pk, after=0)


def _slug(name: str, but: Tag | None = None) -> str:
    """ASCII where the name has any, else a name of its own: an address is nobody's text."""
    base = slugify(name)[:90] or f"tag-{uuid7().hex[-12:]}"
    taken = set(
        Tag.objects.filter(slug__startswith=base)
        .exclude(pk=but.pk if but else None)
        .values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)
