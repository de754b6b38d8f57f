"""Seen from above: yards, shops, rooms, with what matters numbered."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, arc


def blueprint(seed: int = 1) -> Drawing:
    drawing = Drawing("#17496b", "#0f3550", seed=seed)
    for x in range(0, WIDTH, 40):
        drawing.line([(x, 0), (x, HEIGHT)], "#ffffff", 1, stroke_opacity=0.10 if x % 200 else 0.24)
    for y in range(0, HEIGHT, 40):
        drawing.line([(0, y), (WIDTH, y)], "#ffffff", 1, stroke_opacity=0.10 if y % 200 else 0.24)
    return drawing


def truck_top(
    drawing: Drawing, x: float, y: float, colour: str, *, turn: float = 0, scale: float = 1
) -> None:
    with drawing.moved(x, y, turn=turn, scale=scale):
        drawing.rect(-58, -22, 150, 52, rx=6, fill=p.INK, fill_opacity=0.18)
        drawing.rect(-64, -26, 104, 52, rx=4, fill=colour)
        for rib in range(-48, 36, 20):
            drawing.line([(rib, -24), (rib, 24)], p.INK, 2, stroke_opacity=0.18)
        drawing.rect(44, -23, 38, 46, rx=8, fill=p.STEEL_DEEP)
        drawing.rect(64, -18, 12, 36, rx=4, fill=p.BLUE_SOFT)


def terminal() -> Drawing:
    """Two weighbridges at the gate, twelve places to wait, and the ramps of the shed."""
    drawing = Drawing("#c9cfc4", "#b9c2b5")
    drawing.rect(0, 40, WIDTH, 830, fill="#aab1b4")
    drawing.path("M0 690H520V250H1060V690H1600", stroke="#7d878c", stroke_width=150, stroke_linejoin="round")
    drawing.path("M0 690H520V250H1060V690H1600", stroke=p.YELLOW, stroke_width=5, stroke_dasharray="34 30")
    for y in (610, 770):
        drawing.rect(150, y - 44, 270, 88, rx=10, fill=p.STEEL_DEEP)
        drawing.rect(
            166, y - 30, 238, 60, rx=4, fill=drawing.hatch(p.STEEL, p.STEEL_DARK, step=16, width=6, turn=0)
        )
        drawing.badge(118, y, "kg", p.TEAL, radius=30)
    truck_top(drawing, 280, 610, p.WARM_BRIGHT, scale=1.1)
    truck_top(drawing, 280, 770, p.TEAL_BRIGHT, scale=1.1)
    drawing.rect(602, 380, 380, 400, rx=14, fill="#8d979c")
    for place in range(12):
        column, row = place % 3, place // 3
        x, y = 618 + column * 122, 396 + row * 95
        drawing.rect(x, y, 108, 82, rx=6, fill="none", stroke=p.PAPER, stroke_width=4)
        drawing.text(x + 90, y + 66, str(place + 1), 18, p.PAPER)
        if place in {0, 1, 3, 4, 5, 7, 9}:
            truck_top(drawing, x + 46, y + 36, p.SERIES[place % 6], scale=0.58)
    drawing.rect(1160, 60, 440, 480, fill="#e8e2d5")
    drawing.rect(1160, 60, 440, 480, fill=drawing.hatch("#ddd5c5", "#e8e2d5", step=44, width=4, turn=0))
    for ramp in range(4):
        y = 92 + ramp * 112
        drawing.rect(1104, y, 76, 84, fill=p.STEEL_DEEP)
        drawing.rect(1104, y, 14, 84, fill=p.YELLOW)
        drawing.badge(1230, y + 42, str(ramp + 1), p.BLUE, radius=30)
    for ramp in (0, 2):
        truck_top(drawing, 1016, 134 + ramp * 112, p.SERIES[ramp + 3], turn=180, scale=0.95)
    drawing.arrow([(20, 690), (100, 690)], p.PAPER, 10, head=32)
    drawing.arrow([(1440, 690), (1560, 690)], p.PAPER, 10, head=32)
    return drawing


def yard_by_hour() -> Drawing:
    """Stacks from the air, coloured by the hour in which they leave."""
    drawing = Drawing("#b8c0bd", "#a9b3b0", seed=21)
    drawing.path("M0 800H1600M120 0V900", stroke="#828c90", stroke_width=110)
    drawing.path("M0 800H1600M120 0V900", stroke=p.PAPER, stroke_width=4, stroke_dasharray="30 26")
    hours = ("#0b4f4f", "#1d8a80", "#8cc63f", p.YELLOW, "#f08a24", "#d5452f")
    for block in range(3):
        for row in range(5):
            for column in range(7):
                x, y = 230 + block * 445 + column * 58, 70 + row * 128
                wanted = min(5, max(0, round((x / WIDTH) * 5.4 + drawing.random.gauss(0, 0.55) - 0.2)))
                height = drawing.random.randint(1, 4)
                drawing.rect(x + 3 * height, y + 3 * height, 50, 108, fill=p.INK, fill_opacity=0.2)
                drawing.rect(x, y, 50, 108, rx=3, fill=hours[wanted])
                for rib in range(1, 6):
                    drawing.line(
                        [(x + 4, y + rib * 18), (x + 46, y + rib * 18)], p.INK, 2, stroke_opacity=0.22
                    )
                drawing.text(x + 25, y + 54, str(height), 22, p.PAPER)
    for index, colour in enumerate(hours):
        drawing.rect(560 + index * 84, 846, 84, 34, fill=colour)
        drawing.text(602 + index * 84, 863, f"{14 + index}", 20, p.PAPER)
    drawing.rect(196, 30, 1340, 26, rx=8, fill=p.WARM, fill_opacity=0.9)
    drawing.rect(820, 14, 70, 680, rx=8, fill=p.WARM_BRIGHT, fill_opacity=0.55)
    truck_top(drawing, 380, 800, p.PAPER)
    truck_top(drawing, 1280, 800, p.BLUE_BRIGHT, turn=180)
    return drawing


def furnace_area() -> Drawing:
    """A furnace on the plan of its shop: six points to lock, in the order of the walk."""
    drawing = blueprint()
    pale = "#d9ecf7"
    drawing.rect(90, 80, 1420, 740, fill="none", stroke=pale, stroke_width=12)
    drawing.rect(700, 812, 200, 16, fill="#0f3550")
    drawing.path(arc(700, 812, 200, 0, -70), stroke=pale, stroke_width=4, stroke_dasharray="12 10")
    drawing.rect(560, 260, 520, 330, rx=14, fill="#f0a15a", fill_opacity=0.28, stroke=pale, stroke_width=8)
    drawing.rect(610, 310, 420, 230, rx=8, fill="#ffb964", fill_opacity=0.55)
    for x in range(660, 980, 66):
        flame = f"M{x} 500q-30 -46 0 -90q8 28 22 36q20 -26 4 -64q50 42 34 118Z"
        drawing.path(flame, fill="#ff8a3c", fill_opacity=0.9)
    drawing.rect(1200, 130, 220, 150, rx=8, fill="none", stroke=pale, stroke_width=7)
    for x in range(1220, 1410, 50):
        drawing.rect(x, 150, 38, 110, fill=pale, fill_opacity=0.35)
    drawing.path(
        "M1080 330H1140V205H1200M560 520H360V200H180M820 590V740M1080 520H1300V660",
        stroke="#8fd3ff",
        stroke_width=8,
    )
    drawing.circle(180, 200, 62, fill="none", stroke=pale, stroke_width=7)
    drawing.line([(140, 200), (220, 200)], pale, 6)
    drawing.rect(1230, 640, 160, 110, rx=12, fill="none", stroke=pale, stroke_width=7)
    drawing.line([(1250, 700), (1290, 670), (1330, 720), (1370, 680)], pale, 6)
    points = ((430, 520), (270, 200), (1140, 330), (1310, 300), (1300, 600), (820, 700))
    there = [(800, 790), (470, 700), (430, 520), (270, 200), (640, 170), (1020, 180), (1140, 330)]
    back = [(1310, 300), (1462, 440), (1300, 600), (1020, 720), (820, 700)]
    drawing.curve([*there, *back], p.YELLOW, 5, stroke_dasharray="4 16")
    for number, (x, y) in enumerate(points, start=1):
        drawing.badge(x, y, str(number), p.RED, radius=36)
    return drawing


def four_workplaces() -> Drawing:
    """Four desks, what lies between them, and where the light comes from."""
    drawing = Drawing("#efe9dc", "#e6dfcf")
    drawing.rect(130, 110, 1340, 690, fill="#fbf8f1", stroke=p.STEEL_DEEP, stroke_width=18)
    for x in (330, 770, 1170):
        drawing.rect(x, 98, 230, 26, fill=p.BLUE_SOFT, stroke=p.STEEL_DEEP, stroke_width=5)
    for x in (370, 480, 810, 920, 1210, 1320):
        drawing.polygon(
            [(x - 10, 126), (x + 40, 126), (x - 70, 330), (x - 160, 330)], fill=p.YELLOW, fill_opacity=0.20
        )
    for x in (440, 880, 1280):
        drawing.arrow([(x, 150), (x - 70, 300)], p.YELLOW_DEEP, 7, head=26)
    for x, y in ((310, 300), (310, 530), (1010, 300), (1010, 530)):
        drawing.rect(x, y, 280, 130, rx=8, fill=p.WOOD, stroke=p.WOOD_DARK, stroke_width=5)
        drawing.rect(x + 90, y + 14, 100, 14, rx=4, fill=p.INK)
        drawing.rect(x + 96, y + 44, 88, 30, rx=5, fill=p.STEEL_LIGHT)
        drawing.circle(x + 222, y + 60, 16, fill=p.TEAL_BRIGHT)
        drawing.rect(x + 106, y + 142, 70, 62, rx=22, fill=p.TEAL)
        drawing.rect(x + 96, y + 192, 90, 18, rx=9, fill=p.TEAL_DEEP)
    measure(drawing, 600, 470, 1000, 470, "2.40")
    measure(drawing, 230, 300, 230, 530, "1.80")
    measure(drawing, 310, 272, 590, 272, "1.60")
    drawing.rect(740, 640, 120, 120, rx=60, fill=p.GREEN_SOFT)
    for turn in range(0, 360, 60):
        drawing.ellipse(800, 668, 18, 34, fill=p.GREEN_BRIGHT, transform=f"rotate({turn} 800 700)")
    return drawing


def measure(drawing: Drawing, x1: float, y1: float, x2: float, y2: float, words: str) -> None:
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    drawing.arrow([middle, (x1, y1)], p.RED, 4, head=20)
    drawing.arrow([middle, (x2, y2)], p.RED, 4, head=20)
    drawing.rect(middle[0] - 56, middle[1] - 26, 112, 52, rx=8, fill="#fbf8f1")
    drawing.text(*middle, words, 30, p.RED)


def water_points() -> Drawing:
    """Cooling towers, basin, exchangers and back; where samples are taken, and the dead leg in red."""
    drawing = Drawing(p.BLUE_MIST, p.FOG)
    pipe = "M360 640H690V300H1010M1010 430H860V760H250V640M1240 300H1430V170H330V250"
    drawing.path(pipe, stroke="#2c6f9b", stroke_width=30, stroke_linejoin="round")
    drawing.path(pipe, stroke="#6db5de", stroke_width=14, stroke_linejoin="round")
    drawing.path("M690 420H560V500", stroke=p.RED, stroke_width=30, stroke_linejoin="round")
    drawing.path(
        "M690 420H560V500",
        stroke="#f19184",
        stroke_width=14,
        stroke_linejoin="round",
        stroke_dasharray="10 12",
    )
    drawing.rect(528, 496, 64, 20, rx=4, fill=p.RED)
    for x in (170, 330):
        drawing.path(
            f"M{x - 60} 600Q{x - 20} 430 {x - 52} 250H{x + 92}Q{x + 60} 430 {x + 100} 600Z",
            fill=drawing.fade("#dfe6e8", "#b5c2c6"),
            stroke=p.STEEL,
            stroke_width=5,
        )
        for lift in (0, 1, 2):
            drawing.ellipse(
                x + 20 + lift * 16,
                210 - lift * 50,
                62 + lift * 16,
                32 + lift * 6,
                fill=p.PAPER,
                fill_opacity=0.75 - lift * 0.18,
            )
    drawing.rect(90, 590, 380, 96, rx=10, fill="#6db5de", stroke="#2c6f9b", stroke_width=8)
    drawing.path(
        "M100 620q22 -16 44 0t44 0t44 0t44 0t44 0t44 0t44 0t44 0",
        stroke=p.PAPER,
        stroke_width=5,
        stroke_opacity=0.7,
    )
    for y in (300, 430):
        drawing.rect(1010, y - 60, 240, 110, rx=55, fill=p.STEEL_LIGHT, stroke=p.STEEL_DARK, stroke_width=6)
        drawing.path(f"M1040 {y - 5}l34 -30l34 60l34 -60l34 60l34 -30", stroke=p.WARM, stroke_width=7)
    drawing.path("M1250 430H1330V300", stroke="#2c6f9b", stroke_width=26, stroke_linejoin="round")
    drawing.circle(600, 640, 46, fill=p.TEAL, stroke=p.PAPER, stroke_width=6)
    drawing.polygon([(584, 616), (628, 640), (584, 664)], fill=p.PAPER)
    for number, (x, y) in enumerate(((250, 640), (690, 560), (860, 640), (1330, 370), (870, 170)), start=1):
        drawing.badge(x, y, str(number), p.TEAL, radius=32)
    drawing.badge(560, 440, "6", p.RED, radius=38)
    for x, y in ((1180, 620), (1260, 620), (1340, 620), (1420, 620)):
        drawing.path(
            f"M{x - 14} {y}v40l-24 96q-4 20 18 20h40q22 0 18 -20l-24 -96v-40Z",
            fill=p.PAPER,
            stroke=p.STEEL,
            stroke_width=5,
        )
        drawing.path(
            f"M{x - 30} {y + 92}l-8 42q-4 18 16 18h44q20 0 16 -18l-8 -42Z",
            fill=(p.BLUE_SOFT, p.TEAL_SOFT, p.GREEN_SOFT, p.RED_SOFT)[(x - 1180) // 80],
        )
    return drawing
