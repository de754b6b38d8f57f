"""Schemes of a process: vessels, pipes and what flows through them."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, Point


def pipe(drawing: Drawing, points: list[Point], colour: str, inner: str, *, width: float = 26) -> None:
    drawing.line(points, colour, width)
    drawing.line(points, inner, width * 0.42)


def flow_mark(drawing: Drawing, x: float, y: float, *, turn: float = 0, fill: str = p.PAPER) -> None:
    with drawing.moved(x, y, turn=turn):
        drawing.polygon(
            [(-16, -18), (20, 0), (-16, 18)], fill=fill, stroke=p.INK, stroke_width=3, stroke_opacity=0.35
        )


def tank(
    drawing: Drawing, x: float, y: float, width: float, height: float, *, level: float, liquid: str
) -> None:
    body = f"M{x} {y + 30}q0 -30 {width / 2} -30t{width / 2} 30v{height - 60}q0 30 {-width / 2} 30t{-width / 2} -30Z"
    drawing.path(
        body, fill=drawing.fade("#f7f9f9", "#cfd8da", across=True), stroke=p.STEEL_DARK, stroke_width=6
    )
    clip = drawing.clip(body)
    top = y + height * (1 - level)
    with drawing.group(clip_path=clip):
        drawing.path(
            f"M{x} {top}q{width / 8} -14 {width / 4} 0t{width / 4} 0t{width / 4} 0t{width / 4} 0V{y + height}H{x}Z",
            fill=liquid,
            fill_opacity=0.75,
        )
    for leg in (0.16, 0.84):
        drawing.rect(x + width * leg - 9, y + height - 8, 18, 50, fill=p.STEEL_DARK)


def pump(drawing: Drawing, x: float, y: float, colour: str = p.TEAL) -> None:
    drawing.circle(x, y, 56, fill=colour, stroke=p.PAPER, stroke_width=6)
    drawing.polygon([(x - 22, y - 34), (x + 42, y), (x - 22, y + 34)], fill=p.PAPER)
    drawing.polygon(
        [(x - 36, y + 46), (x + 36, y + 46), (x + 54, y + 78), (x - 54, y + 78)], fill=p.STEEL_DARK
    )


def valve(drawing: Drawing, x: float, y: float, colour: str = p.WARM, *, upright: bool = False) -> None:
    with drawing.moved(x, y, turn=90 if upright else 0):
        drawing.polygon(
            [(-30, -22), (30, 22), (30, -22), (-30, 22)], fill=colour, stroke=p.PAPER, stroke_width=5
        )
        drawing.line([(0, 0), (0, -36)], colour, 7)
        drawing.line([(-20, -38), (20, -38)], colour, 8)


def cleaning_in_place() -> Drawing:
    """A 20 m³ tank, a pump and a 5 µm filter feed the membranes; three lines bring the solution back."""
    drawing = Drawing(p.TEAL_MIST, "#d5e6e6")
    steel, water = "#3d6f86", "#8cc8e0"
    pipe(drawing, [(330, 660), (470, 660)], steel, water)
    pipe(drawing, [(560, 660), (720, 660)], steel, water)
    pipe(drawing, [(820, 660), (960, 660), (960, 560), (1060, 560)], steel, water)
    for y, colour, inner in (
        (170, p.BLUE, p.BLUE_SOFT),
        (240, p.TEAL_BRIGHT, p.TEAL_SOFT),
        (310, p.WARM, p.WARM_SOFT),
    ):
        number = (y - 170) // 70
        x_tank = 150 + number * 70
        pipe(
            drawing,
            [(1500 - number * 46, 440), (1500 - number * 46, y), (x_tank, y), (x_tank, 420)],
            colour,
            inner,
            width=22,
        )
        valve(drawing, 700 + number * 120, y, colour)
        flow_mark(drawing, 480, y, turn=180)
    tank(drawing, 100, 380, 260, 360, level=0.66, liquid=p.TEAL_BRIGHT)
    drawing.bold(230, 590, "20 m³", 48, p.PAPER)
    pump(drawing, 515, 660)
    drawing.rect(716, 560, 108, 200, rx=46, fill=p.STEEL_LIGHT, stroke=p.STEEL_DARK, stroke_width=6)
    for y in range(600, 730, 20):
        drawing.line([(736, y), (804, y)], p.STEEL_DARK, 4, stroke_dasharray="6 8")
    drawing.rect(700, 780, 140, 52, rx=26, fill=p.PAPER)
    drawing.bold(770, 806, "5 µm", 32, p.TEAL)
    for row in range(4):
        y = 440 + row * 90
        drawing.rect(
            1060,
            y,
            460,
            62,
            rx=31,
            fill=drawing.fade("#f4f6f6", "#b9c5c9"),
            stroke=p.STEEL_DARK,
            stroke_width=5,
        )
        for x in range(1110, 1490, 62):
            drawing.line([(x, y + 8), (x, y + 54)], p.STEEL, 4)
        drawing.circle(1060, y + 31, 14, fill=steel)
    drawing.line([(1060, 471), (1060, 741)], steel, 18)
    return drawing


def heat_recovery() -> Drawing:
    """Boiler, economiser in the flue, a bypass round it, and a tank that neutralises the condensate."""
    drawing = Drawing("#fdeedd", "#f6e3cd")
    drawing.rect(0, 770, WIDTH, 130, fill="#d7cbb8")
    drawing.line([(600, 420), (760, 420)], p.STEEL_DEEP, 96, stroke_linecap="butt")
    drawing.line([(990, 420), (1330, 420)], p.STEEL_DEEP, 96, stroke_linecap="butt")
    for y, x1, x2 in ((420, 610, 760), (420, 990, 1330)):
        drawing.line(
            [(x1, y), (x2, y)],
            drawing.fade("#f0a15a", "#f7c48e") if x1 < 700 else "#f7d9b8",
            70,
            stroke_linecap="butt",
        )
    drawing.line(
        [(690, 400), (690, 190), (1090, 190), (1090, 400)],
        p.STEEL_DEEP,
        66,
        stroke_linejoin="miter",
        stroke_linecap="butt",
    )
    drawing.line(
        [(690, 420), (690, 190), (1090, 190), (1090, 420)],
        "#f5c79a",
        44,
        stroke_linejoin="miter",
        stroke_linecap="butt",
    )
    drawing.rect(870, 150, 20, 82, fill=p.RED, transform="rotate(28 880 190)")
    drawing.circle(880, 190, 14, fill=p.INK)
    drawing.path(
        "M120 770V330q0 -80 80 -80h320q80 0 80 80v440Z",
        fill=drawing.fade("#d5dadb", "#98a5aa"),
        stroke=p.STEEL_DEEP,
        stroke_width=8,
    )
    drawing.circle(360, 560, 128, fill="#3a2014", stroke=p.STEEL_DEEP, stroke_width=14)
    for turn, size in ((-16, 1.0), (12, 0.8), (0, 1.2)):
        with drawing.moved(360, 650, scale=size, turn=turn):
            drawing.path(
                "M0 0q-74 -50 -30 -130q8 34 26 44q26 -42 6 -84q74 60 38 150q-10 20 -40 20Z",
                fill=(p.RED_BRIGHT, p.WARM_BRIGHT, p.YELLOW)[int(turn > 0) + int(turn == 0) * 2],
                fill_opacity=0.85,
            )
    for x in (210, 510):
        drawing.circle(x, 350, 44, fill=p.PAPER, stroke=p.STEEL_DEEP, stroke_width=7)
        drawing.line([(x, 350), (x + 22, 328)], p.RED, 6)
    drawing.rect(756, 300, 238, 250, rx=10, fill="#cfe0ea", stroke=p.STEEL_DEEP, stroke_width=8)
    drawing.path(
        "M740 340H960V380H790V420H960V460H790V500H1010",
        stroke=p.BLUE,
        stroke_width=16,
        stroke_linejoin="round",
    )
    drawing.arrow([(1010, 500), (1060, 500), (1060, 640), (1200, 640)], p.RED_BRIGHT, 12, head=34)
    drawing.arrow([(716, 600), (736, 600), (736, 340)], p.BLUE, 12, head=0.1)
    drawing.rect(
        1310,
        60,
        130,
        710,
        fill=drawing.fade("#b8c2c6", "#7d8a90", across=True),
        stroke=p.STEEL_DEEP,
        stroke_width=6,
    )
    for lift in range(3):
        drawing.ellipse(
            1376 + lift * 40,
            40 - lift * 10,
            70 + lift * 26,
            34 + lift * 6,
            fill=p.PAPER,
            fill_opacity=0.75 - lift * 0.2,
        )
    pipe(drawing, [(876, 550), (876, 640)], "#3d6f86", "#9ed3c8", width=18)
    tank(drawing, 790, 620, 180, 130, level=0.55, liquid=p.GREEN_BRIGHT)
    drawing.bold(880, 700, "pH 7", 32, p.PAPER)
    for x, y, words, colour in ((650, 520, "164°", p.RED), (1180, 530, "58°", p.BLUE)):
        drawing.rect(x - 62, y - 30, 124, 60, rx=30, fill=p.PAPER)
        drawing.bold(x, y, words, 34, colour)
    return drawing


def sand_reclamation() -> Drawing:
    """Knock-out, crusher, sieve, magnet, burner, cooler, silo; a sample is taken at each numbered point."""
    drawing = Drawing("#efe6d6", "#e2d5bd", seed=6)
    drawing.rect(0, 780, WIDTH, 120, fill="#cdbfa5")
    belts = (((110, 720), (470, 500)), ((560, 720), (870, 520)), ((1010, 700), (1290, 330)))
    for (x1, y1), (x2, y2) in belts:
        drawing.line([(x1, y1), (x2, y2)], p.STEEL_DEEP, 34)
        drawing.line([(x1, y1), (x2, y2)], "#c9a465", 14)
        for wheel_x, wheel_y in ((x1, y1), (x2, y2)):
            drawing.circle(wheel_x, wheel_y, 26, fill=p.STEEL_LIGHT, stroke=p.STEEL_DEEP, stroke_width=7)
        drawing.line([((x1 + x2) / 2, (y1 + y2) / 2 + 20), ((x1 + x2) / 2, 780)], p.STEEL_DARK, 12)
    for x, y in drawing.scattered(30, 60, 660, 130, 60):
        size = drawing.random.uniform(10, 26)
        drawing.polygon(
            [
                (x, y - size),
                (x + size, y - size * 0.1),
                (x + size * 0.5, y + size),
                (x - size, y + size * 0.5),
            ],
            fill=("#8f7246", "#a98a58", "#77603c")[int(size) % 3],
        )
    drawing.polygon(
        [(430, 400), (690, 400), (630, 560), (490, 560)], fill=p.TEAL, stroke=p.TEAL_DEEP, stroke_width=7
    )
    for x in (514, 606):
        drawing.circle(x, 470, 44, fill=p.STEEL_LIGHT, stroke=p.STEEL_DEEP, stroke_width=7)
        for turn in range(0, 360, 60):
            drawing.rect(x - 5, 420, 10, 16, fill=p.STEEL_DEEP, transform=f"rotate({turn} {x} 470)")
    with drawing.moved(560, 640, turn=8):
        drawing.rect(-90, -24, 180, 48, rx=8, fill=p.STEEL, stroke=p.STEEL_DEEP, stroke_width=6)
        for x in range(-76, 84, 18):
            drawing.line([(x, -10), (x + 8, 10)], p.PAPER, 4)
    drawing.rect(
        830, 330, 230, 330, rx=14, fill=drawing.fade("#e2803b", "#9d3d16"), stroke="#6a2c10", stroke_width=8
    )
    for y in (400, 490, 580):
        drawing.path(
            f"M860 {y}q22 -30 44 0t44 0t44 0t38 0", stroke="#ffd28a", stroke_width=11, stroke_linecap="round"
        )
    drawing.rect(920, 190, 50, 146, fill=p.STEEL_DARK)
    for lift in range(3):
        drawing.circle(
            946 + lift * 30, 160 - lift * 44, 30 + lift * 14, fill=p.PAPER, fill_opacity=0.6 - lift * 0.15
        )
    drawing.path(
        "M1270 300h220v320l-76 90h-68l-76 -90Z",
        fill=drawing.fade("#e7ecee", "#a9b6bb", across=True),
        stroke=p.STEEL_DEEP,
        stroke_width=8,
    )
    drawing.path("M1278 430q50 -40 100 0t104 -8v196l-72 86h-60l-72 -86Z", fill="#d9b877")
    drawing.path("M1380 712v50", stroke="#d9b877", stroke_width=22)
    drawing.polygon([(1290, 790), (1470, 790), (1400, 742), (1362, 742)], fill="#d9b877")
    for number, (x, y) in enumerate(
        ((280, 570), (560, 352), (700, 590), (945, 286), (1160, 470), (1380, 254)), start=1
    ):
        drawing.badge(x, y, str(number), p.RED if number in {3, 5} else p.BLUE, radius=32)
    return drawing


def oil_port() -> Drawing:
    """A sampling nozzle on the pressure line of a press, with a clean bottle under it."""
    drawing = Drawing("#41525c", "#27353d")
    drawing.rect(0, 0, 430, HEIGHT, fill=drawing.fade("#2f7d78", "#1d5956", across=True))
    for y in (130, 450, 770):
        drawing.circle(90, y, 26, fill="#174846")
        drawing.circle(340, y, 26, fill="#174846")
    drawing.rect(380, 300, 1220, 96, fill=drawing.fade("#e3e9eb", "#8d9aa1", "#56646c"))
    for x in (470, 1350):
        drawing.rect(x, 270, 74, 156, rx=10, fill=drawing.fade("#cfd7da", "#6c7a82"))
        for y in (296, 380):
            drawing.circle(x + 37, y, 15, fill=p.STEEL_DEEP)
    drawing.rect(860, 380, 110, 66, fill=drawing.fade("#d9b64b", "#9a7413"))
    drawing.polygon(
        [(846, 446), (984, 446), (968, 530), (862, 530)], fill=drawing.fade("#f0d27a", "#a97f1c", across=True)
    )
    drawing.rect(888, 530, 54, 90, fill=drawing.fade("#cfd7da", "#7d8a90", across=True))
    drawing.rect(972, 468, 150, 30, rx=15, fill=p.RED)
    drawing.circle(972, 483, 26, fill=p.RED_BRIGHT)
    drawing.line([(900, 446), (780, 470), (740, 560)], p.STEEL_LIGHT, 4)
    drawing.circle(730, 590, 40, fill=p.STEEL_DEEP, stroke=p.STEEL_LIGHT, stroke_width=6)
    drawing.path("M915 624q-10 34 0 70", stroke="#e0a63a", stroke_width=16, stroke_linecap="round")
    drawing.path(
        "M860 700h110v26q34 22 34 60v130H826V786q0 -38 34 -60Z",
        fill=p.PAPER,
        fill_opacity=0.24,
        stroke=p.PAPER,
        stroke_width=6,
    )
    drawing.path("M832 806q40 -14 84 0t82 0v94H832Z", fill="#e0a63a", fill_opacity=0.9)
    drawing.rect(1170, 520, 290, 150, rx=12, fill=p.PAPER)
    drawing.bold(1315, 572, "18/16/13", 46, p.TEAL)
    for index in range(5):
        drawing.rect(
            1206 + index * 46,
            616,
            34,
            30,
            rx=4,
            fill=(p.GREEN_BRIGHT, p.GREEN_BRIGHT, p.YELLOW, p.STEEL_LIGHT, p.STEEL_LIGHT)[index],
        )
    return drawing
