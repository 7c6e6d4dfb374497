"""Comments on their words: from the ranges of a file to the lines that they stand on."""

from __future__ import annotations

from collections.abc import Sequence

from report.review.changes import Raw, shown
from report.review.comments import Comment
from report.review.paper import Paper


def place_comments(paper: Paper, comments: Sequence[Comment]) -> list[Raw]:
    """Return every comment with the words it stands on; those that stand nowhere have no place."""
    by_id = {comment.id: comment for comment in comments}
    return [_on_words(paper, comment, by_id) for comment in comments]


def _on_words(paper: Paper, comment: Comment, by_id: dict[str, Comment]) -> Raw:
    start = paper.starts.get(comment.id)
    end = paper.ends.get(comment.id)
    reference = paper.references.get(comment.id)
    parent = comment.parent
    if start is None and end is None and reference is None and parent in by_id:
        start, end = paper.starts.get(parent), paper.ends.get(parent)
        reference = paper.references.get(parent)
    begin = start or reference or end
    finish = end or reference or start
    quoted, places, note = "", [], ""
    if begin is not None and finish is not None:
        if finish < begin:
            begin, finish = finish, begin
        words: list[str] = []
        last = min(finish[0], len(paper.lines) - 1)
        for index in range(begin[0], last + 1):
            line = paper.lines[index]
            first = begin[1] if index == begin[0] else 0
            until = finish[1] if index == finish[0] else len(line.pieces)
            held = line.pieces[first:until]
            if index != begin[0] and index == last and not held and finish[1] == 0:
                continue  # the range ends before this paragraph's first word
            words.append(shown([piece for piece in held if piece.original]) or shown(held))
            note = note or ("图" if any(piece.object for piece in held) else "")
            places.append((index, line.offset(first), line.offset(until)))
        quoted = "\n".join(words).strip("\n")
    return Raw(
        "comment",
        comment.author,
        comment.date,
        comment.text,
        quoted,
        tuple(places),
        comment.id,
        parent,
        comment.resolved,
        note,
    )
