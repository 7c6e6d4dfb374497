"""Word's comments: who, when, what, which one they answer, whether they are resolved."""

from __future__ import annotations

from dataclasses import dataclass

from report.output.docx.oxml import Element
from report.review.lines import attribute, local
from report.review.opened import Opened

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as the file keeps it; ``parent`` is the id of the comment it replies to."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""
    resolved: bool = False


def read_comments(opened: Opened) -> tuple[Comment, ...]:
    """Read all comments with their threads."""
    found: list[tuple[Comment, str]] = []  # with the id of the comment's last paragraph
    for name in opened.related("comments"):
        found += [_comment(node) for node in opened.parts[name] if local(node) == "comment"]
    by_paragraph = {paragraph: comment.id for comment, paragraph in found if paragraph}
    parents: dict[str, str] = {}
    done: set[str] = set()
    for name in opened.related("commentsExtended"):
        for node in opened.parts[name].iter(f"{{{_W15}}}commentEx"):
            paragraph = node.get(f"{{{_W15}}}paraId", "")
            comment = by_paragraph.get(paragraph, "")
            if not comment:
                continue
            parent = by_paragraph.get(node.get(f"{{{_W15}}}paraIdParent", ""), "")
            if parent and parent != comment:
                parents[comment] = parent
            if node.get(f"{{{_W15}}}done", "0") in {"1", "true", "on"}:
                done.add(comment)
    return tuple(
        Comment(
            comment.id,
            comment.author,
            comment.date,
            comment.text,
            parents.get(comment.id, ""),
            comment.id in done or parents.get(comment.id, "") in done,
        )
        for comment, _paragraph in found
    )


def _comment(node: Element) -> tuple[Comment, str]:
    paragraphs = [one for one in node.iter() if local(one) == "p"]
    text = "\n".join(_text(one) for one in paragraphs).strip()
    last = paragraphs[-1].get(f"{{{_W14}}}paraId", "") if paragraphs else ""
    date = attribute(node, "date")
    return Comment(attribute(node, "id"), attribute(node, "author"), date, text), last


def _text(paragraph: Element) -> str:
    words: list[str] = []
    for node in paragraph.iter():
        name = local(node)
        if name == "t":
            words.append(node.text or "")
        elif name in {"br", "cr"}:
            words.append("\n")
        elif name == "tab" and local(node.getparent()) == "r":  # type: ignore[arg-type]
            words.append("\t")
        elif name in {"drawing", "pict"}:
            words.append("［图］")
    return "".join(words)
