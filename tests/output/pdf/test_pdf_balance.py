"""Even lines: a line left short by a piece that must not break shares its space with those before."""

import copy

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes

from report.output.pdf.balance import balance

STYLE = "p { width: 220pt; font: 11pt 'Noto Serif CJK SC'; margin: 0 } .k { white-space: nowrap }"
WHOLE = '<span class="k">（123456.78亿元，占比12%）</span>'


def laid_out(paragraph):
    """A parsed page of one paragraph, and its laid out pages."""
    page = weasyprint.HTML(
        string=f"<style>{STYLE}</style><body><section class='body'><p>{paragraph}</p></section>"
    )
    return page, page.render().pages


def lines_of(pages):
    return [
        "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
        for page in pages
        for line in page._page_box.descendants()
        if isinstance(line, boxes.LineBox) and line.element_tag == "p"
    ]


def balanced(paragraph):
    """The lines before and after, and the paragraph's text after."""
    page, pages = laid_out(paragraph)
    section = page.etree_element.find("body/section")
    draft_lines = lines_of(pages)
    original = copy.deepcopy(section)
    balance(pages, [section], [original])
    inner = original.find("p")
    new = (inner.text or "") + "".join(
        f'<span class="{child.get("class")}">{child.text}</span>{child.tail or ""}'
        for child in inner
    )
    return draft_lines, lines_of(laid_out(new)[1]), "".join(original.itertext()).strip()


def test_a_short_line_takes_characters_from_the_one_before():
    text = f"{'甲乙丙丁戊己庚辛壬癸' * 3}子丑寅卯{WHOLE}之后还有许多话要说{'春夏秋冬' * 9}。"
    before, after, kept = balanced(text)
    assert [len(line) for line in before[:2]] == [20, 14]
    assert [len(line) for line in after[:2]] in ([17, 17], [18, 16])
    assert after[2:] == before[2:]  # what follows stays where it was
    assert "".join(before) == "".join(after) == kept


def test_even_lines_stay_as_they_are():
    text = "甲乙丙丁戊己庚辛壬癸" * 9 + "。"
    before, after, _ = balanced(text)
    assert before == after


@pytest.mark.parametrize("mark", ["，", "。", "）", "、"])
def test_no_line_begins_with_a_mark_for_it(mark):
    text = (
        f"{'甲乙丙丁戊己庚辛壬癸' * 2}子丑寅卯辰巳午未申酉{mark}亥子丑{WHOLE}之后还有许多话要说。"
    )
    _, after, _ = balanced(text.replace("癸甲", f"{mark}甲", 1))
    assert all(line[0] not in "，。）、" for line in after)


def test_a_text_in_pieces_is_left_whole():
    text = f'{"甲乙丙丁戊己庚辛壬癸" * 3}<span class="n">子丑</span>寅卯{WHOLE}之后还有许多话要说。'
    before, after, kept = balanced(text)
    assert "".join(before) == "".join(after) == kept
