"""Programs that we start: none outlives us, not even when we are killed (Linux)."""

import ctypes
import os
import sys
from collections.abc import Callable
from signal import Signals

_PR_SET_PDEATHSIG = 1


def die_with_parent(number: Signals) -> Callable[[], None]:
    """For subprocess' preexec_fn: own process group, and on Linux this signal when the parent is gone.

    The kernel means the thread that starts the child: call from the main thread.
    """
    if sys.platform != "linux":
        return os.setpgrp
    parent = os.getpid()
    libc = ctypes.CDLL(None)  # loaded here: between fork and exec nothing may import

    def before_exec() -> None:
        os.setpgid(0, 0)  # Ctrl-C in the terminal reaches us only, who then stop our children in order
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)

    return before_exec
