"""The enterprise survey: answers by respondent, checked against their codebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from report.edition.cells import Fault, Raw, number_of, words_of
from report.edition.model import Option, Question, Region, Survey, Zone
from report.edition.shapes import CodebookShape, OptionShape, SurveyFiles
from report.edition.sources import Sources, nearest
from report.edition.tables import Row, Table, letters, read_table
from report.edition.yamls import Yaml
from report.errors import Place
from report.i18n import _

SEPARATOR = "|"
ZONE = "zone"  # the group column made from the respondents' regions


def read_survey(
    sources: Sources,
    path: Path,
    files: SurveyFiles,
    codebook: CodebookShape,
    yaml: Yaml,
    regions: Mapping[str, Region],
    zones: Sequence[Zone],
) -> Survey | None:
    """Read the answers; None after noting that there are none or that the table cannot be used."""
    asked = [question.id for question in codebook.questions]
    grouped = [group.column for group in codebook.groups]
    special = [name for name in (codebook.respondent, codebook.region, codebook.weight) if name]
    _check_codebook(sources, codebook, yaml, zones)
    table = read_table(
        sources, path, sheet=files.sheet, encoding=files.encoding,
        columns=(*special, *grouped, *asked), others=True,
    )  # fmt: skip
    if table is None:
        return None
    _note_unknown_columns(sources, table, {*special, *grouped, *asked, *codebook.ignore})
    if not table.rows:
        sources.add(
            Place.of(table.file, sheet=table.sheet, cell="A2"),
            _("the survey holds no answers"),
            _("one respondent a row"),
            _("Add the answers, or delete “survey:” from edition.yaml for an edition without one."),
        )
        return None
    questions = tuple(
        Question(q.id, q.text, q.short or q.text, q.kind, _options(q.options), q.dimension)
        for q in codebook.questions
    )
    columns: dict[str, tuple[str, ...]] = {}
    for question in questions:
        multiple = question.kind == "multiple"
        columns[question.id] = _answers(
            sources, table, question.id, question.options, multiple=multiple
        )
    groups: dict[str, tuple[Option, ...]] = {}
    names = {group.column: group.name or group.column for group in codebook.groups}
    for group in codebook.groups:
        groups[group.column] = _options(group.options)
        columns[group.column] = _answers(sources, table, group.column, groups[group.column])
    ranges = {name: table.span(name) for name in columns}
    _note_repeated(sources, table, codebook.respondent)
    if codebook.region:
        homes = _regions(sources, table, codebook.region, regions)
        if zones and ZONE not in groups:
            groups[ZONE] = tuple(Option(zone.id, zone.name) for zone in zones)
            columns[ZONE] = tuple(regions[home].zone if home else "" for home in homes)
            ranges[ZONE] = table.span(codebook.region)
            names[ZONE] = "所在区域"
    weights = _weights(sources, table, codebook.weight)
    if codebook.weight:
        ranges[codebook.weight] = table.span(codebook.weight)
    return Survey(
        title=codebook.title,
        simulated=codebook.simulated,
        population=codebook.population,
        note=codebook.note,
        questions=questions,
        groups=groups,
        columns=columns,
        weights=weights,
        ranges=ranges,
        method=codebook.method,
        group_names=names,
    )


def _options(shapes: Sequence[OptionShape]) -> tuple[Option, ...]:
    return tuple(Option(option.id, option.label) for option in shapes)


def _check_codebook(
    sources: Sources, codebook: CodebookShape, yaml: Yaml, zones: Sequence[Zone]
) -> None:
    """Note ids that would share a key: columns, options of a question, categories of all groups."""
    columns: dict[str, Place] = {}
    categories: dict[str, Place] = {}
    if codebook.region and zones and ZONE not in {group.column for group in codebook.groups}:
        categories = dict.fromkeys((zone.id for zone in zones), yaml.place("region"))
        columns[ZONE] = yaml.place("region")
    for n, group in enumerate(codebook.groups):
        _once(sources, columns, group.column, yaml.place("groups", n, "column"))
        for m, option in enumerate(group.options):
            _once(sources, categories, option.id, yaml.place("groups", n, "options", m))
    for n, question in enumerate(codebook.questions):
        _once(sources, columns, question.id, yaml.place("questions", n, "id"))
        options: dict[str, Place] = {}
        labels: dict[str, Place] = {}
        for m, option in enumerate(question.options):
            place = yaml.place("questions", n, "options", m)
            _once(sources, options, option.id, place)
            _once(sources, labels, option.label, place)


def _once(sources: Sources, known: dict[str, Place], name: str, place: Place) -> None:
    if name in known:
        sources.add(
            place,
            _("“{id}” is used again; the first is at {place}").format(id=name, place=known[name]),
            _("each id once"),
            _("Give one of the two another id."),
        )
    known.setdefault(name, place)


def _note_unknown_columns(sources: Sources, table: Table, known: set[str]) -> None:
    header = table.rows[0].number - 1 if table.rows else 1
    for name, at in table.columns.items():
        if name not in known:
            sources.add(
                Place.of(table.file, sheet=table.sheet, cell=f"{letters(at)}{header}"),
                _("the column “{name}” is not in the codebook").format(name=name),
                _("a question or group of the codebook"),
                nearest(name, known)
                or _("Add it to the codebook, there under “ignore:” if unused."),
            )


def _answers(
    sources: Sources,
    table: Table,
    column: str,
    options: Sequence[Option],
    *,
    multiple: bool = False,
) -> tuple[str, ...]:
    """Return a column's answers as option ids; labels are understood, no answer stays empty."""
    ids = {option.id: option.id for option in options}
    meaning = {option.label: option.id for option in options} | ids
    answers: list[str] = []
    for row in table.rows:
        text = table.read(sources, row, column, _answer)
        if isinstance(text, Fault):
            text = ""
        parts = [part.strip() for part in text.split(SEPARATOR)] if multiple else [text]
        chosen: list[str] = []
        for part in parts:
            if part in meaning:
                chosen.append(meaning[part])
            elif part or len(parts) > 1:
                _note_answer(sources, table, row, column, part, list(ids), multiple=multiple)
        if len(set(chosen)) < len(chosen):
            sources.add(
                table.place(row, column),
                _("an option twice in one answer: “{text}”").format(text=text),
                _("each option once"),
            )
        answers.append(SEPARATOR.join(dict.fromkeys(chosen)))
    return tuple(answers)


def _note_answer(
    sources: Sources,
    table: Table,
    row: Row,
    column: str,
    answer: str,
    known: Sequence[str],
    *,
    multiple: bool,
) -> None:
    expected = _("one of: {options}") if not multiple else _("any of: {options}, separated by |")
    sources.add(
        table.place(row, column),
        _("the answer “{answer}” is no option of “{question}”").format(
            answer=answer[:40], question=column
        ),
        expected.format(options=", ".join(known)),
        nearest(answer, known) or _("Mend the answer, or add the option to the codebook."),
    )


def _answer(cell: Raw) -> str | Fault:
    return "" if cell.kind == "empty" else words_of(cell, _("an answer"))


def _weight(cell: Raw) -> float | Fault:
    value = number_of(cell)
    if isinstance(value, Fault):
        return value
    if value is None or value <= 0:
        return Fault(
            _("a weight of {weight}").format(
                weight=_("nothing") if value is None else f"{value:g}"
            ),
            _("a number above 0"),
            _("Mend the weight, or delete the respondent."),
        )
    return value


def _weights(sources: Sources, table: Table, column: str) -> tuple[float, ...]:
    if not column:
        return (1.0,) * len(table.rows)
    found = (table.read(sources, row, column, _weight) for row in table.rows)
    return tuple(1.0 if isinstance(weight, Fault) else weight for weight in found)


def _regions(
    sources: Sources, table: Table, column: str, regions: Mapping[str, Region]
) -> list[str]:
    """Return each respondent's region code, empty where it is not given or not known."""
    codes: list[str] = []
    for row in table.rows:
        code = table.read(sources, row, column, _answer)
        if isinstance(code, str) and code and code not in regions:
            sources.add(
                table.place(row, column),
                _("unknown region “{name}”").format(name=code),
                _("a code of the table of regions"),
                nearest(code, regions),
            )
            code = ""
        codes.append("" if isinstance(code, Fault) else code)
    return codes


def _note_repeated(sources: Sources, table: Table, column: str) -> None:
    first: dict[str, Place] = {}
    for row in table.rows if column else ():
        name, place = table.cell(row, column).text, table.place(row, column)
        if name in first:
            sources.add(
                place,
                _("the respondent “{name}” stands here again; the first is at {place}").format(
                    name=name, place=first[name]
                ),
                _("one row for each respondent"),
                _("Delete one of the two rows."),
            )
        first.setdefault(name, place)
