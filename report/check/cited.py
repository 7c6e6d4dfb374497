"""Cited facts: each has its source beside it, prints what facts.yaml says, and is still valid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.check.findings import Finding
from report.check.values import flat
from report.document.model import Block, Document, FactUse, Footnote, Table
from report.document.text import plain_text
from report.document.walk import iter_inlines
from report.edition.model import Edition, Fact
from report.i18n import _
from report.ledger.tokens import digits, numbers, values

RULE = "fact"


def cited_facts(document: Document, edition: Edition) -> Iterator[Finding]:
    """Find facts without a source near them, changed on the way, unknown, or past their validity."""
    listed = _listed(document, edition.facts)
    for section in document.sections:
        for block in flat(section.blocks):
            inlines = list(iter_inlines(block, nested=False))
            noted = {
                use.fact
                for note in inlines
                if isinstance(note, Footnote)
                for use in note.inlines
                if isinstance(use, FactUse)
            }
            in_notes = {
                id(use) for note in inlines if isinstance(note, Footnote) for use in note.inlines
            }
            for use in inlines:
                if isinstance(use, FactUse) and id(use) not in in_notes:
                    cited = use.fact in noted or use.fact in listed or isinstance(block, Table)
                    yield from _use(section.id, block, use, edition, cited=cited)


def _use(
    section: str, block: Block, use: FactUse, edition: Edition, *, cited: bool
) -> Iterator[Finding]:
    fact = edition.facts.get(use.fact)
    sentence = plain_text(block)
    at = sentence.find(use.text)
    span = (at, at + len(use.text)) if at >= 0 else (0, 0)

    def finding(found: str, expected: str, remedy: str, *, warning: bool = False) -> Finding:
        return Finding(
            RULE, use.origin, block.id, sentence, found, expected, remedy, warning, span, section
        )

    if fact is None:
        yield finding(
            _("an unknown fact: {id}").format(id=use.fact), "", _("facts stand in facts.yaml")
        )
        return
    if not cited:
        yield finding(
            _("a cited fact without its source: {id}").format(id=use.fact),
            _("a footnote, or a list of the facts with their sources"),
            _("leave out note=false, or put in the table facts-list"),
        )
    known = {digits(token.text) for token in numbers(f"{fact.text} {_citation(fact)}")}
    strange = [t.text for t in numbers(use.text) if digits(t.text) not in known]
    if strange:
        yield finding(
            _("a number that the fact does not hold: {text}").format(text="、".join(strange)),
            fact.text,
            _("print the fact as facts.yaml has it"),
        )
    if fact.value is not None and not any(
        abs(value) == abs(fact.value)
        for token in numbers(fact.text)
        for value in values(token.text)
    ):
        yield finding(
            _("the fact's text does not hold its value {value}").format(value=f"{fact.value:g}"),
            "",
            _("make text and value in facts.yaml agree"),
        )
    if fact.valid_until is not None and fact.valid_until < edition.date:
        yield finding(
            _("the fact {id} was valid until {day}").format(id=fact.id, day=fact.valid_until),
            _("valid on the edition's date, {day}").format(day=edition.date),
            _("look for what holds now, or say of which time it tells"),
            warning=True,
        )


def _citation(fact: Fact) -> str:
    return f"{fact.source} {fact.date.year} {fact.date.month} {fact.date.day} {fact.url}"


def _listed(document: Document, facts: Mapping[str, Fact]) -> set[str]:
    """Return the facts that some table of the document lists with their sources."""
    tables = [plain_text(block) for block in document.blocks() if isinstance(block, Table)]
    return {
        id_
        for id_, fact in facts.items()
        if any(fact.text in text and fact.source in text for text in tables)
    }
