"""Redlines of random edits of real drafts, accepted and rejected by LibreOffice: ``python bench/redlines.py``.

The sections of the shipped editions are edited at random (words, numbers, notes, cells, rows, columns,
paragraphs, their order), and the redline of every pair is made. LibreOffice then accepts all, and rejects
all; what is left must read as the new draft and as the old one, opened by the same program. With
``--validator`` the Open XML SDK's validator must find nothing in a redline that it does not find in the new
draft. Prints how many agree, and every difference; exits with 1 when there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from report.document.model import Document, Figure, Heading, Paragraph, Table  # noqa: E402
from report.pipeline.preparing import prepare  # noqa: E402
from report.project import Project  # noqa: E402
from report.review.redline import redline  # noqa: E402
from tests.support.edits import alone, edited, word  # noqa: E402

SCRIPT = ROOT / "tests/review/office_redline.py"
DATE = "2024-01-31T00:00:00Z"
SHARES = (0.02, 0.05, 0.1, 0.2)  # how much is edited


@dataclass(frozen=True)
class Trial:
    """One random edit: of which edition and section, by which seed."""

    edition: str
    section: str
    seed: int

    @property
    def name(self) -> str:
        """A file's name."""
        return f"{self.edition}-{self.section}-{self.seed}"


def drafts(editions: Sequence[str]) -> dict[tuple[str, str], Document]:
    """Compose the editions and take them apart into sections that hold prose, tables or figures."""
    found = {}
    for edition in editions:
        document = prepare(ROOT / "data" / edition).document
        for section in document.sections:
            one = alone(document, section)
            blocks = list(one.blocks())
            if sum(isinstance(b, Paragraph | Table | Figure | Heading) for b in blocks) > 3:
                found[edition, section.id] = one
    return found


def trials(known: Sequence[tuple[str, str]], n: int, seed: int) -> Iterator[Trial]:
    """Yield ``n`` trials that go through all sections in turn."""
    for at in range(n):
        yield Trial(*known[at % len(known)], seed * 1000 + at)


def run(
    n: int, seed: int, folder: Path, editions: Sequence[str], soffice: str, *, whole: int = 0
) -> tuple[list[str], list[Path]]:
    """Make ``n`` redlines of sections (and ``whole`` of entire drafts) and have them judged.

    Returns what differs, and the redlines with their new drafts beside them.
    """
    found = drafts(editions)
    for edition in editions[: 1 if whole else 0]:
        found[edition, "whole"] = prepare(ROOT / "data" / edition).document
    sections = [key for key in found if key[1] != "whole"]
    wanted = [*trials(sections, n, seed), *(Trial(editions[0], "whole", s) for s in range(whole))]
    files: list[Path] = []
    for trial in wanted:
        base = found[trial.edition, trial.section]
        old = folder / f"plain-old-{trial.edition}-{trial.section}.docx"
        if not old.exists():
            old.write_bytes(word(base))
        share = SHARES[trial.seed % len(SHARES)]
        new = folder / f"plain-new-{trial.name}.docx"
        new.write_bytes(word(edited(base, trial.seed, share), "x" if trial.seed % 3 else ""))
        made = folder / f"redline-{trial.name}.docx"
        made.write_bytes(redline(old.read_bytes(), new.read_bytes(), date=DATE))
        files += [path for path in (old, new, made) if path not in files]
    said = judged(files, folder, soffice)
    different = []
    for trial in wanted:
        made = said[f"redline-{trial.name}.docx"]
        old = said[f"plain-old-{trial.edition}-{trial.section}.docx"]
        new = said[f"plain-new-{trial.name}.docx"]
        for what, plain in (("accepted", new), ("rejected", old)):
            if settled(made[what]) != settled(plain):
                different.append(f"{trial.name} {what}: {_first(made[what], plain)}")
    return different, [path for path in files if path.name.startswith("redline-")]


def judged(files: Sequence[Path], folder: Path, soffice: str) -> dict[str, dict]:
    """Have LibreOffice read the files; redlines once accepted, once rejected."""
    system = Path("/usr/bin/python3")  # the one that knows LibreOffice's uno module
    python = str(system) if system.exists() else "python3"
    done = subprocess.run(
        [python, str(SCRIPT), soffice, str(folder), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def settled(found: Sequence[str]) -> list[str]:
    """Leave out page numbers of contents, which LibreOffice counts anew as it lays out."""
    return [
        line.rpartition("\t")[0] if line.rpartition("\t")[2].isdecimal() else line.rstrip("\t")
        for line in found
    ]


def _first(found: Sequence[str], wanted: Sequence[str]) -> str:
    a, b = settled(found), settled(wanted)
    at = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return f"line {at}: {a[at : at + 1]} for {b[at : at + 1]}"[:400]


def faults(file: Path, validator: str) -> set[str]:
    """Return what the SDK says of a file, wherever it says it."""
    done = subprocess.run([validator, str(file)], capture_output=True, text=True, check=False)
    return {f"{e.get('id')} {e.get('description')}" for e in json.loads(done.stdout)["errors"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--whole", type=int, default=2, help="edits of the whole first edition")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--editions", nargs="*", help="else all")
    parser.add_argument("--validator", default=os.environ.get("OOXML_VALIDATOR", ""))
    options = parser.parse_args()
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        sys.exit("LibreOffice is not on this machine")
    editions = options.editions or [one.name for one in reversed(Project(ROOT).editions())]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        different, made = run(
            options.n, options.seed, folder, editions, soffice, whole=options.whole
        )
        for line in different:
            print(line)
        print(
            f"{len(made)} redlines: LibreOffice accepted and rejected, {len(different)} readings differ"
        )
        worse = 0
        if options.validator:
            for file in made:
                plain = file.with_name(file.name.replace("redline-", "plain-new-"))
                if fresh := faults(file, options.validator) - faults(plain, options.validator):
                    worse += 1
                    print(f"{file.name}: {sorted(fresh)[:3]}")
            print(f"SDK validator: {worse} of {len(made)} redlines with something new")
    print(f"{time.perf_counter() - start:.0f} s")
    return 1 if different or worse else 0


if __name__ == "__main__":
    sys.exit(main())
