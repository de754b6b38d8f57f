"""What happens to somebody or something, one station after another."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import Drawing
from cms.demonstration.figures.charts import sheet


def reminders() -> Drawing:
    """Three messages on the way to the appointment, nearer and nearer."""
    drawing = sheet(p.VIOLET_SOFT, p.BLUE_MIST)
    y = 590
    drawing.line([(180, y), (1330, y)], p.VIOLET_SOFT, 20)
    drawing.line([(180, y), (1290, y)], p.VIOLET, 8, stroke_dasharray="2 20")
    for x, label, colour, kind in (
        (260, "−7", p.TEAL, "letter"),
        (680, "−2", p.WARM_BRIGHT, "question"),
        (1030, "−3 h", p.RED_BRIGHT, "map"),
    ):
        drawing.line([(x, y), (x, 460)], colour, 6)
        drawing.circle(x, y, 26, fill=p.PAPER, stroke=colour, stroke_width=10)
        phone(drawing, x, 300, colour, kind)
        drawing.bold(x, y + 80, label, 50, colour)
    drawing.circle(1370, y, 92, fill=p.VIOLET)
    drawing.rect(1322, y - 42, 96, 88, rx=12, fill=p.PAPER)
    drawing.rect(1322, y - 42, 96, 26, rx=12, fill=p.VIOLET_BRIGHT)
    drawing.line([(1346, y + 14), (1364, y + 32), (1396, y - 4)], p.GREEN_BRIGHT, 11)
    return drawing


def phone(drawing: Drawing, x: float, y: float, colour: str, kind: str) -> None:
    drawing.rect(x - 86, y - 150, 172, 310, rx=28, fill=p.STEEL_DEEP)
    drawing.rect(x - 74, y - 128, 148, 262, rx=14, fill=p.PAPER)
    drawing.rect(x - 60, y - 106, 120, 92, rx=16, fill=colour, fill_opacity=0.18)
    drawing.rect(x - 44, y - 86, 88, 12, rx=6, fill=colour)
    drawing.rect(x - 44, y - 62, 64, 12, rx=6, fill=colour, fill_opacity=0.6)
    match kind:
        case "letter":
            drawing.rect(x - 44, y + 12, 88, 62, rx=8, fill="none", stroke=colour, stroke_width=7)
            drawing.line([(x - 40, y + 18), (x, y + 48), (x + 40, y + 18)], colour, 7)
        case "question":
            drawing.rect(x - 60, y + 10, 54, 50, rx=12, fill=p.GREEN_BRIGHT)
            drawing.line([(x - 46, y + 36), (x - 37, y + 45), (x - 20, y + 26)], p.PAPER, 7)
            drawing.rect(x + 6, y + 10, 54, 50, rx=12, fill=p.STEEL_LIGHT)
            drawing.line([(x + 22, y + 24), (x + 44, y + 46)], p.PAPER, 7)
            drawing.line([(x + 44, y + 24), (x + 22, y + 46)], p.PAPER, 7)
        case _:
            drawing.path(
                f"M{x} {y + 92}c-30 -34 -40 -48 -40 -64a40 40 0 0 1 80 0c0 16 -10 30 -40 64Z", fill=colour
            )
            drawing.circle(x, y + 28, 15, fill=p.PAPER)


def confidential_path() -> Drawing:
    """A confidential request on its way: at each stage an open eye may see it, a closed one may not."""
    drawing = Drawing(p.VIOLET_SOFT, p.VIOLET_MIST)
    stages = (("in", 1), ("sort", 1), ("lead", 2), ("care", 2), ("end", 0))
    for index, (kind, seen) in enumerate(stages):
        x = 210 + index * 295
        if index < len(stages) - 1:
            drawing.arrow([(x + 112, 300), (x + 184, 300)], p.VIOLET, 9, head=28)
        drawing.circle(x, 308, 108, fill=p.INK, fill_opacity=0.08)
        drawing.circle(x, 300, 108, fill=p.PAPER, stroke=p.VIOLET, stroke_width=8)
        stage_sign(drawing, x, 300, kind)
        for row in range(4):
            sees = row < seen if kind != "sort" else row == 3
            y = 500 + row * 88
            drawing.rect(x - 96, y - 34, 192, 70, rx=35, fill=p.TEAL_SOFT if sees else "#e4e1f0")
            eye(drawing, x - 40, y, opened=sees)
            person_sign(drawing, x + 48, y, p.TEAL if sees else p.MUTE)
    return drawing


def stage_sign(drawing: Drawing, x: float, y: float, kind: str) -> None:
    ink = p.VIOLET
    match kind:
        case "in":
            drawing.rect(x - 52, y - 36, 104, 76, rx=10, fill="none", stroke=ink, stroke_width=9)
            drawing.line([(x - 48, y - 28), (x, y + 10), (x + 48, y - 28)], ink, 9)
        case "sort":
            for row, width in enumerate((96, 64, 34)):
                drawing.line(
                    [(x - width / 2, y - 32 + row * 32), (x + width / 2, y - 32 + row * 32)], ink, 12
                )
        case "lead":
            drawing.rect(x - 44, y - 8, 88, 60, rx=10, fill=ink)
            drawing.path(f"M{x - 26} {y - 8}v-22a26 26 0 0 1 52 0v22", stroke=ink, stroke_width=11)
            drawing.circle(x, y + 20, 10, fill=p.PAPER)
        case "care":
            drawing.path(
                f"M{x} {y + 50}c-44 -30 -62 -52 -62 -78a32 32 0 0 1 62 -12a32 32 0 0 1 62 12c0 26 -18 48 -62 78Z",
                fill=p.RED_BRIGHT,
            )
        case _:
            drawing.rect(x - 40, y - 50, 80, 104, rx=10, fill="none", stroke=ink, stroke_width=9)
            for row in range(3):
                drawing.rect(x - 24, y - 28 + row * 26, 48, 12, rx=3, fill=ink)


def eye(drawing: Drawing, x: float, y: float, *, opened: bool) -> None:
    ink = p.TEAL if opened else p.MUTE
    drawing.path(f"M{x - 32} {y}q32 -38 64 0q-32 38 -64 0Z", stroke=ink, stroke_width=6)
    drawing.circle(x, y, 10, fill=ink)
    if not opened:
        drawing.line([(x - 26, y + 22), (x + 26, y - 22)], ink, 6)


def person_sign(drawing: Drawing, x: float, y: float, ink: str) -> None:
    drawing.circle(x, y - 10, 12, fill=ink)
    drawing.path(f"M{x - 24} {y + 24}a24 20 0 0 1 48 0Z", fill=ink)
