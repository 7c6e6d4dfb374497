"""Make the returned file that LibreOffice writes: ``python -m tests.returned.make_office [PYTHON_WITH_UNO]``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.returned.sample import FILES

NAME = "office.docx"


def main() -> None:
    """Run the script in LibreOffice; write the file and ``office.json``."""
    python = sys.argv[1] if len(sys.argv) > 1 else "/usr/bin/python3"
    office = shutil.which("soffice")
    assert office, "LibreOffice is not on this machine"
    script = Path(__file__).with_name("uno_edits.py")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [python, script, office, FILES / "draft.docx", FILES / NAME, folder],
            check=True, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
    rows = json.loads(done.stdout.splitlines()[-1])
    text = json.dumps({NAME: rows}, ensure_ascii=False, indent=1) + "\n"
    (FILES / "office.json").write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
