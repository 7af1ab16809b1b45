"""Setting up: what is missing is made, what exists is left alone, and all of it is told."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Revision,
    Site,
)

from wagtail_newsroom.desk.roles import EDITORS, ENGINE_MANAGERS, WRITERS, editors, translators
from wagtail_newsroom.models import (
    ArticlePage,
    GroupLanguagePermission,
    MemoryEntry,
    NewsIndexPage,
)
from wagtail_newsroom.setup import Report, set_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_site")]

GROUPS_MADE = [
    *(
        f"{act} the group “{name}”{rest}"
        for name in (WRITERS, EDITORS)
        for act, rest in (
            ("Made", "."),
            ("Gave", " its rights below “Home” (English)."),
            ("Gave", " its rights below “خانه” (Persian)."),
        )
    ),
    *(
        f"Made the group “{name}”."
        for name in (ENGINE_MANAGERS, translators("en"), translators("fa"))
    ),
]


@pytest.fixture
def bare_home() -> Page:
    """What a new site has: one home page with nothing but its title."""
    home = Site.objects.get().root_page
    home.title = home.draft_title = "Home"
    home.save()
    return home


def state() -> list[Any]:
    """Everything that setting up could change."""
    return [
        list(Locale.all_objects.order_by("pk").values()),
        list(Page.objects.order_by("pk").values()),
        list(Revision.objects.order_by("pk").values_list("pk", flat=True)),
        list(Group.objects.order_by("pk").values_list("pk", "name")),
        list(Group.permissions.through.objects.order_by("pk").values()),
        list(GroupPagePermission.objects.order_by("pk").values()),
        list(GroupCollectionPermission.objects.order_by("pk").values()),
        list(GroupLanguagePermission.objects.order_by("pk").values()),
    ]


def tree() -> list[tuple[str, str, str, bool]]:
    return list(
        Page.objects.filter(depth__gt=1)
        .order_by("path")
        .values_list("locale__language_code", "title", "url_path", "live")
    )


def languages(settings: Any, *codes: tuple[str, str]) -> None:
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = list(codes)


def test_a_new_site_gets_what_it_lacks_and_is_told(bare_home: Page) -> None:
    assert set_up() == Report(
        made=[
            "Made the language Persian (fa).",
            "Made and published the home page “خانه” (Persian).",
            "Made and published the section “News” (English).",
            "Made and published the section “اخبار” (Persian).",
            *GROUPS_MADE,
        ],
        notes=[],
    )
    assert tree() == [
        ("en", "Home", "/home/", True),
        ("en", "News", "/home/news/", True),
        ("fa", "خانه", "/home-fa/", True),
        ("fa", "اخبار", "/home-fa/news/", True),
    ]
    english, persian = NewsIndexPage.objects.order_by("path")
    assert english.translation_key == persian.translation_key
    assert (english.draft_title, persian.draft_title) == ("News", "اخبار")
    assert not any(page.has_unpublished_changes for page in Page.objects.filter(depth__gt=2))


def test_readers_reach_both_sections(bare_home: Page) -> None:
    set_up()
    english, persian = NewsIndexPage.objects.order_by("path")
    assert english.get_url() == "/en/news/"
    assert persian.get_url() == "/fa/news/"


def test_a_second_run_changes_nothing_and_says_so(bare_home: Page) -> None:
    call_command("newsroom_setup", stdout=StringIO())
    before = state()
    out = StringIO()
    call_command("newsroom_setup", stdout=out)
    assert out.getvalue() == "Nothing was missing; nothing was changed.\n"
    assert state() == before


def test_the_command_prints_a_line_for_each_thing(bare_home: Page) -> None:
    out = StringIO()
    call_command("newsroom_setup", stdout=out, no_color=True)
    assert out.getvalue().splitlines() == [
        "Made the language Persian (fa).",
        "Made and published the home page “خانه” (Persian).",
        "Made and published the section “News” (English).",
        "Made and published the section “اخبار” (Persian).",
        *GROUPS_MADE,
    ]


def test_what_a_newspaper_has_stays_as_it_is(paper: SimpleNamespace) -> None:
    pages = tree()
    report = set_up()
    assert tree() == pages
    assert all("group" in line for line in report.made)
    assert report.notes == []


def test_a_home_that_is_a_section_gets_no_section(paper: SimpleNamespace) -> None:
    paper.news_fa.delete()
    NewsIndexPage.objects.get(pk=paper.news.pk).delete()
    set_up()
    assert NewsIndexPage.objects.count() == 2


def test_a_missing_news_section_is_made_in_one_language(bare_home: Page) -> None:
    set_up()
    NewsIndexPage.objects.get(locale__language_code="fa").delete()
    assert set_up().made == ["Made and published the section “اخبار” (Persian)."]
    english, persian = NewsIndexPage.objects.order_by("path")
    assert english.translation_key == persian.translation_key


def test_a_home_with_more_text_than_its_title_becomes_a_draft(paper: SimpleNamespace) -> None:
    Page.objects.get(pk=paper.home_fa.pk).delete()
    NewsIndexPage.objects.filter(pk=paper.home.pk).update(introduction="All the news")
    report = set_up()
    assert "Made a draft of the home page “خانه” (Persian)." in report.made
    assert "Please translate and publish the home page “خانه” (Persian)." in report.notes
    translated = NewsIndexPage.objects.get(pk=paper.home.pk).get_translation(paper.persian)
    assert not translated.live
    assert (
        "The home page “خانه” is not published; until it is, readers do not see this language: "
        "Persian."
    ) in set_up().notes


def test_a_language_whose_words_we_do_not_know_gets_drafts(bare_home: Page, settings: Any) -> None:
    languages(settings, ("en", "English"), ("sw", "Swahili"))
    report = set_up()
    assert report.notes == [
        "Please translate and publish the home page “Kiswahili” (Swahili).",
        "Please give the section “Kiswahili” its title and publish it (Swahili).",
    ]
    assert [page for page in tree() if page[0] == "sw"] == [
        ("sw", "Kiswahili", "/home-sw/", False),
        ("sw", "Kiswahili", "/home-sw/news/", False),
    ]


def test_a_regional_language_gets_its_language_s_words(bare_home: Page, settings: Any) -> None:
    languages(settings, ("en", "English"), ("pt-br", "Brazilian"), ("zh-hant", "Chinese"))
    set_up()
    assert {page[1] for page in tree() if page[0] == "pt-br"} == {"Início", "Notícias"}
    assert {page[1] for page in tree() if page[0] == "zh-hant"} == {"首頁", "新聞"}


def test_a_page_at_the_section_s_address_stays(bare_home: Page) -> None:
    bare_home.add_child(instance=Page(title="Old news", slug="news"))
    report = set_up()
    assert report.notes == [
        "Below “Home” (English) a page with the address “news” exists already, so no section was "
        "made there."
    ]
    assert Page.objects.get(slug="news", locale__language_code="en").title == "Old news"
    assert [page.title for page in NewsIndexPage.objects.all()] == ["اخبار"]


def test_a_home_that_allows_no_sections_gets_none(db: None) -> None:
    home = ArticlePage(title="Home", slug="alone", locale=Locale.objects.get(language_code="en"))
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update(root_page=home)
    assert set_up().notes == [
        "The page “Home” (English) does not allow sections below it.",
        "The page “خانه” (Persian) does not allow sections below it.",
    ]


def test_a_home_below_an_untranslated_page_is_told(bare_home: Page) -> None:
    deep = bare_home.add_child(instance=Page(title="Deep", slug="deep"))
    Site.objects.update(root_page=deep)
    assert set_up().notes == [
        "The home page “Deep” stands below a page that has no translation; please translate that "
        "one first. Language: Persian."
    ]


def test_a_site_that_is_missing_is_told(db: None) -> None:
    Site.objects.all().delete()
    report = set_up()
    assert report.notes == ["There is no site yet. Make one under Settings, Sites."]
    assert not NewsIndexPage.objects.exists()


def test_two_sites_in_two_languages_share_their_homes(bare_home: Page) -> None:
    set_up()
    persian_home = bare_home.get_translation(Locale.objects.get(language_code="fa"))
    Site.objects.create(hostname="fa.example.org", root_page=persian_home)
    assert set_up().made == []


def rights(name: str) -> dict[str, set[str]]:
    group = Group.objects.get(name=name)
    return {
        "model": {
            f"{permission.content_type.app_label}.{permission.codename}"
            for permission in group.permissions.select_related("content_type")
        },
        "pages": set(group.page_permissions.values_list("page__title", "permission__codename")),
        "languages": set(
            group.newsroom_languages.values_list("locale__language_code", "permission__codename")
        ),
        "images": set(group.collection_permissions.values_list("permission__codename", flat=True)),
    }


def test_editors_may_approve_and_publish(bare_home: Page) -> None:
    set_up()
    assert rights(EDITORS) == {
        "model": {
            "wagtailadmin.access_admin",
            "wagtail_localize.submit_translation",
            "wagtail_newsroom.approve_translation",
            "wagtail_newsroom.write_translation",
            "wagtail_newsroom.view_memoryentry",
            "wagtail_newsroom.add_tag",
            "wagtail_newsroom.change_tag",
            "wagtail_newsroom.delete_tag",
            "wagtail_newsroom.view_tag",
            "wagtail_newsroom.add_glossaryterm",
            "wagtail_newsroom.change_glossaryterm",
            "wagtail_newsroom.delete_glossaryterm",
            "wagtail_newsroom.view_glossaryterm",
            "wagtail_newsroom.view_engineusage",
            "wagtail_newsroom.view_reviewrecord",
            "wagtail_newsroom.add_memoryentry",
            "wagtail_newsroom.change_memoryentry",
            "wagtail_newsroom.delete_memoryentry",
            "wagtail_newsroom.add_author",
            "wagtail_newsroom.change_author",
            "wagtail_newsroom.publish_author",
            "wagtail_newsroom.add_imagetext",
            "wagtail_newsroom.change_imagetext",
            "wagtail_newsroom.delete_imagetext",
            "wagtail_newsroom.view_imagetext",
            "wagtail_newsroom.add_socialsettings",
            "wagtail_newsroom.change_socialsettings",
            "wagtail_newsroom.delete_socialsettings",
            "wagtail_newsroom.view_socialsettings",
        },
        "pages": {
            (home, f"{act}_page")
            for home in ("Home", "خانه")
            for act in ("add", "change", "publish", "lock")
        },
        "languages": set(),
        "images": {"add_image", "change_image", "choose_image"},
    }


def test_writers_may_neither_approve_nor_publish(bare_home: Page) -> None:
    set_up()
    assert rights(WRITERS) == {
        "model": {
            "wagtailadmin.access_admin",
            "wagtail_localize.submit_translation",
            "wagtail_newsroom.add_author",
            "wagtail_newsroom.change_author",
        },
        "pages": {(home, f"{act}_page") for home in ("Home", "خانه") for act in ("add", "change")},
        "languages": set(),
        "images": {"add_image", "choose_image"},
    }


def test_translators_may_write_their_language_and_edit_no_page(bare_home: Page) -> None:
    set_up()
    assert rights(translators("fa")) == {
        "model": {"wagtailadmin.access_admin"},
        "pages": set(),
        "languages": {("fa", "write_translation")},
        "images": set(),
    }


def test_engine_managers_see_to_engines_memory_and_glossary(bare_home: Page) -> None:
    set_up()
    assert rights(ENGINE_MANAGERS) == {
        "model": {
            "wagtailadmin.access_admin",
            "wagtail_newsroom.view_engineusage",
            *(
                f"wagtail_newsroom.{act}_{model}"
                for act in ("view", "add", "change", "delete")
                for model in ("memoryentry", "glossaryterm")
            ),
        },
        "pages": set(),
        "languages": set(),
        "images": set(),
    }


def run_roles(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("newsroom_roles", *arguments, stdout=out, no_color=True)
    return out.getvalue().splitlines()


def test_the_command_makes_the_roles_once(bare_home: Page) -> None:
    set_up()
    Group.objects.all().delete()
    assert run_roles() == GROUPS_MADE
    before = state()
    assert run_roles() == ["Nothing was missing; nothing was changed."]
    assert state() == before


def test_the_command_takes_the_languages_that_need_translators(bare_home: Page) -> None:
    set_up()
    Group.objects.all().delete()
    assert run_roles("--languages", "fa") == [
        sentence for sentence in GROUPS_MADE if translators("en") not in sentence
    ]


def test_editors_of_one_language_get_a_group_when_asked_for(bare_home: Page) -> None:
    set_up()
    assert run_roles("--languages", "fa", "--editors-by-language") == [
        f"Made the group “{editors('fa')}”.",
        f"Gave the group “{editors('fa')}” its rights below “خانه” (Persian).",
    ]
    assert rights(editors("fa")) == {
        "model": {
            "wagtailadmin.access_admin",
            "wagtail_newsroom.add_author",
            "wagtail_newsroom.change_author",
            "wagtail_newsroom.publish_author",
        },
        "pages": {("خانه", f"{act}_page") for act in ("add", "change", "publish", "lock")},
        "languages": {("fa", "write_translation"), ("fa", "approve_translation")},
        "images": {"add_image", "change_image", "choose_image"},
    }


def test_the_command_names_languages_that_the_site_does_not_have(bare_home: Page) -> None:
    set_up()
    before = state()
    with pytest.raises(CommandError, match="no such language: de, xx"):
        run_roles("--languages", "xx", "fa", "de")
    assert state() == before


def test_the_groups_rights_hold(bare_home: Page, django_user_model: type[User]) -> None:
    set_up()
    section = NewsIndexPage.objects.get(locale__language_code="fa")
    for group, may_edit, may_publish in (
        (EDITORS, True, True),
        (WRITERS, True, False),
        (translators("fa"), False, False),
        (ENGINE_MANAGERS, False, False),
    ):
        user = django_user_model.objects.create_user(group)
        user.groups.add(Group.objects.get(name=group))
        tester = section.permissions_for_user(user)
        assert (tester.can_edit(), tester.can_publish()) == (may_edit, may_publish)
        assert user.has_perm("wagtail_newsroom.approve_translation") is may_publish


def test_a_permission_that_was_taken_away_stays_away(bare_home: Page) -> None:
    set_up()
    group = Group.objects.get(name=EDITORS)
    group.permissions.clear()
    group.page_permissions.filter(permission__codename="publish_page").delete()
    assert set_up().made == []
    assert not group.permissions.exists()


def test_rights_on_the_root_are_enough(bare_home: Page) -> None:
    set_up()
    permissions = GroupPagePermission.objects.filter(group__name=EDITORS)
    permissions.exclude(page=bare_home).delete()
    permissions.update(page=Page.get_first_root_node())
    assert set_up().made == []


def test_a_language_that_is_added_later_gets_its_share(bare_home: Page, settings: Any) -> None:
    set_up()
    languages(settings, ("en", "English"), ("fa", "Persian"), ("de", "German"))
    assert set_up().made == [
        "Made the language German (de).",
        "Made and published the home page “Startseite” (German).",
        "Made and published the section “Nachrichten” (German).",
        f"Gave the group “{WRITERS}” its rights below “Startseite” (German).",
        f"Gave the group “{EDITORS}” its rights below “Startseite” (German).",
        f"Made the group “{translators('de')}”.",
    ]


TMX = (
    '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>'
    '<tu><tuv xml:lang="en"><seg>River</seg></tuv><tuv xml:lang="fa"><seg>رود</seg></tuv></tu>'
    "</body></tmx>"
)


def test_the_memory_goes_in_and_out_by_command(tmp_path: Path) -> None:
    given, taken = tmp_path / "in.tmx", tmp_path / "out.tmx"
    given.write_text(TMX, encoding="utf-8")
    out = StringIO()
    call_command("newsroom_import_tmx", str(given), stdout=out, no_color=True)
    call_command("newsroom_export_tmx", str(taken), stdout=out, no_color=True)
    assert out.getvalue().splitlines() == [
        "The file was imported. Units: 1, new pairs: 1, known pairs: 0, left out: 0.",
        "1 pair was written.",
    ]
    MemoryEntry.objects.all().delete()
    call_command("newsroom_import_tmx", str(taken), stdout=out)
    assert MemoryEntry.objects.get().target_text == "رود"


def test_a_bad_file_is_an_error_with_its_reason(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tmx"
    broken.write_text(TMX[:-20], encoding="utf-8")
    with pytest.raises(CommandError, match="its end is missing"):
        call_command("newsroom_import_tmx", str(broken))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("newsroom_import_tmx", str(tmp_path / "absent.tmx"))
    assert not MemoryEntry.objects.exists()


def test_an_export_does_not_write_over_a_file(tmp_path: Path) -> None:
    precious = tmp_path / "precious.tmx"
    precious.write_text("precious")
    with pytest.raises(CommandError, match="cannot be written: File exists"):
        call_command("newsroom_export_tmx", str(precious))
    assert precious.read_text() == "precious"
