"""An index of the ledger: from a number as it is printed to the rows that account for it."""

from __future__ import annotations

from collections.abc import Iterable

from report.ledger.rows import Row
from report.ledger.tokens import digits, numbers


class Index:
    """Rows by the numbers in their texts, written in any of the usual ways (1,234.5; −3.1; ３.１)."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[str, dict[Row, None]] = {}
        self._texts: dict[str, dict[Row, None]] = {}
        for row in rows:
            self._texts.setdefault(row.text, {})[row] = None
            for token in numbers(row.text):
                wanted = digits(token.text)
                self._rows.setdefault(wanted, {})[row] = None
                # Where a sign can be taken for a dash (2019-2022) extraction loses it.
                self._rows.setdefault(wanted.lstrip("-"), {})[row] = None

    def __contains__(self, text: str) -> bool:
        return bool(self.rows(text))

    def rows(self, text: str) -> tuple[Row, ...]:
        """Return the rows that print ``text``: the very text, else every number in it together."""
        if text in self._texts:
            return tuple(self._texts[text])
        wanted = [digits(token.text) for token in numbers(text)] or [digits(text)]
        found = [self._rows.get(each, {}) for each in wanted]
        return tuple(row for row in found[0] if all(row in others for others in found[1:]))
