"""What readers of an entry would stumble over: said to its editors as advice, never in the way of saving.

Files that not all readers may open are refused at publishing (`knowledge.page_forms`); here they are said beforehand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge import raw_blocks
from knowledge.file_choosers import file_titles
from knowledge.models import EntryPage
from knowledge.services import files
from people.choices import Access
from people.models import Image

# From here on a paragraph is a wall on a phone.
LONGEST_PARAGRAPH = 150


# Where the help for editors says more, by the code of a finding: its page and heading.
HELP = {
    "summary": "writing#summary",
    "alt-text": "pictures#alt",
    "headings": "writing#headings",
    "paragraphs": "writing#headings",
    "links": "access#links",
    "files": "pictures#where",
    "review-date": "publishing#review-date",
}


@dataclass(frozen=True)
class Finding:
    """One piece of advice: its `code` for help and tests, what is the matter, and what to do."""

    code: str
    matter: str
    advice: str

    @property
    def help_page(self) -> str:
        return HELP[self.code].partition("#")[0]

    @property
    def help_anchor(self) -> str:
        return HELP[self.code].partition("#")[2]


def check(page: EntryPage) -> list[Finding]:
    """All that can be said of a page, saved or not, in the order in which an editor meets it; at most five queries."""
    raw = list(page.body.get_prep_value())
    return [
        *_summary(page),
        *_pictures(raw),
        *_headings(raw),
        *_paragraphs(raw),
        *_links(page),
        *_files(page),
        *_review_date(page),
    ]


def _summary(page: EntryPage) -> Iterator[Finding]:
    if not page.summary.strip():
        yield Finding(
            "summary",
            _("There is no summary."),
            _("Say in one or two sentences what it is and what it brought: lists and search show it."),
        )


def _pictures(raw: list[Any]) -> Iterator[Finding]:
    shown = [
        item
        for block in raw
        if block["type"] in {"image", "gallery"}
        for item in (
            [block["value"]] if block["type"] == "image" else raw_blocks.listed(block["value"].get("items"))
        )
        if item.get("image") and not (item.get("alt_text") or "").strip()
    ]
    described = Image.objects.exclude(alt_text="").filter(pk__in={item["image"] for item in shown})
    known = set(described.values_list("pk", flat=True)) if shown else set()
    count = sum(item["image"] not in known for item in shown)
    if count:
        yield Finding(
            "alt-text",
            ngettext(
                "%(number)d picture has no description.", "%(number)d pictures have no description.", count
            )
            % {"number": count},
            _("Say what it shows, for those who cannot see it. Leave it empty only if it merely decorates."),
        )


def _headings(raw: list[Any]) -> Iterator[Finding]:
    levels = [block["value"].get("level") for block in raw if block["type"] == "heading"]
    if levels and levels[0] == "h3":
        yield Finding(
            "headings",
            _("The first heading is a sub-section."),
            _("Begin with a section: the list of contents and screen readers go by the levels."),
        )


def _paragraphs(raw: list[Any]) -> Iterator[Finding]:
    texts = (text for block in raw for text in raw_blocks.rich_texts(block["type"], block["value"]))
    count = sum(
        len(strip_tags(paragraph).split()) > LONGEST_PARAGRAPH
        for text in texts
        for paragraph in text.split("</p>")
    )
    if count:
        yield Finding(
            "paragraphs",
            ngettext(
                "%(number)d paragraph is longer than 150 words.",
                "%(number)d paragraphs are longer than 150 words.",
                count,
            )
            % {"number": count},
            _("Split it, or make a list or steps of it: many read on a phone."),
        )


def _links(page: EntryPage) -> Iterator[Finding]:
    named = raw_blocks.named_in(page.body).pages
    if not named or page.entry_id is None:
        return
    count = len(named) - EntryPage.objects.live().filter(_open_to_readers_of(page), pk__in=named).count()
    if count:
        # Whether there is a page that the editor may not see, or none at all, is not told apart.
        yield Finding(
            "links",
            ngettext(
                "%(number)d link leads to a page that is not there for all readers of this one.",
                "%(number)d links lead to pages that are not there for all readers of this one.",
                count,
            )
            % {"number": count},
            _("They read its words without a link. Take another page, or tell what matters here."),
        )


def _open_to_readers_of(page: EntryPage) -> Q:
    """Matches pages that all may read who may read this one."""
    entry = page.entry
    # Who may read what is classified is named entry by entry; in an open community they need not be members.
    is_for_members = entry.access == Access.CLOSED or entry.community.access != Access.OPEN
    no_stricter = (
        [Access.OPEN, Access.CLOSED] if is_for_members and entry.access != Access.OPEN else [Access.OPEN]
    )
    here = Q(entry__community=entry.community_id, entry__access__in=no_stricter) | Q(entry=entry.pk)
    everywhere = Q(entry__community__access=Access.OPEN, entry__access=Access.OPEN)
    return here | everywhere


def _files(page: EntryPage) -> Iterator[Finding]:
    if page.entry_id is None:
        return
    closed = files.too_closed(page)
    if closed:
        names = ", ".join(f"“{title}”" for title in file_titles(closed))
        yield Finding(
            "files",
            _("Not all readers may open %(names)s.") % {"names": names},
            _(
                "Choose another file, or move it to a collection that is as open as the page; else it stays a draft."
            ),
        )


def _review_date(page: EntryPage) -> Iterator[Finding]:
    if page.entry_id is not None and page.entry.review_date is None:
        yield Finding(
            "review-date",
            _("Nobody is asked whether it is still true."),
            _("Give the entry a review date in its details."),
        )


def said(findings: Iterable[Finding]) -> str:
    """What is the matter, in one line."""
    return " ".join(finding.matter for finding in findings)
