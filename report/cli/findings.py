"""Findings as an editor reads them: by part, the sentence with the words at fault marked, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from report.check.findings import Finding
from report.document.model import Document, Heading
from report.document.text import run_text
from report.i18n import _, ngettext

AROUND = 40  # characters of the sentence shown on either side of the words at fault
OPEN, CLOSE = "【", "】"  # seen without colours too


def show_findings(
    document: Document, found: Sequence[Finding], console: Console | None = None
) -> None:
    """Print every finding with its sentence, grouped by part, then how many there are."""
    console = console or Console(highlight=False)
    titles = _titles(document)
    number = 0
    for part, members in groupby(found, key=lambda one: one.part):
        console.print(Text(titles.get(part, part) or _("the report as a whole"), style="bold"))
        for one in members:
            number += 1
            for line in _lines(number, one):
                console.print(line, soft_wrap=True)
        console.print()
    console.print(Text(count_line(found), style="bold red" if _errors(found) else "bold green"))


def show_lines(found: Iterable[Finding], console: Console | None = None) -> None:
    """Print one line a finding: place, rule, what is wrong."""
    console = console or Console(highlight=False)
    for one in found:
        place = f"{one.place}: " if one.place is not None else ""
        console.print(Text(f"{place}{one.rule}: {one.found}"), soft_wrap=True)


def count_line(found: Sequence[Finding]) -> str:
    """Say in one line what a check found."""
    errors, warnings = _errors(found), len(found) - _errors(found)
    if not found:
        return _("Nothing to mend: numbers, claims, facts, names and units agree.")
    parts = []
    if errors:
        parts.append(
            ngettext("{count} finding to mend", "{count} findings to mend", errors).format(
                count=errors
            )
        )
    if warnings:
        parts.append(
            ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
        )
    return _(", ").join(parts)


def marked(one: Finding) -> Text:
    """Return the sentence, cut to what is around the words at fault, with these marked."""
    start, end = one.span
    if start >= end:
        cut = one.sentence[: 2 * AROUND]
        return Text(cut + ("…" if len(cut) < len(one.sentence) else ""))
    before, after = one.sentence[:start], one.sentence[end:]
    text = Text("…" if len(before) > AROUND else "").append(before[-AROUND:])
    text.append(OPEN).append(one.sentence[start:end], style="bold yellow").append(CLOSE)
    return text.append(after[:AROUND]).append("…" if len(after) > AROUND else "")


def _lines(number: int, one: Finding) -> list[Text]:
    label = f"{number:>3}. "
    indent = " " * len(label)
    head = Text(label)
    if one.place is not None and str(one.place):
        head.append(str(one.place), style="cyan").append("  ")
    lines = [head.append(_("(warning)") + " " if one.warning else "", style="yellow")]
    if one.sentence:
        lines.append(Text(indent).append_text(marked(one)))
    lines.append(Text(indent).append(one.found, style="bold"))
    if one.expected:
        lines.append(Text(indent + _("expected: {text}").format(text=one.expected)))
    if one.remedy:
        lines.append(Text(indent + _("what to do: {text}").format(text=one.remedy), "green"))
    return lines


def _titles(document: Document) -> dict[str, str]:
    """Return each section's title with its number."""
    titles = {}
    for section in document.sections:
        heading = next((b for b in section.blocks if isinstance(b, Heading)), None)
        if heading is not None:
            titles[section.id] = f"{heading.number} {run_text(heading.inlines)}".strip()
    return titles


def _errors(found: Iterable[Finding]) -> int:
    return sum(not one.warning for one in found)
