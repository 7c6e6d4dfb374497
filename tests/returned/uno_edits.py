"""Edit a draft in LibreOffice as a reviewer would; run by a Python that has its ``uno`` module.

``uno_edits.py SOFFICE DRAFT.docx OUT.docx FOLDER``; prints the marks made as JSON.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

FOUND = []


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def note(kind, block, text="", quoted="", **more):
    FOUND.append({"kind": kind, "block": block, "text": text, "quoted": quoted, **more})


def find(doc, words):
    search = doc.createSearchDescriptor()
    search.SearchString = words
    found = doc.findFirst(search)
    assert found is not None, words
    return found


def cursor(found):
    text = found.getText()
    return text, text.createTextCursorByRange(found)


def comment(doc, words, opinion, *, done=False):
    field = doc.createInstance("com.sun.star.text.textfield.Annotation")
    field.Author, field.Content = "某高校", opinion
    if done:
        field.Resolved = True
    text, at = cursor(find(doc, words))
    text.insertTextContent(at, field, True)


def insert(doc, after, words):
    text, at = cursor(find(doc, after))
    at.collapseToEnd()
    text.insertString(at, words, False)


def delete(doc, words):
    _text, at = cursor(find(doc, words))
    at.setString("")


def replace(doc, words, fresh):
    text, at = cursor(find(doc, words))
    text.insertString(at.getEnd(), fresh, False)
    delete(doc, words)


def edit(doc):
    comment(doc, "覆盖范围持续扩大", "有无数据支撑？")
    note("comment", "net-01", "有无数据支撑？", "覆盖范围持续扩大")
    comment(doc, "权责边界", "表述可更明确。", done=True)
    note("comment", "net-04", "表述可更明确。", "权责边界", resolved=True)
    comment(doc, "52.6", "与公布数不一致。")
    note("comment", "tbl-levels", "与公布数不一致。", "52.6", row=4, column=2)
    comment(doc, "推动互认互通", "建议注明牵头单位。")
    note("comment", "app-list-1", "建议注明牵头单位。", "推动互认互通")
    comment(doc, "未必同步领先", "结论需要论证。")
    note("comment", "box-01", "结论需要论证。", "未必同步领先")
    # before tracking: what nobody will see
    replace(doc, "质量检测", "质量检验")
    note("untracked", "app-02", "验", "测")
    doc.RecordChanges = True
    insert(doc, "供研究", "和教学")
    note("insertion", "intro-02", "和教学")
    delete(doc, "不断")
    note("deletion", "net-05", "", "不断")
    insert(doc, "上云用云", "、用数赋智")
    note("insertion", "app-03", "、用数赋智")
    delete(doc, "较为")
    note("deletion", "app-04", "", "较为")
    text, at = cursor(find(doc, "有所收窄。"))
    at.collapseToEnd()
    text.insertControlCharacter(at, PARAGRAPH_BREAK, False)
    text.insertString(at, "建议补充分行业的情况。", False)
    note("paragraph-insertion", "net-01", "建议补充分行业的情况。", placing="after")
    text, at = cursor(find(doc, "由点及面展开。"))
    at.collapseToEnd()
    text.insertControlCharacter(at, PARAGRAPH_BREAK, False)
    note("split", "net-02")
    insert(doc, "77.5", "0")
    note("insertion", "tbl-levels", "0", row=2, column=3)
    delete(doc, "势头")
    note("deletion", "claim-01", "", "势头")
    doc.RecordChanges = False


def main(office, source, target, folder):
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
        context = None
        for _attempt in range(240):
            with contextlib.suppress(Exception):
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext(
            "com.sun.star.frame.Desktop", context
        )
        doc = desktop.loadComponentFromURL(
            Path(source).resolve().as_uri(), "_blank", 0, (prop("Hidden", True),)
        )
        edit(doc)
        doc.storeToURL(Path(target).resolve().as_uri(), (prop("FilterName", "MS Word 2007 XML"),))
        doc.close(True)
        with contextlib.suppress(Exception):
            desktop.terminate()
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
    sys.stdout.write(json.dumps(FOUND, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
