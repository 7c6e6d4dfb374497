"""Load and validate an edition's folder into an Edition; every problem names file, sheet, cell or line."""

from report.edition.load import load_edition
from report.edition.model import Edition

__all__ = ["Edition", "load_edition"]
