"""Mistakes in templates: told with file, line and the nearest right word; the sandbox keeps its walls."""

import pytest

from report.errors import TemplateError


@pytest.mark.parametrize(
    ("text", "line", "found", "expected"),
    [
        ("甲\n\n{{ n('indexx.total') }}", 3, "unknown key: indexx.total", "index.total"),
        ("{{ n('index.totle') }}", 1, "unknown key: index.totle", "index.total"),
        ("{{ n('level.total.江蘇') }}", 1, "unknown name in a key: 江蘇", "江苏"),
        ("{{ n('level.total') }}", 1, "unknown key: level.total", "level.total."),
        ("{{ n('form.江苏') }}", 1, "the value is a text, not a number: form.320000", ""),
        ("{{ chnge('index.total') }}", 1, "unknown word in a template: chnge", "change"),
        ("{% if false %}\n{{ leadres('x') }}\n{% endif %}甲", 2, "unknown word in a template: leadres", "leaders"),
        ("{{ leaders }}", 1, "the word leaders is printed without its brackets", ""),
        ("{{ leaders('level.total', k=2, foo=1) }}", 1, "wrong arguments for leaders", "leaders("),
        ("{{ leaders('level.total', value=true) }}", 1, "wrong arguments for leaders", "values"),
        ("{{ n() }}", 1, "wrong arguments for n", "n(key"),
        ("{{ leaders('level.totle', 2) }}", 1, "unknown key", "level.total"),
        ("{{ leaders('level.total', 0) }}", 1, "a list of 0 names", ""),
        ("{{ 5 }}", 1, "a bare value is printed: 5", ""),
        ("{{ 5.5 }}", 1, "a bare value is printed: 5.5", ""),
        ("{{ none }}", 1, "a bare value is printed: None", ""),
        ("{% for r in regions %}\n{{ loop.index }}\n{% endfor %}", 2, "a bare value is printed: 1", ""),
        ("{{ dimensions }}", 1, "this cannot be printed: list", ""),
        ("{{ n('index.total') - n('index.total') }}", 1, "a template calculates: -", ""),
        ("{{ 'a' * 100000000 }}", 1, "a template calculates: *", ""),
        ("{{ region('江苏').nam }}", 1, "no such property: .nam; did you mean name", ""),
        ("{{ region('江西省省') }}", 1, "no such name: 江西省省", ""),
        ("{{ form('leeding') }}", 1, "no such name: leeding", "leading"),
        ("{{ fact('f2') }}", 1, "unknown fact: f2", "f1"),
        ("{{ literal('三', ' ') }}", 1, "literal(…) without a reason", ""),
        ("{{ word('index.total', scale='index-chang') }}", 1, "unknown wording scale: index-chang", "index-change"),
        ("{{ survey('use', 'ye') }}", 1, "question use has no option ye", "yes"),
        ("{{ survey('us', 'yes') }}", 1, "no such question: us", "use"),
        ("{{ survey_groups('use', 'yes', 'siz') }}", 1, "no such group column: siz", "size"),
        ("{{ editorial('case') }}", 1, "no such editorial file: case", "cases"),
        ("{{ figure('unknown', id='fig-a') }}", 1, "no figure is called 'unknown'", ""),
        ("甲{{ figure('bars', id='fig-a') }}", 1, "a figure, table or formula stands inside a sentence", ""),
        ("{{ figure('bars', caption='甲') }}", 1, "wrong arguments for figure", "id"),
        ("甲 {{ ref('fig-x') }}", 1, "a cross-reference to 'fig-x', which does not exist", ""),
        ("{% claim 'index.total >' %}甲{% endclaim %}", 1, "a condition cannot be read", ""),
        ("{% claim 'index.total & 3' %}甲{% endclaim %}", 1, "a condition cannot be read at “&”", ""),
        ("{% claim 'index.total' %}甲{% endclaim %}", 1, "a condition cannot be read", "comparison"),
        ("{% claim 'index.total > level.totle.mean' %}甲{% endclaim %}", 1, "unknown key: level.totle.mean", "level.total.mean"),
        ("{% claim 'form.江苏 > leading' %}甲{% endclaim %}", 1, "names are not more or less", ""),
        ("{% claim 'index.total > index.total@last' %}甲{% endclaim %}", 1, "unknown year in a condition: @last", "@prev"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(press, text, line, found, expected):
    problem = press.problem(text)
    assert problem.place.file == "templates/parts/p.md.j2"
    assert problem.place.line == line
    assert found in problem.found
    assert expected in problem.expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("甲\n{{ n('index.total' }}", 2),
        ("甲\n\n{% if year %}\n乙", 3),
        ("甲\n{{ year ", 2),
        ("{% foo %}", 1),
        ("甲{% endif %}", 1),
        ("{% claim 'a' %}甲", 1),
        ("{% claim %}甲{% endclaim %}", 1),
        ("{% claim 'index.total > 1' %}甲{% otherwise %}乙{% endclaim %}", 1),
        ("甲\ue200", 1),
        ("{% include 'no.md.j2' %}", 1),
        ("甲\n{{ year | upper }}", 2),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(press, text, line):
    problem = press.problem(text)
    assert problem.place.file.endswith("parts/p.md.j2")
    assert abs(problem.place.line - line) <= 1
    assert problem.found


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ n.__globals__ }}",
        "{{ n.function }}",
        "{{ n.__call__.__globals__ }}",
        "{{ region('江苏')._context }}",
        "{{ region('江苏')._context.edition }}",
        "{{ edition._context.results.values }}",
        "{{ region('江苏')['_context'] }}",
        "{{ 'abc'.upper() }}",
        "{{ '{0.__class__}'.format(year) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ year.inlines() }}",
        "{{ cycler }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ dict() }}",
        "{{ namespace() }}",
        "{% include '../secret.md.j2' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'link.md.j2' %}",
        "{{ year | attr('_year') }}",
        "{{ [1] | map('string') | list }}",
        "{{ loop }}",
        "{{ 2 ** 99999999 }}",
    ],
)
def test_the_sandbox_keeps_its_walls(press, text):
    secret = press.folder.parent / "secret.md.j2"
    secret.write_text("SECRET", encoding="utf-8")
    (press.folder / "link.md.j2").symlink_to(secret)
    problems = press.problems(text)
    assert problems
    assert all("SECRET" not in p.found for p in problems)


def test_all_problems_of_all_parts_are_told_at_once(press):
    press.write(
        "parts/q.md.j2", "# 又 {#q}\n\n{{ n('index.totle') }}和{{ n('level.totle.mean') }}\n"
    )
    press.write("parts/r.md.j2", "{{ wrod }}\n")
    press.write("report.yaml", "parts:\n  - {id: p, content: [parts/p.md.j2, parts/q.md.j2]}\n"
                "  - {id: r, content: [parts/r.md.j2, parts/missing.md.j2]}\n")  # fmt: skip
    found = [str(p.place) for p in press.problems("{{ 5 }}\n\n## 题")]
    assert found == [
        "templates/parts/p.md.j2:3",
        "templates/parts/p.md.j2:5",
        "templates/parts/q.md.j2:3",
        "templates/parts/q.md.j2:3",
        "templates/parts/r.md.j2:1",
        "templates/report.yaml:3",
    ]


def test_a_problem_in_a_macro_is_told_where_it_stands(press):
    press.write("macros/m.md.j2", "\n\n{% macro m(k) %}{{ n(k) }}{% endmacro %}")
    problem = press.problems("{% from 'macros/m.md.j2' import m %}\n{{ m('index.x') }}")[0]
    assert str(problem.place) == "templates/macros/m.md.j2:3"


def test_a_template_in_another_encoding(press):
    press.write("report.yaml", "parts:\n  - {id: p, content: parts/g.md.j2}\n")
    (press.folder / "parts").mkdir()
    (press.folder / "parts/g.md.j2").write_bytes("# 甲 {#p}\n\n乙".encode("gb18030"))
    problem = press.problems("")[0]
    assert str(problem.place) == "templates/parts/g.md.j2:1"
    assert "UTF-8" in problem.found


@pytest.mark.parametrize(
    ("manifest", "found", "line"),
    [
        ("part:\n  - {id: p}\n", "unknown word: part", 1),
        ("parts:\n  - {content: a}\n", "a part has no id", 2),
        ("parts:\n  - {id: p, contnt: a}\n", "unknown word: contnt", 2),
        ("parts:\n  - {id: p, content: ../a}\n", "a template outside of the folder: ../a", 2),
        ("parts:\n  - {id: p, content: [{each: dims, template: 'a/{id}'}]}\n", "unknown list: dims", 2),
        ("parts:\n  - {id: p, content: [{each: forms, template: a}]}\n", "the name of a template for each needs {id}", 2),
        ("front:\n  - {id: p, contents: [foo]}\n", "unknown list: foo", 2),
        ("parts: {a: 1}\n", "a list is expected: parts", 1),
        ("parts:\n  - [\n", "", 3),
        ("- a\n", "the file holds no lists of parts", 1),
        ("parts:\n  - {id: p, content: a}\n  - {id: p, content: b}\n", "the id is used twice: p", 2),
    ],
)  # fmt: skip
def test_mistakes_in_the_manifest(press, manifest, found, line):
    press.write("report.yaml", manifest)
    with pytest.raises(TemplateError) as caught:
        press.document()
    problem = caught.value.problems[0]
    assert problem.place.file == "templates/report.yaml"
    assert abs(problem.place.line - line) <= 1
    assert found in problem.found


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("{% if year %}甲", "the passage “if” is not closed", "{% endif %}"),
        ("{% needs 'survey' %}甲{% if year %}{% endneeds %}", "“endneeds” stands before the passage “if” is closed", "{% endif %}"),
        ("甲{% endif %}", "“endif” closes nothing", ""),
        ("{% whem 'x' %}", "unknown tag: whem", "when"),
        ("{{ n('index.total' }}", "“}” is out of place", ""),
        ("{{ n('index.total) }}", "“'” is out of place", ""),
        ("{{ year | upper }}", "no such filter: upper", ""),
    ],
)  # fmt: skip
def test_syntax_is_explained_in_an_editors_words(press, text, found, expected):
    problem = press.problem(text)
    assert problem.found == found
    assert expected in problem.expected
