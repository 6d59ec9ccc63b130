"""A request with files is refused before it is written to the disk, where it announces more than any page asks for."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 260 * 1024 * 1024  # all papers of a draft at once, and what surrounds them


class WithinReason(FileUploadHandler):
    """Looks at the announced length, which the server never reads beyond; the handlers after it keep the files."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("The request is larger than all papers of a case together.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
