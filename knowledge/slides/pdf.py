"""Slides as a PDF, made on the server; see `knowledge.slides.press`."""

import json
import shutil
import subprocess
import sys
import tempfile
from ctypes.util import find_library
from functools import cache as once
from pathlib import Path
from typing import Any
from uuid import UUID

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_info

from people.models import Rendition

SECONDS = 60
LAYOUTS = {"large", "medium", "small", "tiny"}


class SlidesNotPrinted(Exception):
    """The PDF took too long or too much memory, or could not be made."""


@once
def is_possible() -> bool:
    """Whether this machine has the libraries that lay out text: WeasyPrint brings none."""
    return all(find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def made(context: dict[str, Any]) -> bytes:
    """The deck of `context` (see slide_views) as PDF, a slide a page; raises SlidesNotPrinted."""
    with tempfile.TemporaryDirectory(prefix="guildhall-slides-") as name:
        folder = Path(name)
        job = _job(context, folder)
        (folder / "slides.json").write_text(json.dumps(job))
        command = [sys.executable, "-m", "knowledge.slides.press", str(folder)]
        try:
            subprocess.run(  # noqa: S603 - our own module and a folder of our own making
                command, cwd=settings.ROOT, timeout=SECONDS, check=True, capture_output=True, text=True
            )
        except subprocess.TimeoutExpired as error:
            raise SlidesNotPrinted("too long") from error
        except subprocess.CalledProcessError as error:
            raise SlidesNotPrinted(error.stderr[-2000:]) from error
        return (folder / "slides.pdf").read_bytes()


def _job(context: dict[str, Any], folder: Path) -> dict[str, Any]:
    language = context["content_language"]
    soup = BeautifulSoup(render_to_string("knowledge/slides/deck.html", context), "html.parser")
    _put_pictures(soup, folder)
    for unseen in soup.select(".notes, iframe, .anchor, svg.icon"):
        unseen.decompose()
    return {
        "style": finders.find("dist/slides_pdf.css"),
        "title": context["deck"].title,
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "slides": [
            _slide(section, context["deck"].title) for section in soup.find_all("section", recursive=False)
        ],
    }


def _slide(section: Tag, title: str) -> dict[str, str]:
    heading = section.find(["h1", "h2"])
    classes = set(section.get_attribute_list("class"))
    return {
        "title": heading.get_text(" ", strip=True) if heading else title,
        "layout": " ".join(sorted(classes - LAYOUTS)),
        "size": next(iter(classes & LAYOUTS), "large"),
        "html": section.decode_contents(),
    }


def _put_pictures(soup: BeautifulSoup, folder: Path) -> None:
    """Every picture as a file beside the slides: the reader was asked after when the addresses were made."""
    wanted = {}
    for image in soup.find_all("img"):
        largest = _largest(image)
        if largest is None:
            image.decompose()
        else:
            wanted[image] = largest
    files = {row.public_id: row.file for row in Rendition.objects.filter(public_id__in=set(wanted.values()))}
    for number, (image, key) in enumerate(wanted.items()):
        if key not in files:
            image.decompose()
            continue
        name = f"picture-{number}{Path(files[key].name).suffix}"
        with files[key].open("rb") as source, (folder / name).open("wb") as target:
            shutil.copyfileobj(source, target)
        image["src"] = name
        if image.parent is not None and image.parent.name == "picture":
            image.parent.replace_with(image)


def _largest(image: Tag) -> UUID | None:
    """The rendition that shows the picture best in a format that is printed; None for what is drawn on the fly."""
    address = str(image["src"])
    webp = image.parent.find("source", type="image/webp") if image.parent is not None else None
    if isinstance(webp, Tag):
        address = str(webp["srcset"]).split(", ")[-1].split(" ")[0]
    try:
        found = resolve(address)
    except Resolver404:
        return None
    return found.kwargs["public_id"] if found.url_name == "rendition" else None
