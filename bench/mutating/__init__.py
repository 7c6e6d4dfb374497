"""Mutations of an edition, its prose and its finished files, and whether anything catches them."""
