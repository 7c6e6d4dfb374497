"""The indicator system: dimensions and indicators from ``indicators.yaml``, with every line's place."""

from __future__ import annotations

from collections.abc import Mapping

from report.edition.model import Aggregate, Dimension, Indicator, Method, Series, Treatment
from report.edition.shapes import IndicatorShape, IndicatorsShape, MethodShape
from report.edition.yamls import Yaml
from report.errors import Place


def dimensions(shape: IndicatorsShape, yaml: Yaml) -> tuple[Dimension, ...]:
    """Return the dimensions in order; a weight that is not given (results only) counts as 0."""
    return tuple(
        Dimension(
            id=item.id,
            name=item.name,
            short=item.short or item.name,
            weight=item.weight or 0.0,
            place=yaml.place("dimensions", n, "id"),
            definition=item.definition,
            places=_places(yaml, ("dimensions", n), ("weight",)),
        )
        for n, item in enumerate(shape.dimensions)
    )


def indicators(
    shape: IndicatorsShape, yaml: Yaml, series: Mapping[str, Series]
) -> tuple[Indicator, ...]:
    """Return the indicators of all dimensions in order; the source defaults to the series'."""
    return tuple(
        _indicator(item, dimension.id, yaml, ("dimensions", n, "indicators", m), series)
        for n, dimension in enumerate(shape.dimensions)
        for m, item in enumerate(dimension.indicators)
    )


def _indicator(
    item: IndicatorShape,
    dimension: str,
    yaml: Yaml,
    path: tuple[str | int, ...],
    series: Mapping[str, Series],
) -> Indicator:
    return Indicator(
        id=item.id,
        name=item.name,
        dimension=dimension,
        unit=item.unit,
        series=item.series,
        per=item.per,
        factor=item.factor,
        direction=item.direction,
        weight=item.weight,
        aggregate=Aggregate(item.aggregate.method, item.aggregate.by),
        missing=item.missing,
        source=item.source or _sources((item.series, item.per), series),
        decimals=item.decimals,
        place=yaml.place(*path, "id"),
        note=item.note,
        treatments=tuple(
            Treatment(t.region, t.year, t.action, t.reason, yaml.place(*path, "treatments", n))
            for n, t in enumerate(item.treatments)
        ),
        goalposts={
            end: value
            for end, value in (("low", item.goalposts.low), ("high", item.goalposts.high))
            if value is not None
        },
        places=_places(
            yaml,
            path,
            ("weight", "factor", "series", "per", "aggregate", "direction", "missing", "goalposts"),
        ),
    )


def method(shape: MethodShape, yaml: Yaml) -> Method:
    """Return the method with the line of each of its settings."""
    return Method(
        normalise=shape.normalise,
        winsorise=shape.winsorise,
        aggregate=shape.aggregate,
        index_aggregate=shape.index_aggregate,
        growth=shape.growth,
        robustness_draws=shape.robustness_draws,
        robustness_spread=shape.robustness_spread,
        seed=shape.seed,
        places=_places(yaml, ("method",), tuple(MethodShape.model_fields)),
    )


def _sources(used: tuple[str, ...], series: Mapping[str, Series]) -> str:
    """Name the sources of the series an indicator is made from, each once."""
    named = dict.fromkeys(series[name].source for name in used if name in series)
    return "、".join(source for source in named if source)


def _places(yaml: Yaml, path: tuple[str | int, ...], keys: tuple[str, ...]) -> dict[str, Place]:
    """Return where a part's settings stand; settings left out stand where the part does."""
    return {key: yaml.place(*path, key) for key in keys}
