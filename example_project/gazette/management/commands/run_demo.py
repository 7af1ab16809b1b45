"""`manage.py run_demo`: the whole newspaper with one command, server and worker together."""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Site

from ...people import LOGINS
from ...worker import Worker


class Command(BaseCommand):
    """Makes the database, loads the example, serves it and translates in the background."""

    help = (
        "Makes the database, loads the example, then runs the server and a worker until Ctrl-C. "
        "NEWSROOM_DEMO_ADDRESS says where, such as 127.0.0.1:8000."
    )
    # runserver makes the checks, after migrate has made the tables that they look into.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the demo until somebody stops it."""
        host, port = _address(settings.DEMO_ADDRESS)
        _check_port(host, port)
        # An end by SIGTERM is as orderly as one by Ctrl-C. SIGINT too, because a shell that runs
        # us in the background has it ignored.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.default_int_handler)
        try:
            self._run(host, port)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _run(self, host: str, port: int) -> None:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_example", stdout=self.stdout)
        _name_site(host, port)
        with Worker(tell=self.stderr.write):
            self._tell_addresses(host, port)
            call_command("runserver", settings.DEMO_ADDRESS, use_reloader=False)

    def _tell_addresses(self, host: str, port: int) -> None:
        site = f"http://{host}:{port}"
        lines = [
            "",
            f"  English  {site}/en/",
            f"  Persian  {site}/fa/",
            f"  Admin    {site}/admin/",
            "",
            *(f"  {name} / {password}  ({group})" for name, password, group in LOGINS),
            "",
            "  Ctrl-C stops the server and the worker.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(
            f"NEWSROOM_DEMO_ADDRESS is “{text}”; it must be an address and a port, "
            "such as 127.0.0.1:8000."
        )
    return host, int(port)


def _name_site(host: str, port: int) -> None:
    """Tell Wagtail where the site is served, for whole addresses as sitemaps and feeds have them."""
    # Wildcards are where a server listens, and no addresses to go to.
    name = "localhost" if host in ("0.0.0.0", "[::]") else host
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = name, port
    site.save(update_fields=["hostname", "port"])


def _check_port(host: str, port: int) -> None:
    """Refuse an address that is taken, before anything has been started."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name != "nt" and sys.platform != "cygwin":
                # As the server does: connections that are just ending do not count.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise CommandError(
            f"The demo cannot use {host}:{port} ({error.strerror}). Stop what runs there, or "
            "choose another place: NEWSROOM_DEMO_ADDRESS=127.0.0.1:8001"
        ) from error
