"""The archive of drafts: ``drafts/<edition>/<n>/``, written once, read-only, every file known by its hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from report.document import store as document_store
from report.document.model import Document
from report.errors import OutputError, Place, Problem
from report.i18n import _
from report.manuscript.carry import Earlier
from report.project import Project
from report.review.blocks import damaged, earlier_of, load_object, read_manifest
from report.review.model import BlockEntry, Draft

ABOUT = "draft.json"
FORMAT = "iireport-draft"
INPUTS = "inputs"
DOCX = "report.docx"
_LARGEST = 16_000_000


def drafts_folder(project: Project, edition: str) -> Path:
    """Return the folder of an edition's drafts."""
    return project.root / "drafts" / edition


def read_drafts(project: Project, edition: str) -> tuple[Draft, ...]:
    """Return an edition's archived drafts, the oldest first."""
    folder = drafts_folder(project, edition)
    numbers = sorted(int(one.name) for one in _numbered(folder))
    return tuple(read_draft(folder / str(number)) for number in numbers)


def editions_with_drafts(project: Project) -> tuple[str, ...]:
    """Name the editions that have an archived draft."""
    root = project.root / "drafts"
    if not root.is_dir():
        return ()
    return tuple(sorted(one.name for one in root.iterdir() if any(_numbered(one))))


def _numbered(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for one in folder.iterdir():
            if one.name.isdecimal() and (one / ABOUT).is_file():
                yield one


def find_draft(project: Project, edition: str, wanted: str = "") -> Draft:
    """Return the draft of a number or id; the last one where ``wanted`` is empty. OutputError if none."""
    known = read_drafts(project, edition)
    for draft in reversed(known):
        if wanted in {"", str(draft.number), draft.id}:
            return draft
    found = (
        _("There is no draft “{name}” of this edition.").format(name=wanted)
        if wanted
        else _("This edition has no draft yet.")
    )
    raise OutputError(
        Problem(
            Place.of(f"drafts/{edition}"),
            found,
            ", ".join(str(draft.number) for draft in known),
            _("Make one with: iireport draft {edition}").format(edition=edition),
        )
    )


def read_draft(folder: Path) -> Draft:
    """Read what an archived draft says of itself; OutputError when that is damaged."""
    place = f"{folder.parent.name}/{folder.name}/{ABOUT}"
    try:
        path = folder / ABOUT
        with path.open(encoding="utf-8") as source:
            raw = load_object(source.read(_LARGEST + 1), FORMAT, _LARGEST)
        hashes = _texts(raw["files"])
        return Draft(
            str(raw["edition"]),
            int(folder.name),
            str(raw["id"]),
            folder,
            str(raw["title"]),
            str(raw["note"]),
            str(raw["created"]),
            tuple(hashes),
            hashes,
            _texts(raw["inputs"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(place, error) from None


def _texts(raw: Any) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise TypeError("mapping")
    for name, value in raw.items():
        path = PurePosixPath(name)
        if not isinstance(value, str) or path.is_absolute() or ".." in path.parts or "\\" in name:
            raise ValueError(name)
    return dict(raw)


# ---------------------------------------------------------------- reading what is archived


def draft_document(draft: Draft) -> Document:
    """Return the archived Document."""
    file = f"{draft.edition}/{draft.number}/document.json"
    try:
        text = (draft.folder / "document.json").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(file, error) from None
    return document_store.from_json(text, file)


def draft_blocks(draft: Draft) -> tuple[BlockEntry, ...]:
    """Return the archived block manifest in reading order."""
    return read_manifest(draft.folder)[0]


def draft_input(draft: Draft, path: str) -> bytes:
    """Return an input or template as it was when the draft was made; ``path`` is the project's."""
    if path not in draft.inputs:
        raise OutputError(
            Problem(
                Place.of(path),
                _("The draft {number} was made without this file.").format(number=draft.number),
            )
        )
    try:
        return (draft.folder / INPUTS / path).read_bytes()
    except OSError as error:
        raise damaged(path, error) from None


def earlier_blocks(draft: Draft) -> Earlier:
    """Return the ids that the next draft has to carry on."""
    entries, retired = read_manifest(draft.folder)
    return earlier_of(entries, draft_document(draft), retired)


# ---------------------------------------------------------------- writing


def draft_id(edition: str, number: int, document: str) -> str:
    """Return the id a draft carries in its Word file: edition, number and a digest of its content."""
    return f"{edition}-{number}-{hashlib.sha256(document.encode()).hexdigest()[:8]}"


def seal(folder: Path, draft: Draft) -> Draft:
    """Write ``draft.json`` with the hash of every file in ``folder``, and make all of them read-only."""
    hashes = {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ABOUT
    }
    described = {
        "format": FORMAT,
        "edition": draft.edition,
        "number": draft.number,
        "id": draft.id,
        "title": draft.title,
        "note": draft.note,
        "created": draft.created or now(),
        "inputs": dict(sorted(draft.inputs.items())),
        "files": hashes,
    }
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    (folder / ABOUT).write_text(text, encoding="utf-8", newline="\n")
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    return replace(draft, hashes=hashes, files=tuple(hashes), created=str(described["created"]))


def discard(folder: Path) -> None:
    """Remove an unfinished draft, read-only files included."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)


def now() -> str:
    """Return the time in UTC, or the one that SOURCE_DATE_EPOCH asks for."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = (
        dt.datetime.fromtimestamp(int(epoch), dt.UTC)
        if epoch.isdecimal()
        else dt.datetime.now(dt.UTC)
    )
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


# ---------------------------------------------------------------- verifying


def verify(draft: Draft) -> tuple[Problem, ...]:
    """Compare every file of the archive with its hash: changed, missing and added ones are told."""
    problems: list[Problem] = []
    shown = f"drafts/{draft.edition}/{draft.number}"
    remedy = _("Restore the archive from a backup; a draft that went out must not change.")
    for name, wanted in draft.hashes.items():
        path = draft.folder / name
        if not path.is_file():
            problems.append(
                Problem(Place.of(f"{shown}/{name}"), _("The file is missing."), "", remedy)
            )
        elif sha256(path.read_bytes()) != wanted:
            problems.append(
                Problem(Place.of(f"{shown}/{name}"), _("The file was changed."), "", remedy)
            )
    problems += _added(draft, shown, draft.hashes)
    for name, wanted in draft.inputs.items():
        if draft.hashes.get(f"{INPUTS}/{name}") != wanted:
            problems.append(
                Problem(
                    Place.of(f"{shown}/{ABOUT}"),
                    _("The copy of {file} is not the one the draft was made from.").format(
                        file=name
                    ),
                    "",
                    remedy,
                )
            )
    try:
        document = (draft.folder / "document.json").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        document = ""
    if draft.id != draft_id(draft.edition, draft.number, document):
        problems.append(
            Problem(
                Place.of(f"{shown}/{ABOUT}"),
                _("The draft's id does not fit its content."),
                "",
                remedy,
            )
        )
    return tuple(problems)


def _added(draft: Draft, shown: str, known: Mapping[str, str]) -> Iterator[Problem]:
    for path in sorted(draft.folder.rglob("*")):
        name = path.relative_to(draft.folder).as_posix()
        if path.is_file() and name != ABOUT and name not in known:
            yield Problem(
                Place.of(f"{shown}/{name}"),
                _("The file does not belong to the draft."),
                "",
                _("Move it elsewhere."),
            )
