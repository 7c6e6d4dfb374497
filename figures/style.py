"""House style: colours told apart by colour-blind readers and in grey print, type sizes, fonts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from figures.errors import DrawingError

CM_PER_INCH: Final = 2.54
PT_PER_CM: Final = 72 / CM_PER_INCH
TEXT_WIDTH: Final = 15.5  # cm: the type area of an A4 page

# The first installed family is measured and drawn; the whole list is written into the SVG, so that a
# reader's machine may substitute its own Hei face (Windows, macOS).
FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
)

INK: Final = "#1d2733"
MUTED: Final = "#566270"
FAINT: Final = "#8a94a0"
RULE: Final = "#d5dbe1"
AXIS: Final = "#9aa4ae"
PAPER: Final = "#ffffff"
WASH: Final = "#f3f6f9"

BASE: Final = "#6f9bc3"  # an ordinary bar
ACCENT: Final = "#17426e"  # the bar that the text speaks of
CONTRAST: Final = "#bf4a2b"  # the opposite direction, the reference line
SOFT: Final = "#c3d4e4"

# Lightness falls in even steps, so the order survives grey print; hues lie on the blue–orange axis,
# which protan, deutan and tritan readers keep apart.
CATEGORICAL: Final = ("#14375f", "#b4472a", "#339bae", "#e3a33a", "#b9cfe3", "#6b5b7b")
SEQUENTIAL: Final = ("#e9f0f7", "#bfd4e8", "#88b0d5", "#4a80b4", "#17426e")
MARKERS: Final = ("circle", "diamond", "square", "triangle", "inverted", "plus")

SIZE: Final = 8.0  # pt, labels
SMALL: Final = 7.2  # pt, ticks, notes, dense values
LARGE: Final = 9.0  # pt, panel heads


@dataclass(frozen=True, slots=True)
class Face:
    """A font face found on this machine: the family's name and its metrics."""

    family: str
    bold: bool
    font: FT2Font

    def has(self, char: str) -> bool:
        """Whether the face has a glyph for ``char``."""
        return self.font.get_char_index(ord(char)) != 0


@lru_cache(maxsize=2)
def face(*, bold: bool = False) -> Face:
    """Return the first house family installed here, regular or bold; DrawingError when none is."""
    for family in FAMILIES:
        try:
            path = findfont(
                FontProperties(family=family, weight="bold" if bold else "regular"),
                fallback_to_default=False,
            )
        except ValueError:
            continue
        return Face(family, bold, get_font(path))
    raise DrawingError("no-font", "", "none of the house fonts is installed", FAMILIES)


@lru_cache(maxsize=20_000)
def _advance(char: str, *, bold: bool) -> float:
    shown = face(bold=bold)
    if not shown.has(char):
        return 1.0  # Canvas.text will refuse it; measuring must not warn first
    font = shown.font
    font.set_size(100, 72)
    glyph = font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


def width_of(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """Return the width of one line of ``text`` at ``size`` points, in cm."""
    return sum(_advance(char, bold=bold) for char in text) * size / PT_PER_CM


def missing_glyphs(text: str, *, bold: bool = False) -> tuple[str, ...]:
    """Return the characters of ``text`` that the house face cannot show, each once, in order."""
    shown = face(bold=bold)
    return tuple(dict.fromkeys(char for char in text if not shown.has(char)))


def mix(colour: str, other: str, share: float) -> str:
    """Return ``colour`` with ``share`` (0–1) of ``other`` mixed in, as ``#rrggbb``."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Return the CIE lightness L* (0–100) of ``colour``: what is left of it in grey print."""
    y = _relative(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio (1–21) of two colours as WCAG 2 defines it."""
    low, high = sorted((_relative(colour), _relative(other)))
    return (high + 0.05) / (low + 0.05)


def on(colour: str) -> str:
    """Return the ink, dark or white, that reads better on a ground of ``colour``."""
    return max(PAPER, INK, key=lambda ink: contrast(ink, colour))


def inked(colour: str) -> str:
    """Return ``colour`` darkened until type set in it reads on paper."""
    share = 0.25
    while luminance(mix(colour, INK, share)) > 46 and share < 1:
        share += 0.05
    return mix(colour, INK, share)


def drawn(colour: str) -> str:
    """Return ``colour`` darkened, if it is a pale one meant for areas, until a thin line shows."""
    return mix(colour, INK, 0.3) if luminance(colour) > 75 else colour


def ramp(share: float) -> str:
    """Return the sequential colour at ``share`` (0 = lightest, 1 = darkest), interpolated."""
    place = min(max(share, 0.0), 1.0) * (len(SEQUENTIAL) - 1)
    index = min(int(place), len(SEQUENTIAL) - 2)
    return mix(SEQUENTIAL[index], SEQUENTIAL[index + 1], place - index)


def colour_of(index: int) -> str:
    """Return the categorical colour of the ``index``-th thing; later ones are paler variants."""
    colour = CATEGORICAL[index % len(CATEGORICAL)]
    return mix(colour, PAPER, 0.35) if index >= len(CATEGORICAL) else colour


def marker_of(index: int) -> str:
    """Return the marker shape of the ``index``-th thing."""
    return MARKERS[index % len(MARKERS)]


def _relative(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _unit(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _unit(colour: str) -> tuple[float, float, float]:
    red, green, blue = _rgb(colour)
    return red / 255, green / 255, blue / 255
