"""Messages in the user's language: gettext over one catalogue per language, chosen by locale."""

from __future__ import annotations

import gettext
import io
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "iireport"
LOCALES = Path(__file__).parent / "locale"

# Asked in this order, as gettext does, with the tool's own variable first.
_VARIABLES = ("IIREPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

_chosen: ContextVar[str] = ContextVar("iireport_language", default="")


def language(environment: Mapping[str, str] | None = None) -> str:
    """Return the catalogue to speak: ``zh_CN`` or ``en``.

    A language chosen by ``speaking`` wins; else the first variable set in the environment; else,
    where there is none (Windows), what the system's locale says.
    """
    if chosen := _chosen.get():
        return _catalogue_of(chosen)
    environment = os.environ if environment is None else environment
    for variable in _VARIABLES:
        if setting := environment.get(variable, ""):
            return _catalogue_of(setting)
    return _catalogue_of(locale.getlocale()[0] or "")


@contextmanager
def speaking(setting: str) -> Iterator[None]:
    """Speak the language of ``setting`` (``zh``, ``en_GB.UTF-8`` …) within this context."""
    token = _chosen.set(setting)
    try:
        yield
    finally:
        _chosen.reset(token)


def _(message: str) -> str:
    """Return ``message`` (English source text) in the user's language."""
    return _translations(language()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a message that fits ``count``, in the user's language."""
    return _translations(language()).ngettext(singular, plural, count)


def _catalogue_of(setting: str) -> str:
    return "zh_CN" if setting.lower().startswith(("zh", "chinese")) else "en"


@cache
def _translations(name: str) -> gettext.NullTranslations:
    """Read a catalogue once; the text form (.po) is the only one kept, so none can be stale."""
    path = LOCALES / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only who speaks Chinese pays
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with path.open("rb") as source:
        catalogue = read_po(source)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
