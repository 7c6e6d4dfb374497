"""The ledger's part of a build: its files, the page's data, and what travels inside the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report.document.model import Document

if TYPE_CHECKING:
    from figures import Drawing
    from report.assessment.results import Results
    from report.output.pdf import Attachment

CSV, WORKBOOK, RESULTS = "numbers.csv", "numbers.xlsx", "results.json"


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger's files by name, and the data with which the page explains its numbers."""

    files: dict[str, bytes]
    page: str


def account(
    document: Document,
    results: Results,
    previous: Results | None,
    drawings: Mapping[str, Drawing],
    *,
    for_page: bool,
) -> Account:
    """Account for every number of the document; the page's data only where it is asked for."""
    from report.ledger import Sources, ledger, to_csv, to_workbook  # noqa: PLC0415
    from report.output.html import viewer_data  # noqa: PLC0415

    sources = Sources(results, previous)
    rows = ledger(document, sources, drawings)
    files = {CSV: to_csv(rows), WORKBOOK: to_workbook(rows, document.meta.date)}
    return Account(files, viewer_data(rows, sources) if for_page else "")


def attachments(files: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """Say which files travel inside the PDF: the ledger, and the results it speaks of."""
    from report.output.pdf import Attachment  # noqa: PLC0415

    return (
        Attachment(CSV, files[CSV], "text/csv", "数字台账：正文、图、表中每个数字的来源"),
        Attachment(
            RESULTS, files[RESULTS], "application/json", "测算结果：全部数值、公式和数据来源"
        ),
    )
