"""Where the project's things stand: editions under ``data/``, templates, outputs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from report.errors import EditionError, Place, Problem
from report.i18n import _

DEFAULT_EDITION = "2023"
EDITION_FILE = "edition.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``data/`` (editions, shared statistics) and ``templates/``."""

    root: Path

    @property
    def data(self) -> Path:
        """The folder of all editions."""
        return self.root / "data"

    @property
    def templates(self) -> Path:
        """The folder of the report's templates."""
        return self.root / "templates"

    @property
    def dist(self) -> Path:
        """The folder that holds one folder of outputs per edition."""
        return self.root / "dist"

    def editions(self) -> tuple[Path, ...]:
        """Every edition's folder, in the order of their names."""
        return tuple(sorted(found.parent for found in self.data.glob(f"*/{EDITION_FILE}")))

    def edition(self, name: str) -> Path:
        """Find the edition that ``name`` means: an id under ``data/`` or the path of a folder.

        EditionError, naming the editions there are, when it is neither.
        """
        for folder in (self.data / name, Path(name)):
            if (folder / EDITION_FILE).is_file():
                return folder
        known = ", ".join(folder.name for folder in self.editions())
        raise EditionError(
            Problem(
                Place(self.shown(self.data / name)),
                _("There is no edition “{name}”.").format(name=name),
                _("a folder with {file}; this project has: {known}").format(
                    file=EDITION_FILE, known=known or "—"
                ),
                _("Make one with: iireport new {name} --from {default}").format(
                    name=Path(name).name, default=DEFAULT_EDITION
                ),
            )
        )

    def shown(self, path: Path) -> str:
        """Name a file as users know it: relative to the project, with forward slashes."""
        path = path.resolve()
        root = self.root.resolve()
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def find_project(start: Path) -> Project:
    """Return the project that ``start`` lies in; failing that, the one this program comes with."""
    for folder in (start, *start.resolve().parents):
        if (folder / "data").is_dir() and (folder / "templates").is_dir():
            return Project(folder)
    return Project(Path(__file__).resolve().parents[1])
