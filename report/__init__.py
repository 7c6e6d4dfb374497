"""From a team's statistics to a reviewed Chinese assessment report."""

__version__ = "0.1.0"
