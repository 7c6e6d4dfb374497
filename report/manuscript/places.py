"""From marks in rendered text to the template place of every line."""

from __future__ import annotations

from report.errors import Place
from report.manuscript.store import PLACE, Store


def placed(store: Store, rendered: str, start: Place | None) -> tuple[str, list[Place | None]]:
    """Take the marks out of rendered text; return it with the template place of each line.

    Marks within a line stay where they say something else than the line itself.
    """
    lines: list[str] = []
    places: list[Place | None] = []
    current = start
    for line in rendered.split("\n"):
        parts: list[tuple[Place | None, str, str]] = []  # place, its mark, text
        mark, end = "", 0
        for match in PLACE.finditer(line):
            parts.append((current, mark, line[end : match.start()]))
            current, mark, end = store.place(match), match.group(), match.end()
        parts.append((current, mark, line[end:]))
        here = next((place for place, _mark, text in parts if text.strip()), current)
        places.append(here)
        text = ""
        for place, sign, part in parts:
            if part.strip() and place != here:
                text += sign
                here = place
            text += part
        lines.append(text)
    return "\n".join(lines), places
