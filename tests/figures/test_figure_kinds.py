"""Every kind draws, keeps its labels apart, prints its numbers with their keys, and tells its story."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from lxml import etree

from figures import KINDS, Drawing, FigureSpec, describe, draw

SVG = "{http://www.w3.org/2000/svg}"


def texts(drawing: Drawing) -> list[etree._Element]:
    return list(etree.fromstring(drawing.svg).iter(SVG + "text"))


def test_every_kind_has_a_sample(drawings: dict[str, Drawing]) -> None:
    assert {d.spec.kind for d in drawings.values()} == set(KINDS)


def test_texts_do_not_overlap(drawing: Drawing) -> None:
    met = [(a.text, b.text) for a, b in combinations(drawing.texts, 2) if a.meets(b, 0.02)]
    assert met == []


def test_texts_stay_on_the_sheet(drawing: Drawing) -> None:
    out = [
        t
        for t in drawing.texts
        if t.left < -0.01
        or t.top < -0.02
        or t.right > drawing.width + 0.01
        or t.bottom > drawing.height + 0.02
    ]
    assert out == []


def test_fits_the_type_area(drawing: Drawing) -> None:
    assert drawing.width == pytest.approx(15.5)
    assert drawing.height < 21  # leaves room for a caption on an A4 page


def test_same_spec_same_bytes(drawing: Drawing) -> None:
    assert draw(drawing.spec).svg == drawing.svg


def test_svg_is_plain(drawing: Drawing) -> None:
    root = etree.fromstring(drawing.svg)
    assert {etree.QName(e).localname for e in root.iter()} <= {"svg", "path", "text"}
    assert not root.xpath("//@id | //@style")
    assert root.get("width", "").endswith("pt")
    assert len(root.get("viewBox", "").split()) == 4
    assert "Noto Sans CJK SC" in root.get("font-family", "")
    assert root.get("aria-label") == drawing.alt


def test_svg_holds_the_texts_in_order(drawing: Drawing) -> None:
    assert [e.text for e in texts(drawing)] == [t.text for t in drawing.texts]


def test_numbers_carry_their_keys(drawing: Drawing) -> None:
    marked = {(e.text, e.get("data-key")) for e in texts(drawing) if e.get("data-key")}
    given = {
        pair
        for s in drawing.spec.series
        for p in s.points
        for pair in (
            (p.text, p.key),
            (p.x_text, p.x_key),
            (p.low_text, p.low_key),
            (p.high_text, p.high_key),
        )
        if pair[1]
    }
    assert marked <= given
    values = [t for t in drawing.texts if t.role == "value" and t.key]
    assert {(t.text, t.key) for t in values} == marked


def test_digits_are_values_ticks_or_declared(drawing: Drawing) -> None:
    """No number but ticks, printed values and what the spec's own words say."""
    spec = drawing.spec
    words = " ".join(
        [
            spec.y_label,
            spec.x_label,
            *map(str, spec.options.values()),
            *(name for _, name in spec.groups),
            *(t for s in spec.series for p in s.points for t in (s.name, p.label, p.text)),
        ]
    )
    loose = [
        t.text
        for t in drawing.texts
        if t.role not in {"value", "tick"}
        and any(number not in words for number in re.findall(r"\d+", t.text))
    ]
    known = {"5%～95%区间", "注：细线为95%置信区间。", "上升3位及以上", "下降3位及以上"}
    tile_classes = {t for t in loose if "～" in t and spec.kind == "tile-map"}
    assert set(loose) - known - tile_classes == set()


def test_alt_text_fits(drawing: Drawing) -> None:
    assert 60 <= len(drawing.alt) <= 200
    assert drawing.alt.endswith("。")
    assert drawing.spec.title in drawing.alt
    assert ("模拟数据" in drawing.alt) == drawing.spec.simulated or drawing.spec.kind == "flow"


def test_alt_text_only_says_printed_numbers(drawing: Drawing) -> None:
    spec = drawing.spec
    said = " ".join(
        [
            spec.title,
            *map(str, spec.options.values()),
            *(
                t
                for s in spec.series
                for p in s.points
                for t in (s.name, p.label, p.text, p.x_text, p.low_text, p.high_text)
            ),
        ]
    )
    decimals = re.findall(r"\d+\.\d+", drawing.alt)
    assert [number for number in decimals if number not in said] == []


RANKED = {"bars", "lollipop", "tile-map"}


def test_alt_text_names_the_extremes(drawings: dict[str, Drawing]) -> None:
    ranked = [one for one in drawings.values() if one.spec.kind in RANKED]
    assert {one.spec.kind for one in ranked} == RANKED
    for one in ranked:
        extremes(one)


def extremes(drawing: Drawing) -> None:
    points = [p for p in drawing.spec.series[0].points if p.value is not None]
    for chosen in (max, min):
        point = chosen(points, key=lambda p: p.value or 0.0)
        assert re.search(f"{point.label}（?{point.text}", drawing.alt)


def test_simulated_is_stamped(drawing: Drawing) -> None:
    stamps = [t for t in drawing.texts if t.role == "stamp"]
    assert [t.text for t in stamps] == (["模拟数据"] if drawing.spec.simulated else [])


def test_unit_is_on_the_figure(drawings: dict[str, Drawing]) -> None:
    counting = [
        one
        for one in drawings.values()
        if one.spec.kind not in {"flow", "matrix", "slope"} and (one.spec.unit or one.spec.y_label)
    ]
    assert len(counting) > 20
    for one in counting:
        units = [t.text for t in one.texts if t.role == "unit"]
        assert any(one.spec.unit in text for text in units), one.spec.kind


@pytest.mark.parametrize(
    ("dimensions", "count"), [(5, 12), (3, 31), (6, 4), (1, 2)], ids=["5x12", "3x31", "6x4", "1x2"]
)
def test_other_numbers_of_dimensions_and_regions(
    samples: Callable[..., dict[str, FigureSpec]], dimensions: int, count: int
) -> None:
    for name, spec in samples(dimensions, count).items():
        drawn = draw(spec)
        met = [(a.text, b.text) for a, b in combinations(drawn.texts, 2) if a.meets(b, 0.02)]
        assert met == [], name
        assert all(t.left >= -0.01 and t.right <= drawn.width + 0.01 for t in drawn.texts), name
        assert 30 <= len(describe(spec)) <= 200


def test_png_has_the_size_asked_for(drawings: dict[str, Drawing]) -> None:
    data = drawings["columns"].png(dpi=100)
    assert data.startswith(b"\x89PNG")
    width = int.from_bytes(data[16:20], "big")
    assert width == pytest.approx(15.5 / 2.54 * 100, abs=1)
    assert data == drawings["columns"].png(dpi=100)


def test_quadrant_names_every_region_once(drawings: dict[str, Drawing]) -> None:
    drawing = drawings["quadrant"]
    names = [p.label for p in drawing.spec.series[0].points]
    shown = [t.text for t in drawing.texts if t.role == "label" and t.text in names]
    assert sorted(shown) == sorted(names)
    assert len(names) == 31
