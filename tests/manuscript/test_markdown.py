"""Markdown as editors write it: paragraphs, emphasis beside Chinese punctuation, boxes, ids, origins."""

from report.document.model import (
    Callout,
    Emphasis,
    Footnote,
    Formula,
    Heading,
    ListBlock,
    Math,
    Paragraph,
    Strong,
    Table,
    Text,
)
from report.manuscript.store import plain_text


def test_lines_of_a_chinese_paragraph_join_without_a_space(press):
    assert (
        press.say("甲乙\n丙丁，\nand more\nwords\n{{ year }}\nend")
        == "甲乙丙丁，and more words 2022 end"
    )


def test_each_line_keeps_its_own_origin(press):
    first, number, second = press.inlines("甲{{ year }}\n乙")
    assert (first.text, first.origin.line) == ("甲", 3)
    assert number.origin.line == 3
    assert (second.text, second.origin.line) == ("乙", 4)
    assert second.origin.file == "templates/parts/p.md.j2"


def test_origins_survive_tags_comments_loops_and_wrapped_expressions(press):
    blocks = press(
        "{## 注\n释 ##}\n"
        "{% if true %}\n"
        "甲\n"
        "{% endif %}\n"
        "\n"
        '{{ n("index.total",\n'
        "     year=prev_year) }}乙\n"
        "\n"
        "{% for x in [1, 2] %}\n"
        "丙{{ serial(x) }}\n"
        "\n"
        "{% endfor %}\n"
        "丁\n"
    )
    assert [(b.origin.line - 2, plain_text(b.inlines)) for b in blocks] == [
        (4, "甲"),
        (7, "110.0乙"),
        (11, "丙1"),
        (11, "丙2"),
        (14, "丁"),
    ]


def test_a_tag_at_the_end_of_a_line_does_not_glue_paragraphs(press):
    blocks = press("甲{% if true %}乙{% endif %}\n\n丙")
    assert [plain_text(b.inlines) for b in blocks] == ["甲乙", "丙"]


def test_a_comment_line_inside_a_paragraph_vanishes(press):
    assert press.say("甲\n{## 说明 ##}\n乙") == "甲乙"


def test_included_and_imported_templates_are_the_origin_of_their_text(press):
    press.write("macros/a.md.j2", "插入段\n")
    press.write("macros/m.md.j2", "\n{% macro say(x) %}由{{ x }}说{% endmacro %}\n")
    blocks = press(
        '{% from "macros/m.md.j2" import say %}\n甲{{ say(year) }}乙\n\n{% include "macros/a.md.j2" %}\n'
    )
    places = [(i.text, i.origin.file.split("/", 1)[1], i.origin.line) for i in blocks[0].inlines]
    assert places == [
        ("甲", "parts/p.md.j2", 4),
        ("由", "macros/m.md.j2", 2),
        ("2022", "macros/m.md.j2", 2),
        ("说", "macros/m.md.j2", 2),
        ("乙", "parts/p.md.j2", 4),
    ]
    assert str(blocks[1].origin) == "templates/macros/a.md.j2:1"


def test_emphasis_works_beside_chinese_punctuation(press):
    strong, text, emphasis, end = press.inlines("**要点：**正文*强调。*完")
    assert isinstance(strong, Strong)
    assert plain_text(strong.inlines) == "要点："
    assert text.text == "正文"
    assert isinstance(emphasis, Emphasis)
    assert end.text == "完"


def test_numbers_may_stand_in_bold(press):
    (strong,) = press.inlines('**{{ n("index.total") }}**')
    assert plain_text((strong,)) == "120.1"


def test_words_typed_in_strings_are_no_markdown(press):
    assert press.say('{{ "a*b*c # d" }}') == "a*b*c # d"


def test_headings_lists_boxes_formulae_and_footnotes(press):
    blocks = press(
        "## 章{{ year }} {#p-a}\n\n段$x_i$[^1]。\n\n- 甲\n- 乙\n\n"
        "::: finding 要点{{ year }} {#box}\n内容\n:::\n\n$$\nI = \\frac{a}{b}\n$$ (eq-a)\n\n[^1]: 注{{ year }}文\n"
    )
    heading, paragraph, items, first, second, box, inside, formula = blocks
    assert isinstance(heading, Heading)
    assert (heading.id, heading.level, heading.number) == ("p-a", 2, "第一章")
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines[1] == Math("x_i")
    assert isinstance(paragraph.inlines[2], Footnote)
    assert plain_text(paragraph.inlines[2].inlines) == "注2022文"
    assert isinstance(items, ListBlock)
    assert not items.ordered
    assert [first.id, second.id] == ["p-a-03", "p-a-04"]
    assert isinstance(box, Callout)
    assert (box.id, box.kind, plain_text(box.title)) == ("box", "finding", "要点2022")
    assert inside.origin.line == 11
    assert isinstance(formula, Formula)
    assert (formula.id, formula.latex) == ("eq-a", "I = \\frac{a}{b}")


def test_ids_are_numbered_within_their_section(press):
    blocks = press("甲\n\n乙\n\n## 章 {#p-x}\n\n丙\n\n### 节 {#p-y}\n\n丁")
    assert [b.id for b in blocks] == ["p-01", "p-02", "p-x", "p-x-01", "p-y", "p-y-01"]


def test_unnumbered_headings(press):
    heading = press("## 章 {#a .unnumbered}")[0]
    assert heading.number == ""


def test_a_table_of_words(press):
    (table,) = press("::: table 办法{{ year }} {#tbl-a}\n| 甲 | 乙 |\n|---|--:|\n| 丙 | 丁 |\n:::")
    assert isinstance(table, Table)
    assert plain_text(table.caption) == "办法2022"
    assert table.head[0][0].header
    assert table.body[0][1].align == "right"
    assert table.body[0][0].inlines[0].text == "丙"


def test_paragraph_styles(press):
    assert press("导语 {.lead}")[0].style == "lead"


def test_ids_made_from_objects(press):
    heading = press("{% for d in dimensions %}\n## {{ d.name }} {#p-{{ d.id }}}\n\n{% endfor %}")
    assert [h.id for h in heading] == ["p-infrastructure", "p-innovation"]


def test_html_and_entities_stay_text(press):
    assert press.inlines("<b>甲</b> &amp; `乙`")[0] == Text(
        "<b>甲</b> &amp; `乙`", press.inlines("<b>甲</b> &amp; `乙`")[0].origin
    )


def test_mistakes_of_markup_are_told_with_their_line(press):
    def found(text: str) -> tuple[int, str]:
        problem = press.problem(text)
        return problem.place.line, problem.found

    assert found("甲\n\n## 章") == (3, "a heading has no id")
    assert found("甲\n\n---") == (3, "a ruled line has no place in the report")
    assert found("\n> 引") == (2, "a quotation block has no style")
    assert found("甲![x](y.png)") == (1, "a picture is put in by hand")
    assert found("[甲](javascript:x)")[0] == 1
    assert found("[甲](../x.html)")[1] == "not a web address: ../x.html"
    assert found("甲[^9]") == (1, "a footnote has no text: [^9]")
    assert found("::: boxx 甲\n乙\n:::") == (1, "unknown box: boxx")
    assert found("| a |\n|---|\n| b |") == (1, "a table has no caption and id")
    assert found("$$\nx\n$$") == (1, "a formula has no id")
    assert found("甲 {.big}") == (1, "unknown paragraph style: big")
    assert found("##### 题 {#a}") == (1, "a heading is too deep: #####")
    assert found("## 题 {#A_b}") == (1, "not a valid id: A_b")
    assert found("## 题 {#" + "a" * 40 + "}")[1].startswith("the id is too long")
    assert found("## 题 {#a-b}\n\n## 题 {#a_b}") == (3, "the id is used twice: a_b")
