"""Accept or reject every tracked change with LibreOffice and print the text that is left.

Run by a Python that has LibreOffice's ``uno`` module: ``office_redline.py SOFFICE FOLDER FILE…``. Prints
JSON: for each file ``{"accepted": [lines], "rejected": [lines]}``, empty lines left out.
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


def lines(text):
    """Yield the text of paragraphs and, cell by cell, of tables."""
    content = text.createEnumeration()
    while content.hasMoreElements():
        one = content.nextElement()
        if one.supportsService("com.sun.star.text.TextTable"):
            yield from cells(one)
        else:
            yield one.getString()


def cells(table):
    """Yield the texts of a table's cells; a table without merged cells tells all at once."""
    try:
        rows = table.getDataArray()
    except Exception:  # noqa: BLE001 - merged cells
        for name in table.getCellNames():
            yield from lines(table.getCellByName(name))
        return
    for row in rows:
        yield from (str(text) for text in row)


def after(desktop, context, source, command):
    doc = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (prop("Hidden", True),))
    try:
        if command:
            dispatcher = context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.DispatchHelper", context
            )
            frame = doc.getCurrentController().getFrame()
            dispatcher.executeDispatch(frame, command, "", 0, ())
        found = [line for line in lines(doc.getText()) if line.strip()]
        notes = doc.getFootnotes()
        for n in range(notes.getCount()):
            found += [line for line in lines(notes.getByIndex(n).getText()) if line.strip()]
        return found
    finally:
        doc.close(True)


def main(office, folder, *files):
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
        found = {}
        for file in files:
            name = Path(file).name
            if name.startswith("plain"):
                found[name] = after(desktop, context, file, "")
            else:
                found[name] = {
                    "accepted": after(desktop, context, file, ".uno:AcceptAllTrackedChanges"),
                    "rejected": after(desktop, context, file, ".uno:RejectAllTrackedChanges"),
                }
        print(json.dumps(found, ensure_ascii=False))  # noqa: T201
        with contextlib.suppress(Exception):
            desktop.terminate()
    finally:
        process.wait(30)


if __name__ == "__main__":
    main(*sys.argv[1:])
