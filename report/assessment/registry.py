"""The registry: names, units and order of everything the keys speak of, taken from the edition."""

from __future__ import annotations

from report.assessment.results import Entry, Registry
from report.edition.model import Edition


def registry(edition: Edition) -> Registry:
    """Return the registry of an edition, so that Results stand on their own."""
    survey = edition.survey
    return Registry(
        regions=tuple(Entry(r.code, r.name, r.short, parent=r.zone) for r in edition.regions),
        zones=tuple(Entry(z.id, z.name, z.name) for z in edition.zones),
        dimensions=tuple(
            Entry(d.id, d.name, d.short, note=d.definition) for d in edition.dimensions
        ),
        indicators=tuple(
            Entry(i.id, i.name, i.name, i.dimension, i.unit, i.source, i.decimals, i.note)
            for i in edition.indicators
        ),
        forms=tuple(Entry(f.id, f.name, f.name, note=f.summary) for f in edition.forms),
        paths=tuple(Entry(p.id, p.name, p.name, note=p.summary) for p in edition.paths),
        questions=tuple(Entry(q.id, q.text, q.short, parent=q.dimension) for q in survey.questions)
        if survey
        else (),
        options=tuple(
            Entry(o.id, o.label, parent=q.id) for q in survey.questions for o in q.options
        )
        if survey
        else (),
        groups=tuple(
            Entry(c.id, c.label, parent=column, note=survey.group_names.get(column, ""))
            for column, categories in survey.groups.items()
            for c in categories
        )
        if survey
        else (),
        series=tuple(
            Entry(s.id, s.name, unit=s.unit, source=s.source, note=s.note)
            for s in edition.series.values()
        ),
    )
