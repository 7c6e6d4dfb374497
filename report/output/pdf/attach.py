"""Files embedded in the PDF: the ledger and the results, so that the numbers travel with the report."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to embed: ``relationship`` says what it is to the report (ISO 32000-2, AFRelationship)."""

    name: str
    data: bytes
    mime: str
    description: str
    relationship: Literal["Source", "Data", "Supplement"] = "Data"


def embed(pdf: Any, attachments: Sequence[Attachment], date: dt.date) -> None:
    """Embed files in a pydyf PDF before it is written; dated by the edition, so the bytes stay equal."""
    if not attachments:
        return
    pydyf: Any = importlib.import_module("pydyf")  # comes with WeasyPrint
    names, associated = pydyf.Array(), pydyf.Array()
    stamp = pydyf.String(f"D:{date:%Y%m%d}000000Z")
    for each in sorted(attachments, key=lambda attachment: attachment.name):
        checksum = hashlib.md5(each.data, usedforsecurity=False).hexdigest()
        stream = pydyf.Stream(
            [each.data],
            {
                "Type": "/EmbeddedFile",
                "Subtype": "/" + each.mime.replace("/", "#2f"),
                "Params": pydyf.Dictionary(
                    {
                        "CheckSum": f"<{checksum}>",
                        "Size": len(each.data),
                        "CreationDate": stamp,
                        "ModDate": stamp,
                    }
                ),
            },
            compress=True,
        )
        pdf.add_object(stream)
        entry = pydyf.Dictionary(
            {
                "Type": "/Filespec",
                "F": pydyf.String(each.name),
                "UF": pydyf.String(each.name),
                "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
                "Desc": pydyf.String(each.description),
                "AFRelationship": f"/{each.relationship}",
            }
        )
        pdf.add_object(entry)
        names.append(pydyf.String(each.name))
        names.append(entry.reference)
        associated.append(entry.reference)
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    if "Names" not in pdf.catalog:
        pdf.catalog["Names"] = pydyf.Dictionary()
    pdf.catalog["Names"]["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = associated
