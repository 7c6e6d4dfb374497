"""The sample specs and their drawings, made once for all the figures' tests."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from figures import Drawing, FigureSpec, draw

_spec = importlib.util.spec_from_file_location(
    "figure_samples", Path(__file__).with_name("samples.py")
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
SAMPLES: dict[str, FigureSpec] = _module.samples()


@pytest.fixture(scope="session")
def samples() -> Callable[..., dict[str, FigureSpec]]:
    return _module.samples  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def drawings() -> dict[str, Drawing]:
    return {name: draw(spec) for name, spec in SAMPLES.items()}


@pytest.fixture(params=sorted(SAMPLES))
def drawing(request: pytest.FixtureRequest, drawings: dict[str, Drawing]) -> Drawing:
    return drawings[request.param]
