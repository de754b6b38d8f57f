"""Screens in control rooms, wards and yards."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.boards import truck_side, words
from cms.demonstration.figures.canvas import WIDTH, Drawing


def monitor(
    drawing: Drawing, x: float, y: float, width: float, height: float, *, screen: str = p.PAPER
) -> None:
    drawing.shadow(x + width / 2, y + height + 108, width * 0.3, 16)
    drawing.polygon(
        [
            (x + width / 2 - 60, y + height),
            (x + width / 2 + 60, y + height),
            (x + width / 2 + 84, y + height + 104),
            (x + width / 2 - 84, y + height + 104),
        ],
        fill=p.STEEL_DARK,
    )
    drawing.rect(x, y, width, height, rx=20, fill=p.STEEL_DEEP)
    drawing.rect(x + 18, y + 18, width - 36, height - 36, rx=8, fill=screen)


def swap_board() -> Drawing:
    """A screen with the week's shifts, three of them open, and each nurse's points."""
    drawing = Drawing(p.VIOLET_SOFT, p.VIOLET_MIST)
    monitor(drawing, 110, 70, 1380, 690)
    fills = (p.TEAL_SOFT, p.VIOLET_SOFT, p.BLUE_SOFT)
    inks = (p.TEAL, p.VIOLET, p.BLUE)
    opened = {(1, 1), (3, 2), (5, 0)}
    for row in range(4):
        y = 180 + row * 132
        drawing.circle(196, y + 46, 38, fill=(p.TEAL_SOFT, p.WARM_SOFT, p.VIOLET_SOFT, p.GREEN_SOFT)[row])
        drawing.circle(196, y + 34, 13, fill=inks[row % 3])
        drawing.path(f"M{170} {y + 74}a26 24 0 0 1 52 0Z", fill=inks[row % 3])
        for day in range(7):
            x = 268 + day * 126
            kind = (day * 2 + row * 3) % 4
            if (day, row) in opened:
                drawing.rect(
                    x,
                    y,
                    112,
                    92,
                    rx=14,
                    fill=p.WARM_MIST,
                    stroke=p.WARM_BRIGHT,
                    stroke_width=6,
                    stroke_dasharray="14 9",
                )
                drawing.path(
                    f"M{x + 34} {y + 38}h44l-14 -14M{x + 78} {y + 56}h-44l14 14",
                    stroke=p.WARM,
                    stroke_width=7,
                    stroke_linecap="round",
                )
            elif kind < 3:
                drawing.rect(x, y, 112, 92, rx=14, fill=fills[kind])
                shift_sign(drawing, x + 56, y + 46, kind, inks[kind])
            else:
                drawing.rect(x, y, 112, 92, rx=14, fill=p.FOG)
        bar = (150, 96, 124, 62)[row]
        drawing.rect(1184, y + 34, 230, 26, rx=13, fill=p.FOG)
        drawing.rect(1184, y + 34, bar, 26, rx=13, fill=p.WARM_BRIGHT if bar > 140 else p.TEAL_BRIGHT)
        drawing.bold(1438, y + 47, str(bar // 4), 26, p.SLATE)
    for day in range(7):
        drawing.text(324 + day * 126, 140, str(day + 11), 28, p.SLATE)
    return drawing


def shift_sign(drawing: Drawing, x: float, y: float, kind: int, ink: str) -> None:
    match kind:
        case 0:
            drawing.circle(x, y, 15, fill=ink)
            for turn in range(0, 360, 45):
                drawing.rect(x - 3, y - 32, 6, 11, rx=3, fill=ink, transform=f"rotate({turn} {x} {y})")
        case 1:
            drawing.path(f"M{x + 8} {y - 26}a28 28 0 1 0 18 38a22 22 0 0 1 -18 -38Z", fill=ink)
        case _:
            drawing.path(f"M{x - 20} {y + 8}a20 20 0 0 1 40 0Z", fill=ink)
            drawing.line([(x - 34, y + 14), (x + 34, y + 14)], ink, 6)


def handover_screen() -> Drawing:
    """The shift's task list: what recurs on top, what waits beside it."""
    drawing = Drawing(p.TEAL_SOFT, p.SAND)
    monitor(drawing, 120, 70, 1360, 690, screen=p.TEAL_MIST)
    drawing.rect(138, 88, 1324, 76, fill=p.TEAL)
    for index in range(3):
        drawing.circle(190 + index * 56, 126, 20, fill=(p.YELLOW, p.TEAL_SOFT, p.WARM_BRIGHT)[index])
    words(drawing, 1180, 118, 230, p.TEAL_SOFT, height=18)
    for index in range(4):
        y = 190 + index * 70
        drawing.rect(170, y, 800, 58, rx=10, fill=p.PAPER)
        drawing.path(
            f"M{204} {y + 29}a17 17 0 1 1 6 13M{204} {y + 29}l-9 -9M{204} {y + 29}l11 -7",
            stroke=p.TEAL,
            stroke_width=5,
            stroke_linecap="round",
        )
        words(drawing, 262, y + 22, (360, 300, 420, 250)[index], p.STEEL)
        drawing.rect(880, y + 14, 66, 30, rx=15, fill=p.GREEN_SOFT if index < 2 else p.WARM_SOFT)
        if index < 2:
            drawing.line([(902, y + 29), (911, y + 37), (928, y + 20)], p.GREEN, 5)
    for index in range(3):
        y = 494 + index * 76
        drawing.rect(170, y, 800, 62, rx=10, fill=p.PAPER)
        drawing.rect(170, y, 12, 62, rx=6, fill=p.SERIES[index + 1])
        drawing.rect(204, y + 18, 26, 26, rx=6, fill="none", stroke=p.STEEL, stroke_width=4)
        words(drawing, 262, y + 24, (280, 430, 330)[index], p.STEEL_LIGHT)
    drawing.rect(1000, 190, 432, 526, rx=14, fill=p.WARM_MIST)
    for index in range(4):
        y = 216 + index * 124
        drawing.rect(1024, y, 384, 104, rx=12, fill=p.PAPER, stroke=p.WARM_SOFT, stroke_width=4)
        drawing.path(
            f"M1052 {y + 26}h38M1052 {y + 78}h38M1056 {y + 26}q0 18 15 26q15 -8 15 -26"
            f"M1056 {y + 78}q0 -18 15 -26q15 8 15 26",
            stroke=p.WARM,
            stroke_width=5,
        )
        words(drawing, 1120, y + 30, 240, p.STEEL)
        words(drawing, 1120, y + 60, 150, p.STEEL_LIGHT)
    return drawing


def yard_screen() -> Drawing:
    """The board over the yard gate: green at the dock, yellow called, grey expected."""
    drawing = Drawing("#35506a", "#22384d")
    drawing.rect(0, 760, WIDTH, 140, fill="#2a3237")
    for x in range(40, WIDTH, 220):
        drawing.rect(x, 826, 120, 12, fill=p.YELLOW, fill_opacity=0.8)
    for x in (320, 1250):
        drawing.rect(x, 640, 34, 170, fill=p.STEEL_DARK)
    drawing.rect(140, 70, 1320, 600, rx=18, fill="#0d1519")
    drawing.rect(140, 70, 1320, 600, rx=18, fill="none", stroke=p.STEEL_DARK, stroke_width=14)
    rows = (
        ("4187", "2", "#4fd08a"),
        ("0932", "5", "#4fd08a"),
        ("7710", "1", "#ffd34d"),
        ("2264", "4", "#ffd34d"),
        ("5093", "·", "#9aa7ab"),
        ("8841", "·", "#9aa7ab"),
    )
    for index, (truck, dock, colour) in enumerate(rows):
        y = 134 + index * 92
        drawing.rect(190, y - 34, 1220, 74, rx=10, fill=colour, fill_opacity=0.14)
        drawing.circle(250, y + 3, 20, fill=colour)
        drawing.bold(500, y + 3, truck, 58, colour, letter_spacing=10)
        drawing.arrow([(760, y + 3), (920, y + 3)], colour, 8, head=28)
        drawing.rect(1064, y - 30, 100, 66, rx=10, fill="none", stroke=colour, stroke_width=6)
        drawing.bold(1114, y + 3, dock, 46, colour)
    truck_side(drawing, 760, 800, p.WARM_BRIGHT, scale=1.1)
    truck_side(drawing, 1040, 800, p.TEAL_BRIGHT, scale=1.1)
    return drawing


def alarm_screens() -> Drawing:
    """Two control-room screens: pages of red, and then four lines."""
    drawing = Drawing("#2c3a44", "#1a252c")
    drawing.rect(0, 720, WIDTH, 180, fill="#3b4a54")
    drawing.rect(0, 720, WIDTH, 12, fill="#516470")
    for x, calm in ((90, False), (850, True)):
        monitor(drawing, x, 120, 660, 480, screen="#10181c")
        lines = 4 if calm else 17
        for index in range(lines):
            y = 160 + index * (70 if calm else 24.5)
            if calm:
                colour = (p.RED_BRIGHT, p.YELLOW, p.TEAL_BRIGHT, p.TEAL_BRIGHT)[index]
                drawing.rect(x + 42, y, 576, 54, rx=8, fill=colour, fill_opacity=0.2)
                drawing.circle(x + 78, y + 27, 14, fill=colour)
                words(drawing, x + 116, y + 20, (330, 280, 360, 240)[index], colour)
            else:
                drawing.rect(x + 42, y, 576, 19, rx=3, fill=p.RED, fill_opacity=0.95 if index % 3 else 0.7)
                words(drawing, x + 52, y + 6, 60, "#ffc9c1", height=7)
                words(drawing, x + 130, y + 6, 140 + (index * 97) % 300, "#ffb3a8", height=7)
        if not calm:
            drawing.rect(x + 626, 150, 8, 410, rx=4, fill=p.STEEL_DEEP)
            drawing.rect(x + 626, 150, 8, 96, rx=4, fill=p.STEEL_LIGHT)
    drawing.polygon([(772, 330), (806, 362), (772, 394)], fill=p.TEAL_SOFT)
    drawing.rect(430, 780, 720, 60, rx=14, fill=p.STEEL_DEEP)
    for index in range(14):
        drawing.rect(452 + index * 49, 794, 38, 30, rx=6, fill=p.STEEL_DARK)
    return drawing
