"""Checks: typed numbers, unguarded claims, consistency, and parity of the finished files."""
