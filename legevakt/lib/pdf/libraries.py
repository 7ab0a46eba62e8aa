"""Which system libraries WeasyPrint needs, and which are not there."""

from __future__ import annotations

import ctypes
from contextlib import suppress

# One row a Debian package: the names its library has on Linux and on macOS.
LIBRARIES = {
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libharfbuzz0b": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "libfontconfig1": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}


def missing_libraries() -> tuple[str, ...]:
    """The Debian packages to install before PDF works; empty when it does."""
    return tuple(package for package, names in LIBRARIES.items() if not _loads(names=names))


def _loads(*, names: tuple[str, ...]) -> bool:
    for name in names:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False
