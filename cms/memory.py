"""Memory of a process that also draws pictures."""

import ctypes
import sys

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
