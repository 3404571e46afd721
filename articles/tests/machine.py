"""What can be wrong with the machine: another user's files, a disk that is full."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest import SkipTest

NOBODY = 65534


@contextmanager
def somebody_else(folder):
    """As a user without rights: root, whom no permission stops, becomes nobody for a while.

    `folder` is opened for that user first, what is in it is not."""
    Path(folder).chmod(0o755)
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def small_disk(size):
    """The path of a disk of its own, of `size` bytes. Skips the test where none can be had."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder]
        if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
            raise SkipTest("a small disk needs root and the right to mount")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
