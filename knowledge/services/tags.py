"""The care of tags: a misspelt one gets its right name, two that mean the same become one."""

from django.db import transaction
from django.utils.text import slugify

from core import audit, outbox
from core.fields import uuid7
from knowledge.models import Entry, EntryTag, Tag
from knowledge.search_sources import entry_things_of
from people import access
from people.models import User


@transaction.atomic
def create(*, name: str, by: User) -> Tag:
    """Make a tag that writers can then choose."""
    access.require(by, "knowledge.add_tag")
    return Tag.objects.create(name=name, slug=_slug(name))


@transaction.atomic
def rename(*, tag: Tag, name: str, by: User) -> Tag:
    """Give a tag another name, and with it another address."""
    access.require(by, "knowledge.change_tag")
    before = Tag.objects.get(pk=tag.pk).name
    if name == before:
        return tag
    tag.name, tag.slug = name, _slug(name, but=tag)
    tag.save()
    audit.log("tag.renamed", actor=by, target=tag)
    return tag


@transaction.atomic
def merge(*, tag: Tag, into: Tag, by: User) -> int:
    """Put `into` in the place of `tag` on every page, and take `tag` away. Returns how many pages had it."""
    access.require(by, "knowledge.change_tag")
    if tag.pk == into.pk:
        return 0
    pages = EntryTag.objects.filter(tag=tag).count()
    already = EntryTag.objects.filter(tag=into).values("content_object_id")
    announce_tagged(tag)
    EntryTag.objects.filter(tag=tag, content_object_id__in=already).delete()
    EntryTag.objects.filter(tag=tag).update(tag=into)
    audit.log("tag.merged", actor=by, target=into, merged=tag.pk, pages=pages)
    tag.delete()
    return pages


def announce_tagged(tag: Tag) -> None:
    """Entries are found by the names of their tags: those that have this one are about to lose it."""
    outbox.record(*entry_things_of(Entry.objects.tagged(tag.pk)))


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
