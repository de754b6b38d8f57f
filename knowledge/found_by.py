"""By what of other rows an entry's page is found, beside its own texts: their names, and what stands in its files."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge import openness
from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage
from people.models import Competence
from search.documents import texts

# By so much of its files' texts a page is found. The index takes in two hundred pages at a time, and all their words
# are in memory then; this is a book of fifty pages for each.
CHARACTERS_OF_FILES = 100_000


@dataclass(frozen=True)
class Names:
    """Of one page: who wrote it, what it is about, and the files that come with it, a name a line; and their texts."""

    authors: str = ""
    topics: str = ""
    files: str = ""
    texts: str = ""


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
    attached = _opened(list(languages))
    read = _texts(attached)
    return {
        page.pk: Names(
            authors="\n".join(by_entry[page.entry_id]),
            topics="\n".join(
                [
                    *(each.name_in(languages.get(page.pk, "en")) for each in topics[page.entry_id]),
                    *units[page.entry_id],
                ]
            ),
            files="\n".join(filter(None, (name for row in attached[page.pk] for name in _names(row)))),
            texts=read.get(page.pk, ""),
        )
        for page in pages
    }


def _opened(pages: list[int]) -> dict[int, list[EntryAttachment]]:
    """The attachments of each page that whoever may see the entry may open.

    Others are left out, whoever could open them: the page is found by the same words by everybody.
    """
    attached = EntryAttachment.objects.filter(page__in=pages)
    rows = list(
        attached.select_related("document__collection", "page__entry__community").order_by("sort_order", "pk")
    )
    opened = openness.opened_by_entries((row.page.entry, row.document) for row in rows)
    found: dict[int, list[EntryAttachment]] = defaultdict(list)
    for row in rows:
        if (row.page.entry_id, row.document_id) in opened:
            found[row.page_id].append(row)
    return found


def _texts(attached: dict[int, list[EntryAttachment]]) -> dict[int, str]:
    """What stands in the files of each page: short ones whole, long ones with a share of what is left."""
    known = texts.lengths(row.document_id for rows in attached.values() for row in rows)
    shares = {
        page: _shares({row.document_id: known[row.document_id] for row in rows if row.document_id in known})
        for page, rows in attached.items()
    }
    wanted: dict[int, int] = {}
    for share in shares.values():
        for document, characters in share.items():
            wanted[document] = max(characters, wanted.get(document, 0))
    read = texts.beginnings(wanted)
    return {
        page: "\n".join(read.get(document, "")[:characters] for document, characters in share.items())
        for page, share in shares.items()
    }


def _shares(lengths: dict[int, int]) -> dict[int, int]:
    """How much of each text is taken, so that all together stay within the bound."""
    left, shares = CHARACTERS_OF_FILES, dict.fromkeys(lengths, 0)
    for place, document in enumerate(sorted(lengths, key=lambda document: lengths[document])):
        shares[document] = min(lengths[document], left // (len(lengths) - place))
        left -= shares[document]
    return shares


def _names(row: EntryAttachment) -> tuple[str, str, str]:
    return row.document.title, row.document.filename, row.description


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[Any, list[str]]:
    grouped: dict[Any, list[str]] = defaultdict(list)
    for key, name in rows:
        if name:
            grouped[key].append(name)
    return grouped
