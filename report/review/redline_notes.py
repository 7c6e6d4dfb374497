"""Put the footnotes of a redline in the order of their calls.

LibreOffice takes them by their order in the part, not by their ids; those taken over from the old file would
come last, and calls among deleted words would show another note.
"""

from __future__ import annotations

from report.output.docx.oxml import Element, q
from report.review.redline_package import FOOTNOTES, File

_ID = q("w:id")


def in_order(file: File) -> None:
    """Give the notes of ``file`` the numbers and the order of their calls, deleted calls included."""
    part = file.tree(FOOTNOTES)
    if part is None:
        return
    calls = list(file.body.iter(q("w:footnoteReference")))
    notes = {note.get(_ID, ""): note for note in part if note.get(q("w:type")) is None}
    called = [one for one in dict.fromkeys(call.get(_ID, "") for call in calls) if one in notes]
    first = _first(notes)
    fresh = {
        old: str(first + at)
        for at, old in enumerate([*called, *(n for n in notes if n not in called)])
    }
    for call in calls:
        call.set(_ID, fresh.get(call.get(_ID, ""), call.get(_ID, "")))
    for note in notes.values():
        part.remove(note)
    for old, new in fresh.items():
        notes[old].set(_ID, new)
        part.append(notes[old])


def _first(notes: dict[str, Element]) -> int:
    return min((int(one) for one in notes if one.isdecimal()), default=1)
