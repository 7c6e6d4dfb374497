"""The print page as PDF through WeasyPrint, with Chinese typography."""

from report.output.pdf.writer import write_pdf

__all__ = ["write_pdf"]
