"""The house style's file: every mistake in it is told with what would be right."""

import pytest

from report.check import Style, read_style
from report.errors import TemplateError


def test_without_a_file_nothing_is_looked_for(tmp_path):
    assert read_style(tmp_path) == Style(f"{tmp_path.name}/style.yaml")


def test_lists_are_read(tmp_path):
    (tmp_path / "style.yaml").write_text(
        "claims:\n  ranks: {up: [最高, 最高]}\n  modal: [应当]\nterms: [增加值]\n"
        "literals: {以基期为100: 定义}\nnames: {regions: short}\n",
        "utf-8",
    )
    style = read_style(tmp_path)
    assert style.ranks.up == ("最高",)
    assert (style.modal, style.terms, style.regions) == (("应当",), ("增加值",), "short")
    assert style.literals == {"以基期为100": "定义"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("claims: [最高]", "claims"),
        ("claims: {ranks: [最高]}", "claims.ranks"),
        ("claims: {ranks: {up: 最高}}", "claims.ranks.up"),
        ("claims: {rank: {up: [最高]}}", "claims.rank"),
        ("terms: [3]", "terms"),
        ("idiom: [十分]", "idiom"),
        ("literals: [甲]", "literals"),
        ("literals: {甲: ''}", "literals"),
        ("names: {regions: 江苏}", "names.regions: 江苏"),
        ("claims: {", ""),
        ("a: &a [*a]", ""),
    ],
)
def test_a_mistake_is_told(tmp_path, text, found):
    (tmp_path / "style.yaml").write_text(text, "utf-8")
    with pytest.raises(TemplateError) as caught:
        read_style(tmp_path)
    problem = caught.value.problems[0]
    assert problem.place.file.endswith("style.yaml")
    if found:
        assert problem.found == found


def test_all_mistakes_are_told_at_once(tmp_path):
    (tmp_path / "style.yaml").write_text("terms: 甲\nidioms: 乙\nfoo: 1\n", "utf-8")
    with pytest.raises(TemplateError) as caught:
        read_style(tmp_path)
    assert len(caught.value.problems) == 3
