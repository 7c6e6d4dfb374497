"""The pieces below the kinds: palette, type, line breaking, scales, label placing, errors."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures import Drawing, DrawingError, FigureSpec, Point, Series, describe, draw
from figures.canvas import Canvas
from figures.kinds.dots import lanes_of
from figures.layout import clip, spread, spread_boxes, wrap, wrap_list
from figures.placing import fitting, place
from figures.scale import Scale, airy, extent, tick_text, ticks
from figures.style import CATEGORICAL, SEQUENTIAL, contrast, luminance, mix, on, ramp, width_of


def test_palette_keeps_apart_in_grey() -> None:
    grey = [luminance(colour) for colour in CATEGORICAL[:5]]
    assert all(b - a >= 9 for a, b in pairwise(grey))
    steps = [luminance(colour) for colour in SEQUENTIAL]
    assert all(a - b >= 9 for a, b in pairwise(steps))


# Viénot, Brettel and Mollon (1999): linear RGB as a deuteranope and a protanope see it.
DEUTAN = ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0))
PROTAN = ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0))


def seen(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    out = [sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrix]
    return tuple(max(v, 0.0) ** (1 / 2.2) * 255 for v in out)


@pytest.mark.parametrize("matrix", [DEUTAN, PROTAN], ids=["deutan", "protan"])
def test_palette_keeps_apart_for_colour_blind_readers(
    matrix: tuple[tuple[float, ...], ...],
) -> None:
    for a, b in combinations(CATEGORICAL[:5], 2):
        distance = sum((x - y) ** 2 for x, y in zip(seen(a, matrix), seen(b, matrix), strict=True))
        assert distance**0.5 > 45, (a, b)


def test_ink_reads_on_every_ground() -> None:
    for colour in (*CATEGORICAL, *SEQUENTIAL, *(ramp(i / 20) for i in range(21))):
        assert contrast(on(colour), colour) > 3.8, colour


def test_mix_meets_its_ends() -> None:
    assert mix("#102030", "#ffffff", 0) == "#102030"
    assert mix("#102030", "#ffffff", 1) == "#ffffff"


def test_width_is_measured() -> None:
    one_em = 10 * 2.54 / 72
    assert width_of("工业互联网", 10) == pytest.approx(5 * one_em, rel=0.01)
    assert width_of("", 10) == 0
    assert width_of("100.0", 10) < 3 * one_em


def test_wrap_obeys_kinsoku() -> None:
    lines = wrap("基础设施（含网络、平台）、融合应用，以及技术创新100.5亿元。", 2.6)
    assert "".join(lines) == "基础设施（含网络、平台）、融合应用，以及技术创新100.5亿元。"
    assert all(line[0] not in "，。、）" and line[-1] != "（" for line in lines)
    assert any("100.5" in line for line in lines)
    assert wrap("", 3) == []


def test_wrap_list_never_breaks_a_name() -> None:
    lines = wrap_list("内蒙古、黑龙江、广西、新疆", 2.0)
    assert "".join(lines) == "内蒙古、黑龙江、广西、新疆"
    assert all(line.endswith("、") for line in lines[:-1])


def test_clip_marks_what_it_cuts() -> None:
    assert clip("北京", 5) == "北京"
    assert clip("有电子商务交易活动的企业比重", 2).endswith("…")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 10), max_size=30), st.floats(0.05, 0.5))
def test_spread_keeps_order_distance_and_bounds(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, 0, 10)
    real = min(gap, 10 / (len(wanted) - 1)) if len(wanted) > 1 else gap
    assert all(-1e-6 <= p <= 10 + 1e-6 for p in placed)
    assert all(b - a >= real - 1e-6 for a, b in pairwise(sorted(placed)))
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    assert [placed[i] for i in order] == sorted(placed)


def test_spread_leaves_free_labels_alone() -> None:
    assert spread([1.0, 5.0, 9.0], 0.4, 0, 10) == [1.0, 5.0, 9.0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 13), st.floats(0, 10)), min_size=1, max_size=31))
def test_place_is_deterministic_and_inside(points: list[tuple[float, float]]) -> None:
    sizes = [(0.55, 0.25)] * len(points)
    labels = place(points, sizes, (0, 0, 13, 10))
    assert labels == place(points, sizes, (0, 0, 13, 10))
    assert all(0.27 <= label.x <= 12.73 for label in labels)


def test_place_parts_a_crowd() -> None:
    points = [(3 + (i % 6) * 0.22, 3 + (i // 6) * 0.2) for i in range(30)]
    labels = place(points, [(0.55, 0.25)] * 30, (0, 0, 13, 10))
    for a, b in combinations(labels, 2):
        assert abs(a.x - b.x) >= 0.55 or abs(a.y - b.y) >= 0.25


def test_place_keeps_names_beside_their_own_points() -> None:
    points = [(3 + (i % 6) * 0.95 + (i // 6) % 2 * 0.3, 3 + (i // 6) * 0.6) for i in range(30)]
    labels = place(points, [(0.55, 0.25)] * 30, (0, 0, 13, 10), radius=0.13)
    for own, label in enumerate(labels):
        assert label.clear
        for x, y in points:
            assert abs(label.x - x) >= 0.275 + 0.13 or abs(label.y - y) >= 0.125 + 0.13
        if not label.leader:
            away = [
                max(abs(label.x - x) - 0.275, 0) ** 2 + max(abs(label.y - y) - 0.125, 0) ** 2
                for x, y in points
            ]
            assert away[own] <= min(away) + 1e-9


def test_place_keeps_off_texts() -> None:
    labels = place([(5.0, 5.0)], [(0.6, 0.3)], (0, 0, 10, 10), barriers=[(5.0, 0.0, 10.0, 10.0)])
    assert labels[0].x <= 4.7
    assert labels[0].clear


def test_fitting_gives_up_names_without_room() -> None:
    points = [(1 + (i % 8) * 0.05, 1 + (i // 8) * 0.05) for i in range(64)]
    sizes = [(0.6, 0.3)] * 64
    labels = fitting(points, sizes, (0, 0, 3, 3), reach=0.7, kept=frozenset({5}))
    assert 5 in labels
    assert 3 < len(labels) < 64
    assert all(label.reach <= 0.7 + 1e-9 for label in labels.values())
    assert fitting(points, sizes, (0, 0, 3, 3), reach=0.7, kept=frozenset({5})) == labels


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0.2, 1.5)), min_size=1, max_size=6))
def test_spread_boxes_keeps_them_apart_and_inside(boxes: list[tuple[float, float]]) -> None:
    wanted, widths = [at for at, _ in boxes], [wide for _, wide in boxes]
    placed = spread_boxes(wanted, widths, 0.1, 0, 10)
    order = sorted(range(len(boxes)), key=lambda i: (wanted[i], i))
    for a, b in pairwise(order):
        assert placed[b] - placed[a] >= (widths[a] + widths[b]) / 2 + 0.1 - 1e-6
    assert all(
        wide / 2 - 1e-6 <= at <= 10 - wide / 2 + 1e-6
        for at, wide in zip(placed, widths, strict=True)
    )


def test_axes_of_scores_end_at_a_hundred() -> None:
    assert (airy([17.9, 99.7], "分").low, airy([17.9, 99.7], "分").high) == (0, 100)
    assert airy([17.9, 99.7], "%").high > 100
    assert airy([17.9, 104.0], "分").high > 104  # no score of that scale: the data say more


def test_a_heap_is_spread_by_logarithms() -> None:
    heap = [3.0, 8.0, 40.0, 60.0, 130.0, 500.0, 800.0, 22000.0]
    axis = airy(heap)
    assert axis.log
    assert axis.low < 3
    assert axis.high > 22000
    assert axis.at == (10, 100, 1000, 10000)
    scale = axis.scale(0, 10)
    assert scale(1000) - scale(100) == pytest.approx(scale(100) - scale(10))
    assert not airy([0.0, *heap]).log  # zero has no logarithm
    assert not airy([-1.0, *heap]).log
    assert not airy([10.0, 20.0, 30.0]).log


def test_scale_and_ticks() -> None:
    scale = Scale(0, 10, 2, 12)
    assert scale(5) == 7
    assert Scale(3, 3, 0, 10)(3) == 5
    assert extent([3.2, 97.1]) == (0, 100, 20)
    assert extent([102.0, 148.0]) == (100, 150, 10)
    assert extent([], zero=True)[1] > 0
    assert ticks(-10, 10, 5) == [-10, -5, 0, 5, 10]
    assert tick_text(-2.5, 2.5) == "−2.5"
    assert tick_text(0.0, 0.25) == "0.00"
    assert tick_text(1000, 500) == "1000"


def line(kind: str, label: str = "北京", value: float | None = 1.0) -> FigureSpec:
    return FigureSpec(kind, "fig-x", "题目", (Series("甲", (Point(label, value, "1.0"),)),))


def test_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(DrawingError) as caught:
        draw(line("column"))
    assert caught.value.reason == "unknown-kind"
    assert "columns" in caught.value.allowed


def test_missing_glyph_is_an_error() -> None:
    with pytest.raises(DrawingError) as caught:
        draw(line("bars", "\U0001f600"))
    assert caught.value.reason == "missing-glyph"
    assert "U+1F600" in str(caught.value)


def test_no_data_is_an_error() -> None:
    for call in (draw, describe):
        with pytest.raises(DrawingError) as caught:
            call(line("bars", value=None))
        assert caught.value.reason == "bad-data"


def test_bad_options_are_errors() -> None:
    plain = line("bars")
    for kind, options in (
        ("bars", {"highlight": "北京"}),
        ("tile-map", {}),
        ("tile-map", {"tiles": {"110000": [1]}}),
        ("multiples", {"columns": "three"}),
    ):
        spec = FigureSpec(kind, "f", "题目", plain.series, options=options)
        with pytest.raises(DrawingError) as caught:
            draw(spec)
        assert caught.value.reason == "bad-option"


def test_text_is_escaped() -> None:
    drawn = draw(line("bars", "<甲&乙>"))
    assert b"&lt;\xe7\x94\xb2&amp;" in drawn.svg


def test_global_settings_stay_as_they_were() -> None:
    before = dict(mpl.rcParams)
    draw(line("bars"))
    assert dict(mpl.rcParams) == before


def test_canvas_draws_every_marker() -> None:
    canvas = Canvas("f", 5, 3)
    for shape in ("circle", "diamond", "square", "triangle", "inverted", "plus"):
        canvas.marker(1, 1, shape)
    assert canvas.svg().count(b"<path") >= 6


def upright_segments(drawing: Drawing, x: float) -> list[tuple[float, float]]:
    """The upright lines at ``x`` cm, as stretches (top, bottom) in cm."""
    found = []
    for path in re.findall(r'd="M ([\d.]+) ([\d.]+) L ([\d.]+) ([\d.]+)"', drawing.svg.decode()):
        x0, y0, x1, y1 = (float(v) * 2.54 / 72 for v in path)
        if abs(x0 - x1) < 0.005 and abs(x0 - x) < 0.02:
            found.append((min(y0, y1), max(y0, y1)))
    return found


@pytest.mark.parametrize("kind", ["bars", "lollipop"])
def test_no_number_lies_under_the_line_of_the_mean(kind: str) -> None:
    values = (60.0, 40.0, 33.0, 31.0, 12.0)
    points = tuple(Point(f"地区{v:g}", v, f"{v:.1f}", f"k.{v:g}") for v in values)
    mean = Series("平均", (Point("平均", 34.0, "34.0", "k.m"),), "reference")
    drawn = draw(FigureSpec(kind, "f", "题目", (Series("得分", points), mean)))
    numbers = {t.key: t for t in drawn.texts if t.role == "value"}
    name = next(t for t in drawn.texts if t.text.startswith("平均"))
    at = (name.left + numbers["k.m"].right) / 2
    lines = upright_segments(drawn, at)
    assert lines
    crossed = [t for key, t in numbers.items() if key != "k.m" and t.left < at < t.right]
    assert crossed
    for text in crossed:
        assert not any(top < text.bottom and text.top < bottom for top, bottom in lines)


def test_marks_of_like_values_stand_in_lanes() -> None:
    x = Scale(0, 80, 0, 8)
    spots = [(0, 62.3), (1, 61.1), (2, 55.7), (3, 63.7), (4, 64.2), (5, 55.5), (6, 10.0)]
    lanes = lanes_of([(i, v) for i, v in spots], x)
    assert set(lanes) == set(range(7))
    assert lanes[6] == 0
    for (a, v), (b, w) in combinations(spots, 2):
        assert ((x(v) - x(w)) ** 2 + (lanes[a] - lanes[b]) ** 2) ** 0.5 >= 0.25
    assert lanes_of([], x) == {}


def test_a_heap_without_room_says_that_names_are_missing() -> None:
    places = tuple(
        Point(f"地区{i}", 50 + i % 2 * 0.01, "50.0", f"y.{i}", x=50 + i % 3 * 0.01)
        for i in range(40)
    )
    far = Point("远处", 90.0, "90.0", "y.f", x=10.0)
    spec = FigureSpec(
        "scatter", "f", "题目", (Series("地区", (*places, far)),), unit="分", x_unit="分"
    )
    drawn = draw(spec)
    names = [t.text for t in drawn.texts if t.role == "label"]
    assert "远处" in names
    assert len(names) < 41
    told = [t.text for t in drawn.texts if t.role == "note"]
    assert told[0].startswith("注：虚线为各点的拟合直线")
    assert any("部分地区未标注" in text for text in told)
    assert drawn.height < 21
    assert all(float(t.text) <= 100 for t in drawn.texts if t.role == "tick")


@pytest.mark.parametrize(
    ("across", "told"), [((1, 2, 3), True), ((2, 2, 2), False), ((1, 2), False)]
)
def test_a_fitted_line_is_explained_where_there_is_one(across, told) -> None:
    places = tuple(
        Point(f"地区{i}", 10.0 * i, f"{10.0 * i}", f"y.{i}", x=float(x), x_text=f"{x}")
        for i, x in enumerate(across)
    )
    spec = FigureSpec("scatter", "f", "题目", (Series("地区", places),), unit="分", x_unit="分")
    drawn = [t.text for t in draw(spec).texts if t.role == "note"]
    assert any("拟合直线" in text for text in drawn) is told
    assert ("拟合直线" in describe(spec)) is told
