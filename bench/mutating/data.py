"""Mutations of an edition's data: figures, signs, decimal points, units, weights, editorial texts."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from bench.mutating.ground import Ground, Mutation, Outcome, Token, known, tokens
from report.document.decisions import deciding_keys
from report.errors import ReportError
from report.ledger import Sources
from report.pipeline.preparing import prepare

_REGION = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
_DIGITS = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")


class DataMutations:
    """Makes mutations of the files below a ground's ``data`` and judges what the report then says."""

    def __init__(self, ground: Ground, rng: random.Random) -> None:
        self._ground = ground
        self._rng = rng
        self._figures = ground.project.data / "statistics" / "2018-2022" / "figures.csv"
        self._rows = list(csv.reader(io.StringIO(self._figures.read_text(encoding="utf-8-sig"))))
        used = {
            key
            for value in ground.prepared.results.values.values()
            for key in value.parents
            if key.startswith("data.")
        }
        self._forms = {form.id for form in ground.prepared.edition.forms}
        self._after = ground.sources  # of the report last made from changed data
        self._used = [
            at
            for at, row in enumerate(self._rows)
            if at and row[3] and float(row[3]) and ".".join(("data", *row[:3])) in used
        ]

    def kinds(self) -> dict[str, Callable[[], Outcome | None]]:
        """Return a maker and judge for each kind."""
        return {
            "swap two regions' values": self.swap,
            "flip a sign": self.sign,
            "move a decimal point": self.point,
            "change a unit": self.unit,
            "change a weight": self.weight,
            "number in editorial text": self.editorial,
        }

    def swap(self) -> Outcome | None:
        first = self._rng.choice(self._used)
        series, _region, year, value = self._rows[first][:4]
        others = [
            at
            for at in self._used
            if self._rows[at][0] == series
            and self._rows[at][2] == year
            and self._rows[at][3] != value
        ]
        second = self._rng.choice(others)
        changed = {first: self._rows[second][3], second: value}
        return self._figure("swap two regions' values", changed)

    def sign(self) -> Outcome | None:
        at = self._rng.choice(self._used)
        return self._figure("flip a sign", {at: f"-{self._rows[at][3]}"})

    def point(self) -> Outcome | None:
        at = self._rng.choice(self._used)
        moved = float(self._rows[at][3]) * self._rng.choice((0.1, 10.0))
        return self._figure("move a decimal point", {at: f"{moved:.6g}"})

    def unit(self) -> Outcome | None:
        wrong = {
            "万": "亿",
            "亿": "万",
            "%": "‰",
            "个": "万个",
            "台": "万台",
            "户": "万户",
            "家": "万家",
            "件": "万件",
            "人": "万人",
            "元": "万元",
            "公里": "米",
        }
        path = self._rng.choice(
            [self._ground.folder / "indicators.yaml", self._figures.parent / "series.csv"]
        )
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".csv":
            lines = text.splitlines(keepends=True)
            spans = []
            start = 0
            for line in lines:
                cells = line.split(",")
                if start and len(cells) > 3:
                    at = start + len(cells[0]) + len(cells[1]) + 2
                    spans.append((at, at + len(cells[2])))
                start += len(line)
        else:
            spans = [match.span(1) for match in re.finditer(r"unit: *\"?([^\s\"#,}]+)", text)]
        start, end = self._rng.choice(spans)
        unit = text[start:end]
        new = next((unit.replace(a, b, 1) for a, b in wrong.items() if a in unit), f"万{unit}")
        line = text[text.rfind("\n", 0, start) + 1 : start]
        subject = line.split(",")[0] if path.suffix == ".csv" else _subject(text, start)
        mutation = self._mutation("change a unit", path, f"{subject}: {unit} → {new}")
        return self._judge(mutation, path, text[:start] + new + text[end:], (subject,))

    def weight(self) -> Outcome | None:
        path = self._ground.folder / "indicators.yaml"
        text = path.read_text(encoding="utf-8")
        match = self._rng.choice(list(re.finditer(r"weight: *([\d.]+)", text)))
        new = f"{float(match[1]) + self._rng.choice((-0.05, 0.05, 0.1)):.2f}"
        mutation = self._mutation("change a weight", path, f"{match[1]} → {new}")
        return self._judge(mutation, path, text[: match.start(1)] + new + text[match.end(1) :], ())

    def editorial(self) -> Outcome | None:
        """Type a number into an editorial text, or change one that a text of the facts states."""
        names = [
            "facts.yaml",
            "cases.yaml",
            "outlook.yaml",
            "glossary.yaml",
            "forms.yaml",
            "paths.yaml",
        ]
        path = self._ground.folder / self._rng.choice(names)
        text = path.read_text(encoding="utf-8")
        fields = list(
            re.finditer(r"^ *(?:- )?(text|summary|note): (?![>|])(.+)$", text, re.MULTILINE)
        )
        fields = [match for match in fields if match[2].strip("\"' ") in self._ground.text]
        if not fields:
            return self.editorial()
        match = self._rng.choice(fields)
        said = match[2]
        found = list(_DIGITS.finditer(said)) if path.name == "facts.yaml" else []
        if found:
            token = self._rng.choice(found)
            digits = token[0]
            at = token.start() + self._rng.randrange(len(digits.replace(".", "")))
            at += said[at] == "."
            new = said[:at] + str((int(said[at]) + self._rng.randint(1, 8)) % 10) + said[at + 1 :]
        else:
            stops = [at for at, character in enumerate(said) if character in "，。"]
            at = self._rng.choice(stops) if stops else len(said)
            new = f"{said[:at]}，增幅为{self._rng.randint(11, 99)}.{self._rng.randint(1, 9)}%{said[at:]}"
        mutation = self._mutation("number in editorial text", path, f"{said} → {new}")
        changed = text[: match.start(2)] + new + text[match.end(2) :]
        return self._judge(mutation, path, changed, ())

    def _figure(self, kind: str, changed: dict[int, str]) -> Outcome | None:
        rows = [
            [*row[:3], changed[at], *row[4:]] if at in changed else row
            for at, row in enumerate(self._rows)
        ]
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(rows)
        told = "; ".join(
            f"{'.'.join(self._rows[at][:3])}: {self._rows[at][3]} → {new}"
            for at, new in changed.items()
        )
        leaves = [
            f"data.{self._rows[at][0]}.{self._rows[at][1]}.{self._rows[at][2]}" for at in changed
        ]
        line = ", ".join(str(at + 1) for at in changed)
        mutation = Mutation(kind, f"{self._figures.name}:{line}", told)
        return self._judge(mutation, self._figures, buffer.getvalue(), leaves)

    def _mutation(self, kind: str, path: Path, what: str) -> Mutation:
        return Mutation(kind, self._ground.project.shown(path), what)

    def _judge(
        self, mutation: Mutation, path: Path, content: str, subjects: Sequence[str]
    ) -> Outcome | None:
        """Compose the report from the changed file; ``subjects`` are the leaves or ids that changed.

        None when the document stays as it is: the datum, or its change, reaches no reader.
        """
        original = path.read_bytes()
        path.write_text(content, encoding="utf-8")
        ground = self._ground
        try:
            prepared = prepare(ground.folder, ground.project)
        except ReportError as error:
            return Outcome(mutation, True, type(error).__name__, str(error)[:160])
        finally:
            path.write_bytes(original)
        if new := sorted(known(ground.check(prepared)) - ground.findings):
            rules = sorted({rule for rule, *_rest in new})
            return Outcome(mutation, True, f"check: {rules[0]}", f"{new[0][3]} — {new[0][2][:80]}")
        after = Counter(tokens(prepared.document))
        gone, come = ground.tokens - after, after - ground.tokens
        if not gone and not come:
            return None
        self._after = Sources(prepared.results, prepared.previous)
        deciding = deciding_keys(prepared.document)
        if stray := self._unforeseen(gone, come, subjects, deciding):
            return Outcome(mutation, False, "", f"changed without depending on it: {stray}")
        return Outcome(mutation, True, "changed sentence", f"{len(gone) + len(come)} tokens")

    def _unforeseen(
        self,
        gone: Counter[Token],
        come: Counter[Token],
        subjects: Sequence[str],
        deciding: Mapping[str, AbstractSet[str]],
    ) -> Token | None:
        """Return something printed that changed although the trace does not lead it back to ``subjects``.

        The same key printed otherwise must depend on them itself. What only comes or goes (a name in a
        ranking, a passage under a condition) needs something beside it that does, or a decision behind
        the lines it comes from.
        """
        if not subjects:
            return None
        again = {(block, keys) for block, _text, keys in gone} & {
            (block, keys) for block, _text, keys in come
        }
        blocks: dict[str, list[Token]] = defaultdict(list)
        for token in (*gone, *come):
            if (token[0], token[2]) in again and not self._depends(token[2], subjects):
                return token
            blocks[token[0]].append(token)
        for block, held in blocks.items():
            if any(self._depends(token[2], subjects, peers=True) for token in held):
                continue
            decided = {*self._ground.deciding.get(block, ()), *deciding.get(block, ())}
            if not self._depends(sorted(decided), subjects):
                return held[0]
        return None

    def _depends(
        self, keys: Sequence[str], subjects: Sequence[str], *, peers: bool = False
    ) -> bool:
        """Whether one of ``keys`` goes back to ``subjects``; with ``peers``, or its like of another region."""
        return any(
            not set(re.split(r"[.,():]", leaf)).isdisjoint(subjects)
            or any(leaf.endswith(subject) for subject in subjects)
            for key in keys
            for one in (key, *(self._peers(key, subjects) if peers else ()))
            for leaf in (one, *self._leaves(one))
        )

    def _peers(self, key: str, subjects: Sequence[str]) -> Iterator[str]:
        for subject in subjects:
            for region in _REGION.findall(subject):
                yield _REGION.sub(region, key)

    def _leaves(self, key: str) -> Iterator[str]:
        """Yield the leaves of a key, before and after; a form's values go back to who belongs to it."""
        forms = self._forms.intersection(re.split(r"[.,():]", key))
        for one in (key, *(f"members.{form}" for form in forms)):
            for sources in (self._ground.sources, self._after):
                with suppress(KeyError):  # a key of one of both only
                    yield from sources.leaves(one)


def _subject(text: str, position: int) -> str:
    """Return the id of the YAML entry that ``position`` stands in."""
    found = re.findall(r"id: *\"?([\w-]+)", text[:position])
    return found[-1] if found else ""
