"""Where an edition's files lie, how they are read, and everything found wrong in them so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath, PureWindowsPath

from report.errors import EditionError, Place, Problem
from report.i18n import _, ngettext

MAX_BYTES = 32 * 1024 * 1024
MAX_ALIKE = 12  # problems of one kind in one column that are told one by one


class Sources:
    """The files of one edition: confined to the project, read with limits, listed for the manifest.

    Problems are collected, not raised, so that one run tells all of them; ``check`` raises at the end.
    """

    def __init__(self, folder: Path, root: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.root = (root or project_root(self.folder)).resolve()
        self.problems: list[Problem] = []
        self.gaps: list[Problem] = []
        self.warnings: list[Problem] = []
        self._inputs: dict[Path, None] = {}

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Every file read so far, in the order of reading."""
        return tuple(self._inputs)

    def shown(self, path: Path) -> str:
        """Name a file as its users know it: relative to the project, with forward slashes."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        )

    def add(self, place: Place | None, found: str, expected: str = "", remedy: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(place, found, expected, remedy))

    def lack(self, place: Place | None, found: str, expected: str, remedy: str) -> None:
        """Note something that is missing; each is told, however many there are."""
        self.gaps.append(Problem(place, found, expected, remedy))

    def warn(self, place: Place | None, found: str, expected: str = "", remedy: str = "") -> None:
        """Note something that does not stop the build but should be looked at."""
        self.warnings.append(Problem(place, found, expected, remedy))

    def check(self) -> None:
        """Raise EditionError with every problem noted so far, if there is any.

        Of many alike in one column of a table the first few are told, and how many more there are.
        """
        if self.problems or self.gaps:
            told = dict.fromkeys(self.problems)
            raise EditionError([*_thinned(told), *dict.fromkeys(self.gaps)])

    def locate(self, name: str, place: Place) -> Path | None:
        """Return the path that ``name`` (relative to the edition's folder) means; None after noting why not.

        Only files within the project are read: no absolute paths, no way out through ``..`` or a link.
        """
        plain = name.replace("\\", "/")
        absolute = PurePosixPath(plain).is_absolute() or PureWindowsPath(name).drive
        path = (self.folder / plain) if not absolute and "\0" not in name else None
        resolved = path.resolve() if path is not None else None
        if resolved is None or not resolved.is_relative_to(self.root):
            self.add(
                place,
                _("“{name}” lies outside the project").format(name=name),
                _("a path relative to the edition's folder, within the project"),
                _("Copy the file into the project and name it by its relative path."),
            )
            return None
        if not resolved.is_file():
            near = nearest(resolved.name, (p.name for p in siblings(resolved)))
            self.add(
                place,
                _("there is no file {file}").format(file=self.shown(resolved)),
                _("a file of this name"),
                near or _("Add the file, or mend its name here."),
            )
            return None
        return resolved

    def read_bytes(self, path: Path) -> bytes | None:
        """Return a file's bytes and list it as an input; None after noting why it cannot be read."""
        place = Place.of(self.shown(path))
        try:
            size = path.stat().st_size
            content = path.read_bytes() if size <= MAX_BYTES else None
        except OSError as error:
            self.add(
                place,
                _("the file cannot be read ({reason})").format(reason=error.strerror or error),
                remedy=_("Close it in other programs and check that you may read it."),
            )
            return None
        if content is None:
            self.add(
                place,
                _("the file is {size} MB").format(size=size // 2**20),
                _("at most {limit} MB").format(limit=MAX_BYTES // 2**20),
                _("Leave out what the edition does not use."),
            )
            return None
        self._inputs[path] = None
        if not content.strip():
            self.add(place, _("the file is empty"), remedy=_("Fill it, or name another file."))
            return None
        return content

    def read_text(self, path: Path, encoding: str = "utf-8") -> str | None:
        """Return a text file's content; None after noting a wrong encoding."""
        content = self.read_bytes(path)
        return None if content is None else self._decode(content, encoding, self.shown(path))

    def _decode(self, content: bytes, encoding: str, file: str) -> str | None:
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:1000]:
            self.add(
                Place.of(file, line=1),
                _("the file is UTF-16, or no text at all"),
                _("UTF-8"),
                _("Save it as “CSV UTF-8” or, in a text editor, with the encoding UTF-8."),
            )
            return None
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        try:
            return content.decode(name)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
        if encoding == "utf-8" and _decodes(content, "gb18030"):
            self.add(
                Place.of(file, line=line),
                _("the file is not UTF-8; it looks like GB18030 (GBK), as Excel writes it"),
                _("UTF-8"),
                _("Save it as “CSV UTF-8”, or write “encoding: gb18030” beside its name."),
            )
        else:
            self.add(
                Place.of(file, line=line),
                _("bytes that are not {encoding}").format(encoding=encoding),
                encoding,
                _("Save the file again with the encoding UTF-8."),
            )
        return None


def _thinned(problems: Iterable[Problem]) -> list[Problem]:
    kept: list[Problem] = []
    count: Counter[Problem] = Counter()
    last: dict[Problem, int] = {}  # what stands for the kind → where in kept its last one is
    for problem in problems:
        place = problem.place
        if place is None or not place.cell:
            kept.append(problem)
            continue
        column = place.cell.rstrip("0123456789")
        kind = Problem(Place.of(place.file, sheet=place.sheet, cell=column), "", problem.expected)
        count[kind] += 1
        if count[kind] <= MAX_ALIKE:
            last[kind] = len(kept)
            kept.append(problem)
    for kind in sorted(last, key=last.__getitem__, reverse=True):
        more = count[kind] - MAX_ALIKE
        if more > 0 and kind.place is not None:
            found = ngettext(
                "{count} more problem of this kind in column {column}",
                "{count} more problems of this kind in column {column}",
                more,
            ).format(count=more, column=kind.place.cell)
            kept.insert(last[kind] + 1, replace(kind, found=found))
    return kept


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def project_root(folder: Path) -> Path:
    """Return the project an edition's folder belongs to: what holds its ``data/``, else its parent."""
    for parent in folder.parents:
        if parent.name == "data":
            return parent.parent
    return folder.parent


def siblings(path: Path) -> Iterable[Path]:
    """List the files beside ``path``; none where its folder does not exist."""
    return sorted(path.parent.iterdir()) if path.parent.is_dir() else ()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return “Did you mean …?” for the nearest known name, or nothing."""
    matches = get_close_matches(str(name), sorted(set(known)), n=1, cutoff=0.6)
    return _("Did you mean “{name}”?").format(name=matches[0]) if matches else ""


def listed(names: Iterable[str], limit: int = 12) -> str:
    """List names for a message, the first ``limit`` of them."""
    every = list(names)
    text = ", ".join(every[:limit])
    return (
        text
        if len(every) <= limit
        else _("{names} … ({count} in all)").format(names=text, count=len(every))
    )
