"""The Document as JSON and back: exact both ways, every shape checked on the way in."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import types
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from figures.spec import FigureSpec, Point, Series
from report.document import model
from report.document.quantity import Quantity
from report.errors import OutputError, Place, Problem
from report.i18n import _

FORMAT = "iireport-document"
VERSION = 1
LARGEST = 64_000_000  # characters; the default edition has three million
_DEEPEST = 60  # nesting of values; a call-out in a list in a claim needs about twenty

_CLASSES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(
            thing
            for thing in vars(model).values()
            if dataclasses.is_dataclass(thing) and thing.__module__ == model.__name__
        ),
        FigureSpec,
        Point,
        Place,
        Quantity,
        Series,
    )
    if isinstance(kind, type)
}


def to_json(document: model.Document) -> str:
    """Write the document as JSON; fields that have their default value are left out.

    OutputError when a value cannot be kept exactly (an object of no known class, a number that is not finite).
    """
    described = {"format": FORMAT, "version": VERSION, "document": _encode(document)}
    return json.dumps(described, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def from_json(text: str, file: str = "document.json") -> model.Document:
    """Read what ``to_json`` wrote; OutputError says where a damaged or foreign file departs from it."""
    if len(text) > LARGEST:
        raise _refusal(file, _("the file is too large"))
    try:
        described = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _refusal(file, _("not JSON: {reason}").format(reason=error)) from None
    if not isinstance(described, dict) or described.get("format") != FORMAT:
        raise _refusal(file, _("not a document made by this program"))
    if described.get("version") != VERSION:
        raise _refusal(
            file, _("made by another version: {version}").format(version=described.get("version"))
        )
    try:
        found = _decode(described.get("document"), model.Document, "document", 0)
    except _MismatchError as error:
        raise _refusal(file, str(error)) from None
    assert isinstance(found, model.Document)
    return found


class _MismatchError(ValueError):
    """A value is not of the shape its field has."""


def _refusal(file: str, found: str) -> OutputError:
    return OutputError(
        Problem(
            Place.of(file),
            found,
            _("a document as “iireport draft” archives it"),
            _("take the file from the archive again"),
        )
    )


def _no_constant(name: str) -> float:
    raise ValueError(name)


# ---------------------------------------------------------------- writing


def _encode(value: object) -> Any:
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise OutputError(Problem(None, _("a number is not finite")))
            return float(value)
        case dt.date():
            return value.isoformat()
        case tuple():
            return [_encode(each) for each in value]
        case Mapping():
            return {str(key): _loose(each) for key, each in value.items()}
        case _:
            pass
    name = type(value).__name__
    if _CLASSES.get(name) is not type(value):
        raise OutputError(
            Problem(None, _("an object of an unknown class: {name}").format(name=name))
        )
    encoded: dict[str, Any] = {"is": name}
    for field in dataclasses.fields(value):  # type: ignore[arg-type]
        held = getattr(value, field.name)
        if not _is_default(field, held):
            encoded[field.name] = _encode(held)
    return encoded


def _is_default(field: dataclasses.Field[Any], held: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return type(held) is type(field.default) and held == field.default
    if field.default_factory is not dataclasses.MISSING:
        return bool(held == field.default_factory())
    return False


def _loose(value: object) -> Any:
    """Encode a value of a free mapping, in which tuples and lists must stay apart."""
    match value:
        case tuple():
            return {"tuple": [_loose(each) for each in value]}
        case list():
            return {"list": [_loose(each) for each in value]}
        case Mapping():
            return {"mapping": {str(key): _loose(each) for key, each in value.items()}}
        case _:
            return _encode(value)


# ---------------------------------------------------------------- reading


def _decode(value: Any, wanted: Any, where: str, depth: int) -> Any:
    """Return ``value`` as the type ``wanted``; ``where`` names it in messages."""
    if depth > _DEEPEST:
        raise _MismatchError(_("{where}: nested too deep").format(where=where))
    origin = typing.get_origin(wanted)
    if origin in (typing.Union, types.UnionType):
        return _one_of(value, typing.get_args(wanted), where, depth)
    if origin is typing.Literal:
        if value in typing.get_args(wanted) and isinstance(value, str):
            return value
        raise _wrong(where, value)
    if origin is tuple:
        return _tuple(value, typing.get_args(wanted), where, depth)
    if origin is Mapping:
        if not isinstance(value, dict):
            raise _wrong(where, value)
        inner = typing.get_args(wanted)[1]
        return {
            key: _free(each, f"{where}.{key}", depth + 1)
            if inner is object
            else _decode(each, inner, f"{where}.{key}", depth + 1)
            for key, each in value.items()
        }
    if dataclasses.is_dataclass(wanted):
        return _object(value, typing.cast("type", wanted), where, depth)
    return _plain(value, wanted, where)


def _plain(value: Any, wanted: Any, where: str) -> Any:
    if wanted is type(None) and value is None:
        return None
    if wanted is bool and isinstance(value, bool):
        return value
    if wanted is str and isinstance(value, str):
        return value
    if wanted is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if wanted is float and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if wanted is dt.date and isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise _wrong(where, value) from None
    raise _wrong(where, value)


def _one_of(value: Any, choices: tuple[Any, ...], where: str, depth: int) -> Any:
    if isinstance(value, dict) and "is" in value:
        for choice in choices:
            if dataclasses.is_dataclass(choice) and choice.__name__ == value["is"]:  # type: ignore[union-attr]
                return _object(value, typing.cast("type", choice), where, depth)
        raise _wrong(where, value["is"])
    for choice in choices:
        if not dataclasses.is_dataclass(choice):
            try:
                return _decode(value, choice, where, depth + 1)
            except _MismatchError:
                continue
    raise _wrong(where, value)


def _tuple(value: Any, held: tuple[Any, ...], where: str, depth: int) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(where, value)
    if len(held) == 2 and held[1] is Ellipsis:
        return tuple(
            _decode(each, held[0], f"{where}[{index}]", depth + 1)
            for index, each in enumerate(value)
        )
    if len(held) != len(value):
        raise _wrong(where, value)
    return tuple(
        _decode(each, kind, f"{where}[{index}]", depth + 1)
        for index, (each, kind) in enumerate(zip(value, held, strict=True))
    )


def _object(value: Any, kind: type, where: str, depth: int) -> Any:
    if not isinstance(value, dict) or value.get("is") != kind.__name__:
        raise _wrong(where, value)
    hints = _hints(kind)
    unknown = set(value) - set(hints) - {"is"}
    if unknown:
        raise _wrong(where, ", ".join(sorted(unknown)))
    given = {
        name: _decode(each, hints[name], f"{where}.{name}", depth + 1)
        for name, each in value.items()
        if name != "is"
    }
    try:
        return kind(**given)
    except TypeError:
        raise _MismatchError(_("{where}: a field is missing").format(where=where)) from None


def _free(value: Any, where: str, depth: int) -> Any:
    """Decode a value of a free mapping."""
    if depth > _DEEPEST:
        raise _MismatchError(_("{where}: nested too deep").format(where=where))
    match value:
        case {"tuple": list(held)} if len(value) == 1:
            return tuple(_free(each, where, depth + 1) for each in held)
        case {"list": list(held)} if len(value) == 1:
            return [_free(each, where, depth + 1) for each in held]
        case {"mapping": dict(held)} if len(value) == 1:
            return {key: _free(each, where, depth + 1) for key, each in held.items()}
        case None | bool() | int() | float() | str():
            return value
        case _:
            raise _wrong(where, value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _wrong(where: str, value: object) -> _MismatchError:
    shown = str(value)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return _MismatchError(
        _("{where}: not what belongs there: {found}").format(where=where, found=shown)
    )
