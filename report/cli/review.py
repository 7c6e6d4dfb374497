"""``iireport review``: import what reviewers returned, list their opinions, answer them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.cli.help import Command, Group
from report.cli.review_apply import apply_command
from report.cli.review_decide import decide_command
from report.i18n import _, ngettext
from report.project import DEFAULT_EDITION, Project, find_project

if TYPE_CHECKING:
    from report.review.ledger import Ledger
    from report.review.model import Opinion


def command() -> click.Command:
    """Describe the group of commands in the user's language."""
    group = Group(
        name="review",
        help=_(
            "Take in what reviewers returned, and answer it.\n\n"
            "The opinions stand in review/EDITION/ledger.xlsx, and as text in ledger.yaml; edit "
            "either, the program brings them together."
        ),
        short_help=_("Import reviewers' files, list opinions, answer them."),
        example="iireport review import returned/*.docx",
    )
    for one in (
        _import_command(),
        _list_command(),
        decide_command(),
        apply_command(),
        _respond_command(),
    ):
        group.add_command(one)
    return group


def _edition() -> click.Option:
    return click.Option(
        ["--edition"], default=DEFAULT_EDITION, help=_("The edition (else the default one).")
    )


def _json() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help=_("Print one JSON object."))


def _import_command() -> click.Command:
    return Command(
        name="import",
        help=_(
            "Read comments and changes from returned Word files into the ledger.\n\n"
            "Changes made without tracking are found by comparing with the draft. Importing a file "
            "again adds nothing. A folder stands for all Word files in it."
        ),
        short_help=_("Read returned Word files into the ledger."),
        example='iireport review import 某企业.docx --from "某企业"',
        callback=_import,
        params=[
            click.Argument(["files"], nargs=-1, required=True, type=click.Path(path_type=Path)),
            click.Option(
                ["--from", "source"], default="", help=_("Who sent them (else each author's name).")
            ),
            click.Option(
                ["--draft"],
                default="",
                help=_("The draft they were made from, if they do not say."),
            ),
            _edition(),
            _json(),
        ],
    )


def _list_command() -> click.Command:
    return Command(
        name="list",
        help=_("List the opinions in the ledger; edits made in Excel or in the text are taken in."),
        short_help=_("List the opinions."),
        example="iireport review list --open",
        callback=_list,
        params=[
            click.Option(["--open", "only_open"], is_flag=True, help=_("Only those undecided.")),
            _edition(),
            _json(),
        ],
    )


def _respond_command() -> click.Command:
    return Command(
        name="respond",
        help=_(
            "Write the response table 征求意见汇总处理表 as Word and Excel.\n\n"
            "It is refused while an opinion lacks a disposition, or an accepted one shows no actual "
            "change at its place since the draft it was made on."
        ),
        short_help=_("Write the table that answers every opinion."),
        example="iireport review respond",
        callback=_respond,
        params=[_edition(), _json()],
    )


def _project(edition: str) -> tuple[Project, str]:
    folder = find_project(Path.cwd()).edition(edition)
    return find_project(folder), folder.resolve().name


def _import(
    files: tuple[Path, ...], source: str, draft: str, edition: str, *, as_json: bool
) -> None:
    from report.review.importing import files_in, import_files  # noqa: PLC0415

    project, name = _project(edition)
    done = import_files(project, name, files_in(files), source=source, draft=draft)
    if as_json:
        _print(
            {
                "ok": True,
                "files": [
                    {
                        "name": one.name, "draft": one.draft, "marks": one.marks,
                        "added": one.added, "unplaced": one.unplaced, "known": one.known,
                    }
                    for one in done.files
                ],
                "opinions": len(done.ledger.opinions),
                "conflicts": len(done.ledger.conflicts),
            }
        )  # fmt: skip
        return
    for one in done.files:
        if one.known:
            click.echo(_("{file}: imported before, nothing added").format(file=one.name))
            continue
        line = ngettext(
            "{file} (draft {draft}): {count} mark, {added} added to the ledger",
            "{file} (draft {draft}): {count} marks, {added} added to the ledger",
            one.marks,
        )
        click.echo(line.format(file=one.name, draft=one.draft, count=one.marks, added=one.added))
        if one.unplaced:
            click.echo(_("  {count} could not be placed; see 定位").format(count=one.unplaced))
    _tell(done.ledger)


def _list(edition: str, *, only_open: bool, as_json: bool) -> None:
    from report.review.ledger import ledger_folder, load, locked, save  # noqa: PLC0415

    project, name = _project(edition)
    folder = ledger_folder(project, name)
    with locked(folder):
        ledger = load(folder)
        if ledger.opinions:
            save(folder, ledger)
    shown = [one for one in ledger.opinions if not (only_open and one.disposition.verdict)]
    if as_json:
        from report.review.fields import to_row  # noqa: PLC0415

        rows = [to_row(one) for one in shown]
        _print({"ok": True, "opinions": rows, "conflicts": len(ledger.conflicts)})
        return
    for one in shown:
        click.echo(_line(one))
    decided = sum(bool(one.disposition.verdict) for one in ledger.opinions)
    click.echo(
        _("{total} opinions, {decided} decided").format(total=len(ledger.opinions), decided=decided)
    )
    _tell(ledger)


def _line(one: Opinion) -> str:
    group = f" ≡{one.group}" if one.group and one.group != one.number else ""
    text = " ".join(one.opinion.split())
    text = text if len(text) <= 60 else text[:59] + "…"
    verdict = one.disposition.verdict or "—"
    return f"{one.number:>4}{group}  [{verdict}] {one.source} · {one.part} {one.place} · {text}"


def _respond(edition: str, *, as_json: bool) -> None:
    from report.review.respond import respond  # noqa: PLC0415

    project, name = _project(edition)
    response, files = respond(project, name)
    shown = [project.shown(path) for path in files]
    if as_json:
        counts = dict(zip(("采纳", "部分采纳", "不采纳"), response.total.verdicts, strict=True))
        _print({"ok": True, "files": shown, "opinions": response.total.total, "counts": counts})
        return
    click.echo(
        _("{count} opinions answered: {files}").format(
            count=response.total.total, files=", ".join(shown)
        )
    )


def _tell(ledger: Ledger) -> None:
    for one in ledger.conflicts:
        click.echo(
            _("Opinion {number}: “{field}” was changed in both files; see the sheet 冲突").format(
                number=one.number, field=one.field
            ),
            err=True,
        )
    for number, field in ledger.restored:
        click.echo(
            _("Opinion {number}: {field} was put back").format(
                number=number, field=field or _("its row")
            ),
            err=True,
        )


def _print(described: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
