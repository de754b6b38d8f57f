"""People at work, drawn plainly: no faces, no portraits."""

from __future__ import annotations

import math

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, Point


def hall(wall: str, floor: str, *, horizon: float = 640, seed: int = 1, windows: bool = True) -> Drawing:
    """A workshop: wall, floor, daylight from high windows."""
    drawing = Drawing(wall, seed=seed)
    if windows:
        for x in range(70, WIDTH, 320):
            drawing.rect(x, 60, 220, 150, rx=6, fill=p.PAPER, fill_opacity=0.55)
            drawing.line([(x + 110, 60), (x + 110, 210)], wall, 8)
            drawing.line([(x, 135), (x + 220, 135)], wall, 8)
    drawing.rect(0, horizon, WIDTH, HEIGHT - horizon, fill=floor)
    drawing.rect(0, horizon, WIDTH, 10, fill=p.INK, fill_opacity=0.12)
    return drawing


def worker(
    drawing: Drawing,
    x: float,
    y: float,
    *,
    coat: str,
    helmet: str | None = p.YELLOW,
    skin: str = p.SKIN,
    hands: tuple[Point, Point] | None = None,
    pockets: bool = False,
    scale: float = 1,
    lean: float = 0,
) -> None:
    """Somebody standing with the feet at x and y; hands are points beside the shoulders' middle."""
    with drawing.moved(x, y, scale=scale):
        drawing.shadow(0, 4, 92, 16, 0.22)
        for side in (-1, 1):
            drawing.path(f"M{side * 8} -190L{side * 44} -190L{side * 40} -8H{side * 6}Z", fill=p.BLUE_DEEP)
            drawing.rect(min(side * 4, side * 54), -18, 50, 22, rx=9, fill=p.INK)
        with drawing.group(transform=f"rotate({lean} 0 -190)"):
            drawing.path("M-58 -180Q-74 -330 -52 -372Q-30 -398 0 -398T52 -372Q74 -330 58 -180Z", fill=coat)
            drawing.rect(-58, -262, 116, 13, fill=p.YELLOW, fill_opacity=0.85)
            for side in (-1, 1):
                if pockets:
                    drawing.line([(side * 52, -366), (side * 82, -276), (side * 44, -206)], coat, 34)
                    drawing.line(
                        [(side * 52, -366), (side * 82, -276), (side * 44, -206)],
                        p.INK,
                        34,
                        stroke_opacity=0.12,
                    )
                elif hands:
                    reach = hands[0] if side < 0 else hands[1]
                    elbow = (side * 52 + (reach[0] - side * 52) * 0.45, -366 + (reach[1] + 366) * 0.5 + 34)
                    drawing.line([(side * 46, -362), elbow, reach], coat, 32)
                    drawing.circle(*reach, 19, fill=skin)
                else:
                    drawing.line([(side * 54, -362), (side * 76, -270), (side * 70, -200)], coat, 32)
                    drawing.circle(side * 70, -190, 18, fill=skin)
            drawing.rect(-17, -424, 34, 40, rx=10, fill=skin)
            drawing.circle(0, -458, 48, fill=skin)
            if helmet:
                drawing.path("M-52 -464a52 52 0 0 1 104 0Z", fill=helmet)
                drawing.rect(-60, -470, 120, 13, rx=6, fill=helmet)
                drawing.rect(-9, -518, 18, 46, rx=8, fill=p.PAPER, fill_opacity=0.35)
            else:
                drawing.path("M-50 -458a50 52 0 0 1 100 0q-12 -26 -50 -26t-50 26Z", fill="#3b2a20")


def training_circle() -> Drawing:
    """Eight chairs in a circle and a board with one word."""
    drawing = Drawing("#f0e4d2", "#e8d6bb")
    drawing.rect(0, 420, WIDTH, 480, fill="#c9a87c")
    for x in range(-200, WIDTH + 200, 130):
        drawing.line([(800 + (x - 800) * 0.6, 420), (800 + (x - 800) * 1.6, 900)], "#b48f60", 3)
    drawing.rect(560, 60, 480, 270, rx=10, fill=p.WOOD_DARK)
    drawing.rect(576, 76, 448, 238, rx=4, fill="#24463f")
    drawing.bold(800, 190, "גבולות", 92, "#f2f5ee")
    drawing.line([(640, 262), (960, 262)], "#f2c230", 6)
    for x in (610, 990):
        drawing.line([(x, 330), (x + (x - 800) * 0.12, 440)], p.WOOD_DARK, 14)
    drawing.ellipse(800, 640, 520, 170, fill="#b3463c", fill_opacity=0.85)
    drawing.ellipse(800, 640, 440, 138, fill="none", stroke="#f0d9b8", stroke_width=6)
    coats = (p.TEAL, p.WARM_BRIGHT, p.VIOLET, p.GREEN, p.BLUE, p.RED_BRIGHT, p.TEAL_BRIGHT, p.VIOLET_BRIGHT)
    seats = sorted(
        (
            (800 + 500 * math.cos(a), 630 + 160 * math.sin(a), i)
            for i in range(8)
            if (a := math.radians(22.5 + i * 45))
        ),
        key=lambda seat: seat[1],
    )
    for seat_x, seat_y, index in seats:
        size = 0.72 + (seat_y - 470) / 900
        with drawing.moved(seat_x, seat_y, scale=size):
            drawing.shadow(0, 66, 74, 18, 0.25)
            for leg in (-44, 40):
                drawing.rect(leg, 20, 9, 58, fill="#5b4026")
            drawing.rect(-52, -6, 104, 30, rx=8, fill="#7a5733")
            drawing.path("M-46 14Q-60 -96 -36 -120Q-20 -134 0 -134T36 -120Q60 -96 46 14Z", fill=coats[index])
            drawing.circle(0, -176, 42, fill=(p.SKIN, p.SKIN_DARK)[index % 2])
            drawing.path(
                "M-44 -178a44 44 0 0 1 88 0q-14 -22 -44 -22t-44 22Z",
                fill=("#3b2a20", "#6b4a2e", "#8a8f92")[index % 3],
            )
            drawing.line([(-40, -96), (-20, -30), (10, -20)], coats[index], 22)
            drawing.line([(40, -96), (24, -34), (-6, -18)], coats[index], 22)
    return drawing


def mentor() -> Drawing:
    """The apprentice fits the bearing; the mentor watches, hands in pockets."""
    drawing = hall("#dce9e6", "#b9b2a4")
    drawing.rect(560, 520, 640, 40, rx=6, fill=p.WOOD)
    for x in (600, 1130):
        drawing.rect(x, 560, 34, 230, fill=p.WOOD_DARK)
    drawing.rect(600, 690, 560, 20, fill=p.WOOD_DARK)
    drawing.rect(760, 432, 340, 50, rx=8, fill=drawing.fade("#e3e9eb", "#7d8a90"))
    drawing.rect(1060, 470, 60, 54, fill=p.STEEL_DARK)
    drawing.rect(800, 470, 60, 54, fill=p.STEEL_DARK)
    drawing.circle(740, 457, 68, fill=p.STEEL_LIGHT, stroke=p.STEEL_DEEP, stroke_width=8)
    drawing.circle(740, 457, 30, fill="#2f3b42")
    for turn in range(0, 360, 40):
        bx, by = 740 + 49 * math.cos(math.radians(turn)), 457 + 49 * math.sin(math.radians(turn))
        drawing.circle(bx, by, 11, fill=p.PAPER, stroke=p.STEEL_DEEP, stroke_width=4)
    worker(
        drawing, 520, 810, coat=p.WARM, helmet=p.YELLOW, hands=((140, -280), (160, -300)), lean=9, scale=1.15
    )
    worker(drawing, 1340, 820, coat=p.TEAL, helmet=p.PAPER, skin=p.SKIN_DARK, pockets=True, scale=1.25)
    return drawing


def setter() -> Drawing:
    """A setter slides a fixture plate from a trolley on to the studs of the machine table."""
    drawing = hall("#e4e6f3", "#bdb8b0")
    drawing.rect(960, 120, 560, 560, rx=18, fill=drawing.fade("#f4f6f6", "#c3ccd0"))
    drawing.rect(1000, 160, 480, 330, rx=10, fill="#27343b")
    drawing.rect(1200, 160, 90, 150, fill=p.STEEL)
    drawing.polygon([(1220, 310), (1270, 310), (1254, 370), (1236, 370)], fill=p.STEEL_LIGHT)
    drawing.rect(1000, 470, 480, 60, fill=p.STEEL_DARK)
    for x in (1060, 1180, 1300, 1420):
        drawing.rect(x - 12, 440, 24, 34, rx=6, fill=p.YELLOW)
    drawing.rect(960, 530, 560, 150, rx=8, fill=p.TEAL)
    for index in range(4):
        drawing.circle(
            1380 + (index % 2) * 60,
            580 + (index // 2) * 50,
            15,
            fill=(p.GREEN_BRIGHT, p.YELLOW, p.RED_BRIGHT, p.PAPER)[index],
        )
    drawing.rect(480, 490, 430, 26, rx=6, fill=p.STEEL_DEEP)
    for x in (510, 860):
        drawing.rect(x, 516, 22, 240, fill=p.STEEL_DARK)
        drawing.circle(x + 11, 778, 28, fill=p.INK)
        drawing.circle(x + 11, 778, 11, fill=p.STEEL_LIGHT)
    drawing.rect(500, 640, 390, 18, fill=p.STEEL_DARK)
    drawing.rect(560, 580, 120, 60, fill=p.WARM_BRIGHT)
    drawing.rect(720, 560, 100, 80, fill=p.BLUE_BRIGHT)
    drawing.rect(590, 452, 480, 36, rx=4, fill=drawing.fade("#dfe6e8", "#8d9aa1"))
    for x, high in ((650, 60), (760, 84), (880, 52), (980, 70)):
        drawing.rect(x, 452 - high, 60, high, rx=6, fill=p.STEEL)
        drawing.circle(x + 30, 452 - high + 18, 9, fill=p.INK)
    drawing.arrow([(720, 340), (930, 340)], p.WARM, 14, head=44)
    worker(drawing, 400, 820, coat=p.BLUE, hands=((190, -300), (205, -320)), lean=7, scale=1.15)
    return drawing
