"""What the print page may load: files under the folders it was given and inline data, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

LARGEST = 50_000_000  # bytes of one file


class Refused(ValueError):
    """An address the page may not load."""


def allowed_path(url: str, roots: Sequence[Path]) -> Path:
    """Return the file ``url`` names, or raise Refused unless it lies under one of ``roots``."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        raise Refused(url)
    if "\0" in unquote(parts.path):
        raise Refused(url)
    path = Path(url2pathname(parts.path)).resolve()
    if not any(path.is_relative_to(root.resolve()) for root in roots):
        raise Refused(url)
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise Refused(url)
    return path


def project_fetcher(roots: Sequence[Path], refused: list[str]) -> Any:
    """Return a WeasyPrint URL fetcher for ``roots``; addresses it refuses are added to ``refused``."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415  WeasyPrint is slow to import

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        """Loads data URLs and files under the project's folders."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            if urlsplit(url).scheme.lower() == "data":
                return super().fetch(url, headers)
            try:
                path = allowed_path(url, roots)
            except (Refused, OSError, ValueError):
                refused.append(url)
                raise
            return super().fetch(path.as_uri(), headers)

    return ProjectFetcher()
