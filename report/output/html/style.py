"""Read the style sheets of templates/page, which editors may change."""

from __future__ import annotations

from pathlib import Path

from report.errors import OutputError, Place, Problem
from report.i18n import _

LIMIT = 500_000  # characters


def read_style(page_dir: Path, name: str) -> str:
    """Return the text of ``page_dir/name``; raise OutputError when it cannot be used in a page."""
    path = page_dir / name
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(
            Problem(
                Place.of(name),
                _("The style sheet cannot be read: {error}").format(error=error),
                _("a UTF-8 text file in the page templates' folder"),
                _("Restore the file from the project."),
            )
        ) from error
    if len(text) > LIMIT or "</style" in text.lower():
        raise OutputError(
            Problem(
                Place.of(name),
                _("The style sheet is too long or holds a closing style tag"),
                _("plain CSS"),
                _("Mend the style sheet."),
            )
        )
    return text
