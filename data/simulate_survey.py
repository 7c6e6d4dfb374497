"""Simulate the enterprise survey of the sample editions: seeded, so the same year gives the same file.

Usage: python data/simulate_survey.py            writes survey.csv of every sample edition

There are no public microdata of such a survey. What this script makes is 模拟数据: firms drawn from a
made-up population, whose answers depend on size, sector, zone and year so that breakdowns differ in
plausible directions. No answer comes from a real firm.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Sequence
from pathlib import Path

DATA = Path(__file__).parent
EDITIONS = {"2023": 20231, "2022": 20221}  # edition → seed
FIRMS = 600

SIZES = {"large": (0.14, 1.1), "medium": (0.34, 0.3), "small": (0.52, -0.5)}  # share, lift
SECTORS = {
    "equipment": (0.22, 0.2),
    "electronics": (0.16, 0.6),
    "materials": (0.18, 0.0),
    "consumer": (0.16, -0.1),
    "automotive": (0.10, 0.4),
    "chemicals": (0.11, 0.1),
    "other": (0.07, -0.3),
}
ZONE_LIFT = {"east": 0.35, "central": 0.05, "west": -0.2, "northeast": -0.25}
# Firms in the population per sampled firm of a size: large ones are over-sampled on purpose.
SAMPLING = {"large": 0.35, "medium": 0.9, "small": 1.6}

COLUMNS = [
    "id",
    "region",
    "size",
    "industry",
    "weight",
    "network_upgrade",
    "device_connection",
    "cloud",
    "platform",
    "modes",
    "new_technology",
    "rd_change",
    "talent_gap",
    "difficulties",
    "investment",
    "effect",
    "resilience",
]


def pick(rng: random.Random, options: Sequence[str], centre: float, lift: float) -> str:
    """Draw one of options ordered from least to most advanced, most often the one at ``centre``.

    ``centre`` is a share of the scale (0 = first option, 1 = last) that ``lift`` moves upwards.
    """
    top = len(options) - 1
    peak = top * centre + lift * top / 4
    weights = [math.exp(-(((place - peak) / (0.4 * top)) ** 2)) for place in range(top + 1)]
    return rng.choices(options, weights)[0]


def pick_many(rng: random.Random, chances: dict[str, float], lift: float, nothing: str = "") -> str:
    """Draw any number of options, each with its own chance; ``nothing`` stands for none of them."""
    chosen = [o for o, chance in chances.items() if rng.random() < min(0.95, chance * 1.35**lift)]
    return "|".join(chosen) or nothing


def firm(
    rng: random.Random, number: int, regions: Sequence[tuple[str, str]], year: int
) -> list[str]:
    """Return one respondent's row in the order of COLUMNS."""
    region, zone = rng.choice(regions)
    size = rng.choices(list(SIZES), [share for share, _ in SIZES.values()])[0]
    sector = rng.choices(list(SECTORS), [share for share, _ in SECTORS.values()])[0]
    lift = SIZES[size][1] + SECTORS[sector][1] + ZONE_LIFT[zone] + 0.12 * (year - 2021)
    lift += rng.gauss(0, 0.5)
    weight = SAMPLING[size] * rng.uniform(0.8, 1.25)
    platform = pick(rng, ["none", "planning", "partial", "deep"], 0.4, lift)
    modes = {
        "smart-production": 0.36,
        "networked-collaboration": 0.27,
        "customisation": 0.18,
        "service-extension": 0.22,
        "digital-management": 0.48,
    }
    row = [
        f"F{number:04d}",
        region,
        size,
        sector,
        f"{weight:.3f}",
        pick(rng, ["none", "planning", "ongoing", "done"], 0.55, lift),
        pick(rng, ["below-20", "20-40", "40-60", "60-80", "above-80"], 0.45, lift),
        pick(rng, ["none", "partial", "most"], 0.55, lift),
        platform,
        pick_many(rng, modes, lift + (platform in {"partial", "deep"}), "none"),
        pick_many(
            rng,
            {"5g": 0.24, "digital-twin": 0.14, "machine-vision": 0.26, "edge": 0.17, "ai": 0.15},
            lift,
            "none",
        ),
        pick(rng, ["decrease", "flat", "increase-slight", "increase-strong"], 0.58, lift / 2),
        pick(rng, ["severe", "moderate", "slight", "none"], 0.3, lift / 3),
        pick_many(
            rng,
            {
                "cost": 0.55,
                "talent": 0.46,
                "data": 0.33,
                "security": 0.29,
                "standards": 0.25,
                "solutions": 0.31,
            },
            -lift / 2,
            "none",
        ),
        pick(rng, ["decrease", "flat", "increase-slight", "increase-strong"], 0.6, lift / 2),
        pick(
            rng,
            ["not-visible", "slight", "clear"],
            0.45,
            lift / 2 + (platform in {"partial", "deep"}),
        ),
        pick(rng, ["not-visible", "slight", "clear"], 0.4, lift / 2 + (platform == "deep")),
    ]
    # Item non-response: a few per cent of the later questions stay empty.
    return [cell if place < 9 or rng.random() > 0.025 else "" for place, cell in enumerate(row)]


def simulate(edition: str, seed: int) -> Path:
    """Write the survey of one edition and return its path."""
    rng = random.Random(seed)
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        regions = [(row["code"], row["zone"]) for row in csv.DictReader(file)]
    target = DATA / edition / "survey.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            firm(rng, number, regions, int(edition) - 1) for number in range(1, FIRMS + 1)
        )
    return target


if __name__ == "__main__":
    for edition, seed in EDITIONS.items():
        print(simulate(edition, seed).relative_to(DATA))
