"""By which names of other rows an entry's page is found, beside its own texts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage
from people.access import ANY_EMPLOYEE
from people.choices import Access
from people.models import CommunityCollection, Competence, Document

# From what most may open to what fewest may.
OPENNESS: list[str] = [Access.OPEN, Access.CLOSED, Access.CLASSIFIED]


@dataclass(frozen=True)
class Names:
    """Of one page: who wrote it, what it is about, and the files that come with it; a name a line."""

    authors: str = ""
    topics: str = ""
    files: str = ""


def bring(pages: list[EntryPage]) -> None:
    """Give the names of many pages to them, in a constant number of queries."""
    names = names_of(pages)
    for page in pages:
        page.__dict__["found_by"] = names[page.pk]


def names_of(pages: list[EntryPage]) -> dict[int, Names]:
    """The names by the number of each page; competences in the language of the page."""
    entries = {page.entry_id for page in pages}
    languages = dict(
        EntryPage.objects.filter(pk__in=[page.pk for page in pages]).values_list(
            "pk", "locale__language_code"
        )
    )
    authors = EntryAuthor.objects.filter(entry__in=entries).order_by("sort_order", "pk")
    by_entry = _grouped(authors.values_list("entry_id", "user__name"))
    units = _grouped(Entry.objects.filter(pk__in=entries).values_list("pk", "enterprise__name"))
    topics: dict[int, list[Competence]] = defaultdict(list)
    chosen = Entry.competences.through.objects.filter(entry__in=entries).select_related("competence")
    for row in chosen.order_by("pk"):
        topics[row.entry_id].append(row.competence)
    files = _files(list(languages))
    return {
        page.pk: Names(
            authors="\n".join(by_entry[page.entry_id]),
            topics="\n".join(
                [
                    *(each.name_in(languages.get(page.pk, "en")) for each in topics[page.entry_id]),
                    *units[page.entry_id],
                ]
            ),
            files="\n".join(filter(None, files[page.pk])),
        )
        for page in pages
    }


def _files(pages: list[int]) -> dict[int, list[str]]:
    """Names and descriptions by page, of files that whoever may see the entry may open.

    That is a file that every employee may open, or one of the same community that is as open as the entry. Others are
    left out, whoever could open them: the page is found by the same words by everybody.
    """
    found: dict[int, list[str]] = defaultdict(list)
    attachments = EntryAttachment.objects.filter(page__in=pages).select_related("document", "page__entry")
    rows = list(attachments.order_by("sort_order", "pk"))
    documents = {row.document_id for row in rows}
    open_to_all = set(
        Document.objects.visible_to(ANY_EMPLOYEE).filter(pk__in=documents).values_list("pk", flat=True)
    )
    own = {
        each.collection_id: each
        for each in CommunityCollection.objects.filter(
            collection__in={row.document.collection_id for row in rows}
        )
    }
    for row in rows:
        entry, place = row.page.entry, own.get(row.document.collection_id)
        is_as_open = (
            place is not None
            and place.community_id == entry.community_id
            and OPENNESS.index(place.access) <= OPENNESS.index(entry.access)
        )
        if is_as_open or row.document_id in open_to_all:
            found[row.page_id] += [row.document.title, row.document.filename, row.description]
    return found


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[Any, list[str]]:
    grouped: dict[Any, list[str]] = defaultdict(list)
    for key, name in rows:
        if name:
            grouped[key].append(name)
    return grouped
