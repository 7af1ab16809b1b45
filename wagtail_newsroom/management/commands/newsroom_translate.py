"""`newsroom_translate`: has pages translated in the background, as the desk's button does."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from ...desk import actions, deeds, jobs
from ...exceptions import Declined
from ...models import TranslationJob


class Command(BaseCommand):
    """Requests a translation for each page; `--wait` works on the jobs here and now."""

    help = _("Has pages translated into a language; nothing goes live.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Takes pages, a language, a user and whether to wait."""
        parser.add_argument("pages", nargs="+", type=int, help=_("Primary keys of the pages."))
        parser.add_argument("--to", required=True, help=_("The language's code, such as fa."))
        parser.add_argument("--user", help=_("Act as this user, with their permissions."))
        parser.add_argument(
            "--wait",
            action="store_true",
            help=_("Translate in this process instead of waiting for a worker."),
        )

    @deeds.together()
    def handle(self, *args: Any, **options: Any) -> None:
        """Requests each page; a page that is declined is named, the others go on."""
        locale = Locale.objects.filter(language_code=options["to"]).first()
        if locale is None:
            raise CommandError(
                _("There is no language “%(code)s” on this site.") % {"code": options["to"]}
            )
        user = self.find_user(options["user"])
        declined = 0
        for pk in options["pages"]:
            page = Page.objects.filter(pk=pk).first()
            if page is None:
                self.stderr.write(_("There is no page %(pk)d.") % {"pk": pk})
                declined += 1
                continue
            try:
                job = actions.request_translation(page, locale, user=user)
            except Declined as refusal:
                self.stderr.write(f"{pk}: {refusal}")
                declined += 1
                continue
            if options["wait"]:
                jobs.run(job.pk)
            self.tell(pk, TranslationJob.objects.get(pk=job.pk))
        if declined:
            raise CommandError(
                ngettext(
                    "%(count)d page was not requested.",
                    "%(count)d pages were not requested.",
                    declined,
                )
                % {"count": declined}
            )

    def find_user(self, name: str | None) -> Any:
        """Returns the user of that name; None, the site itself, when none was named."""
        if not name:
            return None
        users = get_user_model()
        try:
            return users._default_manager.get_by_natural_key(name)
        except users.DoesNotExist as error:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": name}) from error

    def tell(self, pk: int, job: TranslationJob) -> None:
        """Prints one job's state and counts."""
        self.stdout.write(
            _(
                "%(page)d: job %(job)d, %(status)s, %(done)d of %(total)d passages, %(failed)d failed"
            )
            % {
                "page": pk,
                "job": job.pk,
                "status": job.get_status_display(),
                "done": job.done,
                "total": job.total,
                "failed": job.failed,
            }
        )
