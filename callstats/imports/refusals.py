"""Keeping the refused rows of an import, and nothing of them but place and reason."""

import polars as pl

from callstats.calls.copying import copy_frame
from callstats.imports.fitting import shortened
from callstats.imports.models import CallImport, RefusedRow
from callstats.sources.frames import REFUSED


def keep_refusals(*, call_import: CallImport, refused: pl.DataFrame) -> None:
    """Store the frame (columns REFUSED); run it inside a transaction."""
    if refused.height:
        frame = shortened(refused.select(list(REFUSED))).with_columns(
            pl.lit(str(call_import.pk)).alias("call_import_id")
        )
        copy_frame(frame=frame, table=RefusedRow._meta.db_table)
