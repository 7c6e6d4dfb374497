"""Validate YAML data against a shape: every deviation at its line, in words an editor understands."""

from __future__ import annotations

import datetime as dt
import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from report.edition.sources import Sources, listed, nearest
from report.edition.yamls import Yaml
from report.i18n import _

M = TypeVar("M", bound=BaseModel)


def validate(sources: Sources, yaml: Yaml | None, shape: type[M]) -> M | None:
    """Return the file's data in its shape; None after noting every deviation."""
    if yaml is None:
        return None
    try:
        return shape.model_validate(yaml.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(sources, yaml, shape, detail)
    return None


def _note(sources: Sources, yaml: Yaml, shape: type[BaseModel], detail: ErrorDetails) -> None:
    path = detail["loc"]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    kind = detail["type"]
    if kind == "missing":
        sources.add(
            yaml.place(*path[:-1]),
            _("“{key}” is missing").format(key=key),
            _("a line “{key}: …”").format(key=path[-1]),
            _("Add the line."),
        )
        return
    if kind == "extra_forbidden":
        known = keys_at(shape, path[:-1])
        sources.add(
            yaml.place(*path),
            _("unknown key “{key}”").format(key=path[-1]),
            _("one of: {keys}").format(keys=listed(known, 40)),
            nearest(str(path[-1]), known) or _("Mend the key or delete the line."),
        )
        return
    sources.add(
        yaml.place(*path),
        _("{key} is {value}").format(key=key, value=shown(detail["input"]))
        if key
        else _("the file holds {value}").format(value=shown(detail["input"])),
        _expected(kind, detail.get("ctx") or {}),
        _('Quote text that looks like a number or date: "2023".')
        if kind == "string_type" and not isinstance(detail["input"], (list, dict, type(None)))
        else "",
    )


def shown(value: object) -> str:
    """Show a value of a YAML file in a message, shortened."""
    if isinstance(value, dict):
        return _("a block of keys ({keys})").format(keys=listed(map(str, value), 4))
    if isinstance(value, list):
        return _("a list")
    if value is None:
        return _("empty")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, dt.date)):
        return str(value)
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _expected(kind: str, context: dict[str, Any]) -> str:
    words = {
        "string_type": _("text"),
        "string_too_short": _("text"),
        "float_type": _("a number"),
        "finite_number": _("a number"),
        "int_type": _("a whole number"),
        "bool_type": _("true or false"),
        "date_type": _("a date such as 2023-12-15"),
        "list_type": _("a list (lines beginning with “- ”)"),
        "dict_type": _("a block of “key: value” lines"),
        "model_type": _("a block of “key: value” lines"),
        "model_attributes_type": _("a block of “key: value” lines"),
    }
    if kind in words:
        return words[kind]
    if kind == "literal_error":
        return _("one of: {choices}").format(
            choices=context.get("expected", "").replace(" or ", ", ")
        )
    if kind == "string_pattern_mismatch":
        return _pattern(str(context.get("pattern", "")))
    if kind == "string_too_long":
        return _("at most {count} characters").format(count=context["max_length"])
    if kind == "too_short":
        return _("at least {count} entries").format(count=context["min_length"])
    limits = {
        "greater_than_equal": ("≥", "ge"),
        "greater_than": (">", "gt"),
        "less_than_equal": ("≤", "le"),
        "less_than": ("<", "lt"),
    }
    if kind in limits:
        sign, name = limits[kind]
        return _("a number {sign} {limit}").format(sign=sign, limit=context[name])
    return kind.replace("_", " ")


def _pattern(pattern: str) -> str:
    if pattern.startswith("^(#"):
        return _('a colour such as "#1f4e79", in quotes')
    if "https" in pattern:
        return _("an address beginning with https://")
    return _("an id of small letters, digits, - and _")


def keys_at(shape: Any, path: tuple[int | str, ...]) -> list[str]:
    """Return the keys known at ``path`` within a shape."""
    for part in path:
        shape = _inside(shape, part)
    model = next((found for found in _members(shape) if _is_model(found)), None)
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _inside(shape: Any, part: int | str) -> Any:
    for found in _members(shape):
        if get_origin(found) is list and isinstance(part, int):
            return get_args(found)[0]
        if get_origin(found) is dict:
            return get_args(found)[1]
        if _is_model(found) and issubclass(found, RootModel):
            return _inside(found.model_fields["root"].annotation, part)
        if _is_model(found):
            for name, field in found.model_fields.items():
                if part in {name, field.alias}:
                    return field.annotation
    return None


def _members(shape: Any) -> list[Any]:
    """Unwrap Annotated and Optional: the types a value may have."""
    if get_origin(shape) is Annotated:
        return _members(get_args(shape)[0])
    if get_origin(shape) in {Union, types.UnionType}:
        return [member for arg in get_args(shape) for member in _members(arg)]
    return [shape]


def _is_model(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)
