"""What editors decide in words: forms, paths, wording bands, cited facts, outlook and scenarios."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from report.edition.conditions import Terms, condition, metric
from report.edition.model import Band, Condition, Fact, Form, Scenario, TypicalPath
from report.edition.shapes import (
    BandShape,
    FactsShape,
    FocusShape,
    FormsShape,
    OutlookShape,
    PathsShape,
    ProspectShape,
    WordingShape,
)  # fmt: skip
from report.edition.sources import Sources, nearest
from report.edition.yamls import Yaml
from report.errors import Place
from report.i18n import _


def forms(
    sources: Sources, shape: FormsShape, yaml: Yaml, terms: Terms, *, ruled: bool
) -> tuple[Form, ...]:
    """Return the forms in order; ``ruled`` asks that all but the last have conditions."""
    result: list[Form] = []
    last = len(shape.forms) - 1
    for n, item in enumerate(shape.forms):
        place = yaml.place("forms", n, "id")
        if ruled and bool(item.when) == (n == last):
            sources.add(
                place,
                _("the form “{id}” has no conditions, and others follow it").format(id=item.id)
                if n < last
                else _("the last form “{id}” has conditions").format(id=item.id),
                _("conditions for every form but the last, which takes all that remain"),
                _("Add “when:”, or move the form to the end.")
                if n < last
                else _("Delete its “when:”, or add a form without conditions after it."),
            )
        for name in item.features:
            if name not in terms.dimensions:
                _unknown_dimension(sources, yaml.place("forms", n, "features", name), name, terms)
        when = _conditions(sources, item.when, yaml, ("forms", n, "when"), terms)
        result.append(Form(item.id, item.name, when, item.features, item.summary, place))
    return tuple(result)


def paths(sources: Sources, shape: PathsShape, yaml: Yaml, terms: Terms) -> tuple[TypicalPath, ...]:
    """Return the typical paths in order."""
    result: list[TypicalPath] = []
    for n, item in enumerate(shape.paths):
        when = _conditions(sources, item.when, yaml, ("paths", n, "when"), terms)
        order = metric(sources, item.order_by, terms, yaml.place("paths", n, "order_by"))
        place = yaml.place("paths", n, "id")
        result.append(
            TypicalPath(
                item.id, item.name, when, order or item.order_by, item.representatives,
                item.summary, place,
            )
        )  # fmt: skip
    return tuple(result)


def _conditions(
    sources: Sources, texts: Iterable[str], yaml: Yaml, path: tuple[str | int, ...], terms: Terms
) -> tuple[Condition, ...]:
    parsed = (condition(sources, t, terms, yaml.place(*path, n)) for n, t in enumerate(texts))
    return tuple(found for found in parsed if found is not None)


def _unknown_dimension(sources: Sources, place: Place, name: str, terms: Terms) -> None:
    sources.add(
        place,
        _("unknown dimension “{name}”").format(name=name),
        _("one of: {names}").format(names=", ".join(terms.dimensions)),
        nearest(name, terms.dimensions),
    )


def bands(sources: Sources, shape: WordingShape, yaml: Yaml) -> dict[str, tuple[Band, ...]]:
    """Return the scales of words, each from its highest band to the one for all the rest."""
    return {name: _scale(sources, name, items, yaml) for name, items in shape.root.items()}


def _scale(sources: Sources, name: str, items: Sequence[BandShape], yaml: Yaml) -> tuple[Band, ...]:
    result: list[Band] = []
    above: float | None = None
    if not items or not items[-1].rest:
        sources.add(
            yaml.place(name),
            _("the scale “{name}” does not end with “else”").format(name=name),
            _("a last band {band}").format(band="{else: …}"),
            _("Add the word for all lower values."),
        )
    for n, item in enumerate(items):
        place = yaml.place(name, n)
        ranged, rest = item.low is not None and item.word, item.rest
        if bool(ranged) == bool(rest) or (rest and (item.word or item.low is not None)):
            sources.add(
                place,
                _("a band of “{name}” that is neither a range nor the rest").format(name=name),
                "{from: 3, word: …}, {else: …}",
            )
            continue
        if rest and n < len(items) - 1:
            sources.add(place, _("“else” before the last band"), _("“else” at the end"))
        low = float("-inf") if item.low is None else item.low
        if above is not None and low >= above:
            sources.add(
                place,
                _("the scale “{name}” goes from {above} to {low}").format(
                    name=name, above=f"{above:g}", low=f"{low:g}"
                ),
                _("bands from high to low, each “from” once"),
                _("Put the bands in order."),
            )
        above = low
        result.append(Band(low, item.word or item.rest, place))
    return tuple(result)


def facts(sources: Sources, shape: FactsShape, yaml: Yaml, on: dt.date | None) -> dict[str, Fact]:
    """Return the cited facts by id; one past its validity on the edition's date is a warning."""
    result: dict[str, Fact] = {}
    for n, item in enumerate(shape.facts):
        place = yaml.place("facts", n, "id")
        if item.id in result:
            sources.add(
                place,
                _("the fact “{id}” stands here again; the first is at {place}").format(
                    id=item.id, place=result[item.id].place
                ),
                _("each id once"),
                _("Give one of the two another id."),
            )
            continue
        if item.valid_until and on and item.valid_until < on:
            sources.warn(
                yaml.place("facts", n, "valid_until"),
                _("the fact “{id}” was valid until {date}").format(
                    id=item.id, date=item.valid_until
                ),
                _("a fact that holds on the edition's date, {date}").format(date=on),
                _("Check it at its source, then update or delete it."),
            )
        result[item.id] = Fact(
            item.id, item.text, item.source, item.date, item.url, item.valid_until, item.value,
            item.unit, place,
        )  # fmt: skip
    return result


def outlook(
    sources: Sources, shape: OutlookShape, yaml: Yaml, terms: Terms
) -> tuple[dict[str, object], tuple[Scenario, ...]]:
    """Return the outlook's texts (``prospects``, ``focus``: lists of plain mappings) and scenarios."""
    parts: tuple[tuple[str, Sequence[ProspectShape | FocusShape]], ...] = (
        ("prospects", shape.prospects),
        ("focus", shape.focus),
    )
    for part, items in parts:
        for n, item in enumerate(items):
            if item.dimension and item.dimension not in terms.dimensions:
                place = yaml.place(part, n, "dimension")
                _unknown_dimension(sources, place, item.dimension, terms)
    texts: dict[str, object] = {
        "prospects": [item.model_dump() for item in shape.prospects],
        "focus": [item.model_dump() for item in shape.focus],
    }
    scenarios = tuple(
        Scenario(item.id, item.name, item.factor, yaml.place("scenarios", n, "id"), item.note)
        for n, item in enumerate(shape.scenarios)
    )
    return texts, scenarios
