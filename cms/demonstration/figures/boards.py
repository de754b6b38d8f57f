"""Plans of a day on a wall or a screen: slots, shifts, cards, lists."""

from __future__ import annotations

from collections.abc import Sequence

from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import HEIGHT, WIDTH, Drawing


def wall(ground: str, lower: str, *, frame: str = p.STEEL_LIGHT, seed: int = 1) -> Drawing:
    """A wall with a framed white board."""
    drawing = Drawing(ground, lower, seed=seed)
    drawing.rect(86, 92, WIDTH - 160, HEIGHT - 150, rx=18, fill=p.INK, fill_opacity=0.14)
    drawing.rect(76, 70, WIDTH - 152, HEIGHT - 140, rx=18, fill=frame)
    drawing.rect(96, 90, WIDTH - 192, HEIGHT - 180, rx=8, fill=p.PAPER)
    return drawing


def words(
    drawing: Drawing, x: float, y: float, width: float, fill: str = p.STEEL_LIGHT, *, height: float = 14
) -> None:
    """A line of writing that nobody has to read."""
    drawing.rect(x, y, width, height, rx=height / 2, fill=fill)


def day_columns(*, rooms: Sequence[Sequence[tuple[float, float, int]]], hours: int) -> Drawing:
    """Rooms side by side and the day downwards; four lengths of slot in four colours."""
    drawing = wall(p.TEAL_SOFT, p.TEAL_MIST)
    left, top, tall = 220, 190, 590
    for hour in range(hours + 1):
        y = top + tall * hour / hours
        drawing.line([(left, y), (1450, y)], p.LINE, 2)
        if hour < hours or hours < 9:
            drawing.text(left - 54, y, f"{8 + hour:02d}", 28, p.SLATE)
    width = (1450 - left) / len(rooms)
    for number, slots in enumerate(rooms):
        x = left + number * width
        drawing.circle(x + width / 2, 144, 30, fill=p.FOG)
        drawing.bold(x + width / 2, 144, str(number + 1), 32, p.TEAL)
        for start, length, kind in slots:
            y = top + tall * start / hours
            high = tall * length / hours - 6
            drawing.rect(x + 26, y + 3, width - 52, high, rx=10, fill=p.SOFT[kind])
            drawing.rect(x + 26, y + 3, 12, high, rx=6, fill=p.SERIES[kind])
            if high > 30:
                words(
                    drawing,
                    x + 60,
                    y + high / 2 - 5,
                    90 + 260 * ((start * 7.3) % 1),
                    p.SERIES[kind],
                    height=12,
                )
    drawing.line([(left, 556), (1450, 556)], p.RED_BRIGHT, 4)
    drawing.circle(left, 556, 10, fill=p.RED_BRIGHT)
    return drawing


def crew_rows() -> Drawing:
    """Crews by rows: jobs, hatched travel, the hours of calm wind, and a crane wanted twice."""
    drawing = wall(p.BLUE_SOFT, p.BLUE_MIST)
    left, top, row, hour = 300.0, 190.0, 112.0, 92.0
    drawing.rect(left + hour * 2.6, 110, hour * 5.6, 680, fill=p.TEAL_MIST)
    for shift in (0, 26, 52):
        drawing.path(
            f"M{left + hour * 4.7} {132 + shift * 0.6}q30 -18 60 0t60 0",
            stroke=p.TEAL_BRIGHT,
            stroke_width=6,
            stroke_linecap="round",
        )
    for number in range(14):
        x = left + hour * number
        drawing.line([(x, 180), (x, 790)], p.LINE, 2)
        if number < 13 and not 4 <= number <= 6:
            drawing.text(x + hour / 2, 158, f"{6 + number:02d}", 24, p.SLATE)
    rows: list[list[tuple[float, float, str]]] = [
        [(0.4, 1.6, "road"), (2.0, 4.2, "job0"), (6.2, 1.2, "road"), (7.4, 3.0, "job2")],
        [(1.0, 1.6, "road"), (2.6, 3.2, "job3"), (5.8, 0.8, "road"), (6.6, 3.4, "job1"), (10.0, 1.6, "road")],
        [(0.2, 2.4, "road"), (2.6, 5.4, "job4"), (8.0, 2.4, "road")],
        [(1.4, 1.2, "road"), (3.2, 2.2, "job2"), (6.4, 4.6, "job0"), (11.0, 1.0, "road")],
        [(2.6, 3.4, "crane"), (5.2, 3.4, "conflict")],
    ]
    hatch = drawing.hatch(p.STEEL_LIGHT, p.FOG, step=22, width=9)
    for number, blocks in enumerate(rows):
        y = top + number * row + 26
        if number < 4:
            for shift in (0, 44):
                helmet(drawing, 176 + shift, y + 34, p.SERIES[number])
        else:
            crane(drawing, 196, y + 40)
        drawing.line([(120, y + row - 20), (1480, y + row - 20)], p.LINE, 2)
        for start, length, kind in blocks:
            x, width = left + start * hour, length * hour - 6
            if kind == "road":
                drawing.rect(x, y + 12, width, 48, rx=10, fill=hatch)
            elif kind == "conflict":
                drawing.rect(
                    x,
                    y + 4,
                    width,
                    64,
                    rx=12,
                    fill=p.RED_SOFT,
                    fill_opacity=0.85,
                    stroke=p.RED,
                    stroke_width=5,
                )
                drawing.badge(x + width / 2, y + 36, "!", p.RED, radius=26)
            else:
                index = 5 if kind == "crane" else int(kind[-1])
                fill = p.WARM_BRIGHT if kind == "crane" else p.SERIES[index]
                drawing.rect(x, y + 4, width, 64, rx=12, fill=fill)
                words(drawing, x + 24, y + 30, width * 0.5, p.PAPER, height=12)
    return drawing


def helmet(drawing: Drawing, x: float, y: float, colour: str) -> None:
    drawing.circle(x, y + 8, 20, fill=p.SKIN)
    drawing.path(f"M{x - 26} {y + 2}a26 26 0 0 1 52 0Z", fill=colour)
    drawing.rect(x - 30, y, 60, 8, rx=4, fill=colour)


def crane(drawing: Drawing, x: float, y: float) -> None:
    drawing.rect(x - 50, y + 6, 92, 24, rx=6, fill=p.WARM_BRIGHT)
    for wheel in (-34, -2, 28):
        drawing.circle(x + wheel, y + 34, 11, fill=p.INK)
    drawing.line([(x - 24, y + 6), (x + 60, y - 46)], p.WARM_DEEP, 10)
    drawing.line([(x + 60, y - 46), (x + 60, y - 8)], p.INK, 3)


def slot_lanes() -> Drawing:
    """Two unloading lines with blocks of one crop each, the extra place, and the queue beside them."""
    drawing = wall(p.WARM_SOFT, p.WARM_MIST)
    crops = (
        (p.YELLOW, p.WARM_MIST),
        (p.GREEN_BRIGHT, p.GREEN_MIST),
        (p.WARM_BRIGHT, p.WARM_MIST),
        (p.TEAL_BRIGHT, p.TEAL_MIST),
    )
    plan = ((0, 0, 0, 0, 1, 1, 1, 1, 2, 2), (3, 3, 1, 1, 1, 1, 0, 0, 0, 0))
    for lane, blocks in enumerate(plan):
        y = 210 + lane * 290
        drawing.badge(166, y + 92, str(lane + 1), p.WARM_DEEP, radius=38)
        for index, crop in enumerate(blocks):
            x = 240 + index * 84
            strong, soft = crops[crop]
            drawing.rect(x, y, 78, 190, rx=10, fill=soft, stroke=strong, stroke_width=4)
            truck_side(drawing, x + 39, y + 120, strong, scale=0.42)
            grain(drawing, x + 39, y + 44, strong)
        x = 240 + len(blocks) * 84 + 6
        drawing.rect(
            x, y, 90, 190, rx=10, fill="none", stroke=p.RED_BRIGHT, stroke_width=5, stroke_dasharray="14 10"
        )
        drawing.line([(x + 45, y + 66), (x + 45, y + 124)], p.RED_BRIGHT, 9)
        drawing.line([(x + 16, y + 95), (x + 74, y + 95)], p.RED_BRIGHT, 9)
    for hour in range(0, 11, 2):
        drawing.text(240 + hour * 84, 158, f"{6 + hour:02d}", 28, p.SLATE)
    drawing.rect(1212, 130, 250, 640, rx=16, fill=p.SAND)
    for index in range(5):
        truck_side(drawing, 1330, 220 + index * 120, (p.STEEL, p.STEEL_DARK)[index % 2], scale=0.78)
        drawing.bold(1244, 200 + index * 120, str(index + 1), 28, p.SLATE)
    return drawing


def truck_side(drawing: Drawing, x: float, y: float, colour: str, *, scale: float = 1) -> None:
    with drawing.moved(x, y, scale=scale):
        drawing.rect(-84, -52, 112, 66, rx=6, fill=colour)
        drawing.path("M34 14V-34h30l26 26V14Z", fill=p.STEEL_DEEP)
        drawing.polygon([(44, -26), (62, -26), (80, -6), (44, -6)], fill=p.BLUE_SOFT)
        for wheel in (-58, -24, 60):
            drawing.circle(wheel, 18, 17, fill=p.INK)
            drawing.circle(wheel, 18, 7, fill=p.STEEL_LIGHT)


def grain(drawing: Drawing, x: float, y: float, colour: str) -> None:
    drawing.line([(x, y - 26), (x, y + 30)], colour, 4)
    for shift in (-16, 0, 16):
        drawing.ellipse(
            x - 9, y + shift - 6, 6, 11, fill=colour, transform=f"rotate(-32 {x - 9} {y + shift - 6})"
        )
        drawing.ellipse(
            x + 9, y + shift - 6, 6, 11, fill=colour, transform=f"rotate(32 {x + 9} {y + shift - 6})"
        )


def closing_wall() -> Drawing:
    """A wall calendar from five days before to five days after, a coloured card for each task."""
    drawing = Drawing("#d9cdb8", "#c7b898", seed=4)
    drawing.rect(60, 56, 1480, 790, rx=10, fill=p.WOOD_DARK)
    drawing.rect(76, 72, 1448, 758, fill="#f6efe1")
    width, cards = 1400 / 11, 0
    for column in range(11):
        x = 100 + column * width
        day = column - 5
        drawing.rect(
            x + 4, 92, width - 8, 62, rx=8, fill=p.TEAL if day > 0 else (p.WARM if day == 0 else p.STEEL_DARK)
        )
        drawing.bold(
            x + width / 2, 123, f"+{day}" if day > 0 else ("0" if day == 0 else f"−{-day}"), 32, p.PAPER
        )
        drawing.line([(x + width, 92), (x + width, 810)], "#dccfb6", 3)
        for row in range((5, 6, 7, 6, 8, 9, 9, 8, 7, 5, 4)[column]):
            colour = (p.YELLOW, "#8fd0c6", "#f3a48f", "#a9c4ee", "#c5e0a5")[
                (column * 3 + row * 2 + row // 3) % 5
            ]
            cards += 1
            cx, cy = x + width / 2 + drawing.random.uniform(-5, 5), 200 + row * 70
            with drawing.moved(cx, cy, turn=drawing.random.uniform(-3.5, 3.5)):
                drawing.rect(-50, -26, 104, 58, fill=p.INK, fill_opacity=0.14)
                drawing.rect(-52, -30, 104, 58, fill=colour)
                words(drawing, -40, -16, 66, p.INK, height=6)
                words(drawing, -40, -2, 46, p.INK, height=6)
                if column < 6:
                    drawing.line([(22, 8), (30, 17), (44, -2)], p.GREEN, 6)
    return drawing


def mentoring_card() -> Drawing:
    """A learner's card: a ladder of steps, ticked by the mentor up to the fourth."""
    drawing = Drawing("#cbb491", "#b3966c", seed=3)
    for y in range(60, HEIGHT, 140):
        drawing.line(
            [(0, y), (WIDTH, y + drawing.random.uniform(-12, 12))], p.WOOD_DARK, 3, stroke_opacity=0.35
        )
    with drawing.moved(760, 452, turn=-3):
        drawing.rect(-566, -352, 1140, 720, rx=16, fill=p.INK, fill_opacity=0.18)
        drawing.rect(-580, -370, 1140, 720, rx=16, fill="#fdfbf4")
        drawing.rect(-580, -370, 1140, 96, rx=16, fill=p.TEAL)
        words(drawing, -540, -334, 320, p.TEAL_SOFT, height=24)
        for step in range(6):
            y = -236 + step * 94
            done = step < 4
            drawing.rect(-540, y, 1060, 78, rx=10, fill=p.TEAL_MIST if done else "#f4f0e6")
            drawing.badge(-492, y + 39, str(step + 1), p.TEAL if done else p.MUTE, radius=26)
            words(drawing, -436, y + 20, (420, 360, 480, 400, 440, 330)[step], p.STEEL if done else p.LINE)
            words(
                drawing,
                -436,
                y + 46,
                (260, 310, 220, 340, 280, 200)[step],
                p.STEEL_LIGHT if done else p.LINE,
                height=10,
            )
            for box in range(3):
                x = 210 + box * 94
                drawing.rect(x, y + 14, 50, 50, rx=8, fill=p.PAPER, stroke=p.STEEL_LIGHT, stroke_width=4)
                if step < 3 or (step == 3 and box < 2):
                    drawing.line([(x + 10, y + 38), (x + 23, y + 52), (x + 48, y + 12)], p.BLUE, 8)
    with drawing.moved(1392, 560, turn=28):
        drawing.rect(-22, -260, 44, 420, rx=14, fill=p.BLUE)
        drawing.rect(-22, -260, 44, 70, rx=14, fill=p.BLUE_DEEP)
        drawing.polygon([(-22, 158), (22, 158), (0, 222)], fill=p.STEEL_LIGHT)
    return drawing
