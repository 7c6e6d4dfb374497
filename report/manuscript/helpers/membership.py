"""Who changed form since the previous edition: who came, who went, and where a region stood before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from report.assessment.results import Entry, Results
from report.manuscript.context import Context
from report.manuscript.helpers.regions import Form, RegionGroup
from report.manuscript.keys import MissingData


class Membership:
    """Helpers that compare the forms with those of the previous edition."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def words(self) -> dict[str, Callable[..., Any]]:
        """Return the helpers by name."""
        return {
            "joined": self.joined,
            "left": self.left,
            "moved_regions": self.moved_regions,
            "form_before": self.form_before,
        }

    def joined(self, form: Any) -> RegionGroup:
        """Return the regions that are in a form now and were in another one last time."""
        wanted = self._context.id_of(form)
        return self._group(lambda now, before: now == wanted != before, f"joined {wanted}")

    def left(self, form: Any) -> RegionGroup:
        """Return the regions that were in a form last time and are in another one now."""
        wanted = self._context.id_of(form)
        return self._group(lambda now, before: before == wanted != now, f"left {wanted}")

    def moved_regions(self) -> RegionGroup:
        """Return the regions whose form is another one than last time."""
        return self._group(lambda now, before: now != before, "form changed")

    def form_before(self, region: Any) -> Form:
        """Return the form a region belonged to in the previous edition."""
        context = self._context
        code = context.id_of(region)
        id_ = _form(self._previous(), code)
        entry = next((f for f in context.results.registry.forms if f.id == id_), None)
        if entry is None:
            raise MissingData("上一年度版形态划分")
        return Form(context, entry)

    def _previous(self) -> Results:
        previous = self._context.previous
        if previous is None or not any(key.startswith("form.") for key in previous):
            raise MissingData("上一年度版形态划分")
        return previous

    def _group(self, wanted: Callable[[str, str], bool], why: str) -> RegionGroup:
        """Return the regions classified in both editions for which ``wanted(now, before)`` holds."""
        previous, results = self._previous(), self._context.results
        found: list[Entry] = []
        for region in results.registry.regions:
            now, before = _form(results, region.id), _form(previous, region.id)
            if now and before and wanted(now, before):
                found.append(region)
        steps = "; ".join(
            f"form.{r.id} ({_form(previous, r.id)} → {_form(results, r.id)})" for r in found
        )
        keys = [f"form.{region.id}" for region in found]
        return RegionGroup(self._context, found, keys, f"{why}: {steps}")


def _form(results: Results, code: str) -> str:
    """Return the id of the form a region belongs to, empty where it has none."""
    key = f"form.{code}"
    return results.text(key) if key in results else ""
