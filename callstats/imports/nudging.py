"""Telling a worker of an import; what no broker took, `resume_stalled` nudges again."""

from legevakt.lib.nudging import nudge

__all__ = ["nudge"]
