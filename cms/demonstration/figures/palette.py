"""Colours of the drawings: the interface's own, some lighter and darker steps of them, and what matter looks like."""

from typing import Final

INK: Final = "#1f2a2e"
SLATE: Final = "#55636a"
MUTE: Final = "#9aa7ab"
LINE: Final = "#d9d6ce"
PAPER: Final = "#ffffff"
SAND: Final = "#f1ede4"
FOG: Final = "#e9eeee"

TEAL: Final = "#0b6b6b"
TEAL_DEEP: Final = "#084b4d"
TEAL_BRIGHT: Final = "#2a9c93"
TEAL_SOFT: Final = "#cfe6e2"
TEAL_MIST: Final = "#e6f1ef"

WARM: Final = "#b45309"
WARM_DEEP: Final = "#7c3a06"
WARM_BRIGHT: Final = "#e08a2c"
WARM_SOFT: Final = "#f8dfc0"
WARM_MIST: Final = "#fbf1e3"

BLUE: Final = "#1f4f99"
BLUE_DEEP: Final = "#14325f"
BLUE_BRIGHT: Final = "#4f86d6"
BLUE_SOFT: Final = "#cfdff5"
BLUE_MIST: Final = "#e9f0fa"

VIOLET: Final = "#40358c"
VIOLET_BRIGHT: Final = "#7d72cf"
VIOLET_SOFT: Final = "#dedaf4"
VIOLET_MIST: Final = "#f0eefa"

GREEN: Final = "#17653a"
GREEN_BRIGHT: Final = "#3f9c66"
GREEN_SOFT: Final = "#cfe8d8"
GREEN_MIST: Final = "#eaf5ee"

RED: Final = "#a8261d"
RED_BRIGHT: Final = "#d5523f"
RED_SOFT: Final = "#f6cfc9"
RED_MIST: Final = "#fcecea"

YELLOW: Final = "#f2c230"
YELLOW_DEEP: Final = "#c99512"

STEEL: Final = "#8e9ca3"
STEEL_LIGHT: Final = "#c4cdd1"
STEEL_DARK: Final = "#5c6a72"
STEEL_DEEP: Final = "#3a464d"
CONCRETE: Final = "#cfcdc6"
WOOD: Final = "#b98a56"
WOOD_DARK: Final = "#8a6238"
SKIN: Final = "#d9a679"
SKIN_DARK: Final = "#9c6b46"

SERIES: Final = (TEAL, WARM_BRIGHT, BLUE_BRIGHT, VIOLET_BRIGHT, GREEN_BRIGHT, RED_BRIGHT)
SOFT: Final = (TEAL_SOFT, WARM_SOFT, BLUE_SOFT, VIOLET_SOFT, GREEN_SOFT, RED_SOFT)
