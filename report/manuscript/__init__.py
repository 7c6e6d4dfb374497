"""From templates and Results to a Document whose every block knows the template line it came from."""

from report.manuscript.compose import compose

__all__ = ["compose"]
