"""Formulae: what the emitter makes of LaTeX, and that pandoc's own reader agrees on the symbols."""

from __future__ import annotations

import re
import subprocess
import zipfile

import pytest
from lxml import etree

from report.document.model import Formula
from report.errors import OutputError
from report.output.docx.math import display_math, inline_math
from report.output.docx.oxml import NS


def shape(node) -> str:
    """A formula as one line: ``sSub(w,i)``, text bare."""
    name = etree.QName(node).localname
    if name == "r":
        return "".join(node.itertext())
    if name.endswith("Pr"):
        return ""
    parts = [shape(child) for child in node]
    inner = " ".join(part for part in parts if part)
    if name in {"e", "sub", "sup", "num", "den", "deg", "lim"}:
        return f"[{inner}]"
    return f"{name}{inner}" if name == "oMath" else f"{name}({inner})"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"w_i", "sSub([w] [i])"),
        (r"x^2", "sSup([x] [2])"),
        (r"x_i^2", "sSubSup([x] [i] [2])"),
        (r"\frac{a}{b}", "f([a] [b])"),
        (r"\sqrt{x}", "rad([] [x])"),
        (r"\sqrt[3]{x}", "rad([3] [x])"),
        (r"\sum_{i=1}^{n} w_i x_i = 1", "nary([i = 1] [n] [sSub([w] [i]) sSub([x] [i])]) = 1"),
        (r"\sum_i w_i = 1", "nary([i] [] [sSub([w] [i])]) = 1"),
        (r"\prod_{k} x_k", "nary([k] [] [sSub([x] [k])])"),
        (r"\left(\frac{a}{b}\right)^{2}", "sSup([d([f([a] [b])])] [2])"),
        (r"\bar{x}", "bar([x])"),
        (r"\hat{x}", "acc([x])"),
        (r"\begin{cases}1 & x>0\\0 & x\le 0\end{cases}", "d([m(mr([1] [x > 0]) mr([0] [x ≤ 0]))])"),
        (r"\max_j x_j", "limLow([max] [j]) sSub([x] [j])"),
        (r"\text{得分}=1", "得分 = 1"),
        (r"\begin{aligned}a&=b\\d&=e\end{aligned}", "m(mr([a] [= b]) mr([d] [= e]))"),
        (r"\begin{bmatrix}a&b\\c&d\end{bmatrix}", "d([m(mr([a] [b]) mr([c] [d]))])"),
    ],
)  # fmt: skip
def test_shapes(latex, expected):
    got = " ".join(filter(None, (shape(child) for child in display_math(latex))))
    assert got == expected


def test_limits_stand_beside_the_sign_within_a_line():
    def place(math):
        return math.find(".//m:limLoc", NS).get(f"{{{NS['m']}}}val")

    assert place(inline_math(r"\sum_i x_i")) == "subSup"
    assert place(display_math(r"\sum_i x_i")) == "undOvr"


def test_unreadable_formula():
    with pytest.raises(OutputError, match="cannot be read"):
        display_math(r"\frac{a}{")


FORMULAE = [
    r"I_t = 100 \sum_{i=1}^{n} w_i \frac{x_{i,t}}{x_{i,0}}",
    r"z = \frac{x - \bar{x}}{\sigma}",
    r"s = \sqrt{\frac{1}{n}\sum_{i=1}^{n}\left(x_i-\bar{x}\right)^2}",
    r"\begin{aligned} I_t &= \sum_i w_i x_{i,t} \\ &= 100 \end{aligned}",
    r"g = \left(\frac{L_t}{L_0}\right)^{1/t} - 1",
]


def agree(ours, theirs):
    """Compare a formula with pandoc's: the same symbols in the same order, the same constructs."""

    def symbols(node):
        # Brackets are characters here, properties of a fence there.
        text = re.sub(r"[\s\u200b()\[\]{}|]", "", "".join(node.itertext()))
        return text.replace("−", "-")

    def constructs(node):
        kinds = {"f", "nary", "rad", "sSub", "sSup", "sSubSup", "bar", "acc", "m", "mr"}
        return sorted(
            {"bar": "acc"}.get(name, name)
            for name in (etree.QName(n).localname for n in node.iter())
            if name in kinds
        )

    assert symbols(ours) == symbols(theirs)
    assert constructs(ours) == constructs(theirs)


def pandocs(formulae, program, folder):
    """What pandoc makes of formulae, one paragraph each."""
    out = folder / "f.docx"
    subprocess.run(
        [program("pandoc"), "-f", "markdown", "-o", str(out)],
        input="\n\n".join(f"$${' '.join(latex.split())}$$" for latex in formulae),
        text=True,
        check=True,
    )
    with zipfile.ZipFile(out) as archive:
        return list(etree.fromstring(archive.read("word/document.xml")).iter(f"{{{NS['m']}}}oMath"))


def test_same_symbols_and_constructs_as_pandoc(program, tmp_path):
    for latex, theirs in zip(FORMULAE, pandocs(FORMULAE, program, tmp_path), strict=True):
        agree(display_math(latex), theirs)


@pytest.mark.slow
def test_the_reports_own_formulae_are_pandocs(prepared, program, tmp_path):
    formulae = [block.latex for block in prepared.blocks() if isinstance(block, Formula)]
    assert len(formulae) > 10
    for latex, theirs in zip(formulae, pandocs(formulae, program, tmp_path), strict=True):
        agree(display_math(latex), theirs)
