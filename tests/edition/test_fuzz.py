"""Damaged files of every kind: an edition loads or tells its problems; nothing else ever happens."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from report.edition import load_edition
from report.errors import EditionError
from tests.support.editions import make_edition

PIECES = (
    b"\0", b"\xff", b'"', b"'", b":", b"\n", b"- ", b"{", b"[", b"&a ", b"*a", b"!!x ", b"\t", b"#",
    b"=", b",", b"1e309", b"null", b"true", b"2023-01-01", b"? ", b"|", b">", b"%", b"@", b"\xe4\xb8",
    b"\r", b".inf", b"<x>", b"{from: 3}", b"[]", b"-",
)  # fmt: skip


def damage(rng: random.Random, path: Path) -> None:
    content = bytearray(path.read_bytes())
    for _time in range(rng.choice([1, 1, 2, 5, 30])):
        at = rng.randrange(len(content) + 1)
        match rng.randrange(4):
            case 0:
                content[at:at] = rng.choice(PIECES)
            case 1:
                del content[at : at + rng.choice([1, 3, 20])]
            case 2:
                content[at : at + 1] = bytes([rng.randrange(256)])
            case _:
                content[at : at + rng.choice([1, 4, 12])] = rng.choice(PIECES)
    path.write_bytes(content)


@pytest.mark.parametrize("xlsx", [False, True])
def test_damaged_files_are_told_or_harmless(tmp_path, xlsx):
    source = make_edition(tmp_path / "whole", regions=4, respondents=8, xlsx=xlsx)
    told = 0
    for seed in range(60):
        rng = random.Random(seed)
        folder = tmp_path / str(seed) / "data" / source.name
        shutil.copytree(source, folder)
        damage(rng, rng.choice(sorted(folder.iterdir())))
        try:
            load_edition(folder)
        except EditionError as error:
            told += 1
            for problem in error.problems:
                text = f"{problem.place} {problem.found} {problem.expected} {problem.remedy}"
                assert problem.place is not None
                assert str(tmp_path) not in text
    assert told > 20
