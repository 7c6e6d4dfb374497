"""Block ids: those given in templates, checked, and ``<section>-<n>`` for all other blocks."""

from __future__ import annotations

import re

from report.errors import Place, Problem
from report.i18n import _

_ID = re.compile(r"[a-z][a-z0-9_-]*")
LONGEST = 35  # a bookmark has at most 40 characters, five of which are ``_blk_``
_LONGEST_SECTION = LONGEST - 4  # room for ``-001``


class IdBook:
    """Hands out and checks the ids of one document, in reading order."""

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._used: dict[str, Place | None] = {}
        self._counters: dict[str, int] = {}
        self._noticed: set[tuple[str, str]] = set()
        self.section = "front"
        self.made: set[str] = set()  # ids that were counted, not given in a template

    def start(self, section: str) -> None:
        """Begin a section: blocks without an id of their own are numbered within it."""
        self.section = section

    def first_notice(self, reason: str) -> bool:
        """Whether ``reason`` has not yet been given as a notice in this section."""
        if (self.section, reason) in self._noticed:
            return False
        self._noticed.add((self.section, reason))
        return True

    def heading(self, wanted: str, place: Place | None) -> str:
        """Take a heading's id and begin its section."""
        if not wanted:
            self._problems.append(
                Problem(
                    place,
                    _("a heading has no id"),
                    _("an id in braces after the heading"),
                    _("write, for example: ## Heading {#p2-infra}"),
                )
            )
            return self.next()
        found = self.take(wanted, place, longest=_LONGEST_SECTION)
        self.section = found
        return found

    def take(self, wanted: str, place: Place | None, *, longest: int = LONGEST) -> str:
        """Take an id given in a template; a malformed, long or repeated one is noted."""
        if not _ID.fullmatch(wanted):
            self._note(
                place,
                _("not a valid id: {id}").format(id=wanted),
                _("lower-case letters, digits and hyphens, beginning with a letter"),
            )
        elif len(wanted) > longest:
            self._note(
                place,
                _("the id is too long: {id}").format(id=wanted),
                _("at most {count} characters").format(count=longest),
            )
        elif (alike := wanted.replace("-", "_")) in self._used:
            self._note(
                place,
                _("the id is used twice: {id}").format(id=wanted),
                _("first used at {place}").format(place=self._used[alike] or "?"),
            )
        self._used.setdefault(wanted.replace("-", "_"), place)
        return wanted

    def next(self, place: Place | None = None) -> str:
        """Return the next free ``<section>-<n>``."""
        while True:
            number = self._counters.get(self.section, 0) + 1
            self._counters[self.section] = number
            made = f"{self.section}-{number:02d}"
            if made.replace("-", "_") not in self._used:
                self._used[made.replace("-", "_")] = place
                self.made.add(made)
                return made

    def _note(self, place: Place | None, found: str, expected: str) -> None:
        self._problems.append(Problem(place, found, expected, _("choose another id")))
