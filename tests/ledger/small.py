"""A calculation of six cells, small enough to follow by hand, and the year before it."""

from __future__ import annotations

from report.assessment.results import Entry, Registry, Results, Value
from report.errors import Place

FIGURES = "data/x/figures.csv"


def leaf(key: str, datum: float, cell: str, unit: str = "万个", sheet: str = "") -> Value:
    return Value(key, datum, unit, "input", place=Place(FIGURES, sheet=sheet, cell=cell))


def small(edition: str = "x") -> Results:
    """Ports of three regions add up to the nation; index.total.2022 = 100 × 60 ÷ 40 = 150."""
    values = [
        leaf("data.ports.110000.2021", 10.0, "D2"),
        leaf("data.ports.120000.2021", 10.0, "D3"),
        leaf("data.ports.130000.2021", 20.0, "D4"),
        leaf("data.ports.110000.2022", 15.0, "D6"),
        leaf("data.ports.120000.2022", 15.0, "D7"),
        leaf("data.ports.130000.2022", 30.0, "D9"),
        Value("weight.build", 0.6, "", "input", place=Place("data/x/indicators.yaml", line=12)),
    ]
    for year in (2021, 2022):
        parents = tuple(f"data.ports.{code}.{year}" for code in ("110000", "120000", "130000"))
        total = sum(float(v.datum) for v in values if v.key in parents)  # type: ignore[arg-type]
        nation = f"indicator.ports.nation.{year}"
        values.append(Value(nation, total, "万个", "sum", parents))
        index = Value(
            f"index.total.{year}", 100 * total / 40, "", "index-positive",
            (nation, "indicator.ports.nation.2021"),
        )  # fmt: skip
        values.append(index)
    registry = Registry(
        regions=(Entry("110000", "北京市", "北京"), Entry("120000", "天津市", "天津")),
        indicators=(Entry("ports", "接入端口", "接入端口"),),
        series=(Entry("ports", "接入端口"),),
    )
    found = {value.key: value for value in values}
    return Results(edition, 2022, 2021, (2021, 2022), registry, found)
