"""The house styles of the report's Word files, as data, and the styles part they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from report.output.docx.oxml import escape

SONG, HEI, KAI = "宋体", "黑体", "楷体"
TIMES, ARIAL = "Times New Roman", "Arial"
INK, ACCENT, QUIET = "15191D", "12395B", "55606C"
TEXT_WIDTH = 8800  # twips: 440 pt, 40 characters of 11 pt


@dataclass(frozen=True, slots=True)
class Style:
    """A style: sizes in half-points, spacing in twips, indents in hundredths of a character.

    Empty strings and None leave the property to the base style.
    """

    id: str
    name: str
    alias: str = ""
    kind: str = "paragraph"
    based: str = "Normal"
    following: str = ""
    priority: int = 99
    quick: bool = True
    east: str = ""
    latin: str = ""
    size: int = 0
    bold: bool | None = None
    color: str = ""
    align: str = ""
    before: int | None = None
    after: int | None = None
    line: int = 0
    rule: str = "auto"
    first: int | None = None
    left: int | None = None
    hanging: int | None = None
    left_twips: int | None = None
    hanging_twips: int | None = None
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    grid: bool | None = None
    level: tuple[int, int] | None = None  # numbering instance, level
    tabs: tuple[tuple[str, int, str], ...] = ()
    border: str = ""  # raw w:pBdr content
    extra_run: str = ""  # raw trailing run properties
    extra: str = ""  # raw table properties


def _flag(name: str, value: bool | None) -> str:
    if value is None:
        return ""
    return f"<w:{name}/>" if value else f'<w:{name} w:val="0"/>'


def _paragraph_properties(s: Style) -> str:
    parts = [_flag("keepNext", s.keep_next or None), _flag("keepLines", s.keep_lines or None)]
    if s.level:
        parts.append(
            f'<w:numPr><w:ilvl w:val="{s.level[1]}"/><w:numId w:val="{s.level[0]}"/></w:numPr>'
        )
    if s.border:
        parts.append(f"<w:pBdr>{s.border}</w:pBdr>")
    if s.tabs:
        stops = "".join(
            f'<w:tab w:val="{kind}"{leader and f" w:leader={chr(34)}{leader}{chr(34)}"} '
            f'w:pos="{position}"/>'
            for kind, position, leader in s.tabs
        )
        parts.append(f"<w:tabs>{stops}</w:tabs>")
    parts.append(_flag("snapToGrid", s.grid))
    spacing = ""
    if s.before is not None:
        spacing += f' w:before="{s.before}"'
    if s.after is not None:
        spacing += f' w:after="{s.after}"'
    if s.line:
        spacing += f' w:line="{s.line}" w:lineRule="{s.rule}"'
    if spacing:
        parts.append(f"<w:spacing{spacing}/>")
    indent = ""
    if s.left is not None:
        indent += f' w:leftChars="{s.left}" w:left="{s.left * 21 // 10}"'
    if s.left_twips is not None:
        indent += f' w:left="{s.left_twips}"'
    if s.hanging is not None:
        indent += f' w:hangingChars="{s.hanging}" w:hanging="{s.hanging * 21 // 10}"'
    if s.hanging_twips is not None:
        indent += f' w:hanging="{s.hanging_twips}"'
    if s.first is not None:
        indent += f' w:firstLineChars="{s.first}" w:firstLine="{s.first * 22 // 10}"'
    if indent:
        parts.append(f"<w:ind{indent}/>")
    if s.align:
        parts.append(f'<w:jc w:val="{s.align}"/>')
    if s.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{s.outline}"/>')
    content = "".join(parts)
    return f"<w:pPr>{content}</w:pPr>" if content else ""


def _run_properties(s: Style) -> str:
    parts = []
    if s.east or s.latin:
        east, latin = s.east or SONG, s.latin or TIMES
        parts.append(
            f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'
        )
    parts += [_flag("b", s.bold), _flag("bCs", s.bold)]
    if s.color:
        parts.append(f'<w:color w:val="{s.color}"/>')
    if s.size:
        parts.append(f'<w:sz w:val="{s.size}"/><w:szCs w:val="{s.size}"/>')
    parts.append(s.extra_run)
    content = "".join(parts)
    return f"<w:rPr>{content}</w:rPr>" if content else ""


def style_xml(s: Style) -> str:
    """Return one ``w:style`` element, its children in schema order."""
    default = ' w:default="1"' if s.id in _DEFAULTS else ""
    custom = "" if s.name in _BUILT_IN else ' w:customStyle="1"'
    head = f'<w:style w:type="{s.kind}"{default}{custom} w:styleId="{s.id}">'
    head += f'<w:name w:val="{escape(s.name)}"/>'
    if s.alias:
        head += f'<w:aliases w:val="{escape(s.alias)}"/>'
    if s.id not in _DEFAULTS and s.based:
        head += f'<w:basedOn w:val="{s.based}"/>'
    if s.following:
        head += f'<w:next w:val="{s.following}"/>'
    head += f'<w:uiPriority w:val="{s.priority}"/>'
    if s.quick:
        head += "<w:qFormat/>"
    paragraph = _paragraph_properties(s) if s.kind != "character" else ""
    return head + paragraph + _run_properties(s) + s.extra + "</w:style>"


_DEFAULTS = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList"})
_BUILT_IN = frozenset(
    {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle"}
    | {f"heading {n}" for n in range(1, 5)}
    | {f"toc {n}" for n in range(1, 4)}
    | {"TOC Heading", "table of figures", "caption", "footnote text", "footnote reference"}
    | {"header", "footer", "Hyperlink", "Strong", "Emphasis", "List Bullet", "List Number"}
    | {"List Bullet 2", "List Number 2", "List Bullet 3", "List Number 3", "List Continue"}
)

_MARGINS = (
    '<w:tblCellMar><w:top w:w="{v}" w:type="dxa"/><w:left w:w="{h}" w:type="dxa"/>'
    '<w:bottom w:w="{v}" w:type="dxa"/><w:right w:w="{h}" w:type="dxa"/></w:tblCellMar>'
)


def _rule(side: str, size: int, color: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _box(id_: str, name: str, alias: str, bar: str, fill: str) -> Style:
    """Build a call-out's table style: a tinted box with a bar at its left edge."""
    borders = _rule("top", 4, bar) + _rule("left", 24, bar) + _rule("bottom", 4, bar)
    borders += _rule("right", 4, bar)
    table = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>{_MARGINS.format(v=100, h=200)}"
    table += f'</w:tblPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
    return Style(id_, name, alias, "table", "TableNormal", extra=table, priority=60)


_REPORT_TABLE = (
    "<w:tblPr><w:tblBorders>"
    + _rule("top", 12, ACCENT)
    + _rule("bottom", 12, ACCENT)
    + _rule("insideH", 4, "BFBFBF")
    + f"</w:tblBorders>{_MARGINS.format(v=28, h=57)}</w:tblPr>"
    + '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    + _rule("bottom", 8, ACCENT)
    + '</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="E9EEF3"/></w:tcPr></w:tblStylePr>'
)

_LEADER = (("right", TEXT_WIDTH, "dot"),)
_HEADING = {"east": HEI, "latin": ARIAL, "keep_next": True, "keep_lines": True, "grid": False}


def _heading(level: int, size: int, before: int, after: int, **more: Any) -> Style:
    values: dict[str, Any] = {
        **_HEADING,
        "size": size,
        "before": before,
        "after": after,
        "outline": level - 1,
        "level": (1, level - 1),
        "following": "Body",
        "priority": 9,
        "align": "left",
        **more,
    }
    return Style(f"Heading{level}", f"heading {level}", **values)


def house_styles() -> tuple[Style, ...]:
    """Return every style of the reference file, base styles first."""
    small: dict[str, Any] = {"size": 17, "grid": False, "first": 0}
    return (
        Style("Normal", "Normal", priority=0),
        Style("DefaultParagraphFont", "Default Paragraph Font", kind="character", quick=False),
        Style("TableNormal", "Normal Table", kind="table", quick=False,
              extra='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>' + _MARGINS.format(v=0, h=108) + "</w:tblPr>"),
        Style("NoList", "No List", kind="numbering", quick=False),
        # cover
        Style("Title", "Title", priority=10, following="Subtitle", east=HEI, latin=ARIAL, size=52,
              bold=True, color=ACCENT, align="left", before=3000, after=240, line=360, grid=False),
        Style("Subtitle", "Subtitle", priority=11, following="CoverText", east=HEI, latin=ARIAL,
              size=36, align="left", before=120, after=4400, grid=False),
        Style("CoverPublisher", "Cover Publisher", "封面单位", east=HEI, latin=ARIAL, size=24,
              color=QUIET, before=600, grid=False),
        Style("CoverNotice", "Cover Notice", "封面声明", east=HEI, latin=ARIAL, size=20, color="8C2F22",
              before=240, grid=False),
        Style("CoverText", "Cover Text", "封面文字", east=HEI, latin=ARIAL, size=26, before=60,
              after=60, grid=False),
        # headings
        _heading(1, 40, 0, 480, color=ACCENT, border=_rule("bottom", 12, ACCENT, 6)),
        _heading(2, 32, 360, 200, color=ACCENT),
        _heading(3, 26, 280, 140),
        _heading(4, 22, 200, 80),
        Style("FrontHeading", "Front Heading", "前言标题", based="Heading1", following="Body",
              outline=9, level=(0, 0)),
        Style("FrontSubheading", "Front Subheading", "前言小标题", based="Heading2", following="Body",
              outline=9, level=(0, 0)),
        Style("TOCHeading", "TOC Heading", based="FrontHeading", following="Body", priority=39,
              before=480, after=320),
        # a part's opening page
        Style("PartSpace", "Part Space", "篇首间隔", line=3600, rule="exact", grid=False, quick=False),
        Style("PartEntry", "Part Entry", "篇目录", east=HEI, latin=ARIAL, size=24, before=60, after=60,
              tabs=_LEADER, grid=False),
        # prose
        Style("Body", "Body", "正文段", priority=1, first=200, align="both", grid=True),
        Style("Lead", "Lead", "导语", based="Body", following="Body", priority=2, east=HEI, latin=ARIAL,
              size=21, color=ACCENT, after=160),
        Style("Colophon", "Colophon", "落款", based="Body", first=0, align="right"),
        Style("Source", "Source", "资料来源", priority=20, east=SONG, color=QUIET, align="left",
              before=40, after=120, **small),
        Style("Note", "Note", "图表注", priority=20, east=SONG, color=QUIET, align="left", before=40,
              after=40, **small),
        Style("FigureSource", "Figure Source", "图资料来源", based="Source", align="center"),
        Style("FigureNote", "Figure Note", "图注", based="Note", align="center"),
        Style("caption", "caption", bold=True, priority=19, east=HEI, latin=ARIAL, size=21, align="center",
              grid=False, following="Body"),
        Style("FigureCaption", "Figure Caption", "图题", based="caption", before=80, after=60,
              keep_lines=True, following="Source"),
        Style("TableCaption", "Table Caption", "表题", based="caption", before=240, after=80,
              keep_next=True, keep_lines=True),
        Style("TableUnit", "Table Unit", "表单位", align="right", keep_next=True, after=40, east=SONG,
              color=QUIET, **small),
        Style("Figure", "Figure", "图", align="center", keep_next=True, before=200, grid=False),
        Style("Formula", "Formula", "公式", grid=False, before=120, after=120,
              tabs=(("center", TEXT_WIDTH // 2, ""), ("right", TEXT_WIDTH, ""))),
        Style("TableText", "Table Text", "表文字", align="left", east=SONG, **small),
        Style("TableHead", "Table Head", "表头", based="TableText", align="center", east=HEI,
              latin=ARIAL, keep_next=True),
        Style("TableNumber", "Table Number", "表数字", based="TableText", align="right", east=SONG),
        Style("Spacer", "Spacer", "间隔", line=120, rule="exact", grid=False, size=2, quick=False),
        # call-outs
        Style("CalloutTitle", "Callout Title", "专栏标题", east=HEI, latin=ARIAL, size=22, bold=True,
              color=ACCENT, keep_next=True, after=60, grid=False),
        Style("CalloutText", "Callout Text", "专栏正文", based="Body", east=KAI, size=20, line=330,
              grid=False),
        Style("CalloutList", "Callout List", "专栏列表", based="ListBullet", east=KAI, size=20, line=330,
              grid=False),
        _box("CalloutFinding", "Callout Finding", "要点框", ACCENT, "EDF3F9"),
        _box("CalloutCase", "Callout Case", "案例框", "7A5C1E", "FAF5EA"),
        _box("CalloutNote", "Callout Note", "说明框", "7F7F7F", "F4F4F4"),
        _box("CalloutMethod", "Callout Method", "方法框", "2F6B4F", "EEF6F1"),
        Style("ReportTable", "Report Table", "报告表格", kind="table", based="TableNormal",
              extra=_REPORT_TABLE, priority=59),
        # lists; their indents come with the numbering
        Style("ListBullet", "List Bullet", align="both", grid=True, level=(2, 0), priority=30),
        Style("ListBullet2", "List Bullet 2", align="both", grid=True, level=(2, 1), priority=30),
        Style("ListBullet3", "List Bullet 3", align="both", grid=True, level=(2, 2), priority=30),
        Style("ListNumber", "List Number", align="both", grid=True, level=(3, 0), priority=30),
        Style("ListNumber2", "List Number 2", align="both", grid=True, level=(3, 1), priority=30),
        Style("ListNumber3", "List Number 3", align="both", grid=True, level=(3, 2), priority=30),
        Style("ListContinue", "List Continue", align="both", grid=True, left_twips=960, priority=30),
        # generated lists
        Style("TOC1", "toc 1", priority=39, quick=False, east=HEI, latin=ARIAL, size=24, before=120,
              after=40, tabs=_LEADER, grid=False),
        Style("TOC2", "toc 2", priority=39, quick=False, east=SONG, size=22, left_twips=240, line=320,
              tabs=_LEADER, grid=False),
        Style("TOC3", "toc 3", priority=39, quick=False, east=SONG, size=21, left_twips=480, line=300,
              tabs=_LEADER, grid=False),
        Style("TableofFigures", "table of figures", priority=39, quick=False, east=SONG, size=22,
              line=320, tabs=_LEADER, grid=False),
        # LibreOffice's name for the entries of such lists, which it gives them on refreshing.
        Style("FigureIndex1", "Figure Index 1", based="TableofFigures", quick=False),
        # notes, heads, feet
        Style("FootnoteText", "footnote text", quick=False, east=SONG, size=18, grid=False,
              align="both", hanging=100, left=100),
        Style("FootnoteReference", "footnote reference", kind="character", based="DefaultParagraphFont",
              quick=False, extra_run='<w:vertAlign w:val="superscript"/>'),
        Style("Header", "header", quick=False, east=KAI, size=18, color=QUIET, grid=False,
              tabs=(("right", TEXT_WIDTH, ""),),
              border='<w:bottom w:val="single" w:sz="4" w:space="4" w:color="A6A6A6"/>'),
        Style("Footer", "footer", quick=False, east=SONG, size=18, color=QUIET, grid=False,
              tabs=(("right", TEXT_WIDTH, ""),)),
        Style("Hyperlink", "Hyperlink", kind="character", based="DefaultParagraphFont", color="0B5394",
              extra_run='<w:u w:val="single"/>', quick=False),
        Style("Strong", "Strong", kind="character", based="DefaultParagraphFont", bold=True, east=HEI,
              latin=TIMES),
        Style("Emphasis", "Emphasis", kind="character", based="DefaultParagraphFont", east=KAI),
    )  # fmt: skip


def styles_xml() -> str:
    """Return the styles part: Chinese typography in the defaults, then every style."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{TIMES}" w:hAnsi="{TIMES}" w:eastAsia="{SONG}" w:cs="{TIMES}"/>'
        f'<w:color w:val="{INK}"/><w:kern w:val="2"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
        "<w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:topLinePunct/><w:autoSpaceDE/><w:autoSpaceDN/>"
        '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    return defaults + latent + "".join(style_xml(style) for style in house_styles())
