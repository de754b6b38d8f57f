"""Pictures in the sizes and formats that pages use."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from knowledge.querysets import CARD_SPEC
from people.access import Viewer
from people.models import Image

COLUMNS = (
    *("pk", "public_id", "title", "alt_text", "credit", "width", "height", "file", "renditions__public_id"),
    *("renditions__filter_spec", "renditions__file", "renditions__width", "renditions__height"),
)
WIDTHS = (720, 1440)
# What a figure is enlarged to: bounded, however large the picture was uploaded.
LARGE_SPEC = "max-3200x3200|format-webp"
ARTICLE_SPECS = (
    *(f"width-{width}|format-{kind}" for kind in ("avif", "webp") for width in WIDTHS),
    LARGE_SPEC,
)

# AVIF takes some 100 MB while it is made, and all processors: two at once in one process gain nothing.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Size:
    url: str
    width: int
    height: int
    format: str


@dataclass
class Picture:
    """A picture that the reader may see, with the sizes that exist, by Wagtail's filter specification."""

    pk: int
    public_id: Any
    title: str
    alt_text: str
    credit: str
    width: int = 0
    height: int = 0
    file: str = ""
    sizes: dict[str, Size] = field(default_factory=dict)

    def url(self, spec: str) -> str:
        return self.sizes[spec].url if spec in self.sizes else ""


def visible(wanted: dict[int, set[str]], viewer: Viewer) -> dict[int, Picture]:
    """The pictures among `wanted` (identifier → specifications) that the viewer may see, in one query.

    A size that was never made is made now; publishing makes them ahead.
    """
    return of_rows(rows(wanted, viewer), wanted) if wanted else {}


def rows(wanted: Iterable[int], viewer: Viewer) -> QuerySet[Image, tuple[Any, ...]]:
    """A row in `COLUMNS` for every size of a picture that the viewer may see; one without any has one row."""
    pictures = Image.objects.visible_to(viewer).filter(pk__in=wanted)
    return pictures.order_by("pk", "renditions__pk").values_list(*COLUMNS)


def of_rows(rows: Iterable[tuple[Any, ...]], wanted: dict[int, set[str]]) -> dict[int, Picture]:
    """The pictures that rows in `COLUMNS` are of, with the wanted sizes."""
    found: dict[int, Picture] = {}
    for *about, rendition, spec, file, width, height in rows:
        pk = about[0]
        picture = found.setdefault(pk, Picture(*about))
        if rendition is not None and spec in wanted[pk]:
            picture.sizes[spec] = _size(rendition, file, width, height)
    lacking = {pk: wanted[pk] - set(picture.sizes) for pk, picture in found.items()}
    _make({pk: specs for pk, specs in lacking.items() if specs}, found)
    return found


def rendition_url(public_id: Any, file: str) -> str:
    """The address of a size that is known from a listing."""
    return reverse("rendition", args=[public_id, file.rsplit("/", 1)[-1]])


def make_ahead(image_ids: Iterable[int], specs: Iterable[str] = (*ARTICLE_SPECS, CARD_SPEC)) -> None:
    """Make the sizes of these pictures that pages will ask for."""
    for image in Image.objects.filter(pk__in=set(image_ids)):
        with _one_at_a_time:
            image.get_renditions(*specs)


def picture_html(picture: Picture, *, alt: str = "", lazy: bool = True, sizes: str = "") -> SafeString:
    """A `<picture>` in AVIF and WebP, with the space it takes known before it loads."""
    fallback = picture.sizes.get("width-720|format-webp") or next(iter(picture.sizes.values()), None)
    if fallback is None:
        return mark_safe("")
    sources = []
    for kind in ("avif", "webp"):
        offered = [picture.sizes.get(f"width-{width}|format-{kind}") for width in WIDTHS]
        by_width = {size.width: size.url for size in offered if size is not None}
        if by_width:
            srcset = ", ".join(f"{url} {width}w" for width, url in sorted(by_width.items()))
            sources.append(
                format_html(
                    '<source type="image/{}" srcset="{}" sizes="{}">',
                    kind,
                    srcset,
                    sizes or "(min-width: 800px) 720px, 100vw",
                )
            )
    loading = ' loading="lazy" decoding="async"' if lazy else ' fetchpriority="high"'
    image = (
        f'<img src="{escape(fallback.url)}" alt="{escape(alt)}" '
        f'width="{fallback.width}" height="{fallback.height}"{loading}>'
    )
    return mark_safe(f"<picture>{''.join(sources)}{image}</picture>")  # noqa: S308 - escaped above


def enlargeable_html(picture: Picture, *, alt: str = "") -> SafeString:
    """A `<picture>` that leads to a large size of itself; enlarger.js shows it over the page."""
    large = picture.sizes.get(LARGE_SPEC)
    drawn = picture_html(picture, alt=alt)
    if large is None or not drawn:
        return drawn
    label = gettext("Enlarge: %(picture)s") % {"picture": alt} if alt else gettext("Enlarge the picture")
    name = picture.file.rsplit("/", 1)[-1]
    original = (
        reverse("original_picture", args=[picture.public_id, name]) if picture.width > large.width else ""
    )
    return format_html(
        '<a class="enlarges" href="{}" aria-label="{}" data-enlarges data-width="{}" data-height="{}"'
        ' data-original="{}">{}</a>',
        *(large.url, label, large.width, large.height, original, drawn),
    )


def _size(public_id: Any, file: str, width: int, height: int) -> Size:
    name = file.rsplit("/", 1)[-1]
    return Size(reverse("rendition", args=[public_id, name]), width, height, name.rsplit(".", 1)[-1])


def _make(lacking: dict[int, set[str]], found: dict[int, Picture]) -> None:
    for image in Image.objects.filter(pk__in=lacking):
        try:
            made = image.get_renditions(*sorted(lacking[image.pk]))
        except (OSError, ValueError):
            # The stored file is gone or broken: the page does without it.
            del found[image.pk]
            continue
        for spec, rendition in made.items():
            found[image.pk].sizes[spec] = _size(
                rendition.public_id, rendition.file.name, rendition.width, rendition.height
            )
