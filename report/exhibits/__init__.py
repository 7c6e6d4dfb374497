"""From Results to figure specs and tables: which values an exhibit shows, and how they are labelled."""
