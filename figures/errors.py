"""The one exception of this package: a figure that cannot be drawn, told in parts a caller can translate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Reason = Literal["unknown-kind", "no-font", "missing-glyph", "bad-data", "bad-option"]


class DrawingError(Exception):
    """A FigureSpec that cannot be drawn or described.

    ``reason`` is one of a fixed set, ``figure`` the spec's id, ``detail`` what was found and
    ``allowed`` what would do instead; the message puts them together in English.
    """

    def __init__(
        self, reason: Reason, figure: str, detail: str, allowed: Iterable[str] = ()
    ) -> None:
        self.reason = reason
        self.figure = figure
        self.detail = detail
        self.allowed = tuple(allowed)
        hint = f" (use one of: {', '.join(self.allowed)})" if self.allowed else ""
        super().__init__(f"figure {figure!r}: {detail}{hint}")
