"""The limit of a page's upload, kept before a byte of the file reaches the disk."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

# What the form's other fields and the boundaries may take beside the file.
ENVELOPE = 64 * 1024


class LimitedUpload(FileUploadHandler):
    """Drops a file whose request is over the limit; the form sees its size and says so."""

    over_limit = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.over_limit = (
            content_length if content_length > settings.IMPORT_FILE_BYTES_LIMIT + ENVELOPE else 0
        )

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.over_limit:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data, start):
        return None if self.over_limit else raw_data

    def file_complete(self, file_size):
        if not self.over_limit:
            return None
        return UploadedFile(BytesIO(), name=self.file_name, size=self.over_limit)
