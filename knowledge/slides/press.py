"""Makes a PDF of slides, in a process of its own: `python -m knowledge.slides.press FOLDER`.

Laying out pages takes memory that is not given back, and text that somebody wrote may take any amount of it. So this
process knows neither Django nor the database, may read the files of its folder and of the built styles alone, and ends
when it has written `slides.pdf` or has taken too much. Nothing else may import it: WeasyPrint makes Pillow take broken
pictures, in the whole process.
"""

import json
import re
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

MEMORY = 1_500 * 1024 * 1024
# So many slides are laid out at a time: memory does not grow with their number.
AT_ONCE = 40
# From the largest letters to the smallest; a slide that runs over its page is set in the next.
SIZES = ("large", "medium", "small", "tiny", "least")

FACE = re.compile(r"@font-face\s*{[^}]*}")
RANGES = re.compile(r"unicode-range:[^;}]*;?")
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)


class FolderFetcher(URLFetcher):
    """Opens files below some folders, and nothing from anywhere else."""

    def __init__(self, *folders: Path) -> None:
        super().__init__()
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not any(path.is_relative_to(folder) for folder in self._folders):
            raise ValueError(f"not among the files of the slides: {url}")
        return URLFetcherResponse(url, path.read_bytes())


def main(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = json.loads((folder / "slides.json").read_text())
    style = Path(job["style"])
    fetcher = FolderFetcher(folder, style.parent)
    fonts = FontConfiguration()
    rules = with_faces_for("".join(slide["html"] for slide in job["slides"]), style.read_text())
    css = CSS(string=rules, base_url=style.as_uri(), font_config=fonts, url_fetcher=fetcher)

    def lay_out(slides: list[Any]) -> Any:
        body = "".join(_section(slide) for slide in slides)
        opening = f'<!doctype html><html lang="{job["language"]}"><title>{escape(job["title"])}</title>'
        html = f'{opening}<body dir="{job["direction"]}">{body}</body></html>'
        source = HTML(string=html, base_url=f"{folder.as_uri()}/", url_fetcher=fetcher)
        return source.render(stylesheets=[css], font_config=fonts)

    _as_photographs(folder)
    parts = []
    for start in range(0, len(job["slides"]), AT_ONCE):
        parts.append(folder / f"part-{start}.pdf")
        _fitted(job["slides"][start : start + AT_ONCE], lay_out).write_pdf(str(parts[-1]))
    if len(parts) > 1:
        _join(parts, job["title"])
    parts[0].rename(folder / "slides.pdf")


def _as_photographs(folder: Path) -> None:
    """Pictures in WebP that hide nothing as JPEG, under their names: it goes into a PDF as it is.

    WeasyPrint would write them as PNG, which takes longer and more space. What cannot be read is left to it: it goes on
    without that picture.
    """
    for path in folder.glob("picture-*.webp"):
        with suppress(OSError), Image.open(path) as picture:
            if picture.mode == "RGB":
                picture.save(path, "JPEG", quality=92, subsampling=0)


def with_faces_for(text: str, css: str) -> str:
    """The rules without the fonts of which the text has no letter, as browsers do by `unicode-range` (CSS Fonts 4).

    WeasyPrint unpacks every font that is named, whoever needs it. It is not told the ranges: it would take a font to
    have every letter of its range, and draw a box for one that the font lacks instead of looking further.
    """
    letters = {ord(letter) for letter in text}

    def where_needed(face: re.Match[str]) -> str:
        ranges = [(int(first, 16), int(last or first, 16)) for first, last in RANGE.findall(face[0])]
        is_needed = any(first <= letter <= last for first, last in ranges for letter in letters)
        return RANGES.sub("", face[0]) if is_needed or not ranges else ""

    return FACE.sub(where_needed, css)


def _join(parts: list[Path], title: str) -> None:
    """Make of many files the first one."""
    from pypdf import PdfWriter  # takes as long to come as five slides to be laid out, and few decks need it

    writer = PdfWriter()
    for part in parts:
        writer.append(str(part))
    writer.add_metadata({"/Title": title})
    writer.write(str(parts[0]))


def _fitted(slides: list[Any], lay_out: Callable[[list[Any]], Any]) -> Any:
    """The pages of some slides, those that ran over in smaller letters; what still does goes on overleaf."""
    document = lay_out(slides)
    pages = []
    for slide, own in zip(slides, _by_slide(document), strict=True):
        while len(own) > 1 and slide["size"] != SIZES[-1]:
            slide["size"] = SIZES[SIZES.index(slide["size"]) + 1]
            own = lay_out([slide]).pages
        pages += own
    return document.copy(pages)


def _section(slide: Any) -> str:
    attributes = f'title="{escape(slide["title"])}" class="{slide["layout"]} {slide["size"]}"'
    return f"<section {attributes}>{slide['html']}</section>"


def _by_slide(document: Any) -> list[list[Any]]:
    """The pages that each slide takes; the first of them has its bookmark."""
    found: list[list[Any]] = []
    for page in document.pages:
        if page.bookmarks:
            found.append([])
        found[-1].append(page)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
