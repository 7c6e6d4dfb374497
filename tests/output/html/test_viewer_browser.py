"""The viewer at work in a real browser (skipped where there is no Chromium; in CI it must be there)."""

from __future__ import annotations

import dataclasses

import pytest

from figures import draw
from report.assessment import labels
from report.document.model import Section
from report.ledger import Sources, label, ledger
from report.output.html import viewer_data, write_page
from tests.ledger.small import small
from tests.ledger.test_ledger_rows import document, spec
from tests.output.html.test_viewer import PAGE_DIR
from tests.support.browser import browser

SOURCES = Sources(small(), small("w"))
PANEL = "document.getElementById('trace')"
TEXT = f"{PANEL}.textContent"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    made = document()
    drawings = {"fig": draw(spec())}
    section = Section("part1", "body", made.sections[0].blocks)
    made = dataclasses.replace(made, sections=(section,))
    trace = viewer_data(ledger(made, SOURCES, drawings), SOURCES)
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(write_page(made, drawings, PAGE_DIR, trace=trace), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chromium(program):
    with browser(program("chromium", "chromium-browser", "google-chrome")) as page:
        yield page


@pytest.fixture
def tab(chromium, page):
    chromium.messages.clear()
    chromium.open(page)
    yield chromium
    assert chromium.messages == [], "the console stays silent: no policy broken, no error"


def is_open(tab) -> bool:
    return tab.run(f"!{PANEL}.hidden")


def test_a_click_tells_where_a_number_comes_from(tab):
    assert not is_open(tab)
    tab.point("#p1-01 .n", click=True)
    tab.wait(f"!{PANEL}.hidden")
    said = tab.run(TEXT)
    assert "总体·指数（2022年）" in said
    assert "index.total.2022" in said
    assert "100 × 60 ÷ 基期 40" in said
    assert "data/x/figures.csv!D2:D4, D6:D7, D9" in said
    tab.press("Escape")
    assert not is_open(tab)


def test_the_calculation_is_walked_down_and_up(tab):
    tab.point("#p1-01 .n", click=True)
    tab.run(f"{PANEL}.querySelector('.walk').click()")
    assert "接入端口·全国·指标值（2022年）" in tab.run(TEXT)
    tab.run(f"{PANEL}.querySelector('.walk').click()")
    said = tab.run(TEXT)
    assert "读入的数据" in said
    assert "用于总体·指数（2022年）" in said, "the sum between them is not printed"
    tab.run(f"{PANEL}.querySelector('[aria-label=返回上一个]').click()")
    assert "各地区之和" in tab.run(TEXT)


def test_hovering_shows_and_leaving_hides(tab):
    tab.point("#p1-01 .n")
    tab.wait(f"!{PANEL}.hidden")
    tab.point("h1")
    tab.wait(f"{PANEL}.hidden")


def test_a_number_on_a_figure_answers(tab):
    tab.point("figure .mark[data-key='index.total.2022']", click=True)
    tab.wait(f"!{PANEL}.hidden")
    assert "index.total.2022" in tab.run(TEXT)


def test_the_keyboard_suffices(tab):
    tab.run("document.querySelector('#p1-01 .n').focus()")
    assert tab.run("document.activeElement.getAttribute('role')") == "button"
    tab.press("Enter")
    assert is_open(tab)
    assert tab.run(f"{PANEL}.contains(document.activeElement)")
    tab.press("Escape")
    assert tab.run("document.activeElement.textContent") == "150.0"
    tab.press("ArrowRight")
    assert tab.run("document.activeElement.textContent") == "+50.0点"
    tab.run("const n = document.querySelector('#tbl td .n'); n.tabIndex = 0; n.focus()")
    tab.press("ArrowDown")
    assert tab.run("document.activeElement.dataset.key") == "data.ports.120000.2022"


@pytest.mark.parametrize(
    ("query", "first"),
    [("150", "150.0"), ("index.total.2021", "100.0"), ("天津 统计", "15.0万个"), ("−150", None)],
)
def test_search_by_value_key_and_name(tab, query, first):
    tab.run("document.getElementById('finder').focus()")
    tab.type(query)
    tab.wait("document.querySelector('.finder .count').textContent")
    found = tab.run("(document.querySelector('.finder li b') || {}).textContent")
    assert found == first
    if first:
        tab.press("ArrowDown")
        tab.press("Enter")
        tab.wait(f"!{PANEL}.hidden")
        marked = tab.run("document.querySelector('.traced').dataset.text || "
                         "document.querySelector('.traced').textContent")  # fmt: skip
        assert marked == first


def test_names_are_those_of_the_program(tab):
    known = labels.names(SOURCES.graph.results)
    for key in ("index.total.2022", "data.ports.110000.2022",
                "diff(index.total.2022,index.total.2021)"):  # fmt: skip
        tab.run(f"document.querySelector('[data-key=\"{key}\"]').dispatchEvent("
                "new MouseEvent('click', {bubbles: true}))")  # fmt: skip
        assert tab.run(f"{PANEL}.querySelector('h4').textContent") == label(
            SOURCES.graph, key, known
        )


def test_tables_go_to_the_clipboard_and_to_a_file(tab):
    assert tab.run("document.querySelectorAll('.tools button').length") == 2
    tab.run("""
        window.copied = ""; window.saved = null;
        navigator.clipboard.writeText = async (text) => { window.copied = text; };
        URL.createObjectURL = (blob) => { window.saved = blob; return "about:blank#"; };
    """)
    tab.run("document.querySelector('.tools button').click()")
    tab.wait("window.copied")
    assert tab.run("window.copied") == "地区\t2022年\n北京\t15.0万个\n天津\t15.0万个"
    tab.run("HTMLAnchorElement.prototype.click = function () { window.name = this.download; };"
            "document.querySelector('.tools button:last-child').click()")  # fmt: skip
    tab.wait("window.saved")
    # Blob.text() would swallow the byte order mark.
    first = tab.run("window.saved.arrayBuffer().then((b) => [...new Uint8Array(b)].slice(0, 3))")
    assert first == [0xEF, 0xBB, 0xBF]
    assert (
        tab.run("window.saved.text()").lstrip("\ufeff")
        == "地区,2022年\r\n北京,15.0万个\r\n天津,15.0万个\r\n"
    )
    assert tab.run("window.name") == "表1-1　端口.csv"


def test_on_a_small_screen_the_panel_leaves_the_number_in_sight(chromium, page):
    chromium.open(page, 400, 700)
    chromium.point("#p1-01 .n", click=True)
    chromium.wait(f"!{PANEL}.hidden")
    number, panel = chromium.run(
        f"[document.querySelector('#p1-01 .n').getBoundingClientRect().bottom,"
        f"{PANEL}.getBoundingClientRect().top]"
    )
    assert number <= panel
