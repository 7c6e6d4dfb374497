"""Cells of tables as read, and what they mean: a number, a year, a text, nothing, or a problem."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from report.i18n import _

Kind = Literal["empty", "text", "number", "date", "bool", "error", "formula"]

# What stands in a value cell of a prepared table until the figure is known.
TO_FILL = "待填"
_TO_FILL = {TO_FILL, "待填写", "待补", "todo", "tbd"}

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[-+]?\d{1,3}([,，\s'’]\d{3})+(\.\d+)?", re.ASCII)
_DASHES = {"-", "--", "—", "——", "–", "/", "...", "…", "……", "*", ".", "x"}
_NOT_NUMBERS = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "null", "none", "na", "n/a"}
_MISSING_WORDS = {"缺失", "无", "暂无", "未公布", "空"}


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as its file holds it: its text, and what kind of cell it is."""

    text: str
    kind: Kind = "text"
    number: float | None = None


EMPTY = Raw("", "empty")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell does not mean what its column asks for."""

    found: str
    expected: str
    remedy: str


def is_to_fill(cell: Raw) -> bool:
    """Tell whether the cell waits for its figure."""
    return cell.kind == "text" and cell.text.strip().lower() in _TO_FILL


def text_of(text: str) -> Raw:
    """Make the cell of a text file (which knows no kinds of cells)."""
    stripped = text.strip()
    return Raw(stripped) if stripped else EMPTY


def number_of(cell: Raw) -> float | Fault | None:
    """Read a number; None where the cell is empty (the figure is missing)."""
    if cell.kind == "empty":
        return None
    if fault := _bad_kind(cell, _("a number, or nothing where the figure is missing")):
        return fault
    if cell.number is not None:
        return cell.number
    return _number_in(cell.text.strip())


def year_of(cell: Raw) -> int | Fault:
    """Read a year such as 2022."""
    expected = _("a year such as 2022")
    if cell.kind == "empty":
        return Fault(_("the cell is empty"), expected, _("Write the year."))
    if fault := _bad_kind(cell, expected):
        return fault
    text = cell.text.strip()
    if re.fullmatch(r"(19|20|21)\d\d", text, re.ASCII):
        return int(text)
    return Fault(
        _("“{text}” in a year cell").format(text=_short(text)),
        expected,
        _("Write four digits only."),
    )


def words_of(cell: Raw, expected: str) -> str | Fault:
    """Read a text; an empty one is a fault that names what was expected."""
    if cell.kind == "empty":
        return Fault(_("the cell is empty"), expected, _("Fill the cell, or delete the row."))
    return _bad_kind(cell, expected) or cell.text.strip()


def _bad_kind(cell: Raw, expected: str) -> Fault | None:
    """Say what is wrong with a cell that holds neither a number nor a text."""
    if cell.kind == "error":
        return Fault(
            _("the Excel error {error}").format(error=cell.text),
            expected,
            _("Mend the formula, or put the figure in its place."),
        )
    if cell.kind == "formula":
        return Fault(
            _("a formula without a computed value: {formula}").format(formula=_short(cell.text)),
            expected,
            _("Open the file in Excel and save it, or paste the values."),
        )
    if cell.kind == "date":
        return Fault(
            _("a date ({date})").format(date=cell.text),
            expected,
            _("Set the cell's format to “General” and write the figure again."),
        )
    if cell.kind == "bool":
        return Fault(_("a logical value ({value})").format(value=cell.text), expected, "")
    return None


def _number_in(text: str) -> float | Fault:
    expected = _("a number such as 1234.5, or nothing where the figure is missing")
    if _NUMBER.fullmatch(text):
        value = float(text)
        if math.isfinite(value):
            return value
        return Fault(_("the number “{text}” is too large").format(text=_short(text)), expected, "")
    lower = text.lower()
    wide = unicodedata.normalize("NFKC", text).strip()
    if text.startswith("#") and text.rstrip("!?").isupper():
        found, remedy = (
            _("the Excel error {error}").format(error=_short(text)),
            _("Mend the formula, or put the figure in its place."),
        )
    elif text.startswith("="):
        found, remedy = (
            _("a formula in a text file: {formula}").format(formula=_short(text)),
            _("Put the computed figure in its place; formulae are never evaluated."),
        )
    elif lower in _NOT_NUMBERS or text in _DASHES or text in _MISSING_WORDS:
        found, remedy = (
            _("“{text}” where a number belongs").format(text=text),
            _("Leave the cell empty where the figure is missing."),
        )
    elif _GROUPED.fullmatch(wide):
        found, remedy = (
            _("a number with thousands separators: “{text}”").format(text=_short(text)),
            _("Write {number} without separators.").format(number=re.sub(r"[^\d.+-]", "", wide)),
        )
    elif wide != text and _NUMBER.fullmatch(wide):
        found, remedy = (
            _("full-width digits: “{text}”").format(text=_short(text)),
            _("Write {number} with ordinary (half-width) digits.").format(number=wide),
        )
    elif wide.endswith(("%", "‰")):
        found, remedy = (
            _("a percent sign in a number cell: “{text}”").format(text=_short(text)),
            _("Write the number only; the unit stands in the list of series."),
        )
    else:
        found, remedy = (
            _("text in a number cell: “{text}”").format(text=_short(text)),
            _("Write the number only; remarks go into the list of series."),
        )
    return Fault(found, expected, remedy)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"{flat[:40]}…" if len(flat) > 40 else flat
