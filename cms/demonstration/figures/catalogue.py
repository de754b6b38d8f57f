"""Which drawing shows which figure."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Final

from cms.demonstration.figures import (
    boards,
    charts,
    flows,
    folk,
    machines,
    metal,
    paths,
    plans,
    samples,
    scenery,
    screens,
    things,
)
from cms.demonstration.figures import palette as p
from cms.demonstration.figures.canvas import Drawing


class UnknownFigure(KeyError):
    """A body names a figure for which nobody has made a drawing."""


def _wobble(count: int, seed: int, spread: float = 1.0) -> list[float]:
    random = Random(seed)
    return [max(-2.6, min(2.6, random.gauss(0, spread))) for _ in range(count)]


def _steady_then_falling() -> list[float]:
    """Paste volume: steady, and falling before each change of the squeegee."""
    values = _wobble(44, 3, 0.8)
    for turn in (22, 40):
        for back in range(6):
            values[turn - 1 - back] = max(-3.9, values[turn - 1 - back] - (6 - back) * 0.62)
    return values


def _two_outside() -> list[float]:
    values = _wobble(30, 12, 0.9)
    values[17], values[18] = 3.6, 3.9
    return values


DRAWINGS: Final[dict[str, Callable[[], Drawing]]] = {
    "air-leak-tag": partial(things.leak_tag, number="117", ground=("#dce7ee", "#bccfda")),
    "alarm-pareto": partial(
        charts.pareto,
        values=[100 * math.exp(-index / 17) + 8 for index in range(54)],
        first=20,
        colour=p.RED_BRIGHT,
        ground=(p.RED_SOFT, p.SAND),
    ),
    "alarm-screen-before-after": screens.alarm_screens,
    "bore-temperature": metal.bore,
    "bucket-weld-zones": metal.bucket_zones,
    "calls-by-reason": partial(
        charts.pairs,
        before=(620, 410, 330, 240, 160),
        after=(150, 260, 95, 190, 120),
        ground=(p.TEAL_SOFT, p.BLUE_MIST),
    ),
    "capex-iceberg": scenery.iceberg,
    "casting-holes-compare": metal.casting_holes,
    "cip-flow": flows.cleaning_in_place,
    "class-c-path": paths.confidential_path,
    "clinic-day-grid": partial(
        boards.day_columns,
        rooms=(
            (
                (0, 1, 0),
                (1, 0.5, 1),
                (1.5, 0.5, 1),
                (2, 1.5, 3),
                (3.5, 0.5, 1),
                (5, 1, 0),
                (6, 0.75, 2),
                (6.75, 0.75, 2),
                (7.5, 0.5, 1),
            ),
            (
                (0, 0.75, 2),
                (0.75, 0.75, 2),
                (1.5, 1.5, 3),
                (3, 1, 0),
                (4.75, 0.5, 1),
                (5.25, 0.5, 1),
                (5.75, 1.5, 3),
                (7.25, 0.75, 2),
            ),
        ),
        hours=8,
    ),
    "closing-wall": boards.closing_wall,
    "cost-variance-causes": partial(charts.variance_causes, values=(46, 22, 17, 9, 6)),
    "crew-day-grid": boards.crew_rows,
    "cullet-sorting-uv": samples.uv_sorting,
    "downtime-pareto": partial(
        charts.pareto,
        values=(96, 78, 61, 27, 22, 18, 14, 11, 9, 7, 5, 4),
        first=3,
        colour=p.TEAL,
        ground=(p.WARM_SOFT, p.WARM_MIST),
    ),
    "fault-kits": things.fault_kits,
    "four-workplaces-plan": plans.four_workplaces,
    "furnace-batch-line": scenery.furnace_peephole,
    "gnawed-cable": samples.solar_cable,
    "grade-change-scatter": charts.crew_scatter,
    "grain-slot-grid": boards.slot_lanes,
    "grease-colour-caps": things.colour_caps,
    "heat-recovery-scheme": flows.heat_recovery,
    "id-fan-weights": metal.rotor_weights,
    "invest-tornado": partial(
        charts.tornado,
        swings=((520, 460), (430, 380), (250, 270), (210, 160), (140, 150), (90, 70), (50, 60)),
    ),
    "kettle-quarry": samples.kettle,
    "kiln-cycle-heat": partial(
        charts.cycle_curves, curves=((96, p.WARM), (68, p.TEAL), (50, p.GREEN)), hours=72
    ),
    "leak-tag": partial(things.leak_tag, number="064", ground=("#f3e3cc", "#dcc6a4")),
    "lock-box-r204": things.lock_box,
    "loto-board": things.lockout_board,
    "loto-furnace-map": plans.furnace_area,
    "lube-tag": things.lube_tag,
    "mentor-hands-in-pockets": folk.mentor,
    "mentoring-card": boards.mentoring_card,
    "oil-sampling-port": flows.oil_port,
    "overgreased-motor": machines.cut_open_bearing,
    "paste-xbar-r-chart": partial(
        charts.control_charts,
        rows=(_steady_then_falling(), [abs(value) * 1.3 - 1.6 for value in _wobble(44, 5, 1.1)]),
        marks=(20, 21, 38, 39),
        turns=(22, 40),
        ground=(p.GREEN_SOFT, p.GREEN_MIST),
    ),
    "porosity-section": metal.porosity,
    "press-roller-table": machines.press_table,
    "printed-pattern-cover": metal.printed_cover,
    "printer-sticker": things.printer,
    "pump-laser-heads": machines.pump_set,
    "reminder-timeline": paths.reminders,
    "sand-core": samples.fitted_core,
    "sand-reclaim-flow": flows.sand_reclamation,
    "shift-task-board": screens.handover_screen,
    "smed-trolley": machines.mill_trolley,
    "soiling-loss-chart": charts.soiling_loss,
    "spc-xbar-first-week": partial(
        charts.control_charts,
        rows=(_two_outside(),),
        marks=(17, 18),
        turns=(16,),
        ground=(p.BLUE_SOFT, p.BLUE_MIST),
    ),
    "storm-dose-trend": charts.storm_trend,
    "swap-board": screens.swap_board,
    "tank-hatch-board": things.hatch_board,
    "tender-cost-per-tonne": partial(
        charts.stacked_offers, offers=((0.62, 0.31, 0.74), (0.81, 0.22, 0.38), (1.06, 0.16, 0.21))
    ),
    "terminal-plan": plans.terminal,
    "torque-bench-check": machines.torque_bench,
    "training-circle": folk.training_circle,
    "tube-cell-photo": machines.tube_cell,
    "two-buckets": things.buckets,
    "vib-point-washer": machines.bearing_washer,
    "water-sampling-points": plans.water_points,
    "wave-curves": charts.wave_curves,
    "yard-board": screens.yard_screen,
    "yard-by-hour": plans.yard_by_hour,
    "zero-point-trolley": folk.setter,
}


def draw(figure_id: str) -> bytes:
    """The figure as a PNG of 1600 × 900; the same bytes each time."""
    try:
        drawing = DRAWINGS[figure_id]()
    except KeyError as error:
        raise UnknownFigure(figure_id) from error
    return drawing.png()
