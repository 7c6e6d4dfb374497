"""The Document as one self-contained HTML page, for the screen and for print."""
