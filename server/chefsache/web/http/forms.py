"""Read forms, but none with more fields than anybody needs."""

from io import BytesIO
from typing import IO

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from chefsache.web.gateway import bounds

_FORM = "application/x-www-form-urlencoded"
_Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class BoundedForms(FormDataParser):
    """The parser of forms, which counts their fields first: a million empty ones would take a gigabyte."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> _Parsed:
        """Parse a form.

        Raises:
            Problem: it has too many fields.
        """
        if mimetype != _FORM:
            return super().parse(stream, mimetype, content_length, options)
        body = stream.read()
        if body.count(b"&") >= bounds.FIELDS:
            raise bounds.too_many_fields()
        return super().parse(BytesIO(body), mimetype, len(body), options)
