"""The redline: the new draft's Word file with every difference from the old one as a tracked change."""

from __future__ import annotations

import datetime as dt

from report.errors import OutputError, Problem
from report.i18n import _
from report.output.docx.oxml import q
from report.review.redline_apart import keep_apart
from report.review.redline_check import accepted, lines, rejected
from report.review.redline_marks import Marker
from report.review.redline_notes import in_order
from report.review.redline_package import File, Importer
from report.review.redline_weave import Weaver

AUTHOR = "编写组"


def redline(old: bytes, new: bytes, *, date: dt.date | str, author: str = AUTHOR) -> bytes:
    """Return ``new`` with its changes against ``old`` tracked, signed and dated as given.

    Styles, pages and headers are the new file's. Accepting everything gives the new text, rejecting
    everything the old one; this is verified before anything is returned (OutputError otherwise).
    """
    before, after = File(old), File(new)
    stamp = date if isinstance(date, str) else f"{date.isoformat()}T00:00:00Z"
    marker = Marker(author, stamp, before, after, Importer(before, after))
    body = after.body
    properties = body.find(q("w:sectPr"))
    woven = Weaver(marker).weave(list(before.body), list(body))
    for child in list(body):
        body.remove(child)
    body.extend(woven)
    if properties is not None:
        body.append(properties)
    keep_apart(body)
    in_order(after)
    made = after.save()
    verify(made, old, new)
    return made


def verify(made: bytes, old: bytes, new: bytes) -> None:
    """Raise OutputError unless the redline holds both texts, word for word."""
    for found, wanted, name in (
        (accepted(made), lines(new), _("accepted")),
        (rejected(made), lines(old), _("rejected")),
    ):
        if found == wanted:
            continue
        unlike = [(a, b) for a, b in zip([*found, ""], [*wanted, ""], strict=False) if a != b] or [
            ("", "")
        ]
        raise OutputError(
            Problem(
                None,
                _("The redline does not give the draft's text when all is {done}.").format(
                    done=name
                ),
                unlike[0][1][:80],
                _("Report this as a defect; it reads instead: {text}").format(
                    text=unlike[0][0][:80]
                ),
            )
        )
