"""Views into the distance: an iceberg, the inside of a furnace."""

from __future__ import annotations

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing, polar


def iceberg() -> Drawing:
    """The purchase price above the waterline, everything else below."""
    drawing = Drawing("#dfeff3", "#b7dbe4")
    drawing.circle(1320, 150, 66, fill=p.YELLOW, fill_opacity=0.75)
    for x, y, size in ((260, 150, 1.0), (1050, 110, 0.7)):
        with drawing.moved(x, y, scale=size):
            drawing.path(
                "M-110 26a40 40 0 0 1 20 -70a62 62 0 0 1 116 -8a48 48 0 0 1 56 78Z",
                fill=p.PAPER,
                fill_opacity=0.9,
            )
    drawing.rect(0, 330, WIDTH, 570, fill=drawing.fade("#3f93a4", "#135066", "#0a2e42"))
    drawing.polygon(
        [(620, 330), (700, 200), (770, 236), (836, 118), (906, 210), (960, 196), (1020, 330)], fill=p.PAPER
    )
    drawing.polygon([(836, 118), (906, 210), (960, 196), (1020, 330), (846, 330), (812, 236)], fill="#d6e9ee")
    drawing.polygon(
        [(470, 330), (1160, 330), (1240, 470), (1130, 660), (930, 850), (760, 800), (540, 690), (420, 480)],
        fill="#9fd0da",
        fill_opacity=0.85,
    )
    drawing.polygon(
        [(850, 330), (1160, 330), (1240, 470), (1130, 660), (930, 850), (860, 560)],
        fill="#6fb3c2",
        fill_opacity=0.8,
    )
    drawing.path(
        "M0 330q50 -16 100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0t100 0",
        stroke=p.PAPER,
        stroke_width=8,
        stroke_opacity=0.8,
    )
    drawing.rect(764, 246, 132, 66, rx=33, fill=p.WARM)
    drawing.bold(830, 279, "12 %", 36, p.PAPER)
    for x, y, share in (
        (620, 430, "31"),
        (860, 420, "22"),
        (1070, 440, "9"),
        (640, 580, "14"),
        (900, 590, "7"),
        (860, 720, "5"),
    ):
        drawing.circle(x, y, 62, fill="#0a2e42", fill_opacity=0.35)
        drawing.bold(x, y, f"{share} %", 32, p.PAPER)
    return drawing


def furnace_peephole() -> Drawing:
    """Through the peephole: the line of the batch reaches the third burner."""
    drawing = Drawing("#2b2624", "#191514", seed=9)
    for x, y in drawing.scattered(90, 0, 0, WIDTH, HEIGHT):
        drawing.rect(
            x - 60, y - 22, 120, 44, rx=6, fill=drawing.random.choice(("#332c29", "#3a322e", "#2f2926"))
        )
    drawing.circle(800, 450, 412, fill="#0e0b0a")
    drawing.circle(800, 450, 392, fill="#6b5b50")
    with drawing.group(clip_path=drawing.clip("M428 450a372 372 0 1 0 744 0a372 372 0 1 0 -744 0Z")):
        drawing.rect(420, 70, 760, 760, fill=drawing.fade("#fff2c4", "#ffc155", "#f0771c"))
        for index, x in enumerate((560, 680, 800, 920, 1040)):
            drawing.rect(x - 30, 190, 60, 76, fill="#8a3d12")
            drawing.path(f"M{x - 26} 262q26 {150 + 10 * index} 52 0Z", fill="#fffbe6", fill_opacity=0.9)
            drawing.ellipse(
                x, 300, 60, 90, fill=drawing.glow("#ffffff", "#ffe9a8", inner_opacity=0.7, outer_opacity=0)
            )
        drawing.path("M420 560q60 -26 120 0t120 4t120 0t110 20L780 840H420Z", fill="#a4501b")
        drawing.path(
            "M420 560q60 -26 120 0t120 4t120 0t20 10q-30 60 -120 50t-140 30t-120 -20Z", fill="#c7712c"
        )
        drawing.path("M800 570q100 -20 180 0t220 -6V860H700Z", fill="#ffd36b", fill_opacity=0.85)
        for y in (640, 700, 760):
            drawing.path(
                f"M820 {y}q60 -16 120 0t120 0t120 0", stroke="#fff0b8", stroke_width=6, stroke_opacity=0.7
            )
        drawing.line([(800, 440), (800, 820)], p.BLUE, 5, stroke_dasharray="16 14")
    drawing.circle(800, 450, 382, fill="none", stroke="#40362f", stroke_width=24)
    for bolt in range(12):
        bx, by = polar(800, 450, 404, bolt * 30)
        drawing.circle(bx, by, 14, fill="#97897b")
    for index, x in enumerate((560, 680, 800)):
        drawing.badge(x, 404, str(index + 1), p.BLUE if index == 2 else "#a4501b", radius=28)
    return drawing
