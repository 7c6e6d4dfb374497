"""The reference file itself: settings, heading and list numbering, fonts, and the zip."""

from __future__ import annotations

import io
import zipfile

from report.output.docx.house.styles import HEI, KAI, SONG, styles_xml
from report.output.docx.numbering import BULLETS, HEADINGS, ORDERED, abstract, instance
from report.output.docx.oxml import NS, root, to_text

_W = f'xmlns:w="{NS["w"]}" xmlns:r="{NS["r"]}" xmlns:m="{NS["m"]}"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def numbering_xml() -> str:
    """Return the numbering part: headings (1), bullets (2), ordered lists (3)."""
    lists = (
        (HEADINGS, tuple(f"Heading{n}" for n in range(1, 5))),
        (BULLETS, ("ListBullet", "ListBullet2", "ListBullet3")),
        (ORDERED, ("ListNumber", "ListNumber2", "ListNumber3")),
    )
    node = root("w:numbering", ("w",))
    node.extend(abstract(n, levels, linked) for n, (levels, linked) in enumerate(lists))
    node.extend(instance(n + 1, n) for n in range(len(lists)))
    return to_text(node)


def settings_xml() -> str:
    """Return the settings part: Chinese line breaking and punctuation, today's compatibility mode."""
    compatibility = "".join(
        f"<w:{name}/>"
        for name in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
            "useFELayout",
        )
    )
    options = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", "15"),
            ("overrideTableStyleFontSizeAndJustification", "1"),
            ("enableOpenTypeFeatures", "1"),
            ("doNotFlipMirrorIndents", "1"),
            ("differentiateMultirowTableHeaders", "1"),
        )
    )
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat>{compatibility}{options}</w:compat>"
        '<m:mathPr><m:mathFont m:val="Cambria Math"/><m:brkBin m:val="before"/>'
        '<m:brkBinSub m:val="--"/><m:smallFrac m:val="0"/><m:dispDef/><m:lMargin m:val="0"/>'
        '<m:rMargin m:val="0"/><m:defJc m:val="centerGroup"/><m:wrapIndent m:val="1440"/>'
        '<m:intLim m:val="subSup"/><m:naryLim m:val="undOvr"/></m:mathPr>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def fonts_xml() -> str:
    """Return the font table; alternative names and families steer substitution elsewhere."""
    fonts = (
        (SONG, "SimSun", "02010600030101010101", "86", "roman"),
        (HEI, "SimHei", "02010609060101010101", "86", "modern"),
        (KAI, "KaiTi", "02010609060101010101", "86", "modern"),
        ("Times New Roman", "", "02020603050405020304", "00", "roman"),
        ("Arial", "", "020B0604020202020204", "00", "swiss"),
        ("Cambria Math", "", "02040503050406030204", "00", "roman"),
    )
    rows = "".join(
        f'<w:font w:name="{name}">'
        + (f'<w:altName w:val="{other}"/>' if other else "")
        + f'<w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, panose, charset, family in fonts
    )
    return f"<w:fonts {_W}>{rows}</w:fonts>"


def document_xml() -> str:
    """Return a body that shows the heading styles, so that the file can be opened and judged."""
    samples = (("Title", "标题"), ("Heading1", "部分"), ("Heading2", "章"), ("Body", "正文段。"))
    rows = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in samples
    )
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1531" w:right="1553" w:bottom="1417" w:left="1553" w:header="850" '
        'w:footer="737" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="385"/></w:sectPr>'
    )
    return f"<w:document {_W}><w:body>{rows}{section}</w:body></w:document>"


def reference_bytes() -> bytes:
    """Return the reference file; the same bytes every time."""
    parts = {
        "word/document.xml": (document_xml(), f"{_WML}.document.main+xml"),
        "word/styles.xml": (f"<w:styles {_W}>{styles_xml()}</w:styles>", f"{_WML}.styles+xml"),
        "word/numbering.xml": (numbering_xml(), f"{_WML}.numbering+xml"),
        "word/settings.xml": (settings_xml(), f"{_WML}.settings+xml"),
        "word/fontTable.xml": (fonts_xml(), f"{_WML}.fontTable+xml"),
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (_, kind) in parts.items()
    )
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    kinds = ("styles", "numbering", "settings", "fontTable")
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{NS["r"]}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(kinds, 1)
    )
    outer = f'<Relationship Id="rId1" Type="{NS["r"]}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{outer}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>',
        **{name: xml for name, (xml, _) in parts.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _DECLARATION + xml)
    return target.getvalue()
