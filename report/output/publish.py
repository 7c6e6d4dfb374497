"""Put a build's files in place as one: all of them or none, and the last good ones until then."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from report.errors import OutputError, Place, Problem
from report.i18n import _

MANIFEST = "manifest.json"


@contextmanager
def reserved(out: Path) -> Iterator[None]:
    """Keep other builds from the folder ``out`` meanwhile; OutputError when one is at work there.

    The lock is the operating system's and ends with the process, so none is ever left behind.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(
            Problem(
                Place.of(out.name),
                _("The output folder's name belongs to a file."),
                remedy=_("Choose another folder with --out."),
            )
        )
    foreign = out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file()
    if foreign:
        raise OutputError(
            Problem(
                Place.of(out.name),
                _("The output folder holds files that no build of this program made."),
                _("an empty or new folder, or one with a {manifest}").format(manifest=MANIFEST),
                _("Choose another folder with --out; nothing was changed."),
            )
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out.parent / f".{out.name}.lock", timeout=0)
        with lock:
            _restore(out)
            yield
    except Timeout:
        raise OutputError(
            Problem(
                Place.of(out.name),
                _("Another build is writing to this folder."),
                remedy=_("Wait until it has finished, or choose another folder with --out."),
            )
        ) from None
    except PermissionError as error:
        raise OutputError(
            Problem(
                Place.of(Path(error.filename or out).name),
                _("This folder cannot be written to."),
                remedy=_("Choose another folder with --out, or ask for the right to write here."),
            )
        ) from None


def publish(out: Path, files: Mapping[str, bytes]) -> None:
    """Replace the folder ``out`` by one that holds exactly ``files`` (relative name → content).

    Everything is written and flushed beside ``out`` first; then two renames change the folders.
    When the second fails the first is undone. To be called inside ``reserved``.
    """
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".new", dir=out.parent))
    try:
        for name, content in files.items():
            _write(fresh / name, content)
        fresh.chmod(0o755)
        _swap(fresh, out)
    except OSError as error:
        raise OutputError(
            Problem(
                Place.of(out.name),
                _("The finished files could not be put in place: {reason}").format(
                    reason=error.strerror or type(error).__name__
                ),
                remedy=_(
                    "Close the report where it is open (Word keeps files locked), look at the "
                    "free space, and build again; the last good report is untouched."
                ),
            )
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _aside(out: Path) -> Path:
    return out.parent / f".{out.name}.old"


def _swap(fresh: Path, out: Path) -> None:
    old = _aside(out)
    shutil.rmtree(old, ignore_errors=True)
    if not out.exists():
        fresh.rename(out)
        return
    out.rename(old)
    try:
        fresh.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _restore(out: Path) -> None:
    """Bring back the last good outputs if a build was killed between its two renames."""
    old = _aside(out)
    if old.is_dir() and not out.exists():
        old.rename(out)
    for left in out.parent.glob(f".{out.name}.*.new"):
        shutil.rmtree(left, ignore_errors=True)
