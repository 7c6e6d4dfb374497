"""Time the DOCX writer beside pandoc on the same text: ``python bench/docx_writer.py``.

A made-up report of some 60 pages is written; the same content goes to pandoc as the
Markdown that pandoc itself reads out of it. Prints processor seconds (best of five) and their ratio.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from report.document.model import Document  # noqa: E402
from report.document.walk import transform  # noqa: E402
from report.output.docx import write_docx  # noqa: E402
from tests.support.documents import rich_document, stub_drawings  # noqa: E402

REFERENCE = ROOT / "templates/docx/reference.docx"
ROUNDS, COPIES = 5, 5


class Drawn:
    """A drawing whose PNG exists already: drawing is not what is measured."""

    def __init__(self, drawing) -> None:  # noqa: ANN001
        self.svg, self._png = drawing.svg, drawing.png(220)

    def png(self, _dpi: int) -> bytes:
        return self._png


def long_document() -> Document:
    """Repeat the parts of the rich test document under new ids."""
    document = rich_document()
    front, parts = document.sections[:4], document.sections[4:]
    sections = list(front)
    for copy in range(COPIES):
        part = replace(document, sections=parts)
        sections += transform(
            part, block=lambda block, n=copy: replace(block, id=f"{block.id}-x{n}")
        ).sections
    return replace(document, sections=tuple(sections))


def main() -> int:
    """Print both times and the ratio; 1 when the writer takes 1.5 times as long or more."""
    pandoc = shutil.which("pandoc")
    if not pandoc:
        print("pandoc is not on this machine")
        return 2
    document = long_document()
    drawings = {key: Drawn(drawing) for key, drawing in stub_drawings(document).items()}
    ours = []
    for _ in range(ROUNDS):
        start = time.process_time()
        data = write_docx(document, drawings, REFERENCE, pages={})
        ours.append(time.process_time() - start)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "ours.docx").write_bytes(data)
        read = [pandoc, "ours.docx", "-o", "same.md", "--extract-media=media"]
        subprocess.run(read, cwd=folder, check=True)
        theirs = []
        for _ in range(ROUNDS):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([pandoc, "same.md", "-o", "theirs.docx"], cwd=folder, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            theirs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    ratio = min(ours) / min(theirs)
    print(f"writer {min(ours):.2f} s   pandoc {min(theirs):.2f} s   ratio {ratio:.2f}")
    return int(ratio >= 1.5)


if __name__ == "__main__":
    raise SystemExit(main())
