"""Machines and what is done to them."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import WIDTH, Drawing, arc, polar, ring
from cms.demonstration.figures.folk import hall, worker


def pump_set() -> Drawing:
    """Pump, coupling and motor on one base; laser heads on both hubs and a fitter who turns the shaft."""
    drawing = hall("#dbe7ee", "#b4b0a6")
    worker(drawing, 820, 756, coat=p.WARM, hands=((-70, -270), (40, -260)), scale=1.1)
    drawing.shadow(800, 800, 640, 30, 0.25)
    drawing.rect(190, 720, 1230, 60, rx=8, fill=p.STEEL_DEEP)
    for x in range(240, 1400, 140):
        drawing.rect(x, 706, 34, 18, rx=4, fill=p.STEEL_LIGHT)
    drawing.path("M250 720V560q0 -150 160 -150t160 150v160Z", fill=drawing.fade("#2a9c93", "#0a5656"))
    drawing.circle(410, 570, 106, fill="#0b6b6b", stroke="#7fcac2", stroke_width=8)
    drawing.circle(410, 570, 46, fill="#084b4d")
    drawing.rect(350, 250, 120, 180, fill=drawing.fade("#3a8f89", "#1d6a66", across=True))
    drawing.rect(330, 232, 160, 36, rx=6, fill="#084b4d")
    drawing.rect(90, 520, 180, 104, fill=drawing.fade("#3a8f89", "#0e5a57"))
    drawing.rect(76, 500, 34, 144, rx=6, fill="#084b4d")
    drawing.rect(560, 548, 480, 44, fill=drawing.fade("#eef2f3", "#7d8a90"))
    for x in (690, 800):
        drawing.rect(x, 506, 84, 128, rx=10, fill=drawing.fade("#d5dce0", "#6c7a82"))
    drawing.rect(776, 520, 22, 100, fill=p.RED_BRIGHT)
    for x in (704, 824):
        drawing.line([(x + 18, 510), (x + 18, 390)], p.STEEL_DEEP, 12)
        drawing.rect(x - 22, 348, 82, 76, rx=10, fill=p.YELLOW, stroke=p.INK, stroke_width=4)
        drawing.circle(x + 18, 386, 14, fill=p.INK)
    drawing.line([(762, 386), (806, 386)], p.RED_BRIGHT, 6)
    drawing.ellipse(
        784, 386, 40, 16, fill=drawing.glow("#ff5b45", "#ff5b45", inner_opacity=0.6, outer_opacity=0)
    )
    drawing.path(arc(790, 570, 150, 200, 320), stroke=p.VIOLET, stroke_width=9, stroke_dasharray="20 12")
    drawing.polygon(
        [polar(790, 570, 172, 316), polar(790, 570, 128, 316), polar(790, 570, 150, 332)], fill=p.VIOLET
    )
    drawing.rect(960, 430, 400, 270, rx=30, fill=drawing.fade("#5d8fd0", "#1f4f99"))
    for y in range(458, 690, 30):
        drawing.line([(990, y), (1330, y)], "#16407f", 8)
    drawing.rect(1340, 450, 70, 230, rx=24, fill="#16407f")
    drawing.rect(1090, 390, 130, 60, rx=8, fill="#2d62b3")
    for x in (990, 1270):
        drawing.rect(x, 690, 80, 34, fill=p.STEEL_DEEP)
    return drawing


def mill_trolley() -> Drawing:
    """The rolls of the next size wait on a trolley beside the mill that still runs."""
    drawing = hall("#ece3d6", "#bfb6a6")
    for x in (780, 1060, 1340):
        drawing.rect(x, 200, 170, 530, rx=12, fill=drawing.fade("#3a8f89", "#0a5656"))
        drawing.rect(x + 24, 330, 122, 260, rx=8, fill="#123f40")
        for y in (390, 520):
            drawing.circle(
                x + 85, y, 60, fill=drawing.fade("#eef2f3", "#8d9aa1"), stroke=p.STEEL_DEEP, stroke_width=6
            )
            drawing.circle(x + 85, y, 18, fill=p.STEEL_DEEP)
        drawing.rect(x + 40, 214, 90, 36, rx=6, fill=p.YELLOW)
    drawing.rect(660, 440, 940, 30, fill=drawing.fade("#ffd9a0", "#f08a24"))
    drawing.ellipse(
        1120, 455, 520, 60, fill=drawing.glow("#ffb347", "#ffb347", inner_opacity=0.45, outer_opacity=0)
    )
    drawing.rect(720, 730, 880, 40, fill=p.STEEL_DEEP)
    drawing.shadow(370, 836, 300, 24, 0.25)
    drawing.rect(110, 610, 520, 30, rx=6, fill=p.WARM)
    drawing.rect(110, 730, 520, 24, rx=6, fill=p.WARM)
    for x in (120, 590):
        drawing.rect(x, 610, 28, 200, fill=p.WARM_DEEP)
        drawing.circle(x + 14, 816, 30, fill=p.INK)
        drawing.circle(x + 14, 816, 12, fill=p.STEEL_LIGHT)
    drawing.line([(110, 620), (60, 520), (60, 470)], p.WARM_DEEP, 20)
    for index, x in enumerate((200, 330, 460, 560)):
        radius = (62, 62, 50, 40)[index]
        drawing.circle(
            x,
            606 - radius,
            radius,
            fill=drawing.fade("#f4f6f7", "#9aa7ad"),
            stroke=p.STEEL_DEEP,
            stroke_width=6,
        )
        drawing.path(ring(x, 606 - radius, radius * 0.66, radius * 0.3), fill=p.STEEL, fill_rule="evenodd")
        drawing.text(x, 606 - radius * 1.5, "57", 20, p.STEEL_DEEP)
    for index in range(5):
        drawing.rect(160 + index * 90, 676, 68, 54, rx=6, fill=p.SERIES[index])
    drawing.circle(380, 300, 92, fill=p.PAPER, stroke=p.INK, stroke_width=10)
    drawing.line([(380, 300), (380, 236)], p.INK, 9)
    drawing.line([(380, 300), (424, 326)], p.RED_BRIGHT, 7)
    drawing.rect(366, 186, 28, 24, fill=p.INK)
    return drawing


def press_table() -> Drawing:
    """A die on the roller table; on the right the groove that guides it and the hard stop."""
    drawing = hall("#d9dde6", "#aeb0b2", windows=False)
    for x in (420, 1090):
        drawing.rect(x, 60, 150, 700, fill=drawing.fade("#3f5f8f", "#22406d", across=True))
    drawing.rect(400, 40, 860, 150, rx=10, fill=drawing.fade("#4d70a5", "#2b4d80"))
    drawing.rect(570, 190, 520, 120, fill="#1c355c")
    for x in (660, 1000):
        drawing.rect(x, 300, 46, 70, fill=p.STEEL_LIGHT)
    drawing.rect(560, 360, 540, 50, fill=p.STEEL)
    drawing.rect(80, 640, 1240, 40, fill=p.STEEL_DEEP)
    for x in range(110, 1320, 66):
        drawing.circle(
            x, 632, 24, fill=drawing.fade("#f4f6f7", "#8d9aa1"), stroke=p.STEEL_DEEP, stroke_width=5
        )
    for x in (160, 700, 1240):
        drawing.rect(x, 680, 40, 150, fill=p.STEEL_DARK)
    drawing.rect(300, 480, 560, 128, rx=8, fill=drawing.fade("#e0a24a", "#a8671d"))
    drawing.rect(360, 430, 440, 54, rx=6, fill=drawing.fade("#f0c27d", "#c68432"))
    for x in (350, 810):
        drawing.circle(x, 544, 18, fill="#6d4210")
    drawing.path("M470 430q20 -60 60 -60h100q40 0 60 60Z", fill=p.STEEL_DARK)
    drawing.rect(300, 590, 560, 18, fill="#6d4210")
    drawing.arrow([(900, 540), (1080, 540)], p.WARM_BRIGHT, 16, head=50)
    drawing.rect(1270, 470, 90, 210, rx=8, fill=drawing.hatch(p.INK, p.YELLOW, step=44, width=22))
    drawing.rect(1246, 540, 30, 90, rx=8, fill=p.RED_BRIGHT)
    drawing.polygon([(1080, 700), (1360, 700), (1420, 810), (1080, 810)], fill="#6f7d84")
    drawing.polygon([(1130, 716), (1330, 716), (1356, 756), (1140, 756)], fill="#2b353a")
    return drawing


def tube_cell() -> Drawing:
    """A robot sorts sample tubes: racks, a tray for exceptions, a belt to the centrifuge."""
    drawing = Drawing("#eaf2f4", "#d5e3e7")
    drawing.rect(0, 640, WIDTH, 260, fill="#c2d1d6")
    drawing.rect(60, 90, 1480, 560, rx=12, fill=p.PAPER, fill_opacity=0.5, stroke="#a9c2ca", stroke_width=10)
    for x in (550, 1050):
        drawing.line([(x, 90), (x, 650)], "#a9c2ca", 6)
    drawing.rect(90, 600, 1420, 60, rx=6, fill=p.STEEL_LIGHT)
    drawing.rect(120, 660, 1360, 190, fill="#f4f8f9")
    for x in range(120, 1480, 272):
        drawing.rect(x + 8, 672, 256, 166, rx=8, fill="#e3ecef", stroke="#b9cdd4", stroke_width=4)
        drawing.rect(x + 96, 690, 80, 12, rx=6, fill=p.STEEL)
    drawing.rect(980, 560, 620, 40, rx=20, fill=p.STEEL_DEEP)
    for x in range(1010, 1600, 70):
        drawing.circle(x, 580, 12, fill=p.STEEL_LIGHT)
        if x % 140:
            tube(drawing, x + 20, 470, p.SERIES[x // 70 % 6])
    for row in range(2):
        drawing.rect(120, 440 + row * 96, 300, 60, rx=8, fill=p.TEAL)
        for column in range(7):
            tube(drawing, 148 + column * 41, 378 + row * 96, p.SERIES[(column * 2 + row) % 6])
            drawing.rect(136 + column * 41, 440 + row * 96, 25, 30, fill=p.TEAL_DEEP)
    drawing.rect(440, 540, 170, 60, rx=8, fill=p.RED_BRIGHT)
    for x in (476, 526, 576):
        tube(drawing, x, 462, p.STEEL_LIGHT)
        drawing.rect(x - 12, 540, 24, 26, fill=p.RED)
    drawing.rect(700, 540, 160, 70, rx=10, fill=p.STEEL_DEEP)
    for colour, width in (("#b9761c", 74), (p.WARM_BRIGHT, 58)):
        drawing.line([(780, 540), (700, 330), (880, 190), (960, 360)], colour, width)
    for x, y in ((780, 520), (700, 330), (880, 190)):
        drawing.circle(x, y, 46, fill=p.STEEL_DEEP)
        drawing.circle(x, y, 20, fill=p.STEEL_LIGHT)
    for side in (-1, 1):
        drawing.line([(960, 370), (960 + side * 34, 396), (960 + side * 22, 446)], p.STEEL_DEEP, 16)
    tube(drawing, 960, 420, p.VIOLET_BRIGHT)
    drawing.circle(1430, 340, 118, fill=p.STEEL_LIGHT, stroke=p.STEEL_DARK, stroke_width=10)
    drawing.circle(1430, 340, 74, fill=p.BLUE_DEEP)
    for turn in range(0, 360, 60):
        tx, ty = polar(1430, 340, 48, turn)
        drawing.circle(tx, ty, 13, fill=p.BLUE_SOFT)
    drawing.path(arc(1430, 340, 146, 200, 300), stroke=p.TEAL, stroke_width=8, stroke_linecap="round")
    return drawing


def tube(drawing: Drawing, x: float, y: float, cap: str) -> None:
    drawing.rect(x - 12, y + 14, 24, 88, rx=12, fill="#f6dfe0", stroke="#b9a2a6", stroke_width=3)
    drawing.rect(x - 12, y + 54, 24, 48, rx=12, fill="#c0453f")
    drawing.rect(x - 14, y, 28, 26, rx=5, fill=cap)
    drawing.rect(x - 9, y + 32, 18, 20, fill=p.PAPER)


def torque_bench() -> Drawing:
    """The wrench lies level in the test stand; the hand is in the middle of the grip."""
    drawing = Drawing("#e6e2f2", "#d4cfe8")
    drawing.rect(0, 660, WIDTH, 240, fill="#8a7a5e")
    drawing.rect(0, 660, WIDTH, 26, fill="#a5946f")
    drawing.rect(180, 540, 280, 130, rx=14, fill=drawing.fade("#4b5a63", "#2c383f"))
    drawing.rect(250, 400, 140, 150, rx=12, fill=drawing.fade("#66757e", "#3b484f"))
    drawing.rect(210, 160, 220, 200, rx=18, fill=p.STEEL_DEEP)
    drawing.rect(230, 182, 180, 104, rx=8, fill="#cfe3c4")
    drawing.bold(320, 236, "120.4", 56, p.INK)
    drawing.circle(270, 324, 14, fill=p.GREEN_BRIGHT)
    drawing.circle(320, 324, 14, fill=p.STEEL)
    drawing.circle(370, 324, 14, fill=p.STEEL)
    drawing.rect(306, 360, 28, 50, fill=p.STEEL)
    drawing.circle(320, 440, 62, fill=drawing.fade("#eef2f3", "#8d9aa1"), stroke=p.STEEL_DEEP, stroke_width=7)
    drawing.rect(298, 418, 44, 44, rx=6, fill=p.STEEL_DEEP)
    drawing.rect(370, 414, 620, 52, rx=20, fill=drawing.fade("#f4f6f7", "#87949b"))
    for x in range(460, 900, 34):
        drawing.line([(x, 420), (x, 434 if x % 68 else 444)], p.STEEL_DEEP, 4)
    drawing.rect(940, 400, 420, 80, rx=36, fill=drawing.fade("#3b464c", "#161e22"))
    for x in range(980, 1330, 30):
        drawing.line([(x, 412), (x + 14, 468)], "#566269", 5)
    drawing.line([(320, 560), (320, 610)], p.RED, 4)
    drawing.line([(1150, 520), (1150, 610)], p.RED, 4)
    drawing.arrow([(735, 590), (320, 590)], p.RED, 5, head=24)
    drawing.arrow([(735, 590), (1150, 590)], p.RED, 5, head=24)
    drawing.line([(420, 440), (1540, 440)], p.TEAL, 4, stroke_dasharray="20 14")
    drawing.path(
        "M1600 90Q1420 120 1290 250L1200 340Q1080 350 1060 398Q1056 424 1090 424H1200"
        "Q1090 430 1070 448Q1066 474 1104 478H1230Q1290 478 1330 430Q1480 330 1600 300Z",
        fill=p.SKIN,
    )
    for y in (384, 424, 452):
        drawing.path(f"M1080 {y}q70 -12 140 -6", stroke="#b07f55", stroke_width=5, stroke_linecap="round")
    drawing.path("M1600 60Q1460 90 1380 170L1470 372Q1540 330 1600 320Z", fill=p.BLUE)
    drawing.rect(760, 720, 420, 90, rx=12, fill=p.PAPER)
    for index in range(5):
        drawing.circle(810 + index * 80, 765, 24, fill=p.GREEN_SOFT if index < 4 else p.FOG)
        if index < 4:
            drawing.line(
                [(799 + index * 80, 765), (808 + index * 80, 775), (822 + index * 80, 755)], p.GREEN, 6
            )
    return drawing


def bearing_washer() -> Drawing:
    """A washer glued to the bearing housing, so that the sensor always sits in the same place."""
    drawing = Drawing("#c9d6da", "#a9bac0", seed=7)
    drawing.rect(0, 720, WIDTH, 180, fill="#6b6f6c")
    drawing.path(
        "M380 760V520Q380 180 800 180T1220 520V760Z", fill=drawing.fade("#4d7f9f", "#28516d", across=True)
    )
    drawing.rect(290, 700, 1020, 80, rx=14, fill="#234963")
    for x in (360, 1240):
        drawing.circle(x, 740, 30, fill=p.STEEL_LIGHT)
        drawing.polygon([polar(x, 740, 19, turn) for turn in range(0, 360, 60)], fill=p.STEEL_DARK)
    drawing.circle(800, 520, 212, fill="#1b3a50")
    drawing.path(ring(800, 520, 190, 104), fill=drawing.fade("#eef2f3", "#8d9aa1"), fill_rule="evenodd")
    drawing.circle(800, 520, 100, fill=drawing.fade("#d5dce0", "#6c7a82"))
    drawing.circle(800, 520, 22, fill=p.STEEL_DEEP)
    drawing.rect(760, 128, 80, 56, rx=8, fill=p.WARM_BRIGHT)
    drawing.circle(800, 120, 18, fill=p.STEEL_LIGHT)
    drawing.circle(1096, 360, 84, fill="#1b3a50", fill_opacity=0.5)
    drawing.path(ring(1090, 350, 80, 30), fill=drawing.fade("#fafbfb", "#a3b0b6"), fill_rule="evenodd")
    drawing.circle(1090, 350, 30, fill="#3a4a53")
    drawing.path(arc(1090, 350, 56, 200, 300), stroke=p.PAPER, stroke_width=7, stroke_linecap="round")
    drawing.rect(1240, 250, 240, 150, rx=14, fill=p.YELLOW, stroke=p.INK, stroke_width=6)
    drawing.bold(1360, 325, "14-3", 72, p.INK)
    drawing.line([(1176, 350), (1240, 330)], p.INK, 5)
    drawing.path("M150 120H330V200L250 300H230L150 200Z", fill=p.STEEL_DEEP)
    drawing.rect(196, 300, 88, 36, rx=6, fill=p.STEEL_LIGHT)
    drawing.path("M240 120C240 20 460 10 560 30", stroke=p.INK, stroke_width=12)
    drawing.path(
        "M150 560l40 -40l30 80l36 -150l34 170l30 -90l40 30",
        stroke=p.TEAL_DEEP,
        stroke_width=9,
        stroke_linejoin="round",
    )
    return drawing


def cut_open_bearing() -> Drawing:
    """The cut-open end of a motor: every hollow packed with hard brown grease."""
    drawing = Drawing("#efe9df", "#d9cfbd", seed=11)
    drawing.rect(0, 700, WIDTH, 200, fill="#9c8d73")
    drawing.shadow(720, 760, 560, 40, 0.3)
    drawing.rect(150, 240, 560, 470, rx=40, fill=drawing.fade("#5d8fd0", "#1f4f99"))
    for y in range(280, 690, 38):
        drawing.line([(190, y), (560, y)], "#16407f", 10)
    drawing.path(
        "M640 220H900q120 0 120 120v270q0 120 -120 120H640Z",
        fill=drawing.fade("#d5dce0", "#8795a0"),
        stroke=p.STEEL_DEEP,
        stroke_width=8,
    )
    drawing.path("M700 280H880q80 0 80 80v230q0 80 -80 80H700Z", fill="#4c2f17")
    for px, py in drawing.scattered(150, 705, 290, 245, 370):
        drawing.circle(
            px,
            py,
            drawing.random.uniform(10, 34),
            fill=drawing.random.choice(("#6a421f", "#7d5026", "#5a3718", "#8b5c2e")),
            fill_opacity=0.8,
        )
    for y in (368, 582):
        drawing.rect(
            770,
            y - 62,
            120,
            124,
            rx=12,
            fill=drawing.fade("#f0f3f4", "#8d9aa1"),
            stroke=p.STEEL_DEEP,
            stroke_width=6,
        )
        drawing.circle(830, y, 40, fill=drawing.glow("#ffffff", "#8f9ca3"))
        drawing.path(f"M776 {y - 20}q40 -34 108 -10l2 -30h-112Z", fill="#7d5026")
    drawing.rect(560, 444, 800, 62, fill=drawing.fade("#f6f8f8", "#7d8a90"))
    drawing.rect(1280, 432, 100, 86, rx=8, fill=drawing.fade("#d5dce0", "#66757e"))
    drawing.rect(804, 150, 52, 80, fill=p.YELLOW)
    drawing.circle(830, 140, 26, fill=p.WARM_BRIGHT)
    drawing.path("M1010 640q60 20 80 70q6 34 -24 34t-30 -34q0 -30 -40 -40Z", fill="#6a421f")
    drawing.path("M1060 760q40 -24 90 0q20 30 -44 30t-46 -30Z", fill="#7d5026")
    with drawing.moved(1330, 240, turn=24):
        drawing.rect(-40, -20, 250, 80, rx=30, fill=p.RED_BRIGHT)
        drawing.rect(-150, 6, 120, 26, rx=8, fill=p.STEEL_DARK)
        drawing.rect(206, -6, 70, 50, rx=8, fill=p.STEEL_DEEP)
    drawing.line([(1190, 120), (1490, 360)], p.RED, 14)
    drawing.line([(1490, 120), (1190, 360)], p.RED, 14)
    return drawing
