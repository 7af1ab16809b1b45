"""The newsroom's settings: the one place that reads them, at the time of the call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings as django_settings
from django.utils.translation import pgettext_lazy

DEFAULT_ARTICLE_TYPES: list[tuple[str, Any]] = [
    ("news", pgettext_lazy("type of article", "News")),
    ("analysis", pgettext_lazy("type of article", "Analysis")),
    ("opinion", pgettext_lazy("type of article", "Opinion")),
    ("interview", pgettext_lazy("type of article", "Interview")),
    ("review", pgettext_lazy("type of article", "Review")),
    ("feature", pgettext_lazy("type of article", "Feature")),
]
"""The types of a piece on a site that names none of its own."""


class Settings:
    """Typed access to `WAGTAIL_NEWSROOM_*`, with the default of each."""

    @property
    def engines(self) -> Sequence[str | Mapping[str, Any]]:
        """The chain of engines, tried in order: names or `{"ENGINE": name, "OPTIONS": {...}}`.

        A name is a shipped engine's (`google`, `mymemory`, `microsoft`, `libretranslate`,
        `localize`, `pseudo`) or a dotted path to an `Engine` class.
        """
        return getattr(django_settings, "WAGTAIL_NEWSROOM_ENGINES", ["google"])

    @property
    def character_caps(self) -> Mapping[str, int]:
        """Characters that an engine may be sent in a calendar month, by the engine's name.

        An engine that is not named has no cap.
        """
        return getattr(django_settings, "WAGTAIL_NEWSROOM_CHARACTER_CAPS", {})

    @property
    def engine_prices(self) -> Mapping[str, tuple[Any, str]]:
        """The price of a million characters and its currency, by the engine's name."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_ENGINE_PRICES", {})

    @property
    def fast_refresh(self) -> bool:
        """Whether sources are read in bulk; off, wagtail-localize reads them string by string."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_FAST_REFRESH", True)

    @property
    def job_lease_seconds(self) -> int:
        """Seconds after which a running job that gave no sign of life may be taken over."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_JOB_LEASE_SECONDS", 120)

    @property
    def job_attempts(self) -> int:
        """How often a job that was interrupted is started again before it counts as failed."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_JOB_ATTEMPTS", 5)

    @property
    def task_backend(self) -> str:
        """The alias in `TASKS` that translation jobs are queued on; read when the app loads."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TASK_BACKEND", "default")

    @property
    def task_queue(self) -> str:
        """The queue that translation jobs are put in; read when the app loads."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TASK_QUEUE", "default")

    @property
    def policy(self) -> str | Mapping[str, str]:
        """What a machine's text needs before readers see it: `review`, `label` or `trust`.

        Or one for each language that is translated into, by its code, with `"*"` for the others.
        """
        return getattr(django_settings, "WAGTAIL_NEWSROOM_POLICY", "review")

    @property
    def trusted_engines(self) -> Sequence[str]:
        """The names of the engines whose texts need no approval where the policy is `trust`."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TRUSTED_ENGINES", [])

    @property
    def translate_on_publish(self) -> str:
        """What the publication of an original sets off: `never`, `draft` or `live`."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TRANSLATE_ON_PUBLISH", "never")

    @property
    def translate_into(self) -> Sequence[str]:
        """The codes of the languages that it is then translated into; empty for all others."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TRANSLATE_INTO", [])

    @property
    def index_unreviewed(self) -> bool:
        """Whether search engines and feeds are told of pages that are marked as not reviewed."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_INDEX_UNREVIEWED", False)

    @property
    def tidy_rules(self) -> Sequence[str] | None:
        """The rules that mend the typography of machine texts; None for all, empty for none."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TIDY_RULES", None)

    @property
    def tmx_max_bytes(self) -> int:
        """The largest TMX file that the admin accepts, in bytes."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TMX_MAX_BYTES", 50 * 1024 * 1024)

    @property
    def near_match_threshold(self) -> int:
        """How alike texts must be, in percent, for one's translation to be offered for the other."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_NEAR_MATCH_THRESHOLD", 75)

    @property
    def article_types(self) -> Sequence[tuple[str, Any]]:
        """The types of a piece that readers are told, as `(code, label)`; the first is the default."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_ARTICLE_TYPES", DEFAULT_ARTICLE_TYPES)

    @property
    def author_model(self) -> str:
        """The class of authors, `app.Model`; read when the app loads."""
        name = "WAGTAIL_NEWSROOM_AUTHOR_MODEL"
        return getattr(django_settings, name, "wagtail_newsroom.Author")

    @property
    def tag_model(self) -> str:
        """The class of tags, `app.Model`; read when the app loads."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_TAG_MODEL", "wagtail_newsroom.Tag")

    @property
    def networks(self) -> Mapping[str, Mapping[str, Any] | None]:
        """The site's own social networks by code; None takes one of ours away."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_NETWORKS", {})

    @property
    def persian_font(self) -> bool:
        """Whether Persian pages load the font that comes with the package."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_PERSIAN_FONT", True)

    @property
    def provenance_names(self) -> bool:
        """Whether readers are told the name of who approved a machine's translation."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_PROVENANCE_NAMES", True)

    @property
    def feeds_full_text(self) -> bool:
        """Whether feeds hold whole pieces; off, they hold the standfirst."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_FEEDS_FULL_TEXT", False)

    @property
    def logo(self) -> str:
        """The newspaper's logo for search engines, as the path of a static file; empty for none."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_LOGO", "")

    @property
    def calendars(self) -> Mapping[str, str]:
        """The calendar of dates by language: `jalali`, `gregorian` or `both`, which adds one to the other.

        Persian is written in `jalali` where it is not named, all others in `gregorian`.
        """
        return getattr(django_settings, "WAGTAIL_NEWSROOM_CALENDARS", {})

    @property
    def indexnow_key(self) -> str:
        """The key by which IndexNow knows the site; empty for not telling engines anything."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_INDEXNOW_KEY", "")

    @property
    def indexnow_endpoint(self) -> str:
        """The address that is told of changed pages."""
        name = "WAGTAIL_NEWSROOM_INDEXNOW_ENDPOINT"
        return getattr(django_settings, name, "https://api.indexnow.org/indexnow")

    @property
    def onions(self) -> Mapping[str, str]:
        """The origin of the onion service that has the same pages, by the site's host name."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_ONIONS", {})

    @property
    def mirrors(self) -> Sequence[str]:
        """Origins at which readers find the same pages, such as `https://news.example.net`."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_MIRRORS", [])

    @property
    def slugs(self) -> str:
        """How a translated page gets its slug: `source` keeps the source's, `unicode` makes one."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_SLUGS", "source")

    @property
    def webhook_url(self) -> str:
        """The address that is told of events at the desk; empty for none."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_WEBHOOK_URL", "")

    @property
    def webhook_secret(self) -> str:
        """The secret that messages to the webhook are signed with."""
        return getattr(django_settings, "WAGTAIL_NEWSROOM_WEBHOOK_SECRET", "")

    # Other packages' settings, which the system checks look at.

    @property
    def sends_html_mail(self) -> bool:
        """Wagtail's `WAGTAILADMIN_NOTIFICATION_USE_HTML`."""
        return bool(getattr(django_settings, "WAGTAILADMIN_NOTIFICATION_USE_HTML", False))

    @property
    def notification_from_email(self) -> str:
        """Wagtail's `WAGTAILADMIN_NOTIFICATION_FROM_EMAIL`, or Django's `DEFAULT_FROM_EMAIL`."""
        name = "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL"
        return str(getattr(django_settings, name, "") or django_settings.DEFAULT_FROM_EMAIL)

    @property
    def language_code(self) -> str:
        """Django's `LANGUAGE_CODE`."""
        return str(django_settings.LANGUAGE_CODE)

    @property
    def use_i18n(self) -> bool:
        """Django's `USE_I18N`."""
        return bool(django_settings.USE_I18N)

    @property
    def use_tz(self) -> bool:
        """Django's `USE_TZ`."""
        return bool(django_settings.USE_TZ)

    @property
    def wagtail_i18n_enabled(self) -> bool:
        """Wagtail's `WAGTAIL_I18N_ENABLED`."""
        return bool(getattr(django_settings, "WAGTAIL_I18N_ENABLED", False))

    @property
    def syncs_live_status(self) -> bool:
        """wagtail-localize's `WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE`."""
        name = "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE"
        return bool(getattr(django_settings, name, True))

    @property
    def allows_unicode_slugs(self) -> bool:
        """Wagtail's `WAGTAIL_ALLOW_UNICODE_SLUGS`."""
        return bool(getattr(django_settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True))

    @property
    def leaves_redirects(self) -> bool:
        """Wagtail's `WAGTAILREDIRECTS_AUTO_CREATE`."""
        return bool(getattr(django_settings, "WAGTAILREDIRECTS_AUTO_CREATE", True))

    @property
    def requires_reapproval(self) -> bool:
        """Wagtail's `WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT`."""
        name = "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT"
        return bool(getattr(django_settings, name, False))

    @property
    def middleware(self) -> Sequence[str]:
        """Django's `MIDDLEWARE`."""
        return django_settings.MIDDLEWARE


conf = Settings()
