"""The tags of pages while others care for the tags: whatever was merged or taken away, the page ends right."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from wagtail.models import Revision

from core import locks
from core.fields import folded
from knowledge.models import EntryPage, EntryTag, FormerTag, Tag
from people.access import Viewer


def settle(page: EntryPage) -> None:
    """Before a page is saved: see that its tags are there and stay until it is, following those that were merged.

    Within the transaction that saves the page. A tag that was deleted because nothing had it is made again.
    """
    rows: list[EntryTag] = page.__dict__.get("_cluster_related_objects", {}).get("tagged_items", [])
    wanted = {row.tag_id for row in rows}
    there = locks.hold(Tag, wanted)
    if wanted <= there:
        return
    leads = _leads(wanted - there)
    locks.hold(Tag, leads.values())
    kept: dict[int, EntryTag] = {}
    for row in rows:
        if row.tag_id not in there:
            tag = leads.get(row.tag_id) or _made_again(row)
            if tag is None:
                continue
            row = EntryTag(tag_id=tag)
        kept.setdefault(row.tag_id, row)
    page.tagged_items.set(kept.values())


def followed(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The stored content of a page with the tags in it that those have become which it was saved with."""
    rows = content.get("tagged_items") or []
    leads = _leads({row["tag"] for row in rows}) if rows else {}
    if not leads:
        return content
    kept: dict[int, dict[str, Any]] = {}
    for row in rows:
        tag = leads.get(row["tag"], row["tag"])
        kept.setdefault(tag, row if tag == row["tag"] else {**row, "pk": None, "tag": tag})
    return {**content, "tagged_items": list(kept.values())}


def current_names(names: Sequence[str], viewer: Viewer) -> list[str]:
    """The names of tags that a writer means: of those there are however they are spelt, of those now called otherwise.

    In their order, each once. A tag that is not for the writer is not given away: their word stays as it is.
    """
    clean = [" ".join(name.split()) for name in names]
    keys = {folded(name) for name in clean if name}
    ours = Tag.objects.visible_to(viewer)
    known = dict(
        FormerTag.objects.filter(folded__in=keys, leads_to__in=ours).values_list("folded", "leads_to__name")
    )
    known |= dict(ours.filter(folded__in=keys).order_by("-pk").values_list("folded", "name"))
    exact = {name.casefold(): name for name in ours.filter(folded__in=keys).values_list("name", flat=True)}
    meant = (exact.get(name.casefold()) or known.get(folded(name), name) for name in clean if name)
    return list(dict.fromkeys(meant))


def put_into_drafts(pages: Sequence[int], tag: int, parts: Sequence[int]) -> None:
    """Put tags in the place of another in what the editor opens next, and in what the clock will publish."""
    newest = EntryPage.objects.filter(pk__in=pages).values("latest_revision_id")
    drafts = Revision.page_revisions.filter(object_id__in=[str(page) for page in pages]).filter(
        Q(pk__in=newest) | Q(approved_go_live_at__isnull=False)
    )
    changed = []
    for draft in drafts.select_for_update().order_by("pk"):
        rows = draft.content.get("tagged_items", [])
        had = {row["tag"] for row in rows}
        if tag in had:
            new = [part for part in parts if part not in had]
            kept = [row for row in rows if row["tag"] != tag or tag in parts]
            page = int(draft.object_id)
            draft.content["tagged_items"] = [
                *kept,
                *({"pk": None, "tag": part, "content_object": page} for part in new),
            ]
            changed.append(draft)
    Revision.objects.bulk_update(changed, ["content"], batch_size=100)


def _leads(numbers: set[int]) -> dict[int, int]:
    former = FormerTag.objects.filter(number__in=numbers)
    return {number: tag for number, tag in former.values_list("number", "leads_to_id") if number is not None}


def _made_again(row: EntryTag) -> int | None:
    """Only a row whose tag was looked up still knows its name."""
    tag = row._state.fields_cache.get("tag")
    if tag is None:
        return None
    made, _is_new = Tag.objects.get_or_create(name=tag.name, defaults={"slug": tag.slug})
    return made.pk
