"""The template language: Jinja in a sandbox, where only words, numbers with keys and blocks are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import SandboxedEnvironment

from report.document.model import Decision, Text
from report.errors import Place, Problem
from report.i18n import _
from report.manuscript.keys import similar
from report.manuscript.origins import OriginExtension
from report.manuscript.store import OBJECT, PLACE, Broken, Printable, Store, Typed, here
from report.manuscript.syntax import explain
from report.manuscript.tags import PassageExtension

_FILTERS = ("first", "last", "length", "count", "reverse", "list")
_TESTS = ("defined", "undefined", "none", "divisibleby", "even", "odd", "in", "==", "!=", "sameas")
_MAX_TEMPLATE = 2_000_000  # bytes; a part is some tens of kilobytes


class Helper:
    """A word of the vocabulary: calls ``function`` and turns what goes wrong into problems."""

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name = name
        self.function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the helper."""
        return self.function(*args, **kwargs)


class TemplateEnvironment(SandboxedEnvironment):
    """One manuscript's environment. Nothing in it calculates, calls methods or leaves the folder."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.store = store  # read by the extensions as soon as they exist
        self.folder = folder.resolve()
        super().__init__(
            loader=_Loader(self.folder),
            undefined=Unknown,
            comment_start_string="{##",
            comment_end_string="##}",
            trim_blocks=False,
            lstrip_blocks=False,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
            finalize=_finalizer(store),
            extensions=(OriginExtension, PassageExtension),
        )
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals.clear()
        self._trees: dict[str, nodes.Template] = {}

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    intercepted_unops = frozenset(("+", "-"))

    def speak(self, vocabulary: Mapping[str, Any]) -> None:
        """Make helpers and objects known to every template."""
        self.globals.update(vocabulary)

    def call_binop(self, _context: Context, operator: str, _left: Any, _right: Any) -> Any:
        """Refuse arithmetic: a computed number would have no address."""
        return self._no_arithmetic(operator)

    def call_unop(self, _context: Context, operator: str, _arg: Any) -> Any:
        """Refuse arithmetic: a computed number would have no address."""
        return self._no_arithmetic(operator)

    def _no_arithmetic(self, operator: str) -> Broken:
        self.store.problems.append(
            Problem(
                here(self.store),
                _("a template calculates: {operator}").format(operator=operator),
                _("numbers come from results through helpers, so that each keeps its address"),
                _("use change, growth, difference, ratio or share"),
            )
        )
        return Broken(self.store)

    def is_safe_callable(self, obj: Any) -> bool:
        """Allow the vocabulary, macros, loop helpers and the tags of the language; nothing else."""
        if isinstance(obj, (Helper, Macro, LoopContext, Undefined, Broken)):
            return True
        owner = getattr(obj, "__self__", None)
        return isinstance(owner, (PassageExtension, LoopContext)) or (
            isinstance(obj, Printable) and callable(obj)
        )

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Hide everything private, and the attributes of Python's own types."""
        return super().is_safe_attribute(obj, attr, value) and not isinstance(
            obj, (str, int, float, tuple, list, dict, Helper)
        )

    def names_problems(self, name: str, also: Iterable[str] = ()) -> list[Problem]:
        """List syntax errors and unknown words of a template, also in passages that do not run."""
        try:
            tree = self._tree(name)
        except (TemplateSyntaxError, TemplateNotFound, SecurityError) as error:
            return [self.problem_of(error, name)]
        names = list(tree.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)))
        known = {*self.globals, *also, "loop", "caller", "varargs", "kwargs"}
        for node in names:
            known |= _bound(node)
        return [
            Problem(
                self.store.place_in(name, node.lineno),
                _("unknown word in a template: {name}").format(name=node.name),
                similar(node.name, self.globals),
                _("see the list of words in docs/templates.zh-CN.md"),
            )
            for node in names
            if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known
        ]

    def decisions(self) -> tuple[Decision, ...]:
        """Return what was decided by data while rendering, with the lines that each decision governs."""
        found: dict[tuple[str, int, int], dict[str, None]] = {}
        spans: dict[str, list[tuple[int, int]]] = {}
        for (name, line), keys in self.store.decided.items():
            if name not in spans:
                spans[name] = list(governed(self._tree(name)))
            last = max((end for start, end in spans[name] if start == line), default=line)
            found.setdefault((name, line, last), {}).update(keys)
        return tuple(
            Decision(f"{self.store.root}/{name}", line, last, tuple(keys))
            for (name, line, last), keys in sorted(found.items())
            if keys
        )

    def _tree(self, name: str) -> nodes.Template:
        """Parse a template once."""
        if name not in self._trees:
            assert self.loader is not None
            source, _file, _fresh = self.loader.get_source(self, name)
            self._trees[name] = self.parse(source, name)
        return self._trees[name]

    def problem_of(self, error: Exception, name: str) -> Problem:
        """Turn an error of Jinja into a problem with the template line it came from."""
        if isinstance(error, TemplateSyntaxError):
            known = error.name if error.name and "<" not in error.name else name
            place = self.store.place_in(known, error.lineno)
            return Problem(place, *explain(str(error.message)))
        place = self._raised_at(error) or self.store.place_in(name, 0)
        if isinstance(error, TemplateNotFound):
            found = _("no such template: {name}").format(name=error.name or error.message)
            return Problem(
                place, found, "", _("templates are named from the templates' folder down")
            )
        return Problem(place, str(error) or type(error).__name__)

    def _raised_at(self, error: Exception) -> Place | None:
        """Find the innermost template line of a traceback as Jinja rewrites it."""
        place, trace = None, error.__traceback__
        while trace is not None:
            known = trace.tb_frame.f_globals
            if "__jinja_exception__" in known:
                path = Path(known["__file__"])
                name = path.relative_to(self.folder) if path.is_absolute() else path
                place = self.store.place_in(name.as_posix(), trace.tb_lineno)
            trace = trace.tb_next
        return place


def governed(tree: nodes.Node) -> Iterator[tuple[int, int]]:
    """Yield the lines on which a loop or condition of a template begins, and those on which it ends."""
    for node in tree.find_all((nodes.For, nodes.If, nodes.CallBlock, nodes.Block)):
        start: int | None = node.lineno
        if start is None:  # made by an extension
            continue
        end = max((_last_line(one) for one in node.find_all(nodes.Node)), default=0)
        yield start, max(start, end)
        if isinstance(node, nodes.If):  # what an elif decides, the else behind it hangs on too
            yield from ((other.lineno, end) for other in node.elif_)


def _last_line(node: nodes.Node) -> int:
    """Return the line a node ends on, as far as it is known; 0 for one that an extension made."""
    start: int | None = node.lineno
    text = node.data if isinstance(node, nodes.TemplateData) else ""
    return (start or 0) + text.count("\n")


def _bound(node: nodes.Node) -> set[str]:
    """Return the names that a node of a template gives a meaning to."""
    if isinstance(node, nodes.Macro):
        return {node.name}
    if isinstance(node, nodes.Import):
        return {node.target}
    if isinstance(node, nodes.FromImport):
        return {one if isinstance(one, str) else one[1] for one in node.names}
    if isinstance(node, nodes.Name) and node.ctx != "load":
        return {node.name}
    return set()


class _Loader(FileSystemLoader):
    """Templates of one folder, in UTF-8; never a file outside of it, not through a link either."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), encoding="utf-8")
        self._folder = folder

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = (self._folder / template).resolve()
        if not path.is_relative_to(self._folder):
            raise TemplateNotFound(template)
        if path.is_file() and path.stat().st_size > _MAX_TEMPLATE:
            raise TemplateSyntaxError(_("the template is too large"), 1, template)
        try:
            source, file, fresh = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise TemplateSyntaxError(_("the template is not in UTF-8"), line, template) from None
        return source.removeprefix("\ufeff"), file, fresh


def _finalizer(store: Store) -> Callable[[Context, Any], str]:
    """Make the function that decides what may be printed."""

    @pass_context
    def finalize(_context: Context, value: Any) -> str:
        if isinstance(value, Printable):
            return str(value)
        if isinstance(value, str):
            # Macros and set-blocks come as rendered text, known by their marks.
            return value if PLACE.search(value) else _static(store, value)
        if isinstance(value, Undefined):
            store.problems.append(
                Problem(here(store), value._undefined_message)  # noqa: SLF001 - Jinja's message
            )
            return str(Broken(store))
        if isinstance(value, (bool, int, float)) or value is None:
            found = _("a bare value is printed: {value}").format(value=value)
            remedy = _("print numbers through a helper: n(…), count(…), serial(…)")
        elif isinstance(value, (Helper, Macro)):
            found = _("the word {name} is printed without its brackets").format(
                name=getattr(value, "name", "")
            )
            remedy = _("write brackets after it: {name}(…)").format(name=getattr(value, "name", ""))
        else:
            found = _("this cannot be printed: {kind}").format(kind=type(value).__name__)
            remedy = _("print one of its parts, or go through it with {% for %}")
        problem = Problem(here(store), found, "", remedy)
        before = store.problems[-1] if store.problems else None
        if before is None or (before.place, before.remedy) != (problem.place, remedy):
            store.problems.append(problem)  # once for a loop
        return str(Broken(store))

    return finalize


def _static(store: Store, value: str) -> str:
    """Keep typed strings as static text (never Markdown), and the objects joined to them."""
    parts: list[str] = []
    end = 0
    for match in OBJECT.finditer(value):
        if value[end : match.start()]:
            parts.append(str(Typed(store, Text(value[end : match.start()]))))
        parts.append(match.group())
        end = match.end()
    if value[end:]:
        parts.append(str(Typed(store, Text(value[end:]))))
    return "".join(parts)


class Unknown(StrictUndefined):
    """An undefined name or attribute: the message names what is there instead."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if isinstance(self._undefined_obj, Printable) and isinstance(name, str):
            known = [a for a in dir(type(self._undefined_obj)) if not a.startswith("_")]
            message = _("no such property: .{name}").format(name=name)
            return f"{message}; {similar(name, known)}".rstrip("; ")
        return str(super()._undefined_message)
