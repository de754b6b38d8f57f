"""Metal looked at closely: sections, fractures, welds, bores, rotors."""

from __future__ import annotations

import math

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, arc, polar, ring, smooth


def blob(drawing: Drawing, x: float, y: float, radius: float, *, rough: float, corners: int = 9) -> str:
    """A closed outline somewhere between a circle and a splinter."""
    points = [
        polar(x, y, radius * (1 + drawing.random.uniform(-rough, rough)), 360 * index / corners)
        for index in range(corners)
    ]
    return smooth(points, closed=True)


def grains(drawing: Drawing, *, colours: tuple[str, ...], count: int, size: float) -> None:
    for x, y in drawing.scattered(count, -40, -40, WIDTH + 80, HEIGHT + 80):
        outline = blob(drawing, x, y, drawing.random.uniform(0.5, 1.1) * size, rough=0.28, corners=7)
        drawing.path(outline, fill=drawing.random.choice(colours), fill_opacity=0.55)


def porosity() -> Drawing:
    """A polished section: holes under the skin of the casting, and where the core was."""
    drawing = Drawing("#c3cacd", "#aeb8bd", seed=14)
    grains(drawing, colours=("#b3bdc2", "#ccd3d6", "#bcc5c9", "#d6dbdd"), count=190, size=96)
    skin = [(x, 290 + 26 * math.sin(x / 190) + 10 * math.sin(x / 61)) for x in range(-40, 1700, 60)]
    boundary = smooth(skin)
    drawing.path(boundary + "L1660 -20L-40 -20Z", fill="#d8b06a")
    clip = drawing.clip(boundary + "L1660 -20L-40 -20Z")
    with drawing.group(clip_path=clip):
        for x, y in drawing.scattered(300, -20, -20, 1640, 350):
            drawing.path(
                blob(drawing, x, y, drawing.random.uniform(12, 26), rough=0.3, corners=6),
                fill=drawing.random.choice(("#c49a52", "#e4c485", "#b78942", "#f0d7a3")),
            )
    drawing.path(boundary, stroke="#5a4a2a", stroke_width=9)
    for x, y, radius in (
        (210, 372, 34),
        (330, 420, 20),
        (470, 360, 46),
        (640, 410, 26),
        (780, 366, 58),
        (930, 430, 24),
        (1060, 380, 40),
        (1230, 400, 54),
        (1390, 366, 28),
        (1500, 420, 36),
        (560, 480, 15),
        (1120, 470, 16),
        (860, 500, 12),
    ):
        drawing.path(blob(drawing, x, y, radius + 7, rough=0.08), fill="#e4e8ea")
        drawing.path(blob(drawing, x, y, radius, rough=0.08), fill=drawing.glow("#39444a", "#11181c"))
        drawing.ellipse(
            x - radius * 0.3, y - radius * 0.35, radius * 0.26, radius * 0.16, fill=p.PAPER, fill_opacity=0.5
        )
    drawing.arrow([(1010, 720), (820, 600), (720, 330)], p.RED, 12, head=44)
    drawing.circle(1010, 720, 20, fill=p.RED)
    drawing.rect(1210, 800, 300, 12, fill=p.INK)
    for x in (1210, 1510):
        drawing.rect(x - 4, 786, 8, 40, fill=p.INK)
    drawing.bold(1360, 764, "1 mm", 38, p.INK)
    return drawing


def casting_holes() -> Drawing:
    """Three views through the lens: a gas hole, a shrinkage hole, a nitrogen fissure."""
    drawing = Drawing("#232d33", "#161e23", seed=31)
    for index, x in enumerate((290, 800, 1310)):
        drawing.circle(x, 430, 238, fill="#0b1013")
        outline = f"M{x - 222} 430a222 222 0 1 0 444 0a222 222 0 1 0 -444 0Z"
        with drawing.group(clip_path=drawing.clip(outline)):
            drawing.rect(x - 230, 200, 460, 460, fill=("#b9c1c5", "#a9b0b3", "#c2c7c6")[index])
            for gx, gy in drawing.scattered(140, x - 230, 200, 460, 460):
                drawing.path(
                    blob(drawing, gx, gy, drawing.random.uniform(14, 34), rough=0.3, corners=6),
                    fill=drawing.random.choice(("#d4dadc", "#98a3a8", "#c6cdd0", "#8b979d")),
                    fill_opacity=0.55,
                )
            match index:
                case 0:
                    drawing.circle(x, 430, 118, fill="#edf1f2")
                    drawing.circle(x, 430, 106, fill=drawing.glow("#5d6b73", "#1b2429"))
                    drawing.ellipse(x - 36, 388, 34, 20, fill=p.PAPER, fill_opacity=0.65)
                case 1:
                    drawing.path(blob(drawing, x, 430, 126, rough=0.34, corners=17), fill="#1a1f22")
                    for _ in range(26):
                        angle, radius = drawing.random.uniform(0, 360), drawing.random.uniform(10, 92)
                        px, py = polar(x, 430, radius, angle)
                        for branch in (0, 60, 120):
                            tip = polar(px, py, 24, angle + branch)
                            drawing.line([(px, py), tip], "#8f9aa0", 7)
                case _:
                    for row, (dx, dy, turn) in enumerate(
                        ((-60, -90, 28), (40, -20, -14), (-30, 60, 34), (80, 110, 10))
                    ):
                        with drawing.moved(x + dx, 430 + dy, turn=turn, scale=1 + 0.2 * (row % 2)):
                            drawing.path("M-62 0q30 -26 62 -16t66 -4q-22 30 -60 26t-68 -6Z", fill="#181d20")
        drawing.circle(x, 430, 222, fill="none", stroke="#0b1013", stroke_width=18)
        drawing.circle(x, 430, 234, fill="none", stroke=p.STEEL_DARK, stroke_width=8)
        drawing.path(
            arc(x, 430, 206, 205, 250),
            stroke=p.PAPER,
            stroke_width=8,
            stroke_opacity=0.35,
            stroke_linecap="round",
        )
        drawing.circle(x, 760, 40, fill=(p.TEAL, p.WARM, p.VIOLET)[index])
        drawing.bold(x, 760, "ABC"[index], 40, p.PAPER)
    drawing.rect(1440, 70, 110, 60, rx=30, fill=p.STEEL_DEEP)
    drawing.bold(1495, 100, "8×", 36, p.PAPER)
    return drawing


def bucket_zones() -> Drawing:
    """The front wall of a bucket: four zones welded in turns, so that none of them gets hot."""
    drawing = Drawing("#d9cdbb", "#b9a88f", seed=2)
    drawing.polygon(
        [(150, 210), (1450, 210), (1360, 700), (240, 700)],
        fill=drawing.fade("#8a8f92", "#5f6669"),
        stroke="#3d4447",
        stroke_width=10,
    )
    drawing.polygon([(150, 210), (1450, 210), (1470, 150), (130, 150)], fill="#6f7679")
    for tooth in range(5):
        x = 300 + tooth * 236
        drawing.polygon(
            [(x - 60, 690), (x + 60, 690), (x + 40, 800), (x, 850), (x - 40, 800)],
            fill=drawing.fade("#a8b0b3", "#565e62"),
            stroke="#3d4447",
            stroke_width=7,
        )
    drawing.path("M470 230l-20 110l34 90l-26 120l20 110", stroke="#1c2224", stroke_width=9)
    drawing.path("M1120 250l26 96l-30 100l22 96l-18 110", stroke="#1c2224", stroke_width=9)
    order = (1, 3, 2, 4)
    colours = (p.RED_BRIGHT, p.WARM_BRIGHT, p.TEAL_BRIGHT, p.BLUE_BRIGHT)
    for zone in range(4):
        x = 250 + zone * 285
        drawing.rect(
            x,
            270,
            250,
            350,
            rx=18,
            fill=colours[zone],
            fill_opacity=0.30,
            stroke=colours[zone],
            stroke_width=7,
            stroke_dasharray="22 12",
        )
        for bead in range(6):
            drawing.path(
                f"M{x + 40} {330 + bead * 44}q20 -14 40 0t40 0t40 0t40 0",
                stroke="#dfe3e4",
                stroke_width=8,
                stroke_linecap="round",
                stroke_opacity=0.8,
            )
        drawing.badge(x + 125, 446, str(order[zone]), colours[zone], radius=58)
    for (start, end), lift in (((375, 945), 40), ((945, 660), 80), ((660, 1230), 120)):
        drawing.path(
            f"M{start} 240Q{(start + end) / 2} {240 - lift - 60} {end} 240",
            stroke=p.PAPER,
            stroke_width=7,
            stroke_dasharray="16 10",
        )
        drawing.polygon([(end - 14, 222), (end + 14, 222), (end, 250)], fill=p.PAPER)
    return drawing


def bore() -> Drawing:
    """Ring and casing on a granite plate, each with a contact thermometer: both must say the same."""
    drawing = Drawing("#dfe8ea", "#c8d5d8", seed=19)
    drawing.rect(0, 600, WIDTH, 300, fill="#3c4347")
    for x, y in drawing.scattered(320, 0, 604, WIDTH, 296):
        drawing.circle(
            x,
            y,
            drawing.random.uniform(1.5, 4),
            fill=drawing.random.choice(("#5d666b", "#7c868b", "#2c3235")),
        )
    drawing.shadow(420, 690, 290, 44, 0.4)
    drawing.shadow(1090, 690, 360, 50, 0.4)
    drawing.path(
        "M190 480v160q0 70 230 70t230 -70V480Z",
        fill=drawing.fade("#eef2f3", "#97a4aa", "#d3dadd", across=True),
    )
    drawing.ellipse(420, 480, 230, 72, fill="#dfe5e7")
    drawing.ellipse(420, 484, 150, 46, fill="#4f5b61")
    drawing.path("M270 484a150 46 0 0 1 300 0a150 34 0 0 0 -300 0Z", fill="#aab5ba")
    drawing.path(
        "M780 300v330q0 84 310 84t310 -84V300Z",
        fill=drawing.fade("#7fb5ae", "#2f7d78", "#5aa199", across=True),
    )
    drawing.ellipse(1090, 300, 310, 92, fill="#8fc4bd")
    drawing.ellipse(1090, 304, 190, 56, fill="#21393a")
    drawing.path("M900 304a190 56 0 0 1 380 0a190 42 0 0 0 -380 0Z", fill="#5d8d88")
    for turn in range(0, 360, 45):
        x, y = 1090 + 250 * math.cos(math.radians(turn)), 302 + 73 * math.sin(math.radians(turn))
        drawing.ellipse(x, y, 17, 8, fill="#21393a")
    for x, y, reading, px, py in ((420, 170, "20.1", 560, 560), (1100, 90, "20.1", 1240, 470)):
        drawing.path(
            f"M{x + 100} {y + 60}C{x + 260} {y + 140} {px + 120} {py - 160} {px} {py}",
            stroke=p.INK,
            stroke_width=8,
        )
        drawing.circle(px, py, 15, fill=p.WARM_BRIGHT, stroke=p.INK, stroke_width=5)
        drawing.rect(x - 110, y - 50, 230, 124, rx=20, fill=p.WARM_BRIGHT)
        drawing.rect(x - 90, y - 32, 190, 88, rx=10, fill="#dbe8d2")
        drawing.bold(x + 4, y + 12, f"{reading}°", 52, p.INK)
    return drawing


def rotor_weights() -> Drawing:
    """A fan rotor from the front: trial weight, correction weight, and the way the angle is counted."""
    drawing = Drawing("#e7edf6", "#d2ddec")
    x, y = 740, 468
    drawing.circle(x + 8, y + 12, 372, fill=p.INK, fill_opacity=0.16)
    drawing.path(ring(x, y, 370, 314), fill="#6e7f8a", fill_rule="evenodd")
    drawing.circle(x, y, 314, fill=drawing.glow("#f3f6f7", "#b9c5cb"))
    for blade in range(12):
        with drawing.moved(x, y, turn=blade * 30):
            drawing.path("M92 -10Q210 -70 318 -34L322 -8Q210 -40 98 18Z", fill="#4c6578")
    drawing.circle(x, y, 104, fill="#5c6e79")
    drawing.circle(x, y, 58, fill="#d5dde1")
    for bolt in range(8):
        bx, by = polar(x, y, 82, bolt * 45)
        drawing.circle(bx, by, 10, fill="#2f3b42")
    drawing.rect(x - 9, y - 62, 18, 30, fill="#2f3b42")
    drawing.path(arc(x, y, 420, -90, 62), stroke=p.VIOLET, stroke_width=10)
    tip = polar(x, y, 420, 66)
    drawing.polygon([polar(x, y, 446, 58), polar(x, y, 394, 58), tip], fill=p.VIOLET)
    for degrees in range(0, 360, 30):
        drawing.line([polar(x, y, 376, degrees - 90), polar(x, y, 396, degrees - 90)], p.SLATE, 5)
    drawing.text(x - 52, 48, "0°", 36, p.VIOLET)
    for degrees, colour, words in ((-30, p.RED_BRIGHT, "1"), (118, p.GREEN_BRIGHT, "2")):
        wx, wy = polar(x, y, 342, degrees)
        drawing.line([(x, y), (wx, wy)], colour, 5, stroke_dasharray="14 10")
        with drawing.moved(wx, wy, turn=degrees + 90):
            drawing.rect(-52, -30, 104, 60, rx=10, fill=colour, stroke=p.PAPER, stroke_width=6)
        drawing.bold(wx, wy, words, 40, p.PAPER)
    drawing.rect(1220, 190, 260, 190, rx=16, fill=p.PAPER)
    drawing.badge(1280, 240, "1", p.RED_BRIGHT, radius=28)
    drawing.badge(1280, 328, "2", p.GREEN_BRIGHT, radius=28)
    drawing.bold(1390, 240, "420 g", 38, p.INK)
    drawing.bold(1390, 328, "685 g", 38, p.INK)
    return drawing


def printed_cover() -> Drawing:
    """A gearbox cover printed in parts and glued: the joints still show before the varnish."""
    drawing = Drawing("#ead8bf", "#d6bd98", seed=10)
    drawing.rect(0, 660, WIDTH, 240, fill="#a9835a")
    for y in (720, 790, 860):
        drawing.line([(0, y), (WIDTH, y)], "#8f6c46", 4)
    drawing.shadow(800, 730, 560, 50, 0.3)
    drawing.path(
        "M290 700V520Q290 190 800 190T1310 520V700Z",
        fill=drawing.fade("#f7f3ea", "#cfc5b2", across=True),
        stroke="#a99c85",
        stroke_width=6,
    )
    drawing.rect(230, 690, 1140, 54, rx=8, fill=drawing.fade("#efe8da", "#b9ad97"))
    for x in (280, 470, 1130, 1320):
        drawing.ellipse(x, 704, 24, 9, fill="#6f6553")
    for level in range(12):
        y = 240 + level * 38
        half = 500 * math.sqrt(max(0.05, 1 - ((690 - y) / 520) ** 2))
        drawing.line([(800 - half, y), (800 + half, y)], "#d8cdb9", 3)
    drawing.circle(620, 520, 118, fill="#d5c9b3", stroke="#a99c85", stroke_width=8)
    drawing.circle(620, 520, 74, fill="#7e7361")
    drawing.circle(1010, 540, 88, fill="#d5c9b3", stroke="#a99c85", stroke_width=8)
    drawing.circle(1010, 540, 52, fill="#7e7361")
    for joint in ("M800 190V690", "M420 300L560 690", "M1190 300L1080 690", "M330 430H1270"):
        drawing.path(joint, stroke="#8c4f1f", stroke_width=7, stroke_dasharray="40 6")
    with drawing.moved(1400, 560, turn=18):
        drawing.rect(-24, -200, 48, 190, rx=14, fill=p.WARM)
        drawing.rect(-34, -20, 68, 44, fill=p.STEEL_LIGHT)
        drawing.path("M-40 24h80l-10 90q-30 20 -60 0Z", fill="#8c5a2b")
    return drawing
