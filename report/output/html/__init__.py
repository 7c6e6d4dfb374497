"""The Document as one self-contained HTML page, for the screen and for print."""

from report.output.html.page import write_page
from report.output.html.press import write_print

__all__ = ["write_page", "write_print"]
