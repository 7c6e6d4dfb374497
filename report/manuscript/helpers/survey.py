"""What the enterprises say: shares of answers, confidence limits, leading answers, groups compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.assessment.results import Entry
from report.document.model import Inline, Number, Structural, Text, Word
from report.document.quantity import Quantity
from report.i18n import _
from report.manuscript.context import Context, Named
from report.manuscript.keys import MissingData, WordingProblem, similar
from report.manuscript.store import Piece

NAME = "企业问卷调查"


class Option(Named):
    """An answer option."""

    __slots__ = ()


class Question(Named):
    """A survey question: prints its short wording."""

    __slots__ = ()

    def __init__(self, context: Context, entry: Entry) -> None:
        super().__init__(context, entry, entry.short or entry.name)

    @property
    def text(self) -> Piece:
        """The question as asked."""
        return self.name

    @property
    def options(self) -> list[Option]:
        """Its answer options."""
        entries = self._context.results.registry.options
        return [Option(self._context, e) for e in entries if e.parent == self.id]


class SurveyThing(Piece):
    """The survey as such: prints its title."""

    __slots__ = ("_context",)

    def __init__(self, context: Context) -> None:
        survey = context.edition.survey
        super().__init__(context.store, Text(survey.title if survey else ""))
        self._context = context

    @property
    def title(self) -> Piece:
        """Its title."""
        return Piece(self._context.store, *self.inlines())

    @property
    def label(self) -> Piece:
        """The label 模拟数据 where the answers are simulated, else nothing."""
        survey = self._context.edition.survey
        simulated = survey is not None and survey.simulated
        return Piece(self._context.store, Text("模拟数据" if simulated else ""))

    @property
    def simulated(self) -> bool:
        """Whether the answers are simulated."""
        survey = self._context.edition.survey
        return survey is not None and survey.simulated

    @property
    def population(self) -> Piece:
        """Whom it asked."""
        survey = self._context.edition.survey
        return Piece(self._context.store, Text(survey.population if survey else ""))

    @property
    def note(self) -> Piece:
        """The note on it."""
        survey = self._context.edition.survey
        return Piece(self._context.store, Text(survey.note if survey else ""))

    @property
    def method(self) -> Piece:
        """How it was made."""
        survey = self._context.edition.survey
        return Piece(self._context.store, Text(survey.method if survey else ""))


class Surveys:
    """Helpers that read the survey."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "survey": self.survey,
            "respondents": self.respondents,
            "top_options": self.top_options,
            "question": self.question,
            "questions_on": self.questions_on,
            "survey_groups": self.survey_groups,
            "survey_compare": self.survey_compare,
        }

    def survey(self, question: Any, option: Any, group: Any = None, *, ci: bool = False) -> Piece:
        """Print the share of answers; with ``ci`` its 95 % confidence interval behind it."""
        context = self._context
        quantity = self._share(question, option, group)
        if not ci:
            return context.number(quantity)
        stem = quantity.key.removeprefix("survey.")
        low, high = (context.quantity(f"survey-{end}.{stem}") for end in ("low", "high"))
        return Piece(
            context.store,
            Number(quantity),
            Text("（"),
            Structural("95%", "confidence level"),
            Text("置信区间"),
            Number(low),
            Text("～"),
            Number(high),
            Text("）"),
        )

    def respondents(self, question: Any = None, group: Any = None) -> Piece:
        """Print the number of answers to a question, or to the one answered most, without a unit."""
        context = self._context
        if question is not None:
            keys = [self._key("survey-n", self._question(question).id, group)]
        else:
            keys = [
                f"survey-n.{q.id}"
                for q in context.results.registry.questions
                if f"survey-n.{q.id}" in context.results
            ]
        if not keys:
            raise MissingData(NAME)
        best = max(keys, key=context.results.number)
        return context.number(context.quantity(best, unit=False))

    def top_options(
        self,
        question: Any,
        k: int | None = 3,
        *,
        group: Any = None,
        values: bool = True,
        without: str = "",
    ) -> Piece:
        """Name the most frequent answers, with their shares; all with ``k=none``, but for ``without``."""
        context = self._context
        entry = self._question(question)
        order = self._order(entry, group)
        if without:
            dropped = self._share(question, without, group).key
            order = [pair for pair in order if pair[1].key != dropped]
        k = len(order) if k is None else k
        kept = [pair for pair in order if pair in order[:k] or _shown(pair) == _shown(order[k - 1])]
        why = "; ".join(context.printed(quantity.key) for _option, quantity in order)
        inlines: list[Inline] = []
        for position, (option, quantity) in enumerate(kept):
            if position:
                inlines.append(Text("和" if position == len(kept) - 1 else "、"))
            inlines.append(Word(f"“{option.name}”", "ranking", (quantity.key,), why))
            if values:
                inlines += [Text("（"), Number(quantity), Text("）")]
        return Piece(context.store, *inlines)

    def question(self, name: Any) -> Question:
        """Return a question by id."""
        return Question(self._context, self._question(name))

    def questions_on(self, dimension: Any) -> list[Question]:
        """Return the questions about a dimension."""
        wanted = self._context.id_of(dimension)
        entries = self._context.results.registry.questions
        return [Question(self._context, e) for e in entries if e.parent == wanted]

    def survey_groups(self, question: Any, option: Any, column: str) -> Piece:
        """Name the groups of a column by the share of an answer, highest first, with the shares."""
        context = self._context
        inlines: list[Inline] = []
        order = self._by_group(question, option, column)
        why = "; ".join(context.printed(quantity.key) for _entry, quantity in order)
        for position, (entry, quantity) in enumerate(order):
            if position:
                inlines.append(Text("和" if position == len(order) - 1 else "、"))
            word = Word(entry.name, "ranking", (quantity.key,), why)
            inlines += [word, Text("（"), Number(quantity), Text("）")]
        return Piece(context.store, *inlines)

    def survey_compare(self, question: Any, option: Any, column: str) -> Piece:
        """Say which group gives an answer most and least, or, where the intervals overlap, the range only.

        Intervals that overlap do not show that there is no difference: nothing is said of it then.
        """
        context = self._context
        order = self._by_group(question, option, column)
        (first, most), (last, least) = order[0], order[-1]
        keys = (most.key, least.key)
        high = context.quantity(f"survey-high.{least.key.removeprefix('survey.')}")
        low = context.quantity(f"survey-low.{most.key.removeprefix('survey.')}")
        why = f"{context.printed(low.key)} vs {context.printed(high.key)}"
        if most.shown == least.shown:
            return context.word("各组相同", "comparison", keys, why)
        inlines: list[Inline]
        if low.value > high.value:
            inlines = [
                Word(f"{first.name}最高", "ranking", keys, why),
                *_bracketed(most),
                Word(f"，{last.name}最低", "ranking", keys, why),
                *_bracketed(least),
                Word("，差异明显", "comparison", (low.key, high.key), why),
            ]
        else:
            text = "之间，置信区间有重叠，不据此判断高低"
            inlines = [
                Text("各组在"),
                Number(least),
                Text("至"),
                Number(most),
                Word(text, "comparison", (low.key, high.key), why),
            ]
        return Piece(context.store, *inlines)

    # ------------------------------------------------------------ looking up

    def _question(self, name: Any) -> Entry:
        entries = self._context.results.registry.questions
        wanted = name.id if isinstance(name, Named) else str(name)
        found = next((e for e in entries if wanted in (e.id, e.short)), None)
        if found is None and not entries:
            raise MissingData(NAME)
        if found is None:
            raise WordingProblem(
                _("no such question: {name}").format(name=wanted),
                similar(wanted, [e.id for e in entries]),
                _("the questions stand in the survey's codebook"),
            )
        return found

    def _key(self, family: str, stem: str, group: Any) -> str:
        base = f"{family}.{stem}"
        if group is None:
            return self._context.key(base)
        registry = self._context.results.registry
        wanted = group.id if isinstance(group, Named) else str(group)
        found = next((g for g in registry.groups if wanted in (g.id, g.name)), None)
        if found is None:
            known = [f"{g.id}（{g.name}）" for g in registry.groups]
            raise WordingProblem(
                _("no such group: {name}").format(name=wanted), similar(wanted, known)
            )
        return self._context.key(f"{base}.{found.id}")

    def _share(self, question: Any, option: Any, group: Any) -> Quantity:
        entry = self._question(question)
        options = [o for o in self._context.results.registry.options if o.parent == entry.id]
        wanted = option.id if isinstance(option, Named) else str(option)
        found = next((o for o in options if wanted in (o.id, o.name)), None)
        if found is None:
            known = [o.id for o in options] + [o.name for o in options]
            raise WordingProblem(
                _("question {question} has no option {option}").format(
                    question=entry.id, option=wanted
                ),
                similar(wanted, known),
            )
        return self._context.quantity(self._key("survey", f"{entry.id}.{found.id}", group))

    def _order(self, entry: Entry, group: Any) -> list[tuple[Entry, Quantity]]:
        options = [o for o in self._context.results.registry.options if o.parent == entry.id]
        found = [(o, self._share(entry.id, o.id, group)) for o in options]
        if not found:
            raise MissingData(NAME)
        return sorted(found, key=lambda pair: -pair[1].value)

    def _by_group(self, question: Any, option: Any, column: str) -> list[tuple[Entry, Quantity]]:
        groups = [g for g in self._context.results.registry.groups if g.parent == column]
        self._question(question)
        if not groups:
            columns = {g.parent for g in self._context.results.registry.groups}
            raise WordingProblem(
                _("no such group column: {name}").format(name=column), similar(column, columns)
            )
        found = [(g, self._share(question, option, g.id)) for g in groups]
        return sorted(found, key=lambda pair: -pair[1].value)


def _bracketed(share: Quantity) -> tuple[Inline, ...]:
    return Text("（"), Number(share), Text("）")


def _shown(pair: tuple[Entry, Quantity]) -> float:
    return pair[1].shown
