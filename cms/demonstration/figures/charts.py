"""Charts: what was counted, before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, Point, smooth


@dataclass(frozen=True, slots=True)
class Plot:
    """A rectangle of paper with axes; values in its own units become points."""

    drawing: Drawing
    x: float
    y: float
    width: float
    height: float
    right: float
    top: float
    bottom: float = 0

    def at(self, value_x: float, value_y: float) -> Point:
        return (
            self.x + self.width * value_x / self.right,
            self.y + self.height * (1 - (value_y - self.bottom) / (self.top - self.bottom)),
        )

    def axes(self, *, rows: int = 4, labels: Sequence[str] = ()) -> None:
        for row in range(rows + 1):
            y = self.y + self.height * row / rows
            last = row == rows
            self.drawing.line(
                [(self.x, y), (self.x + self.width, y)], p.SLATE if last else p.LINE, 4 if last else 2
            )
        for row, label in enumerate(labels):
            y = self.y + self.height * (1 - row / (len(labels) - 1))
            self.drawing.text(self.x - 20, y, label, 26, p.SLATE, text_anchor="end")

    def line(self, values: Sequence[float], stroke: str, width: float = 7, *, dots: float = 0) -> list[Point]:
        step = self.right / (len(values) - 1)
        points = [self.at(index * step, value) for index, value in enumerate(values)]
        self.drawing.curve(points, stroke, width)
        for x, y in points if dots else []:
            self.drawing.circle(x, y, dots, fill=stroke)
        return points

    def area(self, values: Sequence[float], fill: str, *, floor: Sequence[float] | None = None) -> None:
        step = self.right / (len(values) - 1)
        upper = [self.at(index * step, value) for index, value in enumerate(values)]
        under = floor or [self.bottom] * len(values)
        lower = [self.at(index * step, value) for index, value in enumerate(under)][::-1]
        self.drawing.path(smooth(upper) + "L" + smooth(lower)[1:] + "Z", fill=fill)


def sheet(ground: str, lower: str, *, seed: int = 1) -> Drawing:
    """A tinted desk with a sheet of paper on it."""
    drawing = Drawing(ground, lower, seed=seed)
    drawing.rect(68, 72, WIDTH - 128, HEIGHT - 128, rx=26, fill=p.INK, fill_opacity=0.10)
    drawing.rect(60, 60, WIDTH - 120, HEIGHT - 120, rx=24, fill=p.PAPER)
    return drawing


def pareto(*, values: Sequence[float], first: int, colour: str, ground: tuple[str, str]) -> Drawing:
    """Bars from the largest down, the vital few in colour, and the sum climbing above them."""
    drawing = sheet(*ground)
    plot = Plot(drawing, 170, 130, 1280, 620, len(values), max(values) * 1.12)
    plot.axes()
    total = sum(values)
    running, climb = 0.0, []
    for index, value in enumerate(values):
        x, y = plot.at(index, value)
        slot = plot.width / len(values)
        fill = drawing.fade(colour, colour) if index < first else p.STEEL_LIGHT
        drawing.rect(
            x + slot * 0.14, y, slot * 0.72, plot.y + plot.height - y, rx=min(8, slot * 0.2), fill=fill
        )
        running += value
        climb.append((x + slot / 2, plot.y + plot.height * (1 - running / total * 0.96)))
    share = climb[first - 1]
    edge = share[0] + plot.width / len(values) / 2
    drawing.line([(edge, plot.y), (edge, plot.y + plot.height)], p.WARM, 3, stroke_dasharray="14 12")
    drawing.line([(plot.x, share[1]), (edge, share[1])], p.WARM, 3, stroke_dasharray="14 12")
    drawing.curve(climb, p.INK, 6)
    drawing.circle(*share, 13, fill=p.PAPER, stroke=p.INK, stroke_width=6)
    shown = f"{round(100 * sum(values[:first]) / total)} %"
    drawing.rect(edge + 34, share[1] + 28, 168, 72, rx=36, fill=p.WARM_SOFT)
    drawing.bold(edge + 118, share[1] + 64, shown, 38, p.WARM_DEEP)
    return drawing


def pairs(*, before: Sequence[float], after: Sequence[float], ground: tuple[str, str]) -> Drawing:
    """Before and after, side by side for each reason."""
    drawing = sheet(*ground)
    plot = Plot(drawing, 170, 180, 1290, 580, len(before), max(before) * 1.1)
    plot.axes()
    slot = plot.width / len(before)
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        for shift, value, fill in ((0.14, old, p.STEEL_LIGHT), (0.5, new, p.SERIES[index % 2])):
            x, y = plot.at(index, value)
            drawing.rect(x + slot * shift, y, slot * 0.34, plot.y + plot.height - y, rx=10, fill=fill)
            drawing.text(x + slot * (shift + 0.17), y - 28, f"{value:g}", 28, p.SLATE)
        x, y_old = plot.at(index, old)
        y_new = plot.at(index, new)[1]
        if y_new - y_old > 90:
            drawing.arrow([(x + slot * 0.67, y_old + 4), (x + slot * 0.67, y_new - 54)], p.GREEN_BRIGHT, 6)
    return drawing


def variance_causes(*, values: Sequence[float]) -> Drawing:
    """Lying bars: the first is longer than the two that everybody suspected together."""
    drawing = sheet(p.BLUE_SOFT, p.BLUE_MIST)
    for index, value in enumerate(values):
        y = 140 + index * 128
        width = 1120 * value / values[0]
        fill = drawing.fade(p.WARM, p.WARM_BRIGHT, across=True) if index == 0 else p.STEEL_LIGHT
        drawing.rect(230, y, width, 84, rx=14, fill=fill)
        drawing.text(
            230 + width - 24, y + 42, f"{value:g} %", 34, p.PAPER if index == 0 else p.INK, text_anchor="end"
        )
        drawing.circle(158, y + 42, 38, fill=p.WARM_SOFT if index == 0 else p.FOG)
        cause_sign(drawing, index, 158, y + 42)
    joint = 230 + 1120 * (values[1] + values[2]) / values[0]
    drawing.line([(joint, 120), (joint, 500)], p.RED_BRIGHT, 4, stroke_dasharray="14 12")
    drawing.line([(230, 120), (230, 780)], p.SLATE, 4)
    return drawing


def cause_sign(drawing: Drawing, index: int, x: float, y: float) -> None:
    colour = p.WARM_DEEP if index == 0 else p.STEEL_DARK
    match index:
        case 0:
            drawing.circle(x, y, 19, fill="none", stroke=colour, stroke_width=5)
            drawing.line([(x, y - 11), (x, y), (x + 9, y + 5)], colour, 5)
        case 1:
            drawing.path(f"M{x - 16} {y - 6}a18 18 0 1 1 2 18", stroke=colour, stroke_width=5)
            drawing.polygon([(x - 26, y - 10), (x - 6, y - 10), (x - 16, y + 6)], fill=colour)
        case 2:
            drawing.rect(x - 16, y - 18, 32, 36, rx=4, fill="none", stroke=colour, stroke_width=5)
            for shift in (-8, 0, 8):
                drawing.line([(x - 8, y + shift), (x + 8, y + shift)], colour, 4)
        case 3:
            drawing.polygon(
                [(x, y - 20), (x + 20, y + 14), (x - 20, y + 14)], fill="none", stroke=colour, stroke_width=5
            )
        case _:
            for shift in (-12, 0, 12):
                drawing.circle(x + shift, y, 4, fill=colour)


def stacked_offers(*, offers: Sequence[tuple[float, float, float]]) -> Drawing:
    """Cost of a tonne for each offer: price, wear, and hatched the hours of standstill."""
    drawing = sheet(p.TEAL_SOFT, p.SAND)
    plot = Plot(drawing, 220, 140, 1200, 610, len(offers), 1.15 * max(sum(offer) for offer in offers))
    plot.axes()
    slot = plot.width / len(offers)
    best = min(range(len(offers)), key=lambda index: sum(offers[index]))
    for index, offer in enumerate(offers):
        low = 0.0
        fills = (p.TEAL, p.TEAL_BRIGHT, drawing.hatch(p.WARM_BRIGHT, p.WARM_SOFT))
        for value, fill in zip(offer, fills, strict=True):
            x, top = plot.at(index, low + value)
            bottom = plot.at(index, low)[1]
            drawing.rect(x + slot * 0.25, top, slot * 0.5, bottom - top, fill=fill)
            low += value
        x, top = plot.at(index + 0.5, low)
        drawing.bold(x, top - 36, f"{low:.2f}", 38, p.GREEN if index == best else p.SLATE)
        if index == best:
            drawing.line(
                [
                    (x - 210, top - 76),
                    (x - 210, 770),
                    (x + 210, 770),
                    (x + 210, top - 76),
                    (x - 210, top - 76),
                ],
                p.GREEN_BRIGHT,
                5,
                stroke_dasharray="18 12",
            )
    return drawing


def tornado(*, swings: Sequence[tuple[float, float]]) -> Drawing:
    """Sensitivity: the widest swings on top."""
    drawing = sheet(p.VIOLET_SOFT, p.VIOLET_MIST)
    middle = WIDTH / 2
    for index, (worse, better) in enumerate(swings):
        y = 130 + index * 92
        strong = index < 2
        drawing.rect(middle - worse, y, worse, 62, rx=8, fill=p.RED_BRIGHT if strong else p.RED_SOFT)
        drawing.rect(middle, y, better, 62, rx=8, fill=p.TEAL if strong else p.TEAL_SOFT)
        drawing.text(middle - worse - 44, y + 31, f"−{worse / 50:.1f}", 28, p.SLATE)
        drawing.text(middle + better + 44, y + 31, f"+{better / 50:.1f}", 28, p.SLATE)
    drawing.line([(middle, 100), (middle, 790)], p.INK, 5)
    return drawing


def storm_trend() -> Drawing:
    """Turbidity leaps, the streaming current answers at once and the dose follows."""
    drawing = sheet(p.BLUE_SOFT, p.FOG, seed=5)
    plot = Plot(drawing, 160, 130, 1290, 620, 48, 100)
    start, width = plot.at(14, 0)[0], plot.at(18, 0)[0] - plot.x
    drawing.rect(start, plot.y, width, plot.height, fill=p.BLUE_MIST)
    for x, y in drawing.scattered(46, start + 20, plot.y + 10, width - 40, 190):
        drawing.line([(x, y), (x - 9, y + 24)], p.BLUE_SOFT, 5)
    plot.axes()
    hours = range(49)
    storm = [18 + 66 * math.exp(-(((hour - 22) / 5.2) ** 2)) + drawing.random.random() * 3 for hour in hours]
    dose = [24 + 46 * math.exp(-(((hour - 24) / 6.5) ** 2)) for hour in hours]
    current = [
        52 - 22 * math.exp(-(((hour - 18.5) / 2.6) ** 2)) + 7 * math.exp(-(((hour - 27) / 3) ** 2))
        for hour in hours
    ]
    plot.area(storm, p.WARM_SOFT)
    plot.line(storm, p.WARM, 6)
    plot.line(dose, p.TEAL, 9)
    plot.line(current, p.VIOLET, 5)
    for values, colour in ((storm, p.WARM), (dose, p.TEAL), (current, p.VIOLET)):
        drawing.circle(*plot.at(48, values[-1]), 13, fill=colour, stroke=p.PAPER, stroke_width=5)
    with drawing.moved(start + width / 2, 178, scale=1.5):
        drawing.path("M-52 20a26 26 0 0 1 4 -52a36 36 0 0 1 68 -6a30 30 0 0 1 26 58Z", fill=p.STEEL_DARK)
        drawing.polygon(
            [(-4, 20), (14, 20), (4, 42), (18, 42), (-12, 78), (-4, 52), (-16, 52)], fill=p.YELLOW
        )
    return drawing


def control_charts(
    *, rows: Sequence[Sequence[float]], marks: Sequence[int], turns: Sequence[int], ground: tuple[str, str]
) -> Drawing:
    """Points between their limits; those outside stand out, and what was changed is a dashed line."""
    drawing = sheet(*ground)
    height = 640 / len(rows) - (40 if len(rows) > 1 else 0)
    for number, values in enumerate(rows):
        top = 130 + number * (height + 80)
        plot = Plot(drawing, 170, top, 1270, height, len(values) - 1, 4.4, -4.4)
        drawing.rect(
            plot.x, plot.at(0, 3)[1], plot.width, plot.at(0, -3)[1] - plot.at(0, 3)[1], fill=p.TEAL_MIST
        )
        for level, colour, dashes in (
            (3, p.RED_BRIGHT, "16 12"),
            (0, p.TEAL, "none"),
            (-3, p.RED_BRIGHT, "16 12"),
        ):
            drawing.line([plot.at(0, level), plot.at(plot.right, level)], colour, 4, stroke_dasharray=dashes)
        if number == 0:
            for turn in turns:
                x = plot.at(turn, 0)[0]
                drawing.line([(x, 100), (x, 790)], p.WARM_BRIGHT, 4, stroke_dasharray="6 12")
                drawing.polygon([(x - 18, 88), (x + 18, 88), (x, 116)], fill=p.WARM_BRIGHT)
        points = [plot.at(index, value) for index, value in enumerate(values)]
        drawing.line(points, p.SLATE, 4)
        for index, (x, y) in enumerate(points):
            outside = number == 0 and index in marks
            if outside:
                drawing.circle(x, y, 30, fill="none", stroke=p.RED_BRIGHT, stroke_width=5)
            drawing.circle(x, y, 15 if outside else 10, fill=p.RED if outside else p.BLUE)
    return drawing


def cycle_curves(*, curves: Sequence[tuple[float, str]], hours: int) -> Drawing:
    """Heat drawn hour by hour of a drying cycle, each improvement a curve below the last."""
    drawing = sheet(p.WARM_SOFT, p.WARM_MIST)
    plot = Plot(drawing, 170, 130, 1280, 620, hours, 100)
    plot.axes(labels=("0", "25", "50", "75", "100"))
    for number, (peak, colour) in enumerate(curves):
        values = [
            peak * (0.25 + 0.75 * math.exp(-(((hour - hours * 0.2) / (hours * 0.3)) ** 2)))
            for hour in range(hours + 1)
        ]
        plot.area(values, (p.WARM_SOFT, p.TEAL_SOFT, p.GREEN_SOFT)[number])
        plot.line(values, colour, 8)
        drawing.circle(*plot.at(hours, values[-1]), 14, fill=colour, stroke=p.PAPER, stroke_width=5)
    for level in range(3):
        x = 1290 + level * 44
        drawing.path(
            f"M{x} 250q-20 -26 0 -52t0 -52", stroke=p.WARM_BRIGHT, stroke_width=8, stroke_linecap="round"
        )
    return drawing


def crew_scatter() -> Drawing:
    """Each point a grade change: the larger the step in weight, the longer off grade; crews differ."""
    drawing = sheet(p.GREEN_SOFT, p.GREEN_MIST, seed=12)
    plot = Plot(drawing, 170, 130, 1280, 620, 100, 60)
    plot.axes(labels=("0", "15", "30", "45", "60"))
    crews = (
        (p.TEAL, 0.30, 4.0),
        (p.WARM_BRIGHT, 0.48, 6.0),
        (p.VIOLET_BRIGHT, 0.40, 5.0),
        (p.RED_BRIGHT, 0.56, 8.0),
    )
    for colour, slope, base in crews:
        drawing.line(
            [plot.at(4, base + slope * 4), plot.at(92, base + slope * 92 * 0.92)],
            colour,
            4,
            stroke_opacity=0.5,
            stroke_dasharray="16 12",
        )
        for _ in range(26):
            step = 6 + drawing.random.random() * 86
            minutes = base + slope * step * 0.95 + drawing.random.gauss(0, 3.4)
            drawing.circle(*plot.at(step, min(max(minutes, 2), 58)), 13, fill=colour, fill_opacity=0.82)
    return drawing


def wave_curves() -> Drawing:
    """People who come back, wave upon wave, with the gates between the waves."""
    drawing = sheet(p.TEAL_SOFT, p.TEAL_MIST)
    plot = Plot(drawing, 150, 130, 1310, 620, 80, 100)
    plot.axes()
    floor = [0.0] * 81
    for start, size, colour in (
        (2, 7, p.TEAL_DEEP),
        (16, 17, p.TEAL),
        (36, 29, p.TEAL_BRIGHT),
        (56, 40, "#7cc5bd"),
    ):
        top = [
            low
            + size
            / (1 + math.exp(-(week - start - 8) / 3.2))
            * (1 - 0.10 * math.exp(-(((week - start - 18) / 5) ** 2)))
            for week, low in enumerate(floor)
        ]
        plot.area(top, colour, floor=floor)
        floor = top
    for week in (14, 34, 54):
        x = plot.at(week, 0)[0]
        drawing.line([(x, 116), (x, 750)], p.WARM, 4, stroke_dasharray="14 12")
        drawing.circle(x, 120, 26, fill=p.WARM)
        drawing.line([(x - 11, 120), (x - 3, 129), (x + 12, 111)], p.PAPER, 6)
    return drawing


def soiling_loss() -> Drawing:
    """Energy lost to dust each day, before the rule and after; three dust storms."""
    drawing = sheet("#fbe7c6", p.SAND, seed=8)
    plot = Plot(drawing, 170, 130, 1280, 620, 120, 12)
    plot.axes(labels=("0", "3", "6", "9", "12"))
    storms = (26, 52, 92)
    loss, values = 0.6, []
    for day in range(121):
        loss += 0.17 if day < 60 else 0.10
        if day in storms:
            loss += 3.2
        elif loss > (99 if day < 60 else 3.4) or day in {19, 41}:
            loss = 0.7
        values.append(loss + drawing.random.random() * 0.25)
    x_rule = plot.at(62, 0)[0]
    drawing.rect(x_rule, plot.y, plot.x + plot.width - x_rule, plot.height, fill=p.TEAL_MIST)
    points = [plot.at(day, value) for day, value in enumerate(values)]
    base = plot.y + plot.height
    for colour, part in ((p.WARM, points[:63]), (p.TEAL, points[62:])):
        drawing.polygon([(part[0][0], base), *part, (part[-1][0], base)], fill=colour, fill_opacity=0.22)
        drawing.line(part, colour, 7)
    drawing.line([(x_rule, 110), (x_rule, 760)], p.INK, 4, stroke_dasharray="14 12")
    for day in storms:
        x = plot.at(day, 0)[0]
        drawing.circle(x, 170, 40, fill=p.WARM_SOFT)
        for row, length in enumerate((44, 30, 18)):
            drawing.line([(x - length / 2, 154 + row * 16), (x + length / 2, 154 + row * 16)], p.WARM, 7)
    return drawing
