"""Make the README's picture: some pages of the built report side by side.

`python setup/picture.py [PDF] [PAGE …]` writes docs/images/pages.png; needs poppler.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PAGES = (1, 8, 14, 24, 40, 60)
COLUMNS, WIDTH, GAP = 3, 520, 18
PAPER, DESK = (255, 255, 255), (222, 226, 230)


def page(pdf: Path, number: int) -> Image.Image:
    """Draw one page, ``WIDTH`` pixels wide."""
    command = ["pdftoppm", "-png", "-f", str(number), "-l", str(number)]
    command += ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1", str(pdf)]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def main() -> None:
    """Put the pages on one sheet."""
    arguments = sys.argv[1:]
    pdf = Path(arguments[0]) if arguments else ROOT / "dist/2023/report.pdf"
    pages = [page(pdf, int(number)) for number in (arguments[1:] or PAGES)]
    height = max(image.height for image in pages)
    rows = -(-len(pages) // COLUMNS)
    size = (COLUMNS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, DESK)
    for at, image in enumerate(pages):
        row, column = divmod(at, COLUMNS)
        sheet.paste(image, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    target = ROOT / "docs/images/pages.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(96).save(target, optimize=True)


if __name__ == "__main__":
    main()
