"""From Results to figure specs and tables: which values an exhibit shows, and how they are labelled."""

from report.exhibits.errors import NoData
from report.exhibits.tables import table

__all__ = ["NoData", "table"]
