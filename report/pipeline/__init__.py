"""One build from an edition's folder to a folder of finished files; the stages in their order."""

from __future__ import annotations

from report.pipeline.build import FORMATS, BuildReport, OutputFile, build
from report.pipeline.preparing import Prepared, prepare
from report.pipeline.stages import Progress, Silent, Stage

__all__ = [
    "FORMATS",
    "BuildReport",
    "OutputFile",
    "Prepared",
    "Progress",
    "Silent",
    "Stage",
    "build",
    "prepare",
]
