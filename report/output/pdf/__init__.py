"""The print page as PDF through WeasyPrint, with Chinese typography."""
