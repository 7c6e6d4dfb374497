"""Document properties: core, application and custom; nothing of the machine, times from the edition."""

from __future__ import annotations

from collections.abc import Mapping

from report.document.model import Meta
from report.output.docx.oxml import escape

APPLICATION = "iireport"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one format id custom properties have


def core(meta: Meta, draft: str) -> bytes:
    """Return the core properties; the draft's id is the document's identifier."""
    time = f"{meta.date.isoformat()}T00:00:00Z"
    authors = "；".join(meta.authors)
    values = (
        ("dc:title", meta.title + meta.subtitle),
        ("dc:subject", meta.notice),
        ("dc:creator", authors),
        ("cp:keywords", "；".join(meta.keywords)),
        ("dc:language", meta.language),
        ("dc:identifier", draft),
        ("cp:lastModifiedBy", authors),
    )
    rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values if value)
    rows += "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return f"{_DECLARATION}<cp:coreProperties {_CORE}>{rows}</cp:coreProperties>".encode()


def app(meta: Meta) -> bytes:
    """Return the application properties."""
    company = f"<Company>{escape(meta.publisher)}</Company>" if meta.publisher else ""
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties">'
        f"<Application>{APPLICATION}</Application>{company}</Properties>"
    ).encode()


def custom(values: Mapping[str, str]) -> bytes:
    """Return the custom properties, texts by name; unlike the identifier they survive LibreOffice."""
    rows = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" '
        f'xmlns:vt="{_OFFICE}/docPropsVTypes">{rows}</Properties>'
    ).encode()
