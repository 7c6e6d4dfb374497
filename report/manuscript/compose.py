"""Composing: templates and results in, one numbered Document out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import TemplateError as JinjaError

from report.assessment.results import Entry, Results
from report.document.model import (
    Block,
    Contents,
    Decision,
    Document,
    Heading,
    Meta,
    Paragraph,
    Section,
    Text,
)
from report.document.numbering import number
from report.edition.model import Edition
from report.errors import ClaimError, Place, Problem, TemplateError
from report.i18n import _
from report.manuscript.absent import declared_ids, without_absent
from report.manuscript.carry import Earlier, carry
from report.manuscript.context import Context, Named, YearPiece
from report.manuscript.environment import TemplateEnvironment
from report.manuscript.helpers.exhibits import Exhibits, shipped
from report.manuscript.helpers.regions import KINDS
from report.manuscript.ids import IdBook
from report.manuscript.keys import Addresses, data_name
from report.manuscript.manifest import Chapters, Part, load_manifest
from report.manuscript.markdown import BlockReader
from report.manuscript.passages import Passages
from report.manuscript.store import Store
from report.manuscript.vocabulary import Checks, vocabulary

_TITLES = {"toc": "目录", "figures": "图目录", "tables": "表目录"}


def compose(
    edition: Edition,
    results: Results,
    previous: Results | None,
    templates: Path,
    *,
    exhibits: Exhibits | None = None,
    earlier: Earlier | None = None,
) -> Document:
    """Render the templates that ``templates/report.yaml`` lists into one numbered Document.

    Blocks without an id of their own keep the one they had in the ``earlier`` draft, if one is given.

    TemplateError carries every problem that was found in all parts; ClaimError (one of them) the
    claims that the data no longer support, when nothing else is wrong.
    """
    manuscript = _Manuscript(edition, results, previous, templates, exhibits or shipped())
    parts = load_manifest(templates, manuscript.store.root)
    sections = tuple(manuscript.section(part) for part in parts)
    store = manuscript.store
    if store.problems:
        raise TemplateError(_unique([*store.problems, *store.claims]))
    if store.claims:
        raise ClaimError(store.claims)
    declared = declared_ids(templates, results.registry, (part.id for part in parts))
    sections = without_absent(sections, declared)
    document = number(Document(_meta(edition), sections, dict(store.facts), manuscript.decisions()))
    return document if earlier is None else carry(document, manuscript.counted, earlier)


class _Manuscript:
    """Everything that lasts from the first part to the last: store, ids, environment."""

    def __init__(
        self,
        edition: Edition,
        results: Results,
        previous: Results | None,
        templates: Path,
        exhibits: Exhibits,
    ) -> None:
        self.store = Store(templates.name)
        self._ids = IdBook(self.store.problems)
        self._reader = BlockReader(self.store, self._ids)
        self._context = Context(
            edition,
            results,
            previous,
            self.store,
            Addresses.of(results),
            self._reader.inline,
            _years(self.store, edition, results),
        )
        self._checks = Checks(self._context)
        self._environment = TemplateEnvironment(templates, self.store)
        self._environment.speak(vocabulary(self._context, exhibits, self._checks))
        Passages(self._context, self._checks).serve(self._environment)

    @property
    def counted(self) -> frozenset[str]:
        """The ids that were counted, not given in a template."""
        return frozenset(self._ids.made)

    def decisions(self) -> tuple[Decision, ...]:
        """Return what data decided in the templates rendered so far."""
        return self._environment.decisions()

    def section(self, part: Part) -> Section:
        """Render one part."""
        self._ids.start(part.id)
        if part.contents:
            return Section(part.id, part.matter, tuple(self._contents(part)))
        lacking = [name for name in part.needs if not self._checks.has(name)]
        if lacking:
            return Section(part.id, part.matter, tuple(self._left_out(part, lacking)))
        blocks: list[Block] = []
        for one in part.content:
            if isinstance(one, Chapters):
                for name, things in self._chapters(one, part.place):
                    blocks.extend(self._render(name, things, part.place))
            else:
                blocks.extend(self._render(one, {}, part.place))
        return Section(part.id, part.matter, tuple(blocks))

    def _contents(self, part: Part) -> Iterable[Block]:
        for kind in part.contents:
            title = part.title if len(part.contents) == 1 and part.title else _TITLES[kind]
            heading = self._ids.heading(f"{part.id}-{kind}", part.place)
            text = Text(title, part.place)
            yield Heading(heading, 1, (text,), origin=part.place, numbered=False)
            yield Contents(self._ids.next(part.place), kind)  # type: ignore[arg-type]

    def _left_out(self, part: Part, lacking: list[str]) -> Iterable[Block]:
        """Give one line in place of a part whose data the edition lacks."""
        names = "、".join(dict.fromkeys(data_name(name) for name in lacking))
        heading = self._ids.heading(part.id, part.place)
        yield Heading(heading, 1, (Text(part.title or names, part.place),), origin=part.place)
        text = Text(f"（本版报告没有{names}数据，本部分从略。）", part.place)
        yield Paragraph(self._ids.next(part.place), (text,), "notice", part.place)

    def _chapters(self, chapters: Chapters, place: Place) -> Iterable[tuple[str, dict[str, Named]]]:
        entries: tuple[Entry, ...] = getattr(self._context.results.registry, chapters.each)
        word = chapters.each.removesuffix("s")
        for entry in entries:
            thing = KINDS[word](self._context, entry)
            own = chapters.template.replace("{id}", entry.id)
            if self._exists(own):
                yield own, {word: thing}
            elif chapters.otherwise:
                yield chapters.otherwise, {word: thing}
            else:
                self.store.problems.append(
                    Problem(
                        place,
                        _("no template for {name}: {file}").format(name=entry.name, file=own),
                        "",
                        _("write it, or name one for all others with otherwise:"),
                    )
                )

    def _exists(self, name: str) -> bool:
        return (self._environment.folder / name).is_file()

    def _render(self, name: str, things: dict[str, Named], place: Place) -> tuple[Block, ...]:
        """Render one template; problems are noted and the next template goes on."""
        if not self._exists(name):
            self.store.problems.append(
                Problem(place, _("no such template: {name}").format(name=name))
            )
            return ()
        problems = self._environment.names_problems(name, things)
        if problems:
            self.store.problems.extend(problems)
            return ()
        try:
            rendered = self._environment.get_template(name).render(things)
        except (JinjaError, RecursionError, TypeError, ValueError, AttributeError) as error:
            self.store.problems.append(self._environment.problem_of(error, name))
            return ()
        return self._reader.read(rendered, self.store.place_in(name, 1))


def _years(store: Store, edition: Edition, results: Results) -> dict[str, YearPiece]:
    assessed = results.assessment_year
    years = {
        "year": assessed,
        "prev_year": assessed - 1,
        "next_year": assessed + 1,
        "base_year": results.base_year,
        "first_year": edition.first_year,
        "horizon_year": assessed + edition.scenario_horizon,
        "edition_year": edition.date.year,
    }
    return {name: YearPiece(store, value, name) for name, value in years.items()}


def _meta(edition: Edition) -> Meta:
    return Meta(
        edition.id,
        edition.title,
        edition.subtitle,
        edition.notice,
        edition.running_title,
        edition.authors,
        edition.publisher,
        edition.date,
        keywords=("工业互联网", *(dimension.name for dimension in edition.dimensions)),
        charts=edition.charts,
        cover_colour=edition.cover_colour,
    )


def _unique(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
