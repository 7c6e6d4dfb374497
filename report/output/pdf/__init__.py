"""The print page as PDF through WeasyPrint, with Chinese typography."""

from report.output.pdf.writer import Pdf, set_pdf, write_pdf

__all__ = ["Pdf", "set_pdf", "write_pdf"]
