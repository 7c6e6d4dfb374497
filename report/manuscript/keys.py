"""From a key as an editor writes it (no year, Chinese names) to an address in Results, or to a reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from report.assessment.results import Entry, Results
from report.document.derived import nearest_keys
from report.i18n import _

# The parts of a key after its family (docs/formats.md); a trailing "?" may be left out.
GRAMMAR: dict[str, tuple[str, ...]] = {
    "data": ("series", "place", "year"),
    "indicator": ("indicator", "place", "year"),
    "index": ("measure", "year"),
    "contribution": ("measure", "year"),
    "bound": ("indicator", "end"),
    "score": ("indicator", "region", "year"),
    "level": ("composite", "group", "year"),
    "growth": ("composite", "group", "year"),
    "rank": ("measure", "region", "year"),
    "rankchange": ("composite", "region", "year"),
    "dispersion": ("composite", "year"),
    "weight": ("weighed",),
    "form": ("region",),
    "count": ("class",),
    "path": ("path", "order"),
    "survey": ("question", "option", "category?"),
    "survey-low": ("question", "option", "category?"),
    "survey-high": ("question", "option", "category?"),
    "survey-n": ("question", "category?"),
    "robust-low": ("region",),
    "robust-median": ("region",),
    "robust-high": ("region",),
    "robust-rank": ("variant", "region"),
    "robust-shift": ("variant",),
    "scenario": ("scenario", "year"),
    "indexgrowth": ("measure", "year"),
    "members": ("class",),
    "threshold": ("rule", "class", "order"),
    "quantile": ("rule", "class", "order"),
    "metric": ("rule", "class", "order", "region"),
    "factor": ("indicator",),
    "method": ("parameter",),
    "scenario-share": ("scenario",),
    "survey-effective": ("question", "category?"),
    "robust-score": ("variant", "indicator", "region"),
    "robust-level": ("variant", "composite", "region"),
}
FAMILY_NAMES = {
    "data": "原始统计数据", "indicator": "分项指标", "index": "全国指数", "contribution": "贡献分解",
    "bound": "指标阈值", "score": "指标得分", "level": "各地区发展水平", "growth": "各地区增长速度",
    "rank": "各地区位次", "rankchange": "各地区位次变化", "dispersion": "地区差异", "weight": "权重",
    "form": "形态划分", "count": "分类数量", "path": "典型路径", "survey": "企业问卷调查",
    "survey-low": "企业问卷调查", "survey-high": "企业问卷调查", "survey-n": "企业问卷调查",
    "robust-low": "稳健性检验", "robust-median": "稳健性检验", "robust-high": "稳健性检验",
    "robust-rank": "稳健性检验", "robust-shift": "稳健性检验", "scenario": "情景测算",
    "indexgrowth": "全国指数年均增速", "members": "分类名单", "threshold": "判定标准",
    "quantile": "判定标准", "metric": "判定标准", "factor": "指标计算", "method": "测算方法",
    "scenario-share": "情景测算", "survey-effective": "企业问卷调查",
    "robust-score": "稳健性检验", "robust-level": "稳健性检验",
}  # fmt: skip
NEEDS = {
    "survey": "企业问卷调查", "forms": "形态划分", "paths": "典型路径", "regions": "分地区",
    "zones": "分区域", "indicators": "分项指标", "robustness": "稳健性检验", "scenarios": "情景测算",
    "outlook": "前景展望", "previous": "上一年度版",
}  # fmt: skip
NATIONAL = ("data", "indicator")  # families in which a left-out place means the nation
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"\d{4}")


class WordingProblem(Exception):
    """A helper was used wrongly: what was found, what was expected, how to mend it."""

    def __init__(self, found: str, expected: str = "", remedy: str = "") -> None:
        super().__init__(found)
        self.found, self.expected, self.remedy = found, expected, remedy


class MissingData(Exception):
    """The edition has no data for what a helper was asked; ``str()`` names it in Chinese."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """All keys of Results, and the names by which editors may call their parts."""

    results: Results
    aliases: Mapping[str, str]
    seen: Mapping[tuple[str, int], frozenset[str]]  # (family, position) → ids in use there
    starts: frozenset[str]  # every beginning of a key, up to a dot

    @classmethod
    def of(cls, results: Results) -> Addresses:
        """Read the registry's names and the ids in use from ``results``."""
        seen: dict[tuple[str, int], set[str]] = {}
        starts: set[str] = set()
        for key in results:
            start, *parts = key.split(".")
            family = start
            for position, part in enumerate(parts):
                starts.add(start)
                start = f"{start}.{part}"
                seen.setdefault((family, position), set()).add(part)
        ids = {place: frozenset(found) for place, found in seen.items()}
        return cls(results, _aliases(results), ids, frozenset(starts))

    def resolve(self, key: str, *of: str, year: int | None = None) -> str:
        """Return the address for ``key`` (with the ids ``of`` appended) in ``year``.

        The assessment year is tried when no year stands in the key. Raises MissingData for a well-formed
        key without a value, WordingProblem for one that can mean nothing in this edition.
        """
        tried = self._candidates(key, of, year)
        for candidate in tried:
            if candidate in self.results:
                return candidate
        raise self._absent(tried[-1])

    def _candidates(self, key: str, of: tuple[str, ...], year: int | None) -> list[str]:
        """Return the addresses that ``key`` can mean, in the order they are tried."""
        base = ".".join((self.spell(key), *of))
        family, *parts = base.split(".")
        bases = [base]
        if family in NATIONAL and len(parts) == 1:
            bases = [f"{base}.nation"]
        tried = [
            candidate
            for one in bases
            for candidate in (
                (f"{one}.{year}",) if year else (one, f"{one}.{self.results.assessment_year}")
            )
        ]
        if year and "year" not in GRAMMAR.get(family, ()):
            tried.append(base)
        return tried

    def spell(self, key: str) -> str:
        """Replace Chinese names in a key by the registry's ids."""
        if not _CHINESE.search(key):
            return key.strip()
        parts = []
        for part in key.strip().split("."):
            if _CHINESE.search(part):
                if part not in self.aliases:
                    near = _nearest(part, self.aliases)
                    raise WordingProblem(
                        _("unknown name in a key: {name}").format(name=part),
                        _("did you mean {names}?").format(names=" / ".join(near)) if near else "",
                        _("use a name of the edition's regions, dimensions or indicators"),
                    )
                part = self.aliases[part]
            parts.append(part)
        return ".".join(parts)

    def has(self, key: str, *of: str, year: int | None = None) -> bool:
        """Whether ``key`` has a value; a bare family or a key's beginning asks for any value under it."""
        if any(candidate in self.results for candidate in self._candidates(key, of, year)):
            return True
        return not of and self.spell(key).rstrip(".") in self.starts

    def _absent(self, key: str) -> Exception:
        family, *parts = key.split(".")
        shape = GRAMMAR.get(family)
        if shape is None:
            return self._unknown(key)
        for position, part in enumerate(parts):
            kind = shape[position].rstrip("?") if position < len(shape) else ""
            known = self._known(family, position, kind)
            wrong_year = kind == "year" and not is_year(part)
            if not kind or wrong_year or (known and part not in known):
                return self._unknown(key)
        needed = sum(1 for kind in shape if not kind.endswith("?"))
        if len(parts) < needed and self._any(family):
            return self._unknown(key)
        return MissingData(FAMILY_NAMES[family])

    def _any(self, family: str) -> bool:
        return (family, 0) in self.seen

    def _known(self, family: str, position: int, kind: str) -> frozenset[str]:
        registry = self.results.registry

        def ids(entries: Iterable[Entry]) -> frozenset[str]:
            return frozenset(entry.id for entry in entries)

        regions, dimensions = ids(registry.regions), ids(registry.dimensions)
        groups = ids(registry.zones) | ids(registry.forms)
        kinds: dict[str, frozenset[str]] = {
            "series": ids(registry.series),
            "indicator": ids(registry.indicators),
            "region": regions,
            "place": regions and regions | ids(registry.zones) | {"nation"},
            "group": regions and regions | groups | {"mean", "median"},
            "composite": dimensions and dimensions | {"total"},
            "measure": dimensions and dimensions | ids(registry.indicators) | {"total"},
            "weighed": dimensions and dimensions | ids(registry.indicators),
            "class": ids(registry.forms) | ids(registry.paths),
            "path": ids(registry.paths),
            "question": ids(registry.questions),
            "option": ids(registry.options),
            "category": ids(registry.groups),
        }
        if kind == "year":
            return frozenset()
        known = kinds.get(kind, frozenset())
        return known | self.seen.get((family, position), frozenset())

    def _unknown(self, key: str) -> WordingProblem:
        near = nearest_keys(self.results, key) or nearest_keys(
            self.results, f"{key}.{self.results.assessment_year}"
        )
        year = f".{self.results.assessment_year}"
        names = " / ".join(one.removesuffix(year) for one in near)
        return WordingProblem(
            _("unknown key: {key}").format(key=key.removesuffix(year)),
            _("did you mean {names}?").format(names=names) if names else "",
            _("the keys are listed in results.json; their grammar is in docs/formats.md"),
        )


def _aliases(results: Results) -> dict[str, str]:
    """Names and short names that mean one id only."""
    registry = results.registry
    found: dict[str, set[str]] = {}
    for entries in (
        registry.regions, registry.zones, registry.dimensions, registry.indicators, registry.forms,
        registry.paths,
    ):  # fmt: skip
        for entry in entries:
            for name in {entry.name, entry.short} - {""}:
                found.setdefault(name, set()).add(entry.id)
    found.setdefault("全国", set()).add("nation")
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    """Names that share characters with ``name``; Chinese names are too short for edit distances."""
    scored = sorted(
        ((len(set(name) & set(one)), one) for one in known), key=lambda p: (-p[0], p[1])
    )
    return [one for score, one in scored[:3] if score]


def is_year(text: str) -> bool:
    """Whether a key's part is a year."""
    return bool(_YEAR.fullmatch(text))


def data_name(name: str) -> str:
    """Say in Chinese which data a word of ``needs`` or a key stands for."""
    return NEEDS.get(name) or FAMILY_NAMES.get(name.partition(".")[0], "相应")


def similar(name: str, known: Iterable[object]) -> str:
    """Say which known words are most like ``name``; empty when none is."""
    near = difflib.get_close_matches(name, sorted(str(one) for one in known), n=3, cutoff=0.5)
    return _("did you mean {names}?").format(names=" / ".join(near)) if near else ""
