"""Load a DOCX in LibreOffice, update every index and field, and print what stood there before and after.

Run by a Python that has LibreOffice's ``uno`` module: ``office_update.py SOFFICE FILE FOLDER``. Prints JSON
``{"before": {...}, "after": {...}}`` with the texts of fields, indexes, headings; saves FOLDER/saved.docx and
FOLDER/report.pdf.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


def snapshot(doc):
    fields = []
    enumeration = doc.getTextFields().createEnumeration()
    while enumeration.hasMoreElements():
        field = enumeration.nextElement()
        name = field.getSupportedServiceNames()[-1]
        try:
            text = field.getPresentation(False)
        except Exception as error:  # noqa: BLE001 - UNO raises anything
            text = repr(error)
        fields.append([name.rsplit(".", 1)[-1], text])
    indexes = []
    found = doc.getDocumentIndexes()
    for n in range(found.getCount()):
        index = found.getByIndex(n)
        indexes.append(index.getAnchor().getString().splitlines())
    body = []
    paragraphs = doc.getText().createEnumeration()
    while paragraphs.hasMoreElements():
        p = paragraphs.nextElement()
        if p.supportsService("com.sun.star.text.Paragraph"):
            body.append([p.ParaStyleName, p.ListLabelString + "|" + p.getString()])
    return {"fields": sorted(fields), "indexes": indexes, "body": body}


def main(office, source, folder):
    pipe = f"iireport{time.time_ns()}"
    process = subprocess.Popen(
        [office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
         "--norestore", "--nodefault", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # noqa: BLE001 - not listening yet
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        doc = desktop.loadComponentFromURL(
            Path(source).as_uri(), "_blank", 0, (prop("Hidden", True),)
        )
        doc.storeToURL(
            Path(folder, "saved.docx").as_uri(), (prop("FilterName", "MS Word 2007 XML"),)
        )
        doc.storeToURL(
            Path(folder, "report.pdf").as_uri(), (prop("FilterName", "writer_pdf_Export"),)
        )
        # Laid out by now: before that, references to pages are empty, whatever the file says.
        before = snapshot(doc)
        doc.getTextFields().refresh()
        found = doc.getDocumentIndexes()
        for n in range(found.getCount()):
            found.getByIndex(n).update()
        doc.refresh()
        after = snapshot(doc)
        doc.close(True)
        sys.stdout.write(json.dumps({"before": before, "after": after}, ensure_ascii=False))
        with contextlib.suppress(Exception):
            desktop.terminate()
        process.wait(30)
    finally:
        if process.poll() is None:
            process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:4])
