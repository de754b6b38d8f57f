"""Tags, locks, boxes, buckets: small things that carry a practice."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.boards import words
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, polar


def tag(drawing: Drawing, x: float, y: float, *, colour: str, turn: float = 0, scale: float = 1) -> None:
    """A tag hanging by its string from the point at x and y."""
    with drawing.moved(x, y, turn=turn, scale=scale):
        drawing.path("M0 0Q-30 40 0 84", stroke=p.STEEL_DEEP, stroke_width=6)
        drawing.path(
            "M-60 70L0 40L60 70V330q0 16 -16 16H-44q-16 0 -16 -16Z",
            fill=p.INK,
            fill_opacity=0.18,
            transform="translate(10 12)",
        )
        drawing.path("M-100 100L-40 50H40L100 100V360q0 20 -20 20H-80q-20 0 -20 -20Z", fill=colour)
        drawing.circle(0, 88, 20, fill=p.PAPER, stroke=p.WARM_DEEP, stroke_width=7)


def leak_tag(*, number: str, ground: tuple[str, str]) -> Drawing:
    """A numbered yellow tag on the coupling of a hose that hisses."""
    drawing = Drawing(*ground, seed=int(number))
    for x in range(0, WIDTH, 200):
        drawing.line([(x, 0), (x, HEIGHT)], p.PAPER, 3, stroke_opacity=0.22)
    drawing.path("M-40 300C200 260 300 340 520 330", stroke="#1d2a30", stroke_width=110)
    drawing.path("M-40 280C200 240 300 320 520 310", stroke="#3c4c54", stroke_width=24)
    drawing.path("M1080 330C1300 330 1380 210 1660 240", stroke="#1d4f86", stroke_width=110)
    drawing.path("M1080 310C1300 310 1380 190 1660 220", stroke="#4f86d6", stroke_width=24)
    drawing.rect(480, 250, 160, 160, rx=16, fill=drawing.fade("#e8cf86", "#a97f1c"))
    drawing.polygon(
        [(640, 232), (790, 232), (820, 262), (820, 398), (790, 428), (640, 428)],
        fill=drawing.fade("#f6e3a8", "#b98f2e"),
    )
    for x in (664, 704, 744):
        drawing.line([(x, 244), (x, 416)], "#8f6c1c", 7)
    drawing.rect(820, 270, 280, 120, rx=14, fill=drawing.fade("#eef2f3", "#7d8a90"))
    for x in (880, 1040):
        drawing.rect(x, 250, 36, 160, rx=8, fill=p.STEEL_DARK)
    for turn, length in ((-70, 150), (-88, 190), (-106, 160), (-124, 120), (-54, 120)):
        for step in range(3):
            start, end = (
                polar(830, 240, 24 + step * length / 3, turn),
                polar(830, 240, (step + 0.66) * length / 3 + 24, turn),
            )
            drawing.line([start, end], p.PAPER, 9 - step * 2, stroke_opacity=0.85)
    tag(drawing, 730, 410, colour=p.YELLOW, turn=-4, scale=1.25)
    with drawing.moved(730, 410, turn=-4, scale=1.25):
        drawing.bold(0, 186, number, 84, p.INK)
        words(drawing, -66, 252, 132, p.YELLOW_DEEP, height=12)
        words(drawing, -66, 284, 96, p.YELLOW_DEEP, height=12)
        words(drawing, -66, 316, 120, p.YELLOW_DEEP, height=12)
    return drawing


def nipple(drawing: Drawing, x: float, y: float, *, cap: str | None = None, scale: float = 1) -> None:
    with drawing.moved(x, y, scale=scale):
        drawing.rect(-44, -20, 88, 60, rx=6, fill=drawing.fade("#e8cf86", "#a97f1c"))
        drawing.rect(-28, -56, 56, 40, fill="#c39b3a")
        drawing.circle(0, -70, 34, fill=drawing.glow("#f6e3a8", "#b98f2e"))
        drawing.circle(0, -86, 9, fill="#5a4410")
        if cap:
            drawing.path("M-56 -10V-78a56 56 0 0 1 112 0V-10Z", fill=cap)
            drawing.path(
                "M-34 -88a36 36 0 0 1 34 -30",
                stroke=p.PAPER,
                stroke_width=9,
                stroke_opacity=0.5,
                stroke_linecap="round",
            )
            drawing.line([(50, -100), (110, -130), (150, -96)], cap, 9)


def lube_tag() -> Drawing:
    """The tag at the nipple: colour of the thickener, strokes, days between."""
    drawing = Drawing("#d9e5e1", "#bfd1cb")
    drawing.rect(0, 640, WIDTH, 260, fill=drawing.fade("#4f7d76", "#2a524d"))
    drawing.path(
        "M120 660V560Q120 470 220 470H660Q760 470 760 560V660Z", fill=drawing.fade("#5fa29a", "#2f736c")
    )
    drawing.rect(70, 640, 740, 40, rx=8, fill="#244a46")
    nipple(drawing, 440, 450, scale=1.3)
    with drawing.moved(230, 260, turn=18):
        drawing.rect(-180, -20, 260, 70, rx=12, fill=p.RED_BRIGHT)
        drawing.line([(80, 16), (200, 30)], p.STEEL_DEEP, 16)
        drawing.line([(-120, -20), (-60, -110)], p.STEEL_DARK, 20)
    drawing.path("M500 400Q700 300 860 330", stroke=p.STEEL_DEEP, stroke_width=5)
    with drawing.moved(1140, 450, turn=3):
        drawing.rect(-290, -270, 600, 560, rx=30, fill=p.INK, fill_opacity=0.18)
        drawing.rect(-300, -284, 600, 560, rx=30, fill=p.PAPER)
        drawing.rect(-300, -284, 600, 150, rx=30, fill=p.BLUE)
        drawing.rect(-300, -180, 600, 46, fill=p.BLUE)
        drawing.circle(-240, -210, 28, fill=p.PAPER)
        words(drawing, -170, -234, 330, p.BLUE_SOFT, height=20)
        words(drawing, -170, -196, 210, p.BLUE_SOFT, height=16)
        for stroke in range(4):
            drawing.line([(-230 + stroke * 48, -84), (-230 + stroke * 48, 16)], p.WARM, 16)
        drawing.line([(-254, 6), (-64, -74)], p.WARM, 16)
        drawing.bold(130, -34, "5 ×", 96, p.WARM_DEEP)
        drawing.line([(-260, 60), (260, 60)], p.LINE, 5)
        drawing.rect(-250, 96, 130, 130, rx=14, fill="none", stroke=p.TEAL, stroke_width=10)
        drawing.line([(-250, 138), (-120, 138)], p.TEAL, 10)
        for x in (-214, -156):
            drawing.line([(x, 80), (x, 112)], p.TEAL, 12)
        drawing.bold(100, 164, "14 d", 96, p.TEAL)
    return drawing


def colour_caps() -> Drawing:
    """Caps on the nipples and labels on the bearings: the same colour means the same grease."""
    drawing = Drawing("#f3eadb", "#e3d3b7")
    drawing.rect(0, 560, WIDTH, 340, fill=drawing.fade("#7b8a92", "#4d5b63"))
    for index, colour in enumerate((p.RED_BRIGHT, p.BLUE_BRIGHT, p.GREEN_BRIGHT, p.YELLOW)):
        x = 230 + index * 380
        drawing.path(
            f"M{x - 140} 720V560Q{x - 140} 430 {x} 430T{x + 140} 560V720Z",
            fill=drawing.fade("#93a2aa", "#5c6a72"),
        )
        drawing.rect(x - 170, 706, 340, 44, rx=8, fill=p.STEEL_DEEP)
        drawing.circle(x, 590, 74, fill=p.STEEL_DEEP)
        drawing.circle(x, 590, 46, fill=p.STEEL_LIGHT)
        nipple(drawing, x, 400, cap=colour, scale=1.1)
        drawing.rect(x - 96, 780, 192, 84, rx=12, fill=p.PAPER)
        drawing.rect(x - 96, 780, 60, 84, rx=12, fill=colour)
        words(drawing, x - 20, 804, 92, p.STEEL, height=12)
        words(drawing, x - 20, 830, 62, p.STEEL_LIGHT, height=12)
        with drawing.moved(x, 150):
            drawing.rect(-34, -90, 68, 150, rx=14, fill=colour)
            drawing.polygon([(-34, 60), (34, 60), (14, 96), (-14, 96)], fill=p.STEEL_DARK)
            drawing.rect(-24, -60, 48, 60, rx=6, fill=p.PAPER, fill_opacity=0.85)
    return drawing


def printer() -> Drawing:
    """A printer with a yellow sticker and four figures: the name everybody understands."""
    drawing = Drawing("#e9e6f5", "#d8d3ee")
    drawing.rect(0, 690, WIDTH, 210, fill="#c7ad86")
    drawing.shadow(800, 742, 580, 34, 0.25)
    drawing.polygon([(560, 90), (1040, 90), (1080, 330), (520, 330)], fill=p.PAPER)
    for row in range(5):
        words(drawing, 610, 130 + row * 34, (300, 360, 260, 340, 200)[row], p.STEEL_LIGHT, height=10)
    drawing.rect(260, 300, 1080, 430, rx=40, fill=drawing.fade("#f6f7f8", "#c3ccd1"))
    drawing.rect(260, 300, 1080, 70, rx=34, fill="#dfe5e8")
    drawing.rect(420, 318, 760, 22, rx=11, fill=p.STEEL_DEEP)
    drawing.rect(340, 590, 640, 110, rx=14, fill="#aab5ba")
    drawing.rect(400, 606, 520, 22, rx=10, fill=p.STEEL_DEEP)
    drawing.polygon([(430, 620), (890, 620), (930, 760), (390, 760)], fill=p.PAPER)
    for row in range(3):
        words(drawing, 450, 660 + row * 30, (380, 300, 340)[row], p.STEEL_LIGHT, height=10)
    drawing.rect(1040, 410, 240, 140, rx=16, fill=p.STEEL_DEEP)
    drawing.rect(1060, 428, 200, 70, rx=8, fill="#bfe3d8")
    for index in range(3):
        drawing.circle(1092 + index * 68, 524, 14, fill=(p.GREEN_BRIGHT, p.YELLOW, p.STEEL)[index])
    with drawing.moved(640, 470, turn=-3):
        drawing.rect(-226, -74, 460, 160, rx=12, fill=p.INK, fill_opacity=0.16)
        drawing.rect(-232, -84, 460, 160, rx=12, fill=p.YELLOW)
        drawing.bold(0, -2, "4 1 7 3", 104, p.INK)
    return drawing


def fault_kits() -> Drawing:
    """A shelf of sealed boxes: one fault, one box, one coloured number."""
    drawing = Drawing("#dfe7e2", "#c9d5cd", seed=13)
    for x in (70, 1500):
        drawing.rect(x, 30, 40, 850, fill=p.BLUE)
        for y in range(60, 870, 46):
            drawing.circle(x + 20, y, 6, fill=p.BLUE_DEEP)
    number = 0
    for shelf in range(3):
        y = 280 + shelf * 280
        drawing.rect(70, y, 1470, 34, rx=4, fill=p.WARM_BRIGHT)
        drawing.rect(70, y + 24, 1470, 10, fill=p.WARM)
        left = 136.0
        for width in (
            (230, 180, 250, 210, 190, 200),
            (190, 260, 200, 220, 190, 200),
            (250, 190, 220, 180, 240, 190),
        )[shelf]:
            number += 1
            if (shelf, number) == (1, 9):
                left += width + 18
                continue
            height = 150 + 40 * drawing.random.random()
            colour = p.SERIES[(number * 5) % 6]
            top = y - height
            drawing.rect(left, top, width, height, rx=8, fill=drawing.fade("#d9b98b", "#b98a56"))
            drawing.rect(left, top, width, 30, rx=8, fill="#a5784a")
            drawing.rect(left + width / 2 - 16, top, 32, height, fill="#e8d3b0", fill_opacity=0.7)
            drawing.circle(left + width / 2, top + 32, 16, fill=p.RED)
            drawing.circle(
                left + width / 2, top + height * 0.62, 44, fill=colour, stroke=p.PAPER, stroke_width=6
            )
            drawing.bold(left + width / 2, top + height * 0.62, str(number), 42, p.PAPER)
            left += width + 18
    return drawing


def padlock(drawing: Drawing, x: float, y: float, colour: str, *, scale: float = 1, number: str = "") -> None:
    """A lock whose shackle hangs from the point at x and y."""
    with drawing.moved(x, y, scale=scale):
        drawing.path("M-24 56V24a24 24 0 0 1 48 0V56", stroke=p.STEEL_LIGHT, stroke_width=11)
        drawing.path("M-30 56V24a30 30 0 0 1 60 0V56", stroke=p.STEEL_DARK, stroke_width=2)
        drawing.rect(-44, 50, 88, 82, rx=12, fill=colour)
        drawing.rect(-44, 50, 88, 20, rx=10, fill=p.PAPER, fill_opacity=0.25)
        if number:
            drawing.bold(0, 98, number, 38, p.PAPER)
        else:
            drawing.circle(0, 88, 9, fill=p.INK)
            drawing.rect(-4, 88, 8, 22, fill=p.INK)


LOCKS = (p.BLUE, p.YELLOW_DEEP, p.GREEN, p.VIOLET, p.WARM_BRIGHT, p.TEAL)


def lock_box() -> Drawing:
    """A red box: the keys are inside, six people's padlocks keep it shut, the plan is behind the window."""
    drawing = Drawing("#e9edf0", "#d3dbe0")
    drawing.rect(0, 720, WIDTH, 180, fill="#9aa5a9")
    drawing.shadow(800, 752, 600, 34, 0.28)
    drawing.rect(240, 130, 1120, 600, rx=24, fill=drawing.fade("#c9392c", "#8f1d14"))
    drawing.rect(240, 130, 1120, 90, rx=24, fill="#d94c3d")
    drawing.rect(660, 84, 280, 60, rx=26, fill="none", stroke=p.STEEL_DEEP, stroke_width=22)
    drawing.rect(300, 250, 520, 420, rx=14, fill="#5e120b")
    drawing.rect(320, 270, 480, 380, rx=8, fill="#fbfaf5")
    drawing.rect(350, 296, 260, 26, rx=6, fill=p.RED)
    for row in range(6):
        y = 350 + row * 48
        drawing.badge(372, y + 4, str(row + 1), p.TEAL, radius=15)
        words(drawing, 408, y - 4, (260, 300, 220, 280, 250, 190)[row], p.STEEL, height=12)
        drawing.line([(736, y + 2), (746, y + 12), (766, y - 10)], p.GREEN, 6)
    drawing.polygon([(320, 270), (470, 270), (380, 650), (320, 650)], fill=p.PAPER, fill_opacity=0.3)
    drawing.rect(880, 300, 420, 60, rx=12, fill=drawing.fade("#eef2f3", "#7d8a90"))
    for index in range(6):
        x = 925 + index * 66
        drawing.circle(x, 338, 15, fill="#5e120b")
        padlock(drawing, x, 330 + (index % 2) * 96, LOCKS[index], scale=0.9)
        if index % 2:
            drawing.line([(x, 340), (x, 430)], p.STEEL_LIGHT, 7)
    drawing.bold(1090, 626, "R-204", 76, "#ffe3df")
    return drawing


def lockout_board() -> Drawing:
    """Two switches, a valve, sockets to prove that all is dead, and hooks for eight locks."""
    drawing = Drawing("#e6e9ea", "#cfd6d8")
    drawing.rect(112, 72, 1400, 780, rx=18, fill=p.INK, fill_opacity=0.15)
    drawing.rect(100, 56, 1400, 780, rx=18, fill=p.YELLOW)
    drawing.rect(126, 82, 1348, 728, rx=10, fill="#fdfcf6")
    for name, x in (("Q1", 290), ("Q2", 570)):
        drawing.rect(x - 100, 130, 200, 250, rx=14, fill=p.STEEL_LIGHT, stroke=p.STEEL_DARK, stroke_width=6)
        drawing.circle(x, 270, 72, fill=p.YELLOW)
        drawing.rect(
            x - 22, 196, 44, 150, rx=14, fill=p.RED, transform=f"rotate({0 if name == 'Q1' else 90} {x} 270)"
        )
        drawing.bold(x, 160, name, 44, p.INK)
        padlock(drawing, x, 352, LOCKS[0 if name == "Q1" else 4], scale=0.6)
    drawing.line([(720, 300), (1020, 300)], "#3d6f86", 34)
    drawing.line([(720, 300), (1020, 300)], "#8cc8e0", 14)
    drawing.polygon(
        [(800, 250), (940, 350), (940, 250), (800, 350)], fill=p.BLUE, stroke=p.PAPER, stroke_width=6
    )
    drawing.line([(870, 300), (870, 206)], p.BLUE, 14)
    drawing.rect(790, 186, 160, 28, rx=14, fill=p.BLUE)
    drawing.bold(1010, 190, "V1", 44, p.INK)
    for index in range(3):
        x = 1130 + index * 120
        drawing.circle(x, 240, 46, fill=p.INK)
        drawing.circle(x, 240, 24, fill=(p.WARM_DEEP, "#1d1d1d", p.STEEL)[index])
        drawing.circle(x, 240, 9, fill=p.PAPER)
        drawing.text(x, 322, ("L1", "L2", "L3")[index], 34, p.SLATE)
    drawing.line([(170, 470), (1430, 470)], p.LINE, 6)
    for index in range(8):
        x = 220 + index * 165
        drawing.circle(x, 546, 16, fill=p.STEEL_DARK)
        drawing.path(f"M{x} 552v26q0 22 22 22", stroke=p.STEEL_DARK, stroke_width=9)
        drawing.rect(x - 62, 716, 124, 54, rx=10, fill=p.FOG)
        drawing.text(x, 744, str(index + 1), 34, p.SLATE)
        if index in {0, 1, 3, 4, 6}:
            padlock(drawing, x, 548, LOCKS[index % 6], number="")
        else:
            drawing.path(
                f"M{x - 40} 690v-60h80v60Z", stroke=p.STEEL_LIGHT, stroke_width=4, stroke_dasharray="9 7"
            )
    return drawing


def hatch_board() -> Drawing:
    """The hatch of a tank and the board beside it: who is inside, the last reading, who watches."""
    drawing = Drawing("#8fa7b3", "#6d8794")
    for x in range(0, WIDTH, 266):
        drawing.line([(x, 0), (x, HEIGHT)], "#5c7682", 6)
        for y in range(40, HEIGHT, 80):
            drawing.circle(x, y, 8, fill="#587280")
    drawing.rect(0, 760, WIDTH, 140, fill="#4d5f69")
    drawing.ellipse(430, 430, 300, 330, fill="#4a616c")
    drawing.ellipse(430, 430, 262, 292, fill=drawing.glow("#0c1418", "#1d2b32"))
    for turn in range(0, 360, 24):
        bolt_x, bolt_y = polar(0, 0, 1, turn)
        drawing.circle(430 + 282 * bolt_x, 430 + 312 * bolt_y, 14, fill=p.STEEL_LIGHT)
    for x in (350, 500):
        drawing.line([(x, 120), (x, 760)], p.WARM_BRIGHT, 16)
    for y in range(200, 740, 76):
        drawing.line([(350, y), (500, y)], p.WARM_BRIGHT, 12)
    drawing.path("M150 820C200 640 260 560 330 540", stroke=p.YELLOW, stroke_width=52)
    for index in range(5):
        drawing.path(f"M{152 + index * 34} {800 - index * 62}l52 26", stroke=p.YELLOW_DEEP, stroke_width=6)
    drawing.rect(832, 92, 660, 650, rx=18, fill=p.INK, fill_opacity=0.2)
    drawing.rect(820, 76, 660, 650, rx=18, fill=p.PAPER)
    drawing.rect(820, 76, 660, 90, rx=18, fill=p.RED)
    drawing.polygon([(870, 148), (900, 94), (930, 148)], fill=p.YELLOW)
    drawing.line([(900, 112), (900, 130)], p.INK, 6)
    words(drawing, 960, 110, 360, "#f6cfc9", height=22)
    for index in range(5):
        x = 890 + index * 128
        drawing.circle(x, 236, 12, fill=p.STEEL_DARK)
        if index < 3:
            drawing.line([(x, 236), (x, 270)], p.STEEL_DARK, 6)
            drawing.circle(x, 314, 48, fill=(p.TEAL, p.BLUE, p.VIOLET)[index])
            drawing.bold(x, 314, ("12", "7", "31")[index], 40, p.PAPER)
        else:
            drawing.circle(x, 314, 46, fill="none", stroke=p.LINE, stroke_width=5, stroke_dasharray="12 9")
    drawing.line([(850, 400), (1450, 400)], p.LINE, 5)
    for row, (value, share, colour) in enumerate(
        (("20.8 %", 0.92, p.GREEN_BRIGHT), ("0 %", 0.06, p.GREEN_BRIGHT), ("4 ppm", 0.2, p.YELLOW))
    ):
        y = 440 + row * 66
        drawing.bold(950, y + 16, value, 40, p.INK)
        drawing.rect(1080, y, 370, 34, rx=17, fill=p.FOG)
        drawing.rect(1080, y, 370 * share, 34, rx=17, fill=colour)
    drawing.line([(850, 630), (1450, 630)], p.LINE, 5)
    drawing.circle(900, 680, 30, fill=p.WARM_SOFT)
    drawing.circle(900, 671, 11, fill=p.WARM)
    drawing.path("M878 702a22 18 0 0 1 44 0Z", fill=p.WARM)
    drawing.path(
        "M960 690q30 -40 50 -10t40 0t50 -14t46 14t60 -6",
        stroke=p.BLUE,
        stroke_width=8,
        stroke_linecap="round",
    )
    return drawing


def buckets() -> Drawing:
    """Two buckets of sludge: one has made pea-sized flocs and clear water, the other is soup."""
    drawing = Drawing("#e3ebe2", "#cddacb", seed=15)
    drawing.rect(0, 680, WIDTH, 220, fill="#a8a293")
    for x, clear in ((430, True), (1170, False)):
        drawing.shadow(x, 800, 300, 36, 0.28)
        body = f"M{x - 290} 220H{x + 290}L{x + 220} 800H{x - 220}Z"
        drawing.path(body, fill="#f4f6f5")
        with drawing.group(clip_path=drawing.clip(body)):
            if clear:
                drawing.rect(x - 300, 290, 600, 520, fill=drawing.fade("#bfe3ee", "#8fc4d4"))
                for fx, fy in drawing.scattered(170, x - 270, 540, 540, 260):
                    size = drawing.random.uniform(16, 34)
                    drawing.circle(
                        fx, fy, size, fill=drawing.random.choice(("#7a5f3c", "#8d7049", "#664d2f", "#9c7f56"))
                    )
                    drawing.circle(
                        fx - size * 0.3, fy - size * 0.3, size * 0.3, fill=p.PAPER, fill_opacity=0.25
                    )
                for fx, fy in drawing.scattered(14, x - 250, 360, 500, 180):
                    drawing.circle(fx, fy, 11, fill="#8d7049")
            else:
                drawing.rect(x - 300, 290, 600, 520, fill=drawing.fade("#9a9a90", "#6f6e64"))
                for fx, fy in drawing.scattered(420, x - 290, 300, 580, 500):
                    drawing.ellipse(
                        fx,
                        fy,
                        drawing.random.uniform(6, 40),
                        5,
                        fill=drawing.random.choice(("#8a897f", "#aaa99f", "#7c7b71")),
                        fill_opacity=0.5,
                    )
            drawing.path(
                f"M{x - 290} 292q36 -14 72 0t72 0t72 0t72 0t72 0t72 0t72 0t72 0",
                stroke=p.PAPER,
                stroke_width=7,
                stroke_opacity=0.7,
            )
            drawing.polygon(
                [(x - 270, 230), (x - 190, 230), (x - 170, 800), (x - 214, 800)],
                fill=p.PAPER,
                fill_opacity=0.25,
            )
        drawing.path(body, stroke=p.STEEL_DARK, stroke_width=8)
        drawing.rect(x - 310, 200, 620, 36, rx=16, fill=p.TEAL if clear else p.STEEL_DARK)
        drawing.path(f"M{x - 300} 220Q{x} -60 {x + 300} 220", stroke=p.STEEL_DARK, stroke_width=9)
        drawing.circle(x + 300, 130, 56, fill=p.GREEN if clear else p.RED)
        if clear:
            drawing.line([(x + 274, 130), (x + 294, 152), (x + 328, 108)], p.PAPER, 13)
        else:
            drawing.line([(x + 278, 108), (x + 322, 152)], p.PAPER, 13)
            drawing.line([(x + 322, 108), (x + 278, 152)], p.PAPER, 13)
    return drawing
