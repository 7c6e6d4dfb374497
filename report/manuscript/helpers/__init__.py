"""The vocabulary of the templates: every word an editor may write between double braces."""
