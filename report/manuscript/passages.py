"""Claims and other guarded passages: what may stand only while the data support it."""

from __future__ import annotations

from functools import partial
from typing import Any

from report.errors import Problem
from report.i18n import _
from report.manuscript.context import Context
from report.manuscript.environment import TemplateEnvironment
from report.manuscript.keys import data_name
from report.manuscript.store import Guard, Missing, Printable, here
from report.manuscript.tags import PassageExtension
from report.manuscript.vocabulary import Checks


class Passages:
    """Judges the conditions that the tags claim, when and needs carry."""

    def __init__(self, context: Context, checks: Checks) -> None:
        self._context = context
        self._checks = checks

    def serve(self, environment: TemplateEnvironment) -> None:
        """Answer the tags of an environment."""
        extension = environment.extensions[PassageExtension.identifier]
        assert isinstance(extension, PassageExtension)
        extension.claim = self.claim
        extension.judge = self.judge
        extension.lacking = self.lacking

    def claim(self, condition: Any, id_: str, sentence: str) -> Guard | Missing | None:
        """Return the guard of a claim; one that does not hold is noted with its sentence and values."""
        judged = self._judged(condition)
        if isinstance(judged, Missing):
            return judged
        holds, guard = judged
        if not holds:
            self._context.store.claims.append(
                Problem(
                    here(self._context.store),
                    _("a claim no longer holds: {sentence}").format(sentence=sentence),
                    _("{condition}; now: {values}").format(
                        condition=condition, values=guard.condition
                    ),
                    _("rewrite the sentence, or let the data choose with {% when %}"),
                )
            )
            return None
        return Guard(guard.condition, guard.keys, id_)

    def judge(self, condition: Any) -> tuple[bool, Guard] | Missing:
        """Return whether a condition holds, with its guard; Missing where there are no data."""
        return self._judged(condition)

    def lacking(self, names: tuple[Any, ...]) -> Printable | None:
        """Return a notice where the edition lacks something named, else None."""
        for name in names:
            if isinstance(name, Missing):
                return name
            found = self._context.attempt(partial(self._checks.has, name))
            if isinstance(found, Missing):
                return found
            if not found:
                return Missing(self._context.store, data_name(str(name)))
        return None

    def _judged(self, condition: Any) -> tuple[bool, Guard] | Missing:
        if isinstance(condition, Missing):
            return condition
        found: tuple[bool, Guard] | Missing = self._context.attempt(
            lambda: self._checks.judge(condition)
        )
        return found
