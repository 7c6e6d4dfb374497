"""Chinese lines on paper: flush on both edges, no forbidden marks at their ends, own API checks."""

import threading
import types
from itertools import pairwise

import pdfplumber
import pytest
from weasyprint.layout import inline

from report.errors import MachineError
from report.output.html.spacing import CLOSING, OPENING, STOPS
from report.output.pdf.typography import check_api, chinese_justification

LEFT, MEASURE = 27.4 / 25.4 * 72, 440.0
RIGHT = LEFT + MEASURE
SIZE = 11.0
NEVER_FIRST = CLOSING | STOPS | frozenset("…%％")
NEVER_LAST = OPENING


def body_lines(path):
    """Yield (page number, line) for lines of body text in the full measure."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            if page.width > page.height:
                continue
            # Squeezed marks overlap their neighbours' cells: sort by position before reading.
            for line in page.extract_text_lines(return_chars=True):
                chars = sorted(line["chars"], key=lambda c: c["x0"])
                first = chars[0]
                if "Serif" in first["fontname"] and abs(first["size"] - SIZE) < 0.1:
                    yield page.page_number, chars


def is_first_of_paragraph(chars):
    return chars[0]["x0"] - LEFT > 1.2 * SIZE


def ink_right(chars):
    last = chars[-1]
    return last["x1"] - (SIZE / 2 if last["text"] in CLOSING | STOPS else 0)


def test_lines_are_flush_on_both_edges(written):
    lines = list(body_lines(written[2]))
    checked = 0
    for (page, chars), (next_page, following) in pairwise(lines):
        if page != next_page or is_first_of_paragraph(following):
            continue
        if not 15 < following[0]["top"] - chars[0]["top"] < 25:
            continue  # something else stands between the two
        checked += 1
        text = "".join(char["text"] for char in chars)
        assert ink_right(chars) == pytest.approx(RIGHT, abs=0.7), text
        first = chars[0]
        ink_left = first["x0"] + (SIZE / 2 if first["text"] in OPENING else 0)
        wanted = LEFT + 2 * SIZE if is_first_of_paragraph(chars) else LEFT
        assert ink_left == pytest.approx(wanted, abs=0.7), text
    assert checked > 60


def test_no_forbidden_marks_at_line_ends(written):
    with pdfplumber.open(written[2]) as pdf:
        for page in pdf.pages:
            for line in page.extract_text_lines(return_chars=True):
                chars = sorted(line["chars"], key=lambda c: c["x0"])
                if chars[0]["x0"] < LEFT + 3.5 * SIZE:  # further right, a formula stands before it
                    assert chars[0]["text"] not in NEVER_FIRST, line["text"]
                assert chars[-1]["text"] not in NEVER_LAST, line["text"]


def test_figures_and_their_signs_stay_together(written):
    for _, chars in body_lines(written[2]):
        assert not "".join(c["text"] for c in chars).startswith(("%", ".", "—"))


def test_marks_are_squeezed(written):
    """A closing mark before a stop takes half its width."""
    pairs = 0
    for _, chars in body_lines(written[2]):
        for a, b in pairwise(chars):
            if a["text"] in CLOSING and b["text"] in STOPS:
                pairs += 1
                assert b["x0"] - a["x0"] < 0.75 * SIZE
    assert pairs > 5


def test_extracted_text_gains_no_spaces(written):
    with pdfplumber.open(written[2]) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "2022年全国工业互联网发展指数为183.2，比上年稳步提升" in text
    assert "R&D经费与工业增加值之比为4.82%，每万人有效发明专利数达" in text
    assert "人口计算），说明“有平台、有网络、有应用”的格局正在形成。" in text


def test_the_api_this_rests_on_is_as_known():
    check_api(inline)


def test_a_moved_api_is_a_clear_error():
    moved = types.SimpleNamespace(text_align=lambda line: 0)
    with pytest.raises(MachineError, match="WeasyPrint"):
        check_api(moved)


def test_justification_is_undone_and_threads_keep_their_own():
    original = inline.text_align
    seen = {}

    line = types.SimpleNamespace(
        style={
            "text_align_all": "start",
            "text_align_last": "start",
            "white_space": "normal",
            "direction": "ltr",
        },
        width=10,
        children=(),
    )

    def other():
        seen["other"] = inline.text_align(None, line, 20, False)

    with chinese_justification():
        assert inline.text_align is not original
        with chinese_justification():
            pass
        assert inline.text_align is not original
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert inline.text_align is original
    assert seen == {"other": 0}
