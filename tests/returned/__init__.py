"""Word files as reviewers return them, made by editing a draft of a small made-up report."""
