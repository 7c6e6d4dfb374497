"""A rich made-up Document that holds every kind of block and inline, for the writers' tests."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from figures.spec import FigureSpec, Point, Series
from report.document.model import (
    Block,
    Break,
    Callout,
    Claim,
    Contents,
    Document,
    Emphasis,
    FactUse,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    Link,
    ListBlock,
    Math,
    Meta,
    Number,
    Paragraph,
    Ref,
    Section,
    Strong,
    Structural,
    Table,
    TableCell,
    Text,
    Verbatim,
    Word,
)
from report.document.quantity import Quantity
from report.errors import Place

REGIONS = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
]
ORIGIN = Place.of("templates/parts/sample.md.j2", line=7)


@dataclass(frozen=True, slots=True)
class StubDrawing:
    """Stands in for ``figures.Drawing``: ``svg`` bytes and ``png(dpi)`` bytes of a grey picture."""

    svg: bytes

    def png(self, dpi: int = 200) -> bytes:
        """Return a 15 cm × 6 cm grey PNG at ``dpi``."""
        width, height = round(15 / 2.54 * dpi), round(6 / 2.54 * dpi)
        rows = (b"\x00" + b"\xd0" * width) * height

        def chunk(kind: bytes, data: bytes) -> bytes:
            crc = zlib.crc32(kind + data)
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

        header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        physical = struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1)
        return (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"pHYs", physical)
            + chunk(b"IDAT", zlib.compress(rows, 9))
            + chunk(b"IEND", b"")
        )


def stub_svg(label: str) -> bytes:
    """Return a small SVG with ids, a clip path and references to them, as matplotlib writes them."""
    bars = "".join(
        f'<rect x="{40 + 60 * i}" y="{150 - 20 * i}" width="36" height="{10 + 20 * i}" '
        f'clip-path="url(#clip)" style="fill: #1f5a8c"/>'
        for i in range(6)
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'width="425pt" height="170pt" viewBox="0 0 425 170" version="1.1">'
        '<defs><clipPath id="clip"><rect x="30" y="0" width="390" height="165"/></clipPath>'
        '<path id="tick" d="M 0 0 L 0 3.5" style="stroke: #000000; stroke-width: 0.8"/></defs>'
        f'<g id="axes_1">{bars}<use xlink:href="#tick" x="50" y="160"/>'
        '<text x="40" y="20" style="font: 12px \'Noto Sans CJK SC\'">'
        f"{label}（单位：点）</text></g></svg>"
    ).encode()


# ---------------------------------------------------------------- inlines


def t(text: str) -> Text:
    """Static prose."""
    return Text(text, ORIGIN)


def n(key: str, value: float, text: str, unit: str = "") -> Number:
    """A printed quantity."""
    return Number(Quantity(value, unit, key, text, shown=value), ORIGIN)


def _long(topic: str) -> tuple[Inline, ...]:
    """A long paragraph of mixed Han, Latin, digits and adjacent punctuation."""
    return (
        t(f"从{topic}看，2022年全国工业互联网发展指数为"),
        n("index.total.2022", 183.24, "183.2"),
        t("，比上年"),
        Word("稳步提升", "band", ("index.total.2022", "index.total.2021"), "183.2 > 163.9", ORIGIN),
        n("diff(index.total.2022,index.total.2021)", 19.3, "19.3个点", "点"),
        t("；“5G+工业互联网”、IPv6（互联网协议第六版）、标识解析（含二级节点）等加快部署，"),
        t("《行动计划》（2021—2023年）提出的“新型基础设施”“融合应用”“技术创新”等目标有序推进。"),
        t("其中，R&D经费与工业增加值之比为"),
        n("indicator.rd_intensity.nation.2022", 4.82, "4.82%", "%"),
        t("，每万人有效发明专利数达"),
        n("indicator.patents_per_10k.nation.2022", 9.37, "9.37件", "件/万人"),
        t("（按常住人口计算），说明“有平台、有网络、有应用”的格局正在形成。"),
    )


def _numeric_row(i: int, name: str, columns: int) -> tuple[TableCell, ...]:
    cells = [TableCell((t(name),), header=True)]
    for j in range(columns):
        value = round(12.3 + 97.1 * ((i * 7 + j * 13) % 31) / 31, 2)
        key = f"level.d{j}.{i + 11}0000.2022"
        cells.append(TableCell((n(key, value, f"{value:.1f}", "分"),), align="decimal"))
    return tuple(cells)


def _head(*labels: str) -> tuple[TableCell, ...]:
    return tuple(TableCell((t(label),), header=True, align="center") for label in labels)


# ---------------------------------------------------------------- blocks


def region_table(id_: str = "tab-levels", number: str = "表1-1") -> Table:
    """A 31-row table with a two-row merged head, notes, unit and source."""
    head = (
        (
            TableCell((t("地区"),), rowspan=2, header=True, align="center"),
            TableCell((t("总水平"),), rowspan=2, header=True, align="center"),
            TableCell((t("分维度水平"),), colspan=4, header=True, align="center"),
        ),
        _head("基础设施", "融合应用", "技术创新", "产业生态"),
    )
    return Table(
        id=id_,
        caption=(t("31个省（自治区、直辖市）发展水平"),),
        head=head,
        body=tuple(_numeric_row(i, name, 5) for i, name in enumerate(REGIONS)),
        widths=(1.4, 1, 1, 1, 1, 1),
        unit="分",
        source="国家统计局《中国统计年鉴2023》，编写组测算",
        notes=((t("西藏未公布软件业务收入，相关指标按其余指标"), Strong((t("重新分配权重"),))),),
        number=number,
        origin=ORIGIN,
    )


def wide_table() -> Table:
    """A landscape table of fourteen columns."""
    labels = [f"指标{i}" for i in range(1, 14)]
    return Table(
        id="tab-wide",
        caption=(t("分地区原始指标（横排）"),),
        head=(_head("地区", *labels),),
        body=tuple(_numeric_row(i, name, 13) for i, name in enumerate(REGIONS)),
        widths=(1.5, *([1.0] * 13)),
        unit="见各列",
        source="国家统计局",
        landscape=True,
        number="表1-2",
        origin=ORIGIN,
    )


def figure(id_: str, number: str, caption: str, *, simulated: bool = False) -> Figure:
    """A figure with a two-point spec."""
    points = (
        Point("2021", 163.9, "163.9", "index.total.2021"),
        Point("2022", 183.24, "183.2", "index.total.2022"),
    )
    source = "编写组测算"
    return Figure(
        id=id_,
        caption=(t(caption),),
        spec=FigureSpec(
            kind="lines",
            id=id_,
            title=caption,
            series=(Series("总指数", points),),
            unit="2019年=100",
            source=source,
            simulated=simulated,
        ),
        alt=f"{caption}：2021年为163.9，2022年为183.2。",
        source=f"{source}（模拟数据）" if simulated else source,
        notes=((t("模拟数据，仅供演示。"),),) if simulated else (),
        number=number,
        origin=ORIGIN,
    )


def _chapter(part: int, chapter: int, title: str) -> tuple[Block, ...]:
    base = f"p{part}-c{chapter}"
    return (
        Heading(f"{base}", 2, (t(title),), f"第{'一二三四五'[chapter - 1]}章", ORIGIN),
        Paragraph(f"{base}-1", _long(title), "lead", ORIGIN),
        Heading(f"{base}-s1", 3, (t("总体情况：基础设施、融合应用与技术创新协同推进"),), "（一）"),
        *(Paragraph(f"{base}-s1-{i}", _long(f"{title}之{i}"), "body", ORIGIN) for i in range(1, 6)),
        Heading(f"{base}-s1-a", 4, (t("分项指标"),), "1."),
        Paragraph(f"{base}-s1-a-1", _long("分项指标"), "body", ORIGIN),
    )


def _front() -> tuple[Block, ...]:
    return (
        Heading("preface", 1, (t("编写说明"),), ""),
        Paragraph("preface-1", _long("编写背景"), "body", ORIGIN),
        Paragraph("preface-2", (t("企业调查部分为模拟数据，仅用于演示方法。"),), "body", ORIGIN),
        Paragraph("preface-3", (t("编写组"), Break(), t("2023年12月")), "colophon", ORIGIN),
    )


def _overview() -> tuple[Block, ...]:
    return (
        Heading("p1", 1, (t("总体成效"),), "第一部分", ORIGIN),
        *_chapter(1, 1, "测算维度与方法"),
        Paragraph(
            "p1-c1-refs",
            (
                t("总指数的走势见"),
                Ref("fig-index", "图1-1", ORIGIN),
                t("，分地区水平见"),
                Ref("tab-levels", "表1-1", ORIGIN),
                t("，方法见"),
                Ref("p2-c1", "第一章", ORIGIN),
                t("和"),
                Ref("eq-index", "式（1-1）", ORIGIN),
                t("；已公布的2020年总指数为"),
                FactUse("146.6", "published-2020", ORIGIN),
                Footnote(
                    (
                        t("《中国工业互联网发展成效评估报告》，2021年11月发布，"),
                        Emphasis((t("引用"),)),
                        t("。"),
                    ),
                    1,
                    "fn-1",
                ),
                t("，覆盖"),
                Structural("31个", "regions", ORIGIN),
                t("省（自治区、直辖市）。“"),
                Verbatim("十四五", "name of a plan", ORIGIN),
                t("”期间，权重"),
                Math(r"w_i"),
                t("满足"),
                Math(r"\sum_i w_i = 1"),
                t("，参见"),
                Link((t("国家统计局网站"),), "https://www.stats.gov.cn/"),
                t("。<转义> & 'quotes' 也要正确输出"),
                Footnote(
                    (t("第二条脚注含数字"), n("weight.infrastructure", 0.25, "25%", "%"), t("。")),
                    2,
                    "fn-2",
                ),
                t("。"),
            ),
            "body",
            ORIGIN,
        ),
        figure("fig-index", "图1-1", "全国工业互联网发展指数（2019—2022年）"),
        Formula(
            "eq-index", r"I_t = 100 \sum_{i=1}^{n} w_i \frac{x_{i,t}}{x_{i,0}}", "（1-1）", ORIGIN
        ),
        Claim(
            "claim-rise",
            (
                Paragraph(
                    "claim-rise-1",
                    (Strong((t("总指数连续三年上升"),)), t("，增势未改。")),
                    "body",
                    ORIGIN,
                ),
            ),
            "index.total.2022 > index.total.2021",
            ("index.total.2022", "index.total.2021"),
            ORIGIN,
        ),
        Callout(
            "box-finding",
            "finding",
            (t("要点"),),
            (
                Paragraph("box-finding-1", _long("要点"), "body", ORIGIN),
                ListBlock(
                    "box-finding-2",
                    ordered=False,
                    items=(
                        (Paragraph("box-finding-2-1", (t("基础设施建设领先。"),), "body", ORIGIN),),
                        (Paragraph("box-finding-2-2", _long("融合应用"), "body", ORIGIN),),
                    ),
                    origin=ORIGIN,
                ),
            ),
            ORIGIN,
        ),
        region_table(),
        *_chapter(1, 2, "测算结果"),
        wide_table(),
        Paragraph("p1-after", _long("横排表之后"), "body", ORIGIN),
    )


def _trends() -> tuple[Block, ...]:
    return (
        Heading("p2", 1, (t("发展趋势"),), "第二部分", ORIGIN),
        *_chapter(
            2,
            1,
            "一个标题很长以至于需要折行的章：基础设施建设适度超前布局并带动融合应用走深向实的趋势分析",
        ),
        figure("fig-survey", "图2-1", "企业调查结果", simulated=True),
        ListBlock(
            "p2-list",
            ordered=True,
            items=(
                (
                    Paragraph("p2-list-1", (t("第一项，含嵌套列表："),), "body", ORIGIN),
                    ListBlock(
                        "p2-list-1-n",
                        ordered=False,
                        items=((Paragraph("p2-list-1-n-1", (t("嵌套项。"),), "body", ORIGIN),),),
                    ),
                ),
                (Paragraph("p2-list-2", _long("第二项"), "body", ORIGIN),),
            ),
            origin=ORIGIN,
        ),
        *(
            Callout(
                f"box-{kind}",
                kind,
                (t(title),),
                (Paragraph(f"box-{kind}-1", _long(title), "body", ORIGIN),),
                ORIGIN,
            )
            for kind, title in (("case", "案例：某市"), ("note", "说明"), ("method", "方法"))
        ),
    )


def _appendix() -> tuple[Block, ...]:
    return (
        Heading("app", 1, (t("指标体系与数据说明"),), "附录", ORIGIN),
        Paragraph("app-1", _long("数据"), "body", ORIGIN),
        region_table("tab-app", "表A-1"),
        Paragraph("app-2", (t("来源：公开统计。"),), "source", ORIGIN),
    )


def rich_document(*, language: str = "zh-CN") -> Document:
    """Every block and inline kind, two parts, an appendix, and front matter with three lists."""
    return Document(
        meta=Meta(
            edition="2023",
            title="中国工业互联网发展成效评估报告",
            subtitle="（2023年）",
            notice="示例报告（依据公开统计数据测算，非正式发布）",
            running_title="工业互联网发展成效评估",
            authors=("示例编写组",),
            publisher="示例项目",
            date=dt.date(2023, 12, 1),
            language=language,
            keywords=("工业互联网", "评估", "指数"),
        ),
        sections=(
            Section("cover", "cover", ()),
            Section("sec-preface", "front", _front()),
            Section(
                "sec-contents",
                "front",
                (
                    Heading("contents", 1, (t("目录"),)),
                    Contents("toc", "toc"),
                ),
            ),
            Section(
                "sec-lists",
                "front",
                (
                    Heading("contents-figures", 1, (t("图目录"),)),
                    Contents("lof", "figures"),
                    Heading("contents-tables", 1, (t("表目录"),)),
                    Contents("lot", "tables"),
                ),
            ),
            Section("sec-p1", "body", _overview()),
            Section("sec-p2", "body", _trends()),
            Section("sec-app", "back", _appendix()),
        ),
        facts={"published-2020": "《中国工业互联网发展成效评估报告》，2021年11月21日发布"},
    )


def stub_drawings(document: Document) -> Mapping[str, StubDrawing]:
    """Drawings for every figure of ``document``, by figure id."""
    return {
        block.id: StubDrawing(stub_svg(block.spec.title))
        for block in document.blocks()
        if isinstance(block, Figure)
    }
