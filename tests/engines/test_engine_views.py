"""The engines' page and command: what they show, to whom, and that no request calls an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.conftest import person
from tests.loopback import LoopbackServer
from wagtail_newsroom.desk import engine_views, probes
from wagtail_newsroom.desk.usage import this_month
from wagtail_newsroom.models import EngineUsage

pytestmark = pytest.mark.urls("tests.engines.urls")
PAIR = {"source": "en", "target": "fa"}


class Queue:
    """A queue whose worker starts when a test says so; it may keep what tasks return."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, str, str]] = []
        self.returned: dict[str, list[dict[str, Any]]] = {}
        self.keeps_results = True

    def ask(self, token: str, source: str, target: str) -> str:
        self.waiting.append((token, source, target))
        return f"call-{token}"

    def answer(self, call: str) -> list[dict[str, Any]] | None:
        return self.returned.get(call) if self.keeps_results else None

    def work(self) -> None:
        for token, source, target in self.waiting:
            self.returned[f"call-{token}"] = probes.run(token, source, target)
        self.waiting = []


@pytest.fixture
def queue() -> Iterator[Queue]:
    """The queue that tests go to."""
    before = list(probes._registered)
    made = Queue()
    probes.register(made)
    yield made
    probes._registered[:] = before


@pytest.fixture
def manager(paper: SimpleNamespace) -> User:
    """May see what engines were sent."""
    return person("manager", permissions=("wagtail_newsroom.view_engineusage",))


@pytest.fixture
def page(client: Client, manager: User) -> Callable[..., BeautifulSoup]:
    """Gets or posts the page as the manager."""
    client.force_login(manager)

    def get(data: dict[str, str] | None = None, *, name: str = "engines") -> BeautifulSoup:
        url = reverse(f"wagtail_newsroom_{name}")
        response = client.get(url) if data is None else client.post(url, data, follow=True)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def two_engines(loopback: LoopbackServer, settings: Any) -> LoopbackServer:
    """A chain of Google at the far end and the offline twin."""
    settings.WAGTAIL_NEWSROOM_ENGINES = [
        {
            "ENGINE": "google",
            "OPTIONS": {"base_url": loopback.google_url, "requests_per_minute": 30},
        },
        "pseudo",
    ]
    settings.WAGTAIL_NEWSROOM_CHARACTER_CAPS = {"google": 500000}
    return loopback


def cells(soup: BeautifulSoup, table: int) -> list[list[str]]:
    """Return the texts of a table's rows."""
    rows = soup.select("table[class*=newsroom-engines]")[table].select("tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]


class TestPage:
    def test_chain_is_shown_with_limits_and_what_was_sent(
        self, two_engines: LoopbackServer, page: Callable[..., BeautifulSoup]
    ) -> None:
        EngineUsage.objects.create(engine="google", month=this_month(), characters=1234)
        assert cells(page(), 0) == [
            ["Google Translate", "no", "30", "1,234", "500,000"],
            ["Pseudo-translation", "yes", "no limit", "0", "no limit"],
        ]
        assert two_engines.asked == []

    def test_test_is_done_by_a_worker_and_never_in_a_request(
        self,
        two_engines: LoopbackServer,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
    ) -> None:
        soup = page(PAIR)
        assert "Testing from English into Persian…" in soup.get_text()
        assert soup.select_one("[data-newsroom-active]")
        assert two_engines.asked == []
        assert queue.waiting[0][1:] == ("en", "fa")
        assert page(name="engines_progress").select_one("[data-newsroom-active]")

        queue.work()
        fragment = page(name="engines_progress")
        assert not fragment.select("[data-newsroom-active], form, html")
        assert [row[:4] + row[5:] for row in cells(fragment, 0)] == [
            ["Google Translate", "yes", "yes", "yes", "Works."],
            ["Pseudo-translation", "yes", "yes", "yes", "Works."],
        ]
        assert cells(page(), 1) == cells(fragment, 0)
        assert len(two_engines.asked) == 1

    @pytest.mark.parametrize("lost", ["cache", "result"])
    def test_answer_arrives_by_the_cache_or_by_the_queue(
        self,
        two_engines: LoopbackServer,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
        lost: str,
    ) -> None:
        page(PAIR)
        queue.work()
        if lost == "cache":
            cache.clear()
        else:
            queue.keeps_results = False
        assert cells(page(name="engines_progress"), 0)[1][-1] == "Works."

    def test_engine_that_fails_says_why(
        self,
        two_engines: LoopbackServer,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
    ) -> None:
        two_engines.fail("status", status=403)
        page(PAIR)
        queue.work()
        google = cells(page(), 1)[0]
        assert google[1:4] == ["yes", "no", "–"]
        assert google[-1] == "Google Translate refused the request; check its settings and key."

    def test_characters_of_a_test_count(
        self,
        two_engines: LoopbackServer,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
    ) -> None:
        page(PAIR)
        queue.work()
        assert list(
            EngineUsage.objects.order_by("engine").values_list("engine", "characters", "requests")
        ) == [
            ("google", 11, 1),
            ("pseudo", 11, 1),
        ]

    def test_page_wonders_when_no_worker_comes_and_stops_asking_in_the_end(
        self,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        page(PAIR)
        monkeypatch.setattr(engine_views, "SOON_SECONDS", 0)
        late = page(name="engines_progress")
        assert "Is one running?" in late.get_text()
        assert late.select_one("[data-newsroom-active]")
        monkeypatch.setattr(engine_views, "LONGEST_SECONDS", 0)
        assert not page(name="engines_progress").select_one("[data-newsroom-active]")

    def test_page_has_few_queries_however_many_engines(
        self,
        settings: Any,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
        django_assert_max_num_queries: Any,
    ) -> None:
        page()
        settings.WAGTAIL_NEWSROOM_ENGINES = ["pseudo"] * 20
        with django_assert_max_num_queries(18):
            page()

    @pytest.mark.parametrize(
        "data", [{}, {"source": "en", "target": "en"}, {"source": "en", "target": "de"}]
    )
    def test_languages_that_make_no_pair_of_the_site_are_declined(
        self, page: Callable[..., BeautifulSoup], queue: Queue, data: dict[str, str]
    ) -> None:
        assert "Choose two different languages." in page(data).get_text()
        assert queue.waiting == []

    def test_queue_that_is_down_is_told(
        self,
        page: Callable[..., BeautifulSoup],
        queue: Queue,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def down(*args: Any) -> str:
            raise ConnectionError

        monkeypatch.setattr(queue, "ask", down)
        assert "could not be put in the queue" in page(PAIR).get_text()

    def test_bad_setting_is_told_and_nothing_to_test(
        self, page: Callable[..., BeautifulSoup], settings: Any
    ) -> None:
        settings.WAGTAIL_NEWSROOM_ENGINES = ["gogle"]
        soup = page()
        assert "There is no engine “gogle”." in soup.get_text()
        assert not soup.select('select[name="source"]')

    def test_empty_chain_is_told(self, page: Callable[..., BeautifulSoup], settings: Any) -> None:
        settings.WAGTAIL_NEWSROOM_ENGINES = []
        assert "No engine is set up." in page().get_text()

    def test_session_of_another_version_is_forgotten(
        self, page: Callable[..., BeautifulSoup], client: Client
    ) -> None:
        session = client.session
        session[engine_views.SESSION_KEY] = {"token": "x"}
        session.save()
        assert not page().select(".newsroom-engines__result")


class TestRights:
    @pytest.mark.parametrize("name", ["engines", "engines_progress"])
    def test_others_see_nothing_and_test_nothing(
        self, client: Client, editor: User, queue: Queue, name: str
    ) -> None:
        client.force_login(editor)
        url = reverse(f"wagtail_newsroom_{name}")
        assert client.get(url).status_code == 302
        assert client.post(url, PAIR).status_code == 302
        assert queue.waiting == []

    def test_superuser_sees_it(self, client: Client, paper: SimpleNamespace) -> None:
        client.force_login(User.objects.create_superuser("root"))
        assert client.get(reverse("wagtail_newsroom_engines")).status_code == 200

    def test_menu_leads_only_those_who_may(self, manager: User, editor: User) -> None:
        item = engine_views.EnginesMenuItem()
        assert item.url == reverse("wagtail_newsroom_engines")
        assert item.is_shown(SimpleNamespace(user=manager))
        assert not item.is_shown(SimpleNamespace(user=editor))


class TestCommand:
    def call(self, *arguments: str) -> str:
        out = StringIO()
        call_command("newsroom_engines", *arguments, stdout=out)
        return out.getvalue()

    def test_each_engine_has_its_line(
        self, two_engines: LoopbackServer, paper: SimpleNamespace
    ) -> None:
        heading, google, pseudo = self.call().splitlines()
        assert heading == "From en into fa:"
        assert google.startswith("google: reachable yes, key accepted yes, languages known yes, ")
        assert google.endswith(" ms. Works.")
        assert pseudo.startswith("pseudo: ")

    def test_one_that_works_is_enough(
        self, two_engines: LoopbackServer, paper: SimpleNamespace
    ) -> None:
        two_engines.fail("status", status=403)
        assert "google: reachable yes, key accepted no, languages known –" in self.call()

    def test_languages_can_be_named(
        self, two_engines: LoopbackServer, paper: SimpleNamespace
    ) -> None:
        assert "From fa into de:" in self.call("--from", "fa", "--to", "de")
        assert [(asked.source, asked.target) for asked in two_engines.asked] == [("fa", "de")]

    def test_it_fails_when_none_works(
        self, two_engines: LoopbackServer, paper: SimpleNamespace, settings: Any
    ) -> None:
        settings.WAGTAIL_NEWSROOM_ENGINES = settings.WAGTAIL_NEWSROOM_ENGINES[:1]
        two_engines.fail("status", status=500)
        with pytest.raises(CommandError, match="No engine works") as caught:
            self.call()
        assert caught.value.returncode == 1

    def test_bad_setting_is_told(self, paper: SimpleNamespace, settings: Any) -> None:
        settings.WAGTAIL_NEWSROOM_ENGINES = ["gogle"]
        with pytest.raises(CommandError, match="gogle"):
            self.call()

    def test_site_with_one_language_must_be_told_two(
        self, two_engines: LoopbackServer, new_site: None
    ) -> None:
        with pytest.raises(CommandError, match="--from and --to"):
            self.call()
        assert "From en into fa:" in self.call("--from", "en", "--to", "fa")
