"""Memory of a process that also draws pictures."""

import ctypes
import sys
from contextlib import suppress

# Parameters of mallopt(3).
MMAP_THRESHOLD = -3
ARENA_MAX = -8


def give_back_promptly() -> None:
    """Let what was freed go back to the system at once.

    Encoding a picture takes tens of megabytes for a moment. The allocator of Linux keeps them, for each thread its
    own, against the next time; a server of one process would hold several times what it needs.
    """
    if sys.platform != "linux":
        return
    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return  # another C library, which does not keep them
    set_option(ARENA_MAX, 2)
    set_option(MMAP_THRESHOLD, 128 * 1024)


def trim() -> None:
    """Give back what lies free between what is in use: after work that took much for a moment."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
