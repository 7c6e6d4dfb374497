"""From Results to figure specs and tables: which values an exhibit shows, and how they are labelled."""

from report.exhibits.errors import NoData
from report.exhibits.figures import figure_spec
from report.exhibits.tables import table

__all__ = ["NoData", "figure_spec", "table"]
