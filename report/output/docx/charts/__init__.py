"""Native charts: figures as Word's own editable charts, each with the workbook of its data."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from figures.spec import FigureSpec
from report.output.docx.charts.kinds import NATIVE, PICTURES, is_native
from report.output.docx.oxml import Element, el
from report.output.docx.package import Package

__all__ = ["NATIVE", "PICTURES", "add_chart", "is_native"]

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_EMU_CM = 360000


def add_chart(package: Package, number: int, spec: FigureSpec, size: tuple[int, int]) -> Element:
    """Add the parts of chart ``number`` (its size in EMU) and return the graphic that shows it."""
    # The figures' palette and type measures come with matplotlib: only where charts are asked for.
    from report.output.docx.charts.kinds import chart_of  # noqa: PLC0415
    from report.output.docx.charts.workbook import write_workbook  # noqa: PLC0415
    from report.output.docx.charts.xml import chart_xml  # noqa: PLC0415

    chart = chart_of(spec, (size[0] / _EMU_CM, size[1] / _EMU_CM))
    data, references = write_workbook(chart)
    book = package.part(f"/word/embeddings/chart{number}.xlsx", CONTENT_TYPE.SML_SHEET, data)
    part = package.part(f"/word/charts/chart{number}.xml", CONTENT_TYPE.DML_CHART, b"")
    identity = str(part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))
    package.replaced[str(part.partname)] = chart_xml(chart, references, identity)
    shown = package.relations.to(part, RELATIONSHIP_TYPE.CHART)
    return el("a:graphicData", el("c:chart", r__id=shown), uri=_CHART)
