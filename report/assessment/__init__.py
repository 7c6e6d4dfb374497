"""From an Edition to Results: normalise, weigh, aggregate, rank, classify; one file per step."""
