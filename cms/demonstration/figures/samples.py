"""Specimens on a table or in the hand: a cable, broken glass, a kettle, a core."""

from __future__ import annotations

import math

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import WIDTH, Drawing, polar


def solar_cable() -> Drawing:
    """A cable chewed by teeth beside the frame of a panel, with a coin for the size."""
    drawing = Drawing("#e4cda2", "#cfae76", seed=17)
    for x, y in drawing.scattered(300, 0, 420, WIDTH, 480):
        drawing.ellipse(
            x,
            y,
            drawing.random.uniform(4, 16),
            drawing.random.uniform(3, 8),
            fill=drawing.random.choice(("#b9945c", "#e6d3ae", "#a37f49")),
            fill_opacity=0.7,
        )
    drawing.polygon([(0, 0), (1600, 0), (1600, 300), (0, 420)], fill="#10294a")
    for column in range(9):
        for row in range(2):
            x = column * 186
            drawing.polygon(
                [
                    (x, row * 190 - 20),
                    (x + 172, row * 190 - 30),
                    (x + 172, row * 176 + 138),
                    (x, row * 184 + 158),
                ],
                fill=drawing.fade("#1f4f99", "#143464"),
            )
            for step in (43, 86, 129):
                drawing.line([(x + step, row * 190 - 20), (x + step, row * 180 + 148)], "#5f8fce", 2)
    drawing.polygon([(0, 400), (1600, 282), (1600, 352), (0, 474)], fill=drawing.fade("#f3f6f7", "#a3b0b6"))
    for colour, width in (("#14181a", 54), ("#2c3437", 20)):
        drawing.path(
            "M-20 600C260 520 420 690 640 640", stroke=colour, stroke_width=width, stroke_linecap="round"
        )
        drawing.path(
            "M930 610C1120 560 1300 700 1640 600", stroke=colour, stroke_width=width, stroke_linecap="round"
        )
    drawing.path("M620 646C720 620 820 640 950 606", stroke="#c9752e", stroke_width=30)
    for shift in (-10, 0, 10):
        drawing.path(
            f"M620 {646 + shift}C720 {620 + shift} 820 {640 + shift} 950 {606 + shift}",
            stroke="#f0b072",
            stroke_width=4,
        )
    for x, y in ((630, 612), (664, 650), (626, 672), (936, 584), (916, 622), (946, 634)):
        drawing.polygon(
            [polar(x, y, 24 * (0.6 + 0.4 * (turn % 120 == 0)), turn) for turn in range(0, 360, 60)],
            fill="#d6b47c",
        )
    for x, y in drawing.scattered(26, 640, 690, 300, 90):
        drawing.rect(x, y, 14, 8, rx=3, fill="#14181a", transform=f"rotate({x % 90} {x} {y})")
    drawing.shadow(1166, 796, 84, 20, 0.3)
    drawing.circle(1160, 740, 82, fill=drawing.fade("#f3d98b", "#b98f2e"), stroke="#8f6c1c", stroke_width=6)
    drawing.circle(1160, 740, 66, fill="none", stroke="#8f6c1c", stroke_width=3)
    drawing.bold(1160, 740, "1", 74, "#8f6c1c")
    return drawing


def uv_sorting() -> Drawing:
    """Hands sort broken glass under an ultraviolet lamp: what should not be there shines."""
    drawing = Drawing("#1b1440", "#0e0a26", seed=23)
    drawing.polygon(
        [(560, 170), (1040, 170), (1500, 900), (100, 900)],
        fill=drawing.fade("#7a5cff", "#2b1f6b"),
        fill_opacity=0.55,
    )
    drawing.rect(480, 70, 640, 100, rx=20, fill="#3a3f55")
    drawing.rect(520, 140, 560, 30, rx=15, fill="#d6c8ff")
    for x in (560, 1040):
        drawing.line([(x, 0), (x, 70)], "#3a3f55", 16)
    drawing.ellipse(800, 660, 640, 190, fill="#2a2459")
    drawing.ellipse(800, 650, 620, 176, fill="#352d70")
    tints = ("#3f7f6a", "#8a6a35", "#7e9bb5", "#4c6f9a")
    for px, py in drawing.scattered(120, 340, 540, 920, 230):
        if ((px - 800) / 560) ** 2 + ((py - 650) / 150) ** 2 > 1:
            continue
        size, strange = drawing.random.uniform(18, 46), drawing.random.random() < 0.14
        shard = [polar(px, py, size * drawing.random.uniform(0.5, 1), turn) for turn in range(0, 360, 72)]
        if strange:
            drawing.circle(
                px,
                py,
                size * 1.8,
                fill=drawing.glow("#6dffcf", "#6dffcf", inner_opacity=0.55, outer_opacity=0),
            )
        drawing.polygon(
            shard,
            fill="#8affd9" if strange else drawing.random.choice(tints),
            fill_opacity=0.95 if strange else 0.65,
            stroke=p.PAPER,
            stroke_width=2,
            stroke_opacity=0.4,
        )
    for x, flip in ((330, 1), (1270, -1)):
        with drawing.moved(x, 800), drawing.group(transform=f"scale({flip} 1)"):
            drawing.path(
                "M-200 140L-60 0Q0 -60 80 -70L190 -96q30 0 26 26t-40 26l-70 20l110 -14"
                "q30 4 24 30t-40 22l-90 16l80 2q22 8 14 30t-36 16l-110 -4Q60 90 -20 160Z",
                fill="#8f86d8",
            )
            drawing.path("M-240 160L-80 10L0 90L-110 200Z", fill="#5148a0")
    drawing.rect(1190, 470, 210, 120, rx=14, fill="#4b4488")
    drawing.rect(200, 470, 210, 120, rx=14, fill="#4b4488")
    drawing.polygon([(250, 470), (290, 410), (330, 470)], fill="#8affd9")
    drawing.polygon([(300, 470), (330, 430), (360, 470)], fill="#8affd9")
    drawing.polygon([(1240, 470), (1280, 420), (1320, 470)], fill="#3f7f6a")
    drawing.polygon([(1290, 470), (1330, 430), (1360, 470)], fill="#8a6a35")
    return drawing


def kettle() -> Drawing:
    """A kettle's element inside a crust of limescale, with a steel rule beside it."""
    drawing = Drawing("#e3edf0", "#cddce1", seed=27)
    drawing.rect(0, 660, WIDTH, 240, fill="#b98a56")
    for y in (710, 770, 840):
        drawing.line([(0, y), (WIDTH, y)], "#a27643", 4)
    drawing.shadow(760, 720, 560, 40, 0.3)
    drawing.rect(250, 300, 96, 300, rx=20, fill=drawing.fade("#eef2f3", "#7d8a90", across=True))
    for y in (360, 540):
        drawing.rect(150, y - 20, 110, 40, rx=8, fill=p.STEEL_DARK)
    outline = "M340 390H1040Q1180 390 1180 470T1040 560H340"
    drawing.path(outline, stroke="#cfc6b3", stroke_width=150, stroke_linecap="round")
    drawing.path(outline, stroke="#f3efe5", stroke_width=120, stroke_linecap="round")
    for px, py in drawing.scattered(520, 330, 310, 930, 330):
        near = min(abs(py - 390), abs(py - 560)) if px < 1080 else abs(math.hypot(px - 1050, py - 475) - 110)
        if near < 76:
            size = drawing.random.uniform(8, 30)
            drawing.path(
                f"M{px:.0f} {py:.0f}l{size:.0f} {size * 0.3:.0f}l{-size * 0.6:.0f} {size * 0.6:.0f}Z",
                fill=drawing.random.choice(("#ffffff", "#e2dac9", "#d5cbb6", "#faf6ee")),
            )
    drawing.path("M700 560q20 40 60 30", stroke="#b87d3a", stroke_width=26, stroke_linecap="round")
    drawing.rect(
        330, 730, 1080, 92, rx=6, fill=drawing.fade("#eef2f3", "#aab5ba"), stroke=p.STEEL_DARK, stroke_width=4
    )
    for tick in range(107):
        x = 344 + tick * 10
        drawing.line(
            [(x, 732), (x, 732 + (46 if tick % 10 == 0 else 32 if tick % 5 == 0 else 20))], p.STEEL_DEEP, 2
        )
        if tick % 10 == 0:
            drawing.text(x + (12 if tick == 0 else 0), 798, str(tick // 10), 24, p.STEEL_DEEP)
    return drawing


def fitted_core() -> Drawing:
    """A sand core with seven curved passages, fresh from the printer, in gloved hands."""
    drawing = Drawing("#dfe9e4", "#c4d6cd", seed=29)
    drawing.shadow(800, 800, 420, 36, 0.2)
    x, y = 800, 440
    drawing.circle(x, y, 300, fill=drawing.glow("#f0dcae", "#c79a55"))
    for vane in range(7):
        with drawing.moved(x, y, turn=vane * 360 / 7):
            drawing.path("M70 -20Q180 -110 292 -66L298 -4Q190 -40 84 44Z", fill="#7d5a28")
            drawing.path("M78 -14Q184 -96 290 -56L292 -40Q186 -76 80 4Z", fill="#a47a3c")
    drawing.circle(x, y, 92, fill="#d9b36d", stroke="#a47a3c", stroke_width=8)
    drawing.circle(x, y, 44, fill="#6b4c20")
    for px, py in drawing.scattered(900, x - 300, y - 300, 600, 600):
        if math.hypot(px - x, py - y) < 296:
            drawing.circle(px, py, 2.2, fill=drawing.random.choice(("#fff2d0", "#8f6a33", "#e7c98d")))
    for ring_radius in (150, 220, 276):
        drawing.circle(x, y, ring_radius, fill="none", stroke="#b88b48", stroke_width=2, stroke_opacity=0.5)
    for flip, gx in ((1, 400), (-1, 1200)):
        with drawing.moved(gx, 560), drawing.group(transform=f"scale({flip} 1)"):
            drawing.path(
                "M-420 360L-150 120Q-60 20 0 -60Q30 -110 70 -96T84 -20L60 60L150 10q34 -12 46 14t-16 48"
                "l-70 50l80 -14q30 2 28 32t-36 34l-84 16l50 10q20 16 2 38t-44 12l-70 -14Q40 250 -60 300L-260 480Z",
                fill=p.BLUE_BRIGHT,
                stroke=p.BLUE_DEEP,
                stroke_width=5,
            )
            drawing.path("M-460 340L-200 120L-60 300L-280 500Z", fill=p.BLUE)
    return drawing
