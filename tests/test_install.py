"""The built wheel, added to a site that `wagtail start` made, as the README says."""

from __future__ import annotations

import email
import json
import os
import re
import subprocess
import sys
import sysconfig
import textwrap
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PACKAGE = "wagtail_newsroom"

# What the README tells people to write, letter by letter; the documentation's tests compare.
INSTALLED_APPS_LINES = """\
    "wagtail_newsroom",
    "wagtail_localize",
    "wagtail.contrib.table_block",
"""
MIDDLEWARE_LINE = """\
    "django.middleware.locale.LocaleMiddleware",
"""
SETTINGS_LINES = """\
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fa", "Persian")]
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
"""
URLS_LINE = """\
    path("", include("wagtail_newsroom.urls")),
"""
PAGES_LINES = """\
from django.conf.urls.i18n import i18n_patterns

urlpatterns += i18n_patterns(
    path("", include("wagtail_newsroom.reader_urls")),
    path("", include(wagtail_urls)),
)
"""

SETUP_SAYS = [
    "Made the language Persian (fa).",
    "Made and published the home page “خانه” (Persian).",
    "Made and published the section “News” (English).",
    "Made and published the section “اخبار” (Persian).",
    "Made the group “Newsroom writers”.",
    "Gave the group “Newsroom writers” its rights below “Home” (English).",
    "Gave the group “Newsroom writers” its rights below “خانه” (Persian).",
    "Made the group “Newsroom editors”.",
    "Gave the group “Newsroom editors” its rights below “Home” (English).",
    "Gave the group “Newsroom editors” its rights below “خانه” (Persian).",
    "Made the group “Newsroom engine managers”.",
    "Made the group “Newsroom translators (en)”.",
    "Made the group “Newsroom translators (fa)”.",
]


def execute(arguments: Sequence[str | Path], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program away from this repository's files and settings."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")
    }
    return subprocess.run(
        list(map(str, arguments)),
        cwd=cwd,
        env={**environment, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


def run(arguments: Sequence[str | Path], *, cwd: Path) -> str:
    """Run a program that must succeed and return what it says."""
    finished = execute(arguments, cwd=cwd)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True)
class FreshSite:
    """A site in an environment of its own."""

    folder: Path
    python: Path

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it prints."""
        return run([self.python, "manage.py", *arguments], cwd=self.folder)

    def get(self, *addresses: str) -> list[tuple[int, str, str]]:
        """Return status, content type and text of each address."""
        script = f"""\
            import json, os, sys
            import django
            os.environ["DJANGO_SETTINGS_MODULE"] = "mysite.settings.dev"
            django.setup()
            from django.test import Client
            client = Client(headers={{"host": "localhost"}})
            answers = [client.get(address) for address in {list(addresses)!r}]
            json.dump(
                [
                    (a.status_code, a["Content-Type"],
                     (b"".join(a) if a.streaming else a.content).decode())
                    for a in answers
                ],
                sys.stdout,
            )
        """
        said = run([self.python, "-c", textwrap.dedent(script)], cwd=self.folder)
        return [tuple(answer) for answer in json.loads(said)]


def insert(path: Path, after: str, lines: str) -> None:
    """Put lines behind a place in a file that must be there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(after) == 1, f"{after!r} in {path.name}"
    path.write_text(text.replace(after, after + lines), encoding="utf-8")


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> FreshSite:
    """What `wagtail start` makes, with the wheel installed and the README's lines added."""
    folder = tmp_path_factory.mktemp("site")
    venv.create(folder / "env", with_pip=True, symlinks=os.name != "nt")
    python = folder / "env" / "bin" / "python"
    # Everything but the newsroom comes from the environment that runs the tests, so that nothing
    # is downloaded. A path in a .pth file comes last and has no .pth files of its own.
    (installed,) = (folder / "env").glob("lib/python*/site-packages")
    others = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (installed / "others.pth").write_text("\n".join(sorted(others)))
    run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel], cwd=folder)
    start = "from wagtail.bin.wagtail import main; main()"
    run([python, "-c", start, "start", "mysite"], cwd=folder)

    mysite = folder / "mysite"
    settings = mysite / "mysite" / "settings" / "base.py"
    insert(settings, "INSTALLED_APPS = [\n", INSTALLED_APPS_LINES)
    insert(
        settings,
        '    "django.contrib.sessions.middleware.SessionMiddleware",\n',
        MIDDLEWARE_LINE,
    )
    insert(settings, "USE_I18N = True\n", "\n" + SETTINGS_LINES)
    urls = mysite / "mysite" / "urls.py"
    text = urls.read_text(encoding="utf-8")
    # The starter's own last lines serve pages without a language; the README's take their place.
    own = text.index("urlpatterns = urlpatterns + [")
    urls.write_text(text[:own] + PAGES_LINES, encoding="utf-8")
    insert(urls, "urlpatterns = [\n", URLS_LINE)

    fresh = FreshSite(mysite, python)
    fresh.manage("migrate", "--verbosity", "0")
    return fresh


def test_the_readme_says_what_these_tests_do() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for lines in (
        INSTALLED_APPS_LINES,
        MIDDLEWARE_LINE,
        SETTINGS_LINES,
        URLS_LINE,
        PAGES_LINES,
        "python manage.py migrate\npython manage.py newsroom_setup\n",
    ):
        assert lines in readme


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == {
        str(path.relative_to(ROOT))
        for path in (ROOT / PACKAGE).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for needed in (
        "py.typed",
        "migrations/0001_initial.py",
        "locale/fa/LC_MESSAGES/django.mo",
        "templates/wagtail_newsroom/article_page.html",
        "static/wagtail_newsroom/reader.css",
    ):
        assert f"{PACKAGE}/{needed}" in names


def test_the_wheel_says_what_it_needs_and_sets_no_upper_bound(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folder = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(folder))
        assert any(name.endswith("LICENSE") for name in archive.namelist())
    needed = metadata.get_all("Requires-Dist")
    assert needed
    names = {re.split(r"[<>=!~ ;\[]", requirement)[0].lower() for requirement in needed}
    assert {"django", "wagtail", "wagtail-localize", "deep-translator", "defusedxml"} <= names
    assert not [
        requirement for requirement in needed if re.search("<|==|~=", requirement.split(";")[0])
    ]
    assert (metadata["Name"], metadata["License-Expression"]) == (
        "wagtail-newsroom",
        "BSD-3-Clause",
    )


def test_the_site_runs_the_wheel_and_not_this_repository(site: FreshSite) -> None:
    said = run(
        [site.python, "-c", "import wagtail_newsroom; print(wagtail_newsroom.__file__)"],
        cwd=site.folder,
    )
    assert Path(said.strip()).is_relative_to(site.folder.parent / "env")


def test_a_fresh_site_becomes_a_newsroom(site: FreshSite) -> None:
    assert site.manage("newsroom_setup").splitlines() == SETUP_SAYS
    again = site.manage("newsroom_setup")
    assert again == "Nothing was missing; nothing was changed.\n"

    english, persian, sitemap = site.get("/en/news/", "/fa/news/", "/sitemap.xml")
    assert (english[0], persian[0], sitemap[0]) == (200, 200, 200)
    for answer, language, direction, title in (
        (english, "en", "ltr", "News"),
        (persian, "fa", "rtl", "اخبار"),
    ):
        opening = re.search(r"<html[^>]*>", answer[2])
        assert opening
        assert f'lang="{language}"' in opening[0]
        assert f'dir="{direction}"' in opening[0]
        assert title in answer[2]
    assert sitemap[1].startswith("application/xml")
    files = re.findall(r"<loc>http://localhost([^<]+)</loc>", sitemap[2])
    listed = "".join(text for _status, _kind, text in site.get(*files))
    for address in ("http://localhost/en/news/", "http://localhost/fa/news/"):
        assert f"<loc>{address}</loc>" in listed


def test_the_checks_find_only_that_there_is_no_worker_yet(site: FreshSite) -> None:
    finished = execute([site.python, "manage.py", "check"], cwd=site.folder)
    said = finished.stdout + finished.stderr
    assert finished.returncode == 0, said
    assert re.findall(r"wagtail_newsroom\.[EW]\d+", said) == ["wagtail_newsroom.W001"]
    assert "System check identified 1 issue" in said


def test_no_migration_is_missing(site: FreshSite) -> None:
    said = site.manage("makemigrations", "--check", "--dry-run", PACKAGE)
    assert said == f"No changes detected in app '{PACKAGE}'\n"
