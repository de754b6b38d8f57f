"""How popular a thing is: a level that the search blends into its order, kept with the thing and settled daily.

Levels are logarithmic, so that most days change few of them: each change is told to the index.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db import models, transaction

# What a thousand people have used.
TOP = 20
BATCH = 500

Tell = Callable[[models.QuerySet[Any]], object]


def level(uses: int) -> int:
    """From 0, of which nobody makes use, to TOP; two more each time that the number of uses doubles."""
    return min(TOP, math.floor(2 * math.log2(1 + max(0, uses))))


def settle(model: Any, uses: Mapping[int, int], tell: Tell | None) -> int:
    """Keep the level of every row, by the uses of each primary key; `tell` is given the changed ones, some at a time.

    Returns how many have changed. Memory is that of one number a row.
    """
    moved: dict[int, list[int]] = defaultdict(list)
    for pk, known in model.objects.order_by("pk").values_list("pk", "popularity").iterator():
        now = level(uses.get(pk, 0))
        if now != known:
            moved[now].append(pk)
    for now, pks in moved.items():
        for start in range(0, len(pks), BATCH):
            _keep(model.objects.filter(pk__in=pks[start : start + BATCH]), now, tell)
    return sum(map(len, moved.values()))


def _keep(rows: models.QuerySet[Any], now: int, tell: Tell | None) -> None:
    with transaction.atomic():
        rows.update(popularity=now)
        if tell:
            tell(rows)
