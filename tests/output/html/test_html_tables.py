"""Geometry of tables: columns under spans, decimals that line up."""

from lxml import html

from report.document.model import Table, TableCell, Text
from report.output.html.context import Context
from report.output.html.markup import serialise
from report.output.html.tables import grid, table
from tests.support.documents import n, rich_document


def cell(text, **options):
    return TableCell((Text(text),), **options)


def test_grid_knows_columns_under_row_and_column_spans():
    rows = (
        (cell("a", rowspan=2), cell("b", colspan=2), cell("c")),
        (cell("d"), cell("e"), cell("f")),
        (cell("g"), cell("h"), cell("i"), cell("j")),
    )
    assert list(grid(rows)) == [[0, 1, 3], [1, 2, 3], [0, 1, 2, 3]]


def test_shorter_decimals_are_padded_to_line_up():
    values = ("12.34", "1.2", "5")
    block = Table(
        id="t",
        caption=(Text("题"),),
        head=((cell("值", header=True),),),
        body=tuple((TableCell((n("k", float(v), v),), align="decimal"),) for v in values),
        widths=(1.0,),
    )
    context = Context(rich_document(), {}, "page")
    tree = html.fromstring(serialise(table(context, block)))
    short = [td.get("class").split()[2:] for td in tree.xpath("//td")]
    assert short == [[], ["s1"], ["s3"]]


def test_print_cells_carry_the_key_themselves():
    block = Table(
        id="t",
        caption=(Text("题"),),
        head=((cell("值", header=True),),),
        body=((TableCell((n("level.total.mean.2022", 1.5, "1.5"),), align="decimal"),),),
        widths=(1.0,),
    )
    tree = table(Context(rich_document(), {}, "print"), block)
    assert tree.xpath(".//td/@data-key") == ["level.total.mean.2022"]
