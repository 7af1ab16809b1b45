"""What crawlers fetch."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from . import sitemap as sitemaps

_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a sitemap that are kept in memory; the rest waits in a temporary file."""


@require_safe
def sitemap(request: HttpRequest) -> FileResponse:
    """Answers with the sitemap of the request's site.

    The file is whole before the answer begins: an error in its middle would otherwise reach
    crawlers as half a file with status 200.
    """
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    for piece in sitemaps.write(request):
        file.write(piece.encode())
    file.seek(0)
    return FileResponse(file, content_type=sitemaps.CONTENT_TYPE)
