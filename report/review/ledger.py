"""The ledger of an edition: ``review/<edition>/`` with a workbook, its text, and what both last agreed on."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.project import Project
from report.review.blocks import damaged, load_object
from report.review.fields import Row, clean, from_row, heading_of, to_row
from report.review.merging import Merged, merge, sides
from report.review.mirror import from_text, to_text
from report.review.model import Conflict, Imported, Opinion
from report.review.workbook import from_workbook, to_workbook

WORKBOOK, TEXT, BASE = "ledger.xlsx", "ledger.yaml", "ledger.json"
FORMAT = "iireport-ledger"
_LARGEST = 64_000_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """All opinions on an edition in the order of their numbers, and the files they came in."""

    edition: str
    opinions: tuple[Opinion, ...] = ()
    files: tuple[Imported, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    restored: tuple[tuple[int, str], ...] = ()  # (opinion, field) that was put back on loading

    def named(self, numbers: Iterable[int]) -> tuple[Opinion, ...]:
        """Return the opinions of these numbers, each once; OutputError names all that are not there."""
        known = {one.number: one for one in self.opinions}
        wanted = tuple(dict.fromkeys(numbers))
        problems = [
            Problem(
                Place.of(f"review/{self.edition}/{TEXT}"),
                _("There is no opinion {number}.").format(number=number),
                "",
                _("Look up its number with: iireport review list"),
            )
            for number in wanted
            if number not in known
        ]
        if problems:
            raise OutputError(problems)
        return tuple(known[number] for number in wanted)

    def with_opinions(self, changed: Iterable[Opinion]) -> Ledger:
        """Return the ledger with these opinions in place of those of the same numbers, or added."""
        by_number = {one.number: one for one in self.opinions}
        by_number.update({one.number: one for one in changed})
        return replace(self, opinions=tuple(by_number[number] for number in sorted(by_number)))


def ledger_folder(project: Project, edition: str) -> Path:
    """Return the folder of an edition's ledger."""
    return project.root / "review" / edition


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs from the ledger meanwhile; OutputError when one is at work on it."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=10):
            yield
    except Timeout:
        raise OutputError(
            Problem(
                Place.of(f"review/{folder.name}"),
                _("Another run is working on this ledger."),
                "",
                _("Wait until it has finished."),
            )
        ) from None


# ---------------------------------------------------------------- loading


def load(folder: Path) -> Ledger:
    """Load the ledger in ``folder``: what was last written, with the edits made since in both files.

    OutputError when a file cannot be read; nothing is written.
    """
    base, files = _read_base(folder)
    excel = _read(folder / WORKBOOK, folder)
    text = _read(folder / TEXT, folder)
    if base is None:  # taken away: the text speaks for it, else the workbook
        base = text if text is not None else excel or {}
    return _ledger(folder.name, merge(base, excel, text), files)


def _ledger(edition: str, merged: Merged, files: tuple[Imported, ...]) -> Ledger:
    opinions: list[Opinion] = []
    highest = max((_number(row) for row in merged.rows.values()), default=0)
    taken: set[int] = set()
    for mark, row in merged.rows.items():
        one = from_row(row)
        if mark.startswith("typed:"):  # an opinion that came by telephone, or in a meeting
            digest = hashlib.sha256(mark.encode()).hexdigest()[:16]
            one = replace(one, mark=digest, number=0, file=one.file or "手工录入")
        if one.number <= 0 or one.number in taken:
            highest += 1
            one = replace(one, number=highest)
        taken.add(one.number)
        opinions.append(one)
    opinions.sort(key=lambda one: one.number)
    return Ledger(edition, tuple(opinions), files, merged.conflicts, merged.restored)


def _number(row: Mapping[str, str]) -> int:
    text = row.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _read(path: Path, folder: Path) -> dict[str, Row] | None:
    place = f"review/{folder.name}/{path.name}"
    try:
        if not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise OutputError(Problem(Place.of(place), _("the file is too large")))
        if path.name == WORKBOOK:
            return from_workbook(path.read_bytes(), place)
        return from_text(path.read_text("utf-8-sig"), place)
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(
            Problem(
                Place.of(place),
                _("the file cannot be read ({reason})").format(reason=type(error).__name__),
                "",
                _("Close it where it is open, and save the text as UTF-8."),
            )
        ) from None


def _read_base(folder: Path) -> tuple[dict[str, Row] | None, tuple[Imported, ...]]:
    path = folder / BASE
    place = f"review/{folder.name}/{BASE}"
    if not path.is_file():
        return None, ()
    try:
        raw = load_object(path.read_text("utf-8"), FORMAT, _LARGEST)
        rows = {str(mark): _strings(row) for mark, row in raw["rows"].items()}
        files = tuple(
            Imported(
                str(one["name"]), str(one["sha256"]), str(one["draft"]), str(one["source"]),
                int(one["marks"]),
            )
            for one in raw["files"]
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(place, error) from None
    return rows, files


def _strings(row: Mapping[str, object]) -> Row:
    return {str(name): str(text) for name, text in row.items()}


# ---------------------------------------------------------------- saving


def save(folder: Path, ledger: Ledger) -> None:
    """Write workbook and text, then what they agree on; each file whole or not at all.

    Killed between two files, the next loading still finds every edit: what only one file has is added.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = {one.mark: to_row(one) for one in ledger.opinions}
    excel, text = sides(rows, ledger.conflicts)
    described = {
        "format": FORMAT,
        "files": [
            {
                "name": one.name, "sha256": one.sha256, "draft": one.draft, "source": one.source,
                "marks": one.marks,
            }
            for one in ledger.files
        ],
        "rows": rows,
    }  # fmt: skip
    place = f"review/{folder.name}"
    _write(folder / WORKBOOK, to_workbook(list(excel.values()), ledger.conflicts), place)
    _write(folder / TEXT, to_text(text.values(), ledger.conflicts).encode(), place)
    _write(
        folder / BASE, (json.dumps(described, ensure_ascii=False, indent=0) + "\n").encode(), place
    )


def _write(path: Path, content: bytes, place: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise OutputError(
            Problem(
                Place.of(f"{place}/{path.name}"),
                _("The file cannot be written ({reason}).").format(
                    reason=error.strerror or type(error).__name__
                ),
                "",
                _(
                    "Close it where it is open (Excel keeps files locked) and run the command again."
                ),
            )
        ) from None


def conflict_problem(edition: str, one: Conflict) -> Problem:
    """Tell of a field that stands differently in the workbook and in the text."""
    return Problem(
        Place.of(f"review/{edition}/{WORKBOOK}", cell=f"№{one.number}"),
        _("“{field}” differs: “{excel}” in the workbook, “{text}” in the text.").format(
            field=heading_of(one.field), excel=one.excel, text=one.text
        ),
        "",
        _("Make both say the same."),
    )


def tidy(text: str) -> str:
    """Return a text as the ledger keeps it."""
    return clean(text)
