"""Settings of the example newspaper: two languages, SQLite, background work in the database.

What a real site must change stands in the environment: DJANGO_DEBUG, DJANGO_SECRET_KEY,
DJANGO_ALLOWED_HOSTS. NEWSROOM_ENGINES names the engines, NEWSROOM_DEMO_DATA the folder of the
database and the uploads, NEWSROOM_DEMO_ADDRESS where `run_demo` serves.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("NEWSROOM_DEMO_DATA") or HERE).resolve()


def _listed(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = os.environ.get("DJANGO_DEBUG", "1").lower() not in ("0", "false", "no", "off")
# A key that everybody can read is good enough on one's own machine, and nowhere else.
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"] if not DEBUG else "only for trying things out"
DEMO_ADDRESS = os.environ.get("NEWSROOM_DEMO_ADDRESS", "127.0.0.1:8000")
ALLOWED_HOSTS = _listed(
    "DJANGO_ALLOWED_HOSTS",
    # The demo may be asked to serve on another address of this machine.
    f"localhost,127.0.0.1,{DEMO_ADDRESS.rpartition(':')[0]}" if DEBUG else "",
)

INSTALLED_APPS = [
    "gazette",
    "wagtail_newsroom",  # before wagtail_localize, whose buttons it takes over
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "gazette.urls"
WSGI_APPLICATION = "gazette.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# WAL and IMMEDIATE let the server and the worker write to one SQLite file at the same time:
# https://docs.djangoproject.com/en/stable/ref/databases/#database-is-locked-errors
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "gazette.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
# Named in the language of whoever reads them.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("fa", _("Persian"))]
WAGTAIL_I18N_ENABLED = True
# A translation starts as a draft. With wagtail-localize's default it would go live at once.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

WAGTAIL_SITE_NAME = "The Harbour Courier"
WAGTAILADMIN_BASE_URL = f"http://{DEMO_ADDRESS}"
WAGTAIL_ENABLE_UPDATE_CHECK = False
# No portraits of editors from another site.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

WAGTAIL_NEWSROOM_ENGINES = _listed("NEWSROOM_ENGINES", "google")
# Translation happens in the worker that `run_demo` starts, never in a request.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static-root"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA / "media"

# The demo's passwords are the users' names, so that they can stand on the screen.
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
_MAIL = "django.core.mail.backends.console.EmailBackend"
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": _MAIL}}
else:
    EMAIL_BACKEND = _MAIL
