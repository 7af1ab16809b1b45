"""`newsroom_engines`: sends each engine of the chain one short text and tells how it fares."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...desk import probes
from ...desk.explain import explain
from ...engines.probe import Probe
from ...engines.registry import BadEngine


class Command(BaseCommand):
    """Tests the engines; ends with status 1 when none of them works."""

    help = _("Sends each engine one short text and tells whether it works.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes a pair of languages."""
        parser.add_argument("--from", dest="source", help=_("The language's code, such as en."))
        parser.add_argument("--to", dest="target", help=_("The language's code, such as fa."))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints a line for each engine."""
        source, target = self.pair(options["source"], options["target"])
        try:
            found = probes.probe_chain(source, target)
        except BadEngine as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("From %(source)s into %(target)s:") % {"source": source, "target": target}
        )
        for one in found:
            self.stdout.write(self.line(one))
        if not any(one.works for one in found):
            raise CommandError(_("No engine works."))

    def pair(self, source: str | None, target: str | None) -> tuple[str, str]:
        """Return the languages that were named, or the site's."""
        if source and target:
            return source, target
        usual = probes.usual_pair()
        if usual is None:
            raise CommandError(_("The site has one language only; name two with --from and --to."))
        return source or usual[0], target or usual[1]

    def line(self, one: Probe) -> str:
        """Return what is to be said of an engine."""
        told = {True: _("yes"), False: _("no"), None: "–"}
        label = one.label or one.engine
        return _(
            "%(engine)s: reachable %(reachable)s, key accepted %(key)s, languages known %(pair)s,"
            " %(milliseconds)s ms. %(sentence)s"
        ) % {
            "engine": one.engine,
            "reachable": told[one.is_reachable],
            "key": told[one.is_key_accepted],
            "pair": told[one.knows_pair],
            "milliseconds": "–" if one.milliseconds is None else one.milliseconds,
            "sentence": _("Works.") if one.works else explain(one.reason, label),
        }
