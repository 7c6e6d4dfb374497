"""Time the DOCX writer beside pandoc on the same report: ``python bench/docx_writer.py``.

A made-up report of some 60 pages is written by both in turn. Pandoc gets the Markdown that it reads out of
our own file, with the same pictures, and the same reference file. Each round measures both, wall clock and
processor time; printed are medians and two ratios: the writer alone, and with drawing the figures' PNGs,
which pandoc is given ready. Our page numbers are left out: pandoc measures none.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from figures import draw  # noqa: E402
from report.document.model import Document, Figure  # noqa: E402
from report.document.walk import transform  # noqa: E402
from report.output.docx import write_docx  # noqa: E402
from report.output.docx.pages import convert  # noqa: E402
from tests.support.documents import rich_document  # noqa: E402

REFERENCE = ROOT / "templates/docx/reference.docx"
ROUNDS, COPIES, MOST = 5, 4, 1.5


class Drawn:
    """A drawing whose PNG exists already."""

    def __init__(self, drawing) -> None:  # noqa: ANN001
        self.svg, self._png = drawing.svg, drawing.png(220)

    def png(self, _dpi: int) -> bytes:
        return self._png


def pandoc_program() -> str:
    """Return the pandoc of the development packages, or the machine's own."""
    try:
        import pypandoc  # noqa: PLC0415

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc") or ""


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


def timed(work) -> tuple[float, float]:  # noqa: ANN001
    """Return wall-clock and processor seconds of ``work``, child processes included."""

    def cpu() -> float:
        return sum(
            usage.ru_utime + usage.ru_stime
            for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        )

    start, used = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - start, cpu() - used


def main() -> int:
    """Print both programs' times and ratios; 1 when the writer takes 1.5 times as long or more."""
    pandoc = pandoc_program()
    if not pandoc:
        print("pandoc is not on this machine: pip install pypandoc-binary")
        return 2
    document = long_document()
    figures = [block for block in document.blocks() if isinstance(block, Figure)]
    drawings = {block.id: draw(block.spec) for block in figures}
    ready = {key: Drawn(drawing) for key, drawing in drawings.items()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = write_docx(document, ready, REFERENCE, pages={})
        (folder / "ours.docx").write_bytes(data)
        read = [pandoc, "ours.docx", "-o", "same.md", "--extract-media=media"]
        subprocess.run(read, cwd=folder, check=True)
        again = [pandoc, "same.md", "-o", "theirs.docx", f"--reference-doc={REFERENCE}"]

        def theirs() -> None:
            subprocess.run(again, cwd=folder, check=True, capture_output=True)

        rounds: dict[str, list[tuple[float, float]]] = {"writer": [], "drawing": [], "pandoc": []}
        for _ in range(ROUNDS):  # in turn, so that a busy machine slows both
            rounds["pandoc"].append(timed(theirs))
            rounds["writer"].append(timed(lambda: write_docx(document, ready, REFERENCE, pages={})))
            rounds["drawing"].append(
                timed(lambda: [drawing.png(220) for drawing in drawings.values()])
            )
        words = len((folder / "same.md").read_text(encoding="utf-8"))
    pdf = convert(data, "pdf")
    pages = pdf.count(b"/Type/Page/") or pdf.count(b"/Type /Page\n") or pdf.count(b"/Type/Page\n")
    print(f"{len(figures)} figures, {words} characters of Markdown, {pages or '?'} pages")
    wall, used = (
        {key: statistics.median(one[n] for one in each) for key, each in rounds.items()}
        for n in (0, 1)
    )
    for title, times in (("wall clock", wall), ("processor", used)):
        whole = times["writer"] + times["drawing"]
        print(
            f"{title:10}  pandoc {times['pandoc']:.2f} s   writer {times['writer']:.2f} s "
            f"(ratio {times['writer'] / times['pandoc']:.2f})   with drawing {whole:.2f} s "
            f"(ratio {whole / times['pandoc']:.2f})"
        )
    return int(used["writer"] >= MOST * used["pandoc"])


if __name__ == "__main__":
    raise SystemExit(main())
