"""Help for editors in the admin: short pages in every language, kept as Markdown in `cms/help_pages/<language>/`.

Markdown and not messages: whoever translates a page reads it as a whole, and a change of it is seen as a change of
text. A heading names its anchor, `## Describe every picture {#alt}`, the same in every language; panels of the editor
lead to it.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "help_pages"
# In the order of an editor's work.
PAGES = ("writing", "pictures", "access", "publishing", "translations", "slides", "care", "reports")
HEADING = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z-]+)\}$")
AROUND = 90


@dataclass(frozen=True)
class Section:
    """A heading with its anchor and the text below it; the first of a page has no heading of its own."""

    anchor: str
    title: str
    html: SafeString

    @property
    def text(self) -> str:
        return " ".join(strip_tags(self.html).split())


@dataclass(frozen=True)
class Page:
    name: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Found:
    """A section in which all words of a question stand, with some of its text."""

    page: Page
    section: Section
    excerpt: str


def pages(language: str | None = None) -> list[Page]:
    """All pages in a language (default: the active one)."""
    code = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return [_read(code if code in dict(settings.LANGUAGES) else "en", name) for name in PAGES]


def page(name: str) -> Page | None:
    return next((each for each in pages() if each.name == name), None)


def search(question: str) -> list[Found]:
    """Sections in which every word stands, as the beginning of a word or within one; those of the title first."""
    words = question.casefold().split()[:10]
    if not words:
        return []
    found = []
    for each in pages():
        for section in each.sections:
            text = f"{section.title or each.title} {section.text}"
            if all(word in text.casefold() for word in words):
                in_title = all(word in (section.title or each.title).casefold() for word in words)
                found.append((not in_title, Found(each, section, _excerpt(section.text, words[0]))))
    return [one for _order, one in sorted(found, key=lambda pair: pair[0])]


def _excerpt(text: str, word: str) -> str:
    at = max(text.casefold().find(word), 0)
    start, end = max(at - AROUND, 0), at + AROUND
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


@cache
def _read(language: str, name: str) -> Page:
    """Our own files: what stands in them is as safe as a template."""
    lines = (FOLDER / language / f"{name}.md").read_text(encoding="utf-8").splitlines()
    title = lines[0].removeprefix("# ").strip()
    parts: list[tuple[str, str, list[str]]] = [("", "", [])]
    for line in lines[1:]:
        heading = HEADING.match(line)
        if heading:
            parts.append((heading["anchor"], heading["title"], []))
        else:
            parts[-1][2].append(line)
    sections = [Section(anchor, heading, _html("\n".join(text))) for anchor, heading, text in parts]
    return Page(name, title, tuple(section for section in sections if section.title or section.text))


def _html(text: str) -> SafeString:
    """Nobody's input: the text of a help page of ours, and HTML inside it is not passed on."""
    return mark_safe(MarkdownIt("commonmark", {"html": False}).render(text))  # noqa: S308 - files of the project
