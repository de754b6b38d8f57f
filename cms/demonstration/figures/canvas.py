"""A sheet to draw on: SVG put together in Python, made a picture by resvg."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from html import escape
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Final

import resvg_py
import ziafont
from PIL import Image

from cms.demonstration.figures import palette

WIDTH: Final = 1600
HEIGHT: Final = 900
# Figures look the same on every machine, so the letters come with a package and never from the system.
FONT: Final = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"

Point = tuple[float, float]
Style = str | float


class Drawing:
    def __init__(self, ground: str, lower_ground: str | None = None, *, seed: int = 1) -> None:
        self.random = Random(seed)
        self._definitions: list[str] = []
        self._elements: list[str] = []
        fill = self.fade(ground, lower_ground) if lower_ground else ground
        self.rect(0, 0, WIDTH, HEIGHT, fill=fill)

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}"><defs>{"".join(self._definitions)}</defs>'
            f"{''.join(self._elements)}</svg>"
        )

    def png(self) -> bytes:
        rendered = bytes(
            resvg_py.svg_to_bytes(
                svg_string=self.svg(),
                skip_system_fonts=True,
                font_files=[str(FONT)],
                font_family="DejaVu Sans",
                sans_serif_family="DejaVu Sans",
            )
        )
        picture = Image.open(BytesIO(rendered)).convert("RGB")
        # A palette of 256 keeps flat drawings sharp at a third of the size.
        file = BytesIO()
        picture.quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()

    def _add(self, tag: str, style: dict[str, Style], *, content: str = "", **geometry: Style) -> None:
        attributes = "".join(
            f' {name.replace("_", "-")}="{_number(value)}"' for name, value in (geometry | style).items()
        )
        self._elements.append(f"<{tag}{attributes}>{content}</{tag}>" if content else f"<{tag}{attributes}/>")

    def rect(self, x: float, y: float, width: float, height: float, **style: Style) -> None:
        self._add("rect", style, x=x, y=y, width=width, height=height)

    def circle(self, x: float, y: float, radius: float, **style: Style) -> None:
        self._add("circle", style, cx=x, cy=y, r=radius)

    def ellipse(self, x: float, y: float, rx: float, ry: float, **style: Style) -> None:
        self._add("ellipse", style, cx=x, cy=y, rx=rx, ry=ry)

    def path(self, d: str, **style: Style) -> None:
        self._add("path", {"fill": "none", **style}, d=d)

    def polygon(self, points: Iterable[Point], **style: Style) -> None:
        self._add("polygon", style, points=_points(points))

    def line(self, points: Iterable[Point], stroke: str, width: float = 4, **style: Style) -> None:
        rounded: dict[str, Style] = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        self._add(
            "polyline",
            {"fill": "none", **rounded, **style},
            points=_points(points),
            stroke=stroke,
            stroke_width=width,
        )

    def curve(self, points: Iterable[Point], stroke: str, width: float = 4, **style: Style) -> None:
        rounded: dict[str, Style] = {"stroke_linecap": "round", "stroke_linejoin": "round"}
        self.path(smooth(list(points)), stroke=stroke, stroke_width=width, **{**rounded, **style})

    def text(
        self, x: float, y: float, words: str, size: float, fill: str = palette.INK, **style: Style
    ) -> None:
        """Words with their middle at x and y: figures carry numbers and signs, hardly ever language."""
        self._add(
            "text",
            {"text_anchor": "middle", "dominant_baseline": "central", **style},
            content=escape(words),
            x=x,
            y=y + size * 0.02,
            font_size=size,
            fill=fill,
            font_family="DejaVu Sans",
        )

    def bold(
        self, x: float, y: float, words: str, size: float, fill: str = palette.INK, **style: Style
    ) -> None:
        self.text(x, y, words, size, fill, stroke=fill, stroke_width=size / 22, **style)

    @contextmanager
    def group(self, **style: Style) -> Iterator[None]:
        attributes = "".join(f' {name.replace("_", "-")}="{_number(value)}"' for name, value in style.items())
        self._elements.append(f"<g{attributes}>")
        yield
        self._elements.append("</g>")

    def moved(self, x: float, y: float, *, scale: float = 1, turn: float = 0) -> AbstractContextManager[None]:
        return self.group(transform=f"translate({x} {y}) rotate({turn}) scale({scale})")

    def fade(self, *colours: str, across: bool = False) -> str:
        """A gradient downwards or across, as a fill."""
        name = f"d{len(self._definitions)}"
        stops = "".join(
            f'<stop offset="{_number(index / (len(colours) - 1))}" stop-color="{colour}"/>'
            for index, colour in enumerate(colours)
        )
        end = 'x2="1" y2="0"' if across else 'x2="0" y2="1"'
        self._definitions.append(f'<linearGradient id="{name}" x1="0" y1="0" {end}>{stops}</linearGradient>')
        return f"url(#{name})"

    def glow(self, inner: str, outer: str, *, inner_opacity: float = 1, outer_opacity: float = 1) -> str:
        name = f"d{len(self._definitions)}"
        self._definitions.append(
            f'<radialGradient id="{name}"><stop offset="0" stop-color="{inner}" stop-opacity="{inner_opacity}"/>'
            f'<stop offset="1" stop-color="{outer}" stop-opacity="{outer_opacity}"/></radialGradient>'
        )
        return f"url(#{name})"

    def hatch(self, colour: str, ground: str, *, step: float = 18, width: float = 6, turn: float = 45) -> str:
        name = f"d{len(self._definitions)}"
        self._definitions.append(
            f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turn})"><rect width="{step}" height="{step}" fill="{ground}"/>'
            f'<rect width="{width}" height="{step}" fill="{colour}"/></pattern>'
        )
        return f"url(#{name})"

    def clip(self, d: str) -> str:
        """An outline that cuts what is drawn inside `group(clip_path=…)`."""
        name = f"d{len(self._definitions)}"
        self._definitions.append(f'<clipPath id="{name}"><path d="{d}"/></clipPath>')
        return f"url(#{name})"

    def arrow(self, points: Sequence[Point], stroke: str, width: float = 6, *, head: float = 22) -> None:
        (x1, y1), (x2, y2) = points[-2:]
        angle = math.atan2(y2 - y1, x2 - x1)
        base = (x2 - head * 0.8 * math.cos(angle), y2 - head * 0.8 * math.sin(angle))
        self.line([*points[:-1], base], stroke, width)
        wings = [
            (x2 - head * 1.25 * math.cos(angle + side), y2 - head * 1.25 * math.sin(angle + side))
            for side in (-0.5, 0.5)
        ]
        self.polygon([(x2, y2), *wings], fill=stroke)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.16) -> None:
        self.ellipse(x, y, rx, ry, fill=palette.INK, fill_opacity=strength)

    def badge(self, x: float, y: float, words: str, fill: str, *, radius: float = 30) -> None:
        self.circle(x, y, radius + 5, fill=palette.PAPER)
        self.circle(x, y, radius, fill=fill)
        self.bold(x, y, words, radius * 1.05, palette.PAPER)

    def scattered(self, count: int, x: float, y: float, width: float, height: float) -> Iterator[Point]:
        for _ in range(count):
            yield x + self.random.random() * width, y + self.random.random() * height


def polar(x: float, y: float, radius: float, degrees: float) -> Point:
    """The point at an angle, counted clockwise from the right."""
    angle = math.radians(degrees)
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def arc(x: float, y: float, radius: float, start: float, end: float) -> str:
    (x1, y1), (x2, y2) = polar(x, y, radius, start), polar(x, y, radius, end)
    large, sweep = int(abs(end - start) > 180), int(end > start)
    return f"M{x1:.1f} {y1:.1f}A{radius} {radius} 0 {large} {sweep} {x2:.1f} {y2:.1f}"


def ring(x: float, y: float, outer: float, inner: float) -> str:
    """A disc with a hole; to be filled by the even-odd rule."""
    return "".join(f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z" for r in (outer, inner))


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A curve through all points (Catmull–Rom as Bézier)."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for index in range(count if closed else count - 1):
        before, start, end, after = at(index - 1), at(index), at(index + 1), at(index + 2)
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append("C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (first, second, end)))
    return "".join(parts) + ("Z" if closed else "")


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _number(value: Style) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
