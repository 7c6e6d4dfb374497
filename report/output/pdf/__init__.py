"""The print page as PDF through WeasyPrint, with Chinese typography."""

from report.output.pdf.attach import Attachment
from report.output.pdf.writer import Pdf, set_pdf, write_pdf

__all__ = ["Attachment", "Pdf", "set_pdf", "write_pdf"]
