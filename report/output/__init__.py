"""Writers: the Document as HTML, PDF and DOCX, and the files beside them."""
