"""One PDF of the made-up document, shared by the tests that look into it."""

from pathlib import Path

import pytest

from report.output.html import write_print
from report.output.pdf import write_pdf
from tests.support.documents import rich_document, stub_drawings

PAGE_DIR = Path(__file__).parents[3] / "templates" / "page"


@pytest.fixture(scope="session")
def page_dir():
    return PAGE_DIR


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """The document, its print page and the path of its PDF."""
    document = rich_document()
    page = write_print(document, stub_drawings(document), PAGE_DIR)
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(write_pdf(page, document, PAGE_DIR))
    return document, page, path
