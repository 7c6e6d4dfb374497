"""The house file: the reference document whose styles the writer uses, made by program."""
