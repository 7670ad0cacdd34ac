"""A request whose address and form can be read whatever bytes a visitor sends."""

import string
from urllib.parse import quote

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict


class AnyRequest(Request):
    """Bytes of a query that are no ASCII are percent-encoded first; Werkzeug would stumble over those of no UTF-8.

    Nobody means a NUL, and PostgreSQL takes none: in a path it becomes a byte that is no text, so that nothing is found
    there; in queries and forms it is read as a space.
    """

    def __init__(self, environ: dict, *arguments: object, **options: object) -> None:
        environ["PATH_INFO"] = environ.get("PATH_INFO", "").replace("\0", "\x80")
        super().__init__(environ, *arguments, **options)
        query = quote(self.query_string, safe=string.printable).replace("%00", "%20")
        self.query_string = query.encode("ascii")

    def _load_form_data(self) -> None:
        super()._load_form_data()
        if any("\0" in text for pair in self.form.items(multi=True) for text in pair):
            pairs = [[text.replace("\0", " ") for text in pair] for pair in self.form.items(multi=True)]
            self.__dict__["form"] = ImmutableMultiDict(pairs)
