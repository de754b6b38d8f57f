"""What a process that cuts words may come to; it knows no Django."""

import os
from collections.abc import Sequence


def die(words: Sequence[str], weight: str) -> str:
    os._exit(9)
