"""The limit of a sample, kept before a byte of it reaches the disk."""

from callstats.imports.uploads import ENVELOPE, LimitedUpload
from callstats.mappings.sample_files import BYTES_LIMIT


class LimitedSample(LimitedUpload):
    """Drops a sample whose request is over the limit; the form sees its size and says so."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.over_limit = content_length if content_length > BYTES_LIMIT + ENVELOPE else 0
