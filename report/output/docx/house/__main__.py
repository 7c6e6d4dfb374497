"""Write ``templates/docx/reference.docx``: ``python -m report.output.docx.house [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path

from report.output.docx.house.package import reference_bytes


def main(arguments: list[str]) -> None:
    """Write the reference file to the path given, or to its place among the templates."""
    target = Path(arguments[0]) if arguments else Path("templates/docx/reference.docx")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(reference_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
