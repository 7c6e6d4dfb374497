"""What the DOCX tests share: the rich Document, written once."""

from __future__ import annotations

import pytest

from report.document.model import Document
from report.output.docx import write_docx
from report.pipeline.preparing import prepare
from tests.output.docx.readers import REFERENCE, Written, labels
from tests.support.documents import rich_document, stub_drawings


@pytest.fixture(scope="session")
def document() -> Document:
    return rich_document()


@pytest.fixture(scope="session")
def written(document: Document) -> Written:
    data = write_docx(
        document,
        stub_drawings(document),
        REFERENCE,
        pages=labels(document),
        draft="2023-04",
    )
    return Written(document, data)


@pytest.fixture(scope="session")
def prepared(project) -> Document:
    """The default edition's composed document."""
    return prepare(project / "data" / "2023").document
