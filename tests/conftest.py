"""What all tests share: no network but loopback, and a newspaper in two languages."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.utils import translation
from wagtail.models import GroupPagePermission, Locale, Page, PageLogEntry, Revision, Site

from wagtail_newsroom.engines.circuit import forget_circuits
from wagtail_newsroom.models import ArticlePage, NewsIndexPage, PieceState


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets tests reach this machine only, so that none can reach further by accident."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise AssertionError(f"A test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_open_circuits() -> None:
    """Lets no engine that failed in one test be left alone in the next."""
    forget_circuits()


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Lets no settings stay in the cache that a rolled-back test had."""
    cache.clear()


@pytest.fixture(autouse=True)
def speaks_english() -> Iterator[None]:
    """Starts each test in English; a request to `/fa/` leaves Persian active."""
    with translation.override("en"):
        yield


def grow(parent: Page, page: Page) -> Page:
    """Put a page below another."""
    parent.add_child(instance=page)
    return page


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Prints the newspaper once for all tests, each of which leaves it as it was."""
    with django_db_blocker.unblock(), translation.override("en"):
        print_paper()
        # Within a test nothing is committed, and so the list of translations is empty.
        PieceState.objects.all().delete()


def print_paper() -> None:
    """Make a newspaper: a home and a news section, live in English and Persian."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    persian = Locale.objects.get_or_create(language_code="fa")[0]
    root = Page.get_first_root_node()
    home = grow(root, NewsIndexPage(title="The Test Post", slug="home-en", locale=english))
    home_fa = home.copy_for_translation(persian)
    home_fa.title, home_fa.slug = "پست آزمایشی", "home-fa"
    home_fa.save_revision().publish()
    news = grow(home, NewsIndexPage(title="News", slug="news", locale=english))
    news_fa = news.copy_for_translation(persian)
    news_fa.title = "اخبار"
    news_fa.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "localhost", "site_name": "The Test Post"},
    )


def take_down_paper() -> None:
    """Leave the site as Wagtail's own migrations make it."""
    welcome = Page.objects.get(slug="home", depth=2)
    Site.objects.update(root_page=welcome, site_name="")
    for page in Page.objects.filter(depth=2).exclude(pk=welcome.pk):
        page.specific.delete()
    Locale.objects.exclude(language_code="en").delete()
    for kept in (PageLogEntry, Revision, PieceState):
        kept.objects.all().delete()
    Site.clear_site_root_paths_cache()


@pytest.fixture
def new_site(db: None) -> None:
    """A site on which nothing was made yet."""
    take_down_paper()


@pytest.fixture
def paper(db: None) -> SimpleNamespace:
    """The newspaper; printed anew in a database that a test has for itself."""
    if not NewsIndexPage.objects.exists():
        print_paper()
    pages = {page.url_path: page for page in NewsIndexPage.objects.select_related("locale")}
    home, home_fa = pages["/home-en/"], pages["/home-fa/"]
    return SimpleNamespace(
        english=home.locale,
        persian=home_fa.locale,
        root=Page.get_first_root_node(),
        home=home,
        home_fa=home_fa,
        news=pages["/home-en/news/"],
        news_fa=pages["/home-fa/news/"],
    )


BODY = [
    (
        "paragraph",
        "<p>The river <b>rose</b> by 3.5 % on <a href='https://example.org/a'>Monday</a>.</p>",
    ),
    ("heading", "What comes next"),
    ("quote", {"text": "We are ready.", "attribution": "Mina Farrow, engineer"}),
]


@pytest.fixture
def write(paper: SimpleNamespace) -> Callable[..., ArticlePage]:
    """Writes English articles, live unless asked otherwise."""
    count = 0

    def make(title: str = "The river rises", *, body: Any = BODY, **fields: Any) -> ArticlePage:
        nonlocal count
        count += 1
        fields.setdefault("slug", f"piece-{count}")
        fields.setdefault("locale", paper.english)
        parent = fields.pop("parent", paper.news)
        page = ArticlePage(title=title, body=body, **fields)
        parent.add_child(instance=page)
        page.save_revision().publish() if page.live else page.save_revision()
        return ArticlePage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def article(write: Callable[..., ArticlePage]) -> ArticlePage:
    """A live English article of five segments."""
    return write(standfirst="Engineers watch the dam.")


def person(name: str, *, permissions: tuple[str, ...] = (), pages: Any = ()) -> User:
    """Make a user with permissions `app.codename` and page permissions `(page, codename)`."""
    user = User.objects.create_user(name, f"{name}@example.org", "secret")
    group = Group.objects.create(name=name)
    user.groups.add(group)
    for wanted in ("wagtailadmin.access_admin", *permissions):
        app, codename = wanted.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    for page, codename in pages:
        GroupPagePermission.objects.create(
            group=group, page=page, permission=Permission.objects.get(codename=codename)
        )
    return User.objects.get(pk=user.pk)


ALL = ("add_page", "change_page", "publish_page", "lock_page")


@pytest.fixture
def editor(paper: SimpleNamespace) -> User:
    """May do everything with pages of both languages, and approve."""
    return person(
        "editor",
        permissions=("wagtail_localize.submit_translation", "wagtail_newsroom.approve_translation"),
        pages=[(home, code) for home in (paper.home, paper.home_fa) for code in ALL],
    )


@pytest.fixture
def translator(paper: SimpleNamespace) -> User:
    """May request and write Persian, but neither approve nor publish."""
    return person(
        "translator",
        permissions=("wagtail_localize.submit_translation",),
        pages=[(paper.home_fa, "add_page"), (paper.home_fa, "change_page")],
    )


@pytest.fixture
def outsider(paper: SimpleNamespace) -> User:
    """May enter the admin and submit translations, but has no page."""
    return person("outsider", permissions=("wagtail_localize.submit_translation",))


@pytest.fixture
def run_jobs() -> Callable[[], None]:
    """Runs every job that waits, as a worker would."""
    from wagtail_newsroom.desk import jobs
    from wagtail_newsroom.models import TranslationJob

    def run() -> None:
        for pk in TranslationJob.objects.filter(status="queued").values_list("pk", flat=True):
            jobs.run(pk)

    return run
