"""The Document as one self-contained HTML page, for the screen and for print."""

from report.output.html.page import write_page
from report.output.html.press import write_print
from report.output.html.viewer import viewer_data

__all__ = ["viewer_data", "write_page", "write_print"]
