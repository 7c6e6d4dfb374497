"""The tokens of a PDF's content streams: operands and operators, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    rb"(?P<skip>[\x00\t\n\x0c\r ]+|%[^\r\n]*)"
    rb"|(?P<open><<)|(?P<close>>>)"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<string>\()"
    rb"|/(?P<name>[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)"
    rb"|(?P<bracket>[\[\]{}])"
    rb"|(?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)"
)
_ESCAPES = {
    0x6E: b"\n", 0x72: b"\r", 0x74: b"\t", 0x62: b"\b", 0x66: b"\f",
    0x28: b"(", 0x29: b")", 0x5C: b"\\",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator (or a number's neighbour that is none)."""

    text: bytes


def tokens(stream: bytes) -> Iterator[Any]:
    """Yield operands (names as str, strings as bytes, numbers as float, dictionaries) and operators.

    The elements of an array are operands of their own, except within a dictionary.
    """
    position, end = 0, len(stream)
    holders: list[list[Any]] = []  # open dictionaries, and the arrays within them
    while position < end:
        match = _TOKEN.match(stream, position)
        if match is None:  # a stray delimiter
            position += 1
            continue
        position = match.end()
        kind = match.lastgroup
        value: Any
        if kind == "skip":
            continue
        if kind == "open" or (kind == "bracket" and match["bracket"] == b"[" and holders):
            holders.append([])
            continue
        if kind == "bracket":
            if match["bracket"] != b"]" or len(holders) < 2:
                continue
            value = holders.pop()
        elif kind == "close":
            if not holders:
                continue
            flat = holders.pop()
            names = flat[::2]
            paired = all(isinstance(name, str) for name in names)
            value = dict(zip(names, flat[1::2], strict=False)) if paired else {}
        elif kind == "hex":
            value = hex_bytes(match["hex"])
        elif kind == "string":
            value, position = _string(stream, position)
        elif kind == "name":
            value = "/" + match["name"].decode("latin-1")
        else:
            value = _number_or_word(match["word"])
        if isinstance(value, Operator) and value.text == b"ID":  # an inline image's data
            position = _after_image(stream, position)
        elif holders:
            holders[-1].append(value)
        else:
            yield value


def _number_or_word(text: bytes) -> Any:
    try:
        return float(text)
    except ValueError:
        return Operator(text)


def _string(stream: bytes, position: int) -> tuple[bytes, int]:
    """Read a string in parentheses from just after the first; return it and where it ends."""
    said = bytearray()
    depth, end = 1, len(stream)
    while position < end:
        byte = stream[position]
        position += 1
        if byte == 0x5C and position < end:
            following = stream[position]
            if following in _ESCAPES:
                said += _ESCAPES[following]
                position += 1
            elif octal := re.compile(rb"[0-7]{1,3}").match(stream, position):
                said.append(int(octal[0], 8) & 0xFF)
                position = octal.end()
            else:
                position += 1
            continue
        depth += (byte == 0x28) - (byte == 0x29)
        if depth == 0:
            break
        said.append(byte)
    return bytes(said), position


def _after_image(stream: bytes, position: int) -> int:
    match = re.compile(rb"\sEI(?=\s)").search(stream, position)
    return match.end() if match else len(stream)


def hex_bytes(text: bytes) -> bytes:
    """Return the bytes that hexadecimal digits stand for; white space among them does not count."""
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
