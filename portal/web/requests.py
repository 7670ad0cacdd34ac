"""A request whose query can be read whatever bytes a visitor sends."""

import string
from urllib.parse import quote

from flask import Request


class AnyRequest(Request):
    """Bytes of a query that are no ASCII are percent-encoded first; Werkzeug would stumble over those of no UTF-8."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.query_string = quote(self.query_string, safe=string.printable).encode("ascii")
