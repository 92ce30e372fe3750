"""A folder in the machine's memory, for what need not survive it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")
_PREFIX = "hutong-tests-"
_ROOM_BYTES = 2 * 1024**3


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """Where there is memory with room; else an ordinary temporary folder."""
    _forget_the_dead()
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES
    with tempfile.TemporaryDirectory(
        prefix=f"{_PREFIX}{os.getpid()}-", dir=_MEMORY if has_room else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _forget_the_dead() -> None:
    """Whoever was killed left its folder, and memory is not swept by a restart of anything but the machine."""
    for folder in _MEMORY.glob(f"{_PREFIX}*"):
        process_id = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not Path("/proc", process_id).exists():
            shutil.rmtree(folder, ignore_errors=True)
