"""The response table as Word: a landscape document in the house styles, counts first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from report.output.docx.oxml import escape, fragment
from report.output.docx.package import Package, pack
from report.output.docx.styles import resolve
from report.review.response import COUNTS, HEAD, NAME, cells

if TYPE_CHECKING:
    from report.review.respond import Counts, Response

_WIDTHS = (700, 2300, 2500, 3300, 800, 1100, 3100)  # twips; with margins an A4 page across
_COUNT_WIDTHS = (5000, 1800, 1800, 1800, 1800)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1300" w:right="1500" w:bottom="1300" w:left="1500" w:header="800" '
    'w:footer="800" w:gutter="0"/></w:sectPr>'
)


def write_response(response: Response, reference: Path) -> bytes:
    """Return the response table as DOCX in the styles of the house file; same input, same bytes."""
    package = Package(reference)
    words = _Words(package, reference.name)
    parts = [
        words.line(f"{response.title}{NAME}", "heading"),
        words.line(
            f"本表对应第{response.draft}稿；共{response.total.total}条意见，"
            + "，".join(
                f"{name}{count}条"
                for name, count in zip(COUNTS[2:], response.total.verdicts, strict=True)
            )
            + "。",
            "body",
        ),
        words.line("一、汇总", "section"),
        words.table(
            COUNTS, [_count_row(counts) for counts in _all_counts(response)], _COUNT_WIDTHS
        ),
    ]
    for number, (counts, held) in enumerate(response.reviewers, 1):
        parts.append(words.line(f"二、分提出方意见处理情况（{number}）{counts.name}", "section"))
        parts.append(words.table(HEAD, [cells(one) for one in held], _WIDTHS))
    document = package.body.getparent()
    assert document is not None
    for child in list(package.body):
        package.body.remove(child)
    package.body.extend(fragment("".join(parts) + words.line("", "body") + _PAGE))
    return _same_bytes(package.save(document))


def _all_counts(response: Response) -> list[Counts]:
    return [*(counts for counts, _held in response.reviewers), response.total]


def _count_row(counts: Counts) -> tuple[str, ...]:
    shares = [
        f"{count}（{count / counts.total:.0%}）" if counts.total else "0"
        for count in counts.verdicts
    ]
    return (counts.name, str(counts.total), *shares)


def _same_bytes(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})


class _Words:
    """Paragraphs and tables as XML text."""

    def __init__(self, package: Package, file: str) -> None:
        self._styles = resolve(package.styles, file)

    def line(self, text: str, role: str) -> str:
        """Return one paragraph."""
        bold = "<w:rPr><w:b/></w:rPr>" if role in {"heading", "section"} else ""
        properties = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
        if role == "heading":
            properties += '<w:jc w:val="center"/>'
        if role == "section":
            properties = "<w:keepNext/>" + properties
        style = self._styles["body"]
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
            f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        )

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> str:
        """Return a table with a repeated head."""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        body = self._row(head, widths, head=True) + "".join(self._row(row, widths) for row in rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
        )

    def _row(self, texts: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
        properties = f"<w:trPr>{'<w:cantSplit/><w:tblHeader/>' if head else ''}</w:trPr>"
        style = self._styles["table-head" if head else "table-text"]
        inner = ""
        for text, width in zip(texts, widths, strict=True):
            lines = "<w:br/>".join(
                f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
            )
            inner += (
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
                f'<w:pStyle w:val="{style}"/></w:pPr><w:r>{lines}</w:r></w:p></w:tc>'
            )
        return f"<w:tr>{properties if head else ''}{inner}</w:tr>"
