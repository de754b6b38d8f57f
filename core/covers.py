"""Covers drawn by code for what has no picture; the same seed gives the same cover on every server."""

import colorsys
import hashlib
import math
import random
import re
from collections.abc import Callable

PATTERNS = ("gears", "bars", "lines", "waves", "grid", "dots")
ACCENT = re.compile(r"^#?([0-9a-fA-F]{6})$")


def cover_svg(pattern: str, accent: str, seed: str, width: int = 720, height: int = 300) -> str:
    """A patterned cover as a whole SVG document.

    `accent` is six hexadecimal digits, with or without "#". Raises ValueError for another pattern or accent.
    """
    match = ACCENT.match(accent)
    if pattern not in PATTERNS or match is None:
        raise ValueError(f"no cover for pattern {pattern!r} and accent {accent!r}")
    digest = hashlib.sha256(f"{pattern} {match[1].lower()} {seed}".encode()).hexdigest()
    chance = random.Random(digest)
    start, end = _gradient(match[1], chance)
    shapes = _DRAWN[pattern](chance, width, height)
    ground = f"g{digest[:8]}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<defs><linearGradient id="{ground}" x1="0" y1="0" x2="1" y2="1">'
        f'<stop offset="0" stop-color="{start}"/><stop offset="1" stop-color="{end}"/>'
        f"</linearGradient></defs>"
        f'<rect width="{width}" height="{height}" fill="url(#{ground})"/>{"".join(shapes)}</svg>'
    )


def _gradient(accent: str, chance: random.Random) -> tuple[str, str]:
    """From the accent to its neighbour on the colour wheel, dark enough for white shapes on both."""
    red, green, blue = (int(accent[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    lightness = min(max(lightness, 0.17), 0.38)
    saturation = min(saturation, 0.74)
    turn = chance.choice((-1, 1)) * chance.uniform(0.06, 0.11)
    return (
        _hex(hue, lightness * 1.06, saturation),
        _hex(hue + turn, lightness * 0.9, min(0.74, saturation + 0.06)),
    )


def _hex(hue: float, lightness: float, saturation: float) -> str:
    return "#" + "".join(
        f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    )


def _gears(chance: random.Random, width: int, height: int) -> list[str]:
    shapes = []
    columns = max(4, round(width / height * 3))
    for column in range(columns):
        radius = height * chance.choice((0.11, 0.15, 0.2, 0.26, 0.32))
        x = (column + chance.uniform(0.1, 0.9)) * width / columns
        y = chance.uniform(-0.05, 1.05) * height
        teeth = max(8, round(radius / height * 44))
        tooth = math.pi * radius / teeth
        shapes.append(
            f'<g transform="translate({x:.1f} {y:.1f}) rotate({chance.uniform(0, 90):.0f})" '
            f'fill="none" stroke="#fff" stroke-opacity=".26">'
            f'<circle r="{radius:.1f}" stroke-width="{radius * 0.24:.1f}" stroke-dasharray="{tooth:.2f}"/>'
            f'<circle r="{radius * 0.5:.1f}" stroke-width="{max(1.5, radius * 0.055):.1f}"/></g>'
        )
    return shapes


def _bars(chance: random.Random, width: int, height: int) -> list[str]:
    shapes = []
    step = height / 11
    thickness = step * 0.66
    for at in range(math.ceil(width / step)):
        tall = height * chance.choice(
            (chance.uniform(0.04, 0.2), chance.uniform(0.3, 0.55), chance.uniform(0.5, 0.78))
        )
        opacity = chance.choice((0.16, 0.22, 0.3, 0.38))
        shapes.append(
            f'<rect x="{at * step:.1f}" y="{height - tall:.1f}" width="{thickness:.1f}" height="{tall:.1f}" '
            f'fill="#fff" fill-opacity="{opacity}"/>'
        )
    return shapes


def _lines(chance: random.Random, width: int, height: int) -> list[str]:
    """Currents that cross the cover from below to its upper edge, all bent alike and none quite the same."""
    shapes = []
    bend = chance.uniform(0.25, 0.45) * height
    gap = height / 4.5
    x = -height * 1.1
    while x < width + height * 0.4:
        a, b = (chance.uniform(0.6, 1.4) * bend for _ in range(2))
        rising = (
            f"M{x:.1f} {height * 1.02:.1f}C{x + a:.1f} {height * 0.55:.1f} "
            f"{x + height * 0.55 - b * 0.3:.1f} {height * 0.72:.1f} "
            f"{x + height * 0.62:.1f} {height * 0.42:.1f}"
            f"S{x + height * 0.75 + b:.1f} {height * 0.2:.1f} {x + height * 1.2:.1f} {-height * 0.04:.1f}"
        )
        opacity = chance.choice((0.18, 0.26, 0.36))
        thickness = height * chance.choice((0.005, 0.008, 0.018))
        shapes.append(
            f'<path d="{rising}" fill="none" stroke="#fff" stroke-opacity="{opacity}" '
            f'stroke-width="{thickness:.1f}"/>'
        )
        x += gap * chance.uniform(0.5, 1.8)
    return shapes


def _waves(chance: random.Random, width: int, height: int) -> list[str]:
    shapes = []
    rows = 6
    length = height * chance.uniform(1.0, 1.5)
    for row in range(rows):
        y = height * (0.28 + 0.78 * row / rows)
        rise = height * chance.uniform(0.05, 0.13)
        x = -length * chance.uniform(0.05, 1)
        path = f"M{x:.1f} {y:.1f}q{length / 4:.1f} {-rise * 2:.1f} {length / 2:.1f} 0"
        path += f"t{length / 2:.1f} 0" * math.ceil((width - x) / (length / 2))
        shapes.append(
            f'<path d="{path}V{height + 2}H{x:.1f}z" fill="#fff" fill-opacity="{0.05 + 0.012 * row:.3f}" '
            f'stroke="#fff" stroke-opacity=".28" stroke-width="{height * 0.007:.1f}"/>'
        )
    return shapes


def _grid(chance: random.Random, width: int, height: int) -> list[str]:
    """Squared paper with some squares filled and a few joined, like a plan of a hall."""
    step = height / 6
    lines = "".join(f"M{at * step:.1f} 0V{height}" for at in range(1, math.ceil(width / step)))
    lines += "".join(f"M0 {at * step:.1f}H{width}" for at in range(1, 6))
    shapes = [
        f'<path d="{lines}" stroke="#fff" stroke-opacity=".17" stroke-width="{max(1, height * 0.005):.1f}"/>'
    ]
    columns = math.ceil(width / step)
    for _ in range(round(columns * 1.3)):
        wide, tall = chance.choice(((1, 1), (1, 1), (2, 1), (1, 2), (2, 2), (3, 1)))
        x, y = chance.randrange(columns), chance.randrange(6)
        inset = step * 0.14
        opacity = chance.choice((0.1, 0.16, 0.24))
        shapes.append(
            f'<rect x="{x * step + inset:.1f}" y="{y * step + inset:.1f}" '
            f'width="{wide * step - 2 * inset:.1f}" height="{tall * step - 2 * inset:.1f}" '
            f'rx="{step * 0.1:.1f}" fill="#fff" fill-opacity="{opacity}"/>'
        )
    return shapes


def _dots(chance: random.Random, width: int, height: int) -> list[str]:
    """A raster whose dots swell where two slow waves meet."""
    shapes = []
    step = height / 12
    a, b = (chance.uniform(0.5, 1.4) for _ in range(2))
    shift_a, shift_b = (chance.uniform(0, math.tau) for _ in range(2))
    for row in range(13):
        for column in range(math.ceil(width / step) + 1):
            swell = math.sin(column / 5 * a + row / 7 + shift_a) + math.sin(
                column / 9 - row / 4 * b + shift_b
            )
            radius = step * (0.08 + 0.1 * (swell + 2))
            shapes.append(f'<circle cx="{column * step:.0f}" cy="{row * step:.0f}" r="{radius:.1f}"/>')
    return ['<g fill="#fff" fill-opacity=".3">', *shapes, "</g>"]


_DRAWN: dict[str, Callable[[random.Random, int, int], list[str]]] = {
    "gears": _gears,
    "bars": _bars,
    "lines": _lines,
    "waves": _waves,
    "grid": _grid,
    "dots": _dots,
}
