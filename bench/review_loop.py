"""The whole review loop on an edition, command by command: ``python bench/review_loop.py [EDITION]``.

In a copy of the project a first draft is made, three reviewers' Word files come back (comments, tracked changes,
silent edits, made the way Word writes them), are imported, decided, applied; a second draft is made, compared
with the first, and the response table is written. Each command is printed as an editor would type it, with
its seconds; then what the second draft says is checked with independent readers. Exits with 1 when something
does not hold, or when it took more than two minutes (``--seconds``).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from report.document.model import Document, Figure, Number, Paragraph, Text  # noqa: E402
from report.document.store import from_json  # noqa: E402
from report.document.text import run_text  # noqa: E402
from tests.returned.wordlike import Word  # noqa: E402

COMPANY, INSTITUTE, SOCIETY = "某企业", "某研究院", "某协会"


@dataclass(frozen=True)
class Wish:
    """A change of static wording that a reviewer asks for, and the sentence it should give."""

    block: str
    old: str
    new: str
    before: str  # the whole paragraph

    @property
    def after(self) -> str:
        """The paragraph as the reviewer wants it."""
        return self.before.replace(self.old, self.new, 1)


@dataclass
class Loop:
    """A copy of the project in which the commands run; ``log`` keeps what they took."""

    root: Path
    edition: str
    quiet: bool = False
    log: list[tuple[str, float]] = field(default_factory=list)

    def run(self, *words: str, fails: bool = False) -> dict:
        """Run one command with ``--json`` and return what it says."""
        shown = " ".join(word if " " not in word else f'"{word}"' for word in words)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *words, "--json"],
            cwd=self.root,
            env={**os.environ, "IIREPORT_LANG": "zh"},
            capture_output=True,
            text=True,
            check=False,
        )
        taken = time.perf_counter() - start
        self.log.append((shown, taken))
        if not self.quiet:
            print(f"{taken:6.1f} s  iireport {shown}", flush=True)
        if done.returncode and not fails:
            raise RuntimeError(f"iireport {shown}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else {}

    @property
    def drafts(self) -> Path:
        """The archive of the edition's drafts."""
        return self.root / "drafts" / self.edition


def copied(folder: Path, edition: str) -> Loop:
    """Copy data and templates into ``folder``."""
    for part in ("data", "templates"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return Loop(folder, edition)


def wishes(document: Document, count: int) -> list[Wish]:
    """Pick paragraphs that hold a stretch of static prose that stands only there, and reword it."""
    found: list[Wish] = []
    texts = [run_text(b.inlines) for b in document.blocks() if isinstance(b, Paragraph)]
    everything = "\n".join(texts)
    lines: set[object] = set()
    for block in document.blocks():
        if not isinstance(block, Paragraph) or block.style != "body" or block.origin in lines:
            continue
        whole = run_text(block.inlines)
        for inline in block.inlines:
            if not isinstance(inline, Text):
                continue
            at = inline.text.find("，", 4)
            words = inline.text[max(0, at - 6) : at]
            if at < 6 or everything.count(words) != 1 or not words.isalpha():
                continue
            if any(mark in words for mark in "一二三四五六七八九十百两几前后高低多少最"):
                continue
            lines.add(block.origin)
            found.append(Wish(block.id, words, f"{words}（下同）", whole))
            break
        if len(found) == count:
            break
    if len(found) < count:
        raise RuntimeError("the edition has too little static prose")
    return found


def returned(draft: Path, out: Path) -> tuple[list[Path], list[Wish], tuple[str, str]]:
    """Write three reviewers' files; return them, the wishes in them, and a number somebody would change."""
    document = from_json((draft / "document.json").read_text("utf-8"))
    docx = (draft / "report.docx").read_bytes()
    asked = wishes(document, 5)
    number = computed(document, {wish.block for wish in asked})
    figure = next(block.id for block in document.blocks() if isinstance(block, Figure))

    first = Word(docx, "甲", "2026-03-01T09:00:00Z")
    first.replace(asked[0].block, asked[0].old, asked[0].new)
    first.insert(asked[1].block, asked[1].old, "（下同）")
    thread = first.comment(asked[0].block, asked[0].old, "此处表述请再斟酌。")
    first.reply(thread, "同意。", "乙")
    first.comment_on_picture(figure, "图中请注明数据来源。")
    first.bold(asked[2].block, asked[2].old)

    second = Word(docx, "丙", "2026-03-02T09:00:00Z")
    second.insert(asked[2].block, asked[2].old, "（下同）")
    second.comment(number[0], number[1], "该数据与年鉴不一致，请核实。")
    second.replace(number[0], number[1], "999.9")
    second.new_paragraph(asked[3].block, "建议补充典型案例。")

    third = Word(docx, "丁", "2026-03-03T09:00:00Z")
    third.retype(asked[4].block, asked[4].old, asked[4].new)  # without tracking
    third.comment(asked[4].block, "", "全段结论依据充分，赞成。", done=True)
    third.align(asked[3].block)

    files = []
    for name, made in ((COMPANY, first), (INSTITUTE, second), (SOCIETY, third)):
        path = out / f"{name}.docx"
        path.write_bytes(made.save())
        files.append(path)
    return files, [asked[0], asked[1], asked[2], asked[4]], number


def computed(document: Document, but: set[str]) -> tuple[str, str]:
    """Find a paragraph with a computed number that stands in it once: its block and the number's digits."""
    for block in document.blocks():
        if not isinstance(block, Paragraph) or block.id in but:
            continue
        whole = run_text(block.inlines)
        for inline in block.inlines:
            digits = inline.quantity.text.rstrip("点分%") if isinstance(inline, Number) else ""
            if "." in digits and whole.count(digits) == 1 and digits.replace(".", "").isdecimal():
                return block.id, digits
    raise RuntimeError("the edition prints no number in a paragraph")


def decide(loop: Loop, asked: Sequence[Wish]) -> tuple[list[int], list[int]]:
    """Enter dispositions; return the opinions whose wording is to be applied, and those on the number."""
    rows = loop.run("review", "list", "--edition", loop.edition)["opinions"]
    blocks = {wish.block for wish in asked}
    wording, agreed, others = [], [], []
    for row in rows:
        number = int(row["number"])
        if row["mark_kind"] in {"format", "comment"}:
            if row["mark_kind"] == "comment" and row.get("block") == asked[0].block:
                agreed.append(number)  # the comment on the first wish
            elif row["mark_kind"] == "comment":
                others.append(number)
        elif row.get("block") in blocks and row["mark_kind"] in {
            "replacement",
            "insertion",
            "untracked",
        }:
            wording.append(number)
        else:
            others.append(number)
    at = ("--edition", loop.edition)
    loop.run(
        "review", "decide", *at, "--mark", "format", "--as", "不采纳", "--reason", "版式统一编排"
    )
    loop.run(
        "review", "decide", *at, *map(str, wording + agreed), "--as", "采纳", "--assignee", "综合组"
    )
    loop.run(
        "review", "decide", *at, *map(str, others), "--as", "不采纳", "--reason", "已核对，维持原文"
    )
    return wording, others


def play(loop: Loop) -> Iterator[str]:
    """Go through the whole loop; yield what does not hold."""
    edition = loop.edition
    loop.run("draft", "-m", "征求意见稿", edition)
    folder = loop.root / "returned"
    folder.mkdir()
    files, asked, number = returned(loop.drafts / "1", folder)
    for path in files:
        loop.run("review", "import", str(path), "--from", path.stem, "--edition", edition)
    again = loop.run("review", "import", str(files[0]), "--edition", edition)
    if again["files"][0]["added"]:
        yield "importing a file twice added opinions"
    wording, _others = decide(loop, asked)
    if len(wording) != len(asked):
        yield f"{len(asked)} changes of wording were asked for, {len(wording)} were found"
    refused = loop.run("review", "respond", "--edition", edition, fails=True)
    if refused.get("ok"):
        yield "the answer went out although nothing had been changed yet"
    applied = loop.run("review", "apply", "--edition", edition, *map(str, wording))
    for one in applied["opinions"]:
        if one["status"] != "applied":
            yield f"opinion {one['number']} was not applied: {one}"
    loop.run("draft", "-m", "修改稿", edition)
    compared = loop.run("diff", "1", "2", "--edition", edition)
    answered = loop.run("review", "respond", "--edition", edition)
    yield from differs(loop, asked, number, compared, answered)


def differs(
    loop: Loop, asked: Sequence[Wish], number: tuple[str, str], compared: dict, answered: dict
) -> Iterator[str]:
    """Yield what the second draft, the comparison and the answer do not say as they should."""
    first, second = (
        from_json((loop.drafts / n / "document.json").read_text("utf-8")) for n in ("1", "2")
    )
    now = {b.id: run_text(b.inlines) for b in second.blocks() if isinstance(b, Paragraph)}
    was = {b.id: run_text(b.inlines) for b in first.blocks() if isinstance(b, Paragraph)}
    pdf, docx = (plain(loop.drafts / "2" / f"report.{form}") for form in ("pdf", "docx"))
    for wish in asked:
        if now.get(wish.block) != wish.after:
            yield f"{wish.block} does not read as was asked: {now.get(wish.block)}"
        for form, text in (("PDF", pdf), ("DOCX", docx)):
            if "".join(wish.new.split()) not in text:
                yield f"the {form} lacks “{wish.new}”"
    if now.get(number[0]) != was.get(number[0]):
        yield f"the computed number in {number[0]} was overwritten"
    changed = {one["id"]: one for one in compared["blocks"]}
    for wish in asked:
        one = changed.get(wish.block)
        if one is None or not one["opinions"]:
            yield f"the comparison does not trace {wish.block} to an opinion: {one}"
    stray = set(changed) - {wish.block for wish in asked}
    if stray:
        yield f"the comparison tells of blocks that nobody changed: {sorted(stray)}"
    rows = answered["opinions"]
    if sum(answered["counts"].values()) != rows:
        yield f"the response table counts {answered['counts']} of {rows} opinions"
    for name in ("changes.html", "changes.md", "redline.docx"):
        if not (loop.drafts / "diff-1-2" / name).is_file():
            yield f"no {name}"


def plain(path: Path) -> str:
    """Return the text of a finished file by an independent reader, without white space."""
    if path.suffix == ".pdf":
        command = ["pdftotext", "-raw", str(path), "-"]
    else:
        import pypandoc  # noqa: PLC0415

        command = [pypandoc.get_pandoc_path(), "-t", "plain", "--wrap=none", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return "".join(done.stdout.split())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", nargs="?", default="2023")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--keep", type=Path, help="copy the ledger, answer and comparison here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as held:
        loop = copied(Path(held), options.edition)
        wrong = list(play(loop))
        total = sum(seconds for _command, seconds in loop.log)
        for text in wrong:
            print(f"WRONG {text}")
        print(f"{len(loop.log)} commands, {total:.0f} s, {len(wrong)} things wrong")
        if options.keep:
            for name in ("review", f"drafts/{options.edition}/diff-1-2", "returned"):
                shutil.copytree(loop.root / name, options.keep / name, dirs_exist_ok=True)
    return 1 if wrong or total > options.seconds else 0


if __name__ == "__main__":
    sys.exit(main())
