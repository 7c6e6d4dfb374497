"""Concentration: what became of the share of the largest regions in the national total."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.document import format as formats
from report.document.derived import compose
from report.manuscript.context import Context
from report.manuscript.helpers.numbers import EVEN, Numbers
from report.manuscript.helpers.standings import Orders
from report.manuscript.store import Piece


class Concentration(Orders):
    """Helpers that follow the share of the k largest regions, whoever they are in either year."""

    def __init__(self, context: Context, numbers: Numbers) -> None:
        super().__init__(context)
        self._numbers = numbers

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "top_share_change": self.top_share_change,
            "top_share_direction": self.top_share_direction,
        }

    def top_share_change(
        self,
        metric: str,
        k: int = 5,
        *,
        since: Any = None,
        up: str = "",
        down: str = "",
        even: str = EVEN,
    ) -> Piece:
        """Say by how much the share of the k largest regions rose or fell: 提高4.2个百分点."""
        now, then = self._pair(metric, k, since)
        return self._numbers.moved(now, then, up=up, down=down, even=even)

    def top_share_direction(
        self,
        metric: str,
        k: int = 5,
        *,
        since: Any = None,
        up: str = "上升",
        down: str = "下降",
        even: str = EVEN,
    ) -> Piece:
        """Choose words by which way that share went."""
        context = self._context
        now, then = self._pair(metric, k, since)
        signed = formats.difference(context.results, now, then).shown
        text = up if signed > 0 else down if signed < 0 else even
        sign = ">" if signed > 0 else "<" if signed < 0 else "="
        why = f"{context.printed(now)} {sign} {context.printed(then)}"
        return context.word(text, "direction", (now, then), why)

    def _pair(self, metric: str, k: int, since: Any) -> tuple[str, str]:
        before = self._context.since(since)
        return self._share(metric, k, None), self._share(metric, k, before)

    def _share(self, metric: str, k: int, year: int | None) -> str:
        nation = self._context.addresses.resolve(metric, "nation", year=year)
        order = sorted(self.standings(metric, None, year), key=lambda s: -s.value)[:k]
        return compose("share", compose("sum", *(s.key for s in order)), nation)
