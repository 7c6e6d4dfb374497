"""References to what this edition leaves out: the clause that points there goes, the sentence stays whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from report.assessment.results import Registry
from report.document.model import (
    Block,
    Callout,
    Claim,
    Figure,
    Formula,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Ref,
    Section,
    Table,
    Text,
    Word,
)
from report.document.walk import iter_inlines

Atom: TypeAlias = "tuple[int, str] | Inline"  # a character of the n-th inline, or a whole inline

_DECLARED = (
    re.compile(r"""\bid\s*=\s*["']([^"'\n]+)["'](\s*~)?"""),  # figure(…, id="fig-a"), id="fig-" ~ x
    re.compile(r"\{#((?:[\w-]|\{\{[^}\n]*\}\})+)"),  # ## Heading {#p2-{{ dimension.id }}}
    re.compile(r"\$\$ \(([\w-]+)\)"),  # $$ … $$ (eq-a)
)
_HOLE = re.compile(r"\{\{[^}\n]*\}\}")
_CLAUSE_ENDS = "，；。：（）"
_SENTENCE_ENDS = "。！？"
_CONNECTORS = ("和", "、", "与", "及", "以及")


def declared_ids(folder: Path, registry: Registry, names: Iterable[str]) -> Callable[[str], bool]:
    """Return whether an id stands in a template, even if this edition does not print what it names.

    Ids made from an object (``p2-{{ dimension.id }}``) count with every id of the registry.
    """
    entries = (
        *registry.dimensions, *registry.forms, *registry.paths, *registry.zones,
        *registry.indicators, *registry.questions, *registry.regions,
    )  # fmt: skip
    hole = "(?:" + "|".join(re.escape(entry.id) for entry in entries) + ")"
    patterns: set[str] = set()
    for path in sorted(folder.rglob("*.j2")):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            text = path.read_text(encoding="utf-8", errors="replace")
            patterns |= {
                _pattern(found, hole) for form in _DECLARED for found in form.finditer(text)
            }
    known = re.compile("|".join(sorted(patterns | {re.escape(name) for name in names})) or "(?!)")
    return lambda name: known.fullmatch(name) is not None


def _pattern(match: re.Match[str], hole: str) -> str:
    fixed = [re.escape(part) for part in _HOLE.split(match[1])]
    open_end = match.re.groups > 1 and match[2]
    return hole.join(fixed) + (hole if open_end else "")


def without_absent(
    sections: tuple[Section, ...], is_declared: Callable[[str], bool]
) -> tuple[Section, ...]:
    """Take references to declared but absent targets out of all sections.

    References to ids that no template declares stay, to be reported as mistakes.
    """
    targets: set[str] = set()
    wanted: set[str] = set()
    for section in sections:
        for block in _all(section.blocks):
            if isinstance(block, (Heading, Figure, Table, Formula)):
                targets.add(block.id)
            found = iter_inlines(block, nested=False)
            wanted |= {inline.target for inline in found if isinstance(inline, Ref)}
    gone = frozenset(target for target in wanted - targets if is_declared(target))
    if not gone:
        return sections
    return tuple(replace(s, blocks=_blocks(s.blocks, gone)) for s in sections)


def _all(blocks: tuple[Block, ...]) -> Iterable[Block]:
    for block in blocks:
        yield block
        if isinstance(block, (Callout, Claim)):
            yield from _all(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _all(item)


def _blocks(blocks: tuple[Block, ...], gone: frozenset[str]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            inlines = without(block.inlines, gone)
            if inlines:
                kept.append(replace(block, inlines=inlines))
        elif isinstance(block, Heading):
            kept.append(replace(block, inlines=without(block.inlines, gone)))
        elif isinstance(block, (Callout, Claim)):
            if held := _blocks(block.blocks, gone):
                kept.append(replace(block, blocks=held))
        elif isinstance(block, ListBlock):
            items = tuple(made for item in block.items if (made := _blocks(item, gone)))
            if items:
                kept.append(replace(block, items=items))
        elif isinstance(block, (Figure, Table)):
            notes = tuple(left for note in block.notes if (left := without(note, gone)))
            kept.append(replace(block, caption=without(block.caption, gone), notes=notes))
        else:
            kept.append(block)
    return tuple(kept)


def without(inlines: tuple[Inline, ...], gone: frozenset[str]) -> tuple[Inline, ...]:
    """Take references to ``gone`` out of a run, with the bracket, clause or sentence around each."""
    atoms: list[Atom] = []
    for number, inline in enumerate(inlines):
        if isinstance(inline, Text) or (isinstance(inline, Word) and inline.kind == "claim"):
            atoms.extend((number, char) for char in inline.text)
        else:
            atoms.append(inline)
    while (at := next((i for i, a in enumerate(atoms) if _absent(a, gone)), None)) is not None:
        start, end = _cut(atoms, at, gone)
        del atoms[start:end]
    return _rebuilt(atoms, inlines)


def _absent(atom: Atom, gone: frozenset[str]) -> bool:
    return isinstance(atom, Ref) and atom.target in gone


def _char(atom: Atom) -> str:
    return atom[1] if isinstance(atom, tuple) else ""


def _cut(atoms: list[Atom], at: int, gone: frozenset[str]) -> tuple[int, int]:
    """Return the range to remove around the reference at ``at``."""
    left = at - 1
    while left >= 0 and _char(atoms[left]) not in tuple(_CLAUSE_ENDS):
        left -= 1
    right = at + 1
    while right < len(atoms) and _char(atoms[right]) not in tuple(_CLAUSE_ENDS):
        right += 1
    others = any(isinstance(a, Ref) and not _absent(a, gone) for a in atoms[left + 1 : right])
    if others:
        return _with_connector(atoms, at)
    opening = _char(atoms[left]) if left >= 0 else ""
    closing = _char(atoms[right]) if right < len(atoms) else ""
    if opening == "（" and closing == "）":
        return left, right + 1
    if opening == "（":  # （见图1，…）: the rest of the bracket stays
        return left + 1, right + (closing in ("，", "；"))
    if opening in ("，", "；", "："):
        return left, right
    end = right  # the reference opens the sentence, which is then about what is gone
    while end < len(atoms) and _char(atoms[end]) not in tuple(_SENTENCE_ENDS):
        end += 1
    return left + 1, min(end + 1, len(atoms))


def _with_connector(atoms: list[Atom], at: int) -> tuple[int, int]:
    """Return the range of a reference among others, with the 和 or 、 beside it."""
    for connector in sorted(_CONNECTORS, key=len, reverse=True):
        size = len(connector)
        if "".join(_char(a) for a in atoms[max(at - size, 0) : at]) == connector:
            return at - size, at + 1
        if "".join(_char(a) for a in atoms[at + 1 : at + 1 + size]) == connector:
            return at, at + 1 + size
    return at, at + 1


def _rebuilt(atoms: list[Atom], inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    last = -1
    for atom in atoms:
        if not isinstance(atom, tuple):
            made.append(atom)
            last = -1
            continue
        number, char = atom
        source = inlines[number]
        assert isinstance(source, (Text, Word))
        if number == last and isinstance(made[-1], (Text, Word)):
            made[-1] = replace(made[-1], text=made[-1].text + char)
        else:
            made.append(replace(source, text=char))
            last = number
    return tuple(made)
