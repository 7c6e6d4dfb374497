"""The small made-up draft that the returned files are made from, and an archive to import them into."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from figures.spec import FigureSpec, Point, Series
from report.document.model import (
    Callout,
    Claim,
    Document,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    Meta,
    Number,
    Paragraph,
    Section,
    Table,
    TableCell,
    Text,
)
from report.document.quantity import Quantity
from report.document.store import to_json
from report.errors import Place
from report.output.docx import write_docx
from report.project import Project
from report.review import blocks, drafts
from report.review.model import Draft
from tests.support.documents import StubDrawing, stub_svg

ROOT = Path(__file__).resolve().parents[2]
FILES = Path(__file__).with_name("files")
EDITION = "2099"
ORIGIN = Place.of("templates/parts/sample.md.j2", line=1)

TEXTS = {
    "intro-01": "本报告从基础设施、融合应用、技术创新、产业生态四个维度评估发展成效。评估以公开统计数据为依据，方法力求简明可复核。",
    "intro-02": "评估结果供研究参考，不作为任何评比的依据。各地区情况差异较大，应结合实际理解。",
    "net-01": "网络基础设施建设稳步推进，覆盖范围持续扩大。中西部地区增速高于东部，差距有所收窄。",
    "net-02": "平台体系初步形成，重点行业的应用由点及面展开。中小企业的使用深度仍有提升空间。",
    "net-03": "安全保障能力同步增强，监测手段逐步完善。标准研制取得进展，但推广仍需时日。",
    "net-04": "企业普遍反映，数据共享的意愿与收益之间尚不匹配。部分企业希望明确权责边界。",
    "net-05": "区域协同不断加强，产业链上下游联动更加紧密。",
    "app-01": "融合应用向研发设计、生产制造、运营管理等环节延伸。不同行业的起点和路径各不相同。",
    "app-02": "远程运维、质量检测、能耗优化等场景已较成熟。柔性生产仍处于探索阶段。",
    "app-03": "龙头企业先行先试，带动配套企业上云用云。服务商的供给能力成为影响推广速度的重要因素。",
    "app-04": "人才短缺是各方反映较为集中的问题。复合型人才的培养周期较长。",
    "app-05": "下一步应分行业制定指引，避免一刀切。对基础薄弱的企业，宜从单点场景入手。",
}


def _p(name: str) -> Paragraph:
    return Paragraph(name, (Text(TEXTS[name], ORIGIN),), "body", ORIGIN)


def _cells(*texts: str, header: bool = False) -> tuple[TableCell, ...]:
    return tuple(TableCell((Text(text, ORIGIN),), header=header) for text in texts)


def document(texts: dict[str, str] | None = None) -> Document:
    """Return the made-up report; ``texts`` replace those of paragraphs (an empty one drops it)."""
    value = Quantity(183.24, "", "index.total.2098", "183.2", shown=183.2)
    numbered = Paragraph(
        "app-06",
        (
            Text("当年总指数为", ORIGIN),
            Number(value, ORIGIN),
            Text("，延续上升势头", ORIGIN),
            Footnote((Text("指数以基期为一百。", ORIGIN),), 1, "fn-1"),
            Text("。各维度均有贡献。", ORIGIN),
        ),
        "body",
        ORIGIN,
    )
    points = tuple(Point(str(year), 100.0 + 10 * k) for k, year in enumerate(range(2095, 2099)))
    table = Table(
        "tbl-levels",
        (Text("分地区水平", ORIGIN),),
        (_cells("地区", "设施", "应用", header=True),),
        tuple(_cells(*row) for row in (("甲地", "81.2", "77.5"), ("乙地", "64.0", "59.3"), ("丙地", "52.6", "61.8"), ("丁地", "40.1", "38.9"))),
        (2.0, 1.0, 1.0),
        "分",
        "编写组测算",
        ((Text("数值为标准化得分。", ORIGIN),),),
        number="表1-1",
        origin=ORIGIN,
    )  # fmt: skip
    figure = Figure(
        "fig-index",
        (Text("总指数走势", ORIGIN),),
        FigureSpec("lines", "fig-index", "总指数走势", (Series("总指数", points),)),
        "总指数走势：逐年上升。",
        "编写组测算",
        number="图1-1",
        origin=ORIGIN,
    )
    items = tuple(
        (Paragraph(f"app-list-{k}", (Text(text, ORIGIN),), "body", ORIGIN),)
        for k, text in enumerate(("完善标准体系，推动互认互通。", "培育服务机构，提升供给质量。", "加强监测评估，及时总结经验。"), 1)
    )  # fmt: skip
    note = Paragraph(
        "box-01", (Text("设施先行的地区，应用未必同步领先。", ORIGIN),), "body", ORIGIN
    )
    claim = Paragraph("claim-01", (Text("总指数连续三年上升，势头未减。", ORIGIN),), "body", ORIGIN)
    body = (
        Heading("p1", 1, (Text("总体成效", ORIGIN),), "第一部分", ORIGIN),
        Heading("net", 2, (Text("基础设施", ORIGIN),), "第一章", ORIGIN),
        *(_p(f"net-0{k}") for k in range(1, 4)),
        figure,
        _p("net-04"),
        _p("net-05"),
        Claim("claim-rise", (claim,), "index.total.2098 > index.total.2097", (), ORIGIN),
        table,
        Heading("app", 2, (Text("融合应用", ORIGIN),), "第二章", ORIGIN),
        *(_p(f"app-0{k}") for k in range(1, 6)),
        numbered,
        Callout("box", "finding", (Text("要点：先后与同步", ORIGIN),), (note,), ORIGIN),
        ListBlock("app-list", ordered=False, items=items, origin=ORIGIN),
    )
    front = (
        Heading("intro", 1, (Text("编写说明", ORIGIN),), "", ORIGIN, numbered=False),
        _p("intro-01"),
        _p("intro-02"),
    )
    meta = Meta(
        EDITION, "示例评估报告", "", "示例", "示例", ("编写组",), "", dt.date(2099, 1, 2)
    )  # fmt: skip
    made = Document(meta, (Section("front", "front", front), Section("body", "body", body)))
    return _with(made, texts or {})


def _with(made: Document, texts: dict[str, str]) -> Document:
    sections = []
    for section in made.sections:
        held = []
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.id in texts:
                if texts[block.id]:
                    held.append(replace(block, inlines=(Text(texts[block.id], ORIGIN),)))
            else:
                held.append(block)
        sections.append(replace(section, blocks=tuple(held)))
    return replace(made, sections=tuple(sections))


def docx(made: Document, number: int = 1) -> bytes:
    """Return the draft's Word file."""
    drawings = {"fig-index": StubDrawing(stub_svg("图"))}
    identity = drafts.draft_id(EDITION, number, to_json(made))
    reference = ROOT / "templates" / "docx" / "reference.docx"
    return write_docx(made, drawings, reference, pages={}, draft=identity)


def archive(root: Path, made: Document | None = None, number: int = 1) -> Draft:
    """Archive the made-up report as a draft of a project in ``root``."""
    made = made or document()
    project = Project(root)
    folder = drafts.drafts_folder(project, EDITION) / str(number)
    folder.mkdir(parents=True)
    text = to_json(made)
    (folder / "document.json").write_text(text, "utf-8", newline="\n")
    (folder / "report.docx").write_bytes(docx(made, number))
    entries = blocks.describe(made, {})
    (folder / "blocks.json").write_text(blocks.to_json(entries, ()), "utf-8", newline="\n")
    identity = drafts.draft_id(EDITION, number, text)
    return drafts.seal(folder, Draft(EDITION, number, identity, folder, "示例评估报告"))
