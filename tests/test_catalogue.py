"""The Persian catalogue is whole, written as Persian is written, and seen on the pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polib
import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.template.defaultfilters import yesno
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from wagtail_newsroom.desk import actions, localize
from wagtail_newsroom.desk.findings import word
from wagtail_newsroom.desk.glossary_import import import_terms, plan_import
from wagtail_newsroom.desk.memory import remember
from wagtail_newsroom.models import ArticlePage, MemoryEntry, NewsIndexPage, TranslationJob
from wagtail_newsroom.segments.checks import check

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "wagtail_newsroom" / "locale" / "fa" / "LC_MESSAGES" / "django.po"

LETTER = "[آ-یأؤئء]"
# (?<!…) instead of \b: to Python the half-space U+200C is no part of a word.
WORD = "(?<![آ-یأؤئء\u200c])"
WORD_END = "(?![آ-یأؤئء\u200c])"
VERBS = "ا?(?:شو|کن|توان|خواه|ده|گیر|بین|پذیر|رس|گذار|مان|خوان|بر|فرست)"

# By rule: what no translation may hold, and an example of it.
# Letters, digits, half-spaces and punctuation: https://www.w3.org/TR/alreq/
# Spelling: the orthography of the Academy of Persian Language and Literature.
FORBIDDEN = {
    "Arabic letters for Persian ones": ("[يىكۀ]", "كتاب"),
    "Arabic digits": ("[٠-٩]", "٤ صفحه"),
    "Latin comma, semicolon or question mark after a Persian word": (
        rf"(?:{LETTER}|[\u200c\u0654»)])\s*[,;?]",
        "سلام, دنیا",
    ),
    "Latin quotation marks": ('["“”]', "صفحهٔ “نخست”"),
    "a space where می and its verb are joined by a half-space": (rf"{WORD}ن?می ", "نشان می دهد"),
    "می glued to its verb": (rf"{WORD}ن?می{VERBS}", "نشان میدهد"),
    "a space before the plural ending": (rf" ها(?:ی|یی|یش|یشان)?{WORD_END}", "صفحه های تازه"),
    "a half-space at the edge of a word": (
        r"(?:^|[\s«(\u200c])\u200c|\u200c(?:[\s،؛؟.:!»)]|$)",
        "صفحه\u200c ها",
    ),
    "space at an end, or twice": (r"^\s|\s$|\s\s", "ترجمه "),
    "a space before punctuation": (r"\s[،؛؟.:!»)]", "تأیید شد ."),
    "no space after punctuation": (r"[،؛؟](?=[^\s»)])", "نخست،دوم"),
    "a space inside quotation marks": (r"«\s", "« صفحه »"),
    "a filling stroke": ("ـ", "تـرجمه"),
    "ه‌ی where the house writes هٔ": (f"ه\u200cی{WORD_END}", "صفحه\u200cی نخست"),
    "a plural noun after a number": (rf"%\(count\)d {LETTER}+\u200cها", "%(count)d صفحه\u200cها"),
    "a spelling that is not the house's": (
        rf"تایید|پیش ?نویس|مبدا{WORD_END}|منشا{WORD_END}|به ?روز ?رسانی|پیش ?نمایش|روی تیتر",
        "پیشنویس",
    ),
}


TAG = "</?[a-z][^>]*>"

# Words for the template filter `yesno`, which parts them at Latin commas; nobody reads it whole.
# https://docs.djangoproject.com/en/stable/ref/templates/builtins/#yesno
YES_NO = "yes,no,–"


def translations() -> Iterator[tuple[str, str]]:
    """Yield each sentence with its translation, and each plural form with its own."""
    for entry in polib.pofile(str(CATALOGUE)):
        if entry.msgid_plural:
            yield entry.msgid, entry.msgstr_plural[0]
            yield entry.msgid_plural, entry.msgstr_plural[1]
        else:
            yield entry.msgid, entry.msgstr


def markup(text: str) -> Counter[str]:
    """Return the placeholders and tags of a text, with how often each stands in it.

    Persian writes the sign of percent out.
    """
    signs = re.sub(r"(?<!\()\bpercent\b|درصد", "%%", text)
    return Counter(re.findall(rf"%\(\w+\)[a-z]|%%|{TAG}", signs))


def prose(text: str) -> str:
    """Return a text without its tags, whose attributes have quotation marks of their own."""
    return re.sub(TAG, "", text)


def test_every_sentence_of_the_package_is_translated_and_compiled() -> None:
    check = [sys.executable, str(ROOT / ".ci" / "check_catalogue.py")]
    result = subprocess.run(check, cwd=ROOT, capture_output=True, text=True)
    if result.returncode and shutil.which("xgettext") is None:
        pytest.fail(
            "The catalogue cannot be checked without xgettext: install the package gettext."
        )
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"^Persian catalogue: \d+ sentences, 0 problems$", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_persian_is_written_without(rule: str) -> None:
    pattern, example = FORBIDDEN[rule]
    assert re.search(pattern, example), "the rule does not see its own example"
    assert [
        text
        for said, text in translations()
        for part in (text.split(",") if said == YES_NO else [prose(text)])
        if re.search(pattern, part)
    ] == []


def test_words_for_yes_and_no_can_be_told_apart_by_the_template_filter() -> None:
    with translation.override("fa"):
        words = translation.gettext(YES_NO)
    assert [yesno(value, words) for value in (True, False, None)] == ["بله", "خیر", "–"]


def test_every_translation_is_persian() -> None:
    def said_in_words(text: str) -> str:
        # A list of names, such as "%(names)s، %(name)s", has signs only.
        return re.sub(r"%\(\w+\)[a-z]", "", prose(text))

    assert [
        text
        for said, text in translations()
        if re.search("[A-Za-z]", said_in_words(said)) and not re.search(LETTER, prose(text))
    ] == []


def test_placeholders_and_tags_are_those_of_the_sentence() -> None:
    assert [text for said, text in translations() if markup(said) != markup(text)] == []


def test_a_translation_ends_as_its_sentence_does() -> None:
    ends = re.compile("[.:…]$")
    assert [text for said, text in translations() if ends.findall(said) != ends.findall(text)] == []


@pytest.fixture
def browse(editor: User) -> Callable[[str], BeautifulSoup]:
    """Opens pages of the admin for an editor who chose Persian."""
    UserProfile.objects.create(user=editor, preferred_language="fa")
    rights = ("change_memoryentry", "view_engineusage", "view_glossaryterm")
    editor.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(editor)

    def get(url: str) -> BeautifulSoup:
        response = client.get(url)
        assert response.status_code == 200
        page = BeautifulSoup(response.content, "html.parser")
        assert isinstance(page.html, Tag)
        assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
        return page

    return get


def client_of(user: User) -> Client:
    """Return a browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client


def words(found: Any) -> str:
    """Return what is to be read in an element, on one line."""
    assert found is not None
    return " ".join(found.get_text().split())


def test_the_job_page_speaks_persian(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    browse: Callable[[str], BeautifulSoup],
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()

    page = browse(reverse("wagtail_newsroom_job", args=[TranslationJob.objects.get().pk]))

    assert words(page.select_one("h1")).startswith("کار ترجمه")
    assert words(page.select_one(".newsroom-job__what")).startswith(
        "«The river rises» از انگلیسی به فارسی · به درخواست editor ·"
    )
    assert words(page.select_one(".newsroom-job__status")) == "پایان‌یافته"
    assert "۶ از ۶ بند" in [words(text) for text in page.select(".newsroom-job p")]
    assert [words(term) for term in page.select(".newsroom-counts dt")][0] == "از حافظهٔ ترجمه"
    assert words(page.select_one(".newsroom-job__actions .button")) == "بازبینی ترجمه"


def test_a_failed_job_says_why_in_persian(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    browse: Callable[[str], BeautifulSoup],
    settings: Any,
) -> None:
    settings.WAGTAIL_NEWSROOM_ENGINES = []
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()

    page = browse(reverse("wagtail_newsroom_job", args=[TranslationJob.objects.get().pk]))

    assert [words(failure) for failure in page.select(".newsroom-failures li")] == [
        "برای این جفت زبان هیچ موتور ترجمه‌ای تعریف نشده است. (۶ بند)"
    ]
    assert words(page.select_one(".newsroom-job__actions form")) == (
        "تلاش دوباره برای بندهای ترجمه‌نشده"
    )


def test_the_review_speaks_persian(
    article: ArticlePage,
    paper: SimpleNamespace,
    editor: User,
    run_jobs: Callable[[], None],
    browse: Callable[[str], BeautifulSoup],
) -> None:
    actions.request_translation(article, paper.persian, user=editor)
    run_jobs()
    draft = localize.translations_of(article).get()

    page = browse(reverse("wagtail_newsroom_review", args=[draft.pk]))

    assert words(page.select_one(".newsroom-state")) == "پیش‌نویس ماشینی، در انتظار بازبینی"
    beside = page.select_one("[data-newsroom-beside]")["data-newsroom-beside"]
    reasons = BeautifulSoup(client_of(editor).get(beside).content, "html.parser")
    assert words(reasons.select_one("#newsroom-reasons")) == (
        "این متن را هنوز نمی‌توان منتشر کرد. ۶ بند در انتظار تأیید است."
    )
    assert {words(button) for button in page.select(".newsroom-review__actions .button")} == {
        "تأیید",
        "انتشار",
        "زمان‌بندی",
        "پیش‌نمایش",
        "ویرایش متن‌ها",
        "همهٔ زبان‌ها",
    }


def test_the_memory_speaks_persian(browse: Callable[[str], BeautifulSoup]) -> None:
    remember(
        [("River", "رود")],
        source_language="en",
        target_language="fa",
        origin=MemoryEntry.Origin.APPROVED,
    )

    page = browse(reverse("newsroom_memory:index"))

    heads = [words(head) for head in page.select("main thead th")]
    assert {"متن اصلی", "ترجمه", "زبان‌ها", "منشأ", "به‌روزشده"} <= set(heads)
    assert "تأییدشده" in [words(cell) for cell in page.select("main tbody td")]


def test_the_engines_speak_persian(
    paper: SimpleNamespace, browse: Callable[[str], BeautifulSoup]
) -> None:
    page = browse(reverse("wagtail_newsroom_engines"))

    assert words(page.select_one("h1")) == "موتورهای ترجمه"
    heads = [words(head) for head in page.select(".newsroom-engines__chain thead th")]
    assert heads[:3] == ["موتور ترجمه", "خصوصی", "درخواست در دقیقه"]
    assert heads[3].startswith("نویسه‌های فرستاده‌شده در ")
    assert words(page.select_one(".newsroom-engines__test button")) == "آغاز آزمایش"


def test_the_glossary_speaks_persian(browse: Callable[[str], BeautifulSoup]) -> None:
    import_terms("source_language,target_language,term,translation\nen,fa,river,رود".encode())

    page = browse(reverse("newsroom_glossary:index"))

    heads = [words(head) for head in page.select("main thead th")]
    assert {"اصطلاح", "ترجمه", "بی‌تغییر", "زبان‌ها", "سایت", "به‌روزشده"} <= set(heads)
    assert "همهٔ سایت‌ها" in [words(cell) for cell in page.select("main tbody td")]


def test_a_mistake_in_a_glossary_file_is_told_in_persian(paper: SimpleNamespace) -> None:
    with translation.override("fa"):
        plan = plan_import(b"source_language,target_language,term,one_way\nen,fa,river,?")
        said = [str(error.message) for error in plan.errors]
    assert said == ["«one_way» باید «yes» یا «بله» باشد یا خالی بماند."]


def test_what_the_checks_find_is_told_in_persian() -> None:
    (finding,) = (
        found
        for found in check("In 2019 it rose.", "در سال ۲۰۱۸ بالا آمد.", source="en", target="fa")
        if found.check == "numbers"
    )
    with translation.override("fa"):
        said = word(finding)
    assert said == "عددهای دو متن یکسان نیست. جاافتاده: 2019. افزوده: ۲۰۱۸."


@pytest.fixture
def read(paper: SimpleNamespace) -> Callable[[str], BeautifulSoup]:
    """Opens pages of the newspaper as a reader."""
    # Wagtail keeps the sites' root paths in the cache, which tests share.
    cache.clear()

    def get(url: str) -> BeautifulSoup:
        response = Client().get(url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


def test_an_article_speaks_persian_to_its_readers(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    read: Callable[[str], BeautifulSoup],
) -> None:
    article = write(
        "رود بالا می‌آید",
        parent=paper.news_fa,
        locale=paper.persian,
        published_at=datetime(2019, 11, 15, 9, tzinfo=timezone.utc),
        updated_at=datetime(2019, 11, 16, 9, tzinfo=timezone.utc),
    )

    page = read(article.url)

    assert words(page.select_one(".nr-skip")) == "پرش به محتوا"
    assert [nav["aria-label"] for nav in page.select("header nav[aria-label]")] == [
        "زبان‌ها",
        "بخش‌ها",
    ]
    assert words(page.select_one(".nr-languages__note")) == (
        "این صفحه به زبان انگلیسی در دسترس نیست. رفتن به News."
    )
    assert words(page.select_one(".nr-meta__updated")).startswith("به‌روزرسانی: ۲۵ آبان ۱۳۹۸")


def test_a_section_speaks_persian_to_its_readers(
    paper: SimpleNamespace,
    write: Callable[..., ArticlePage],
    read: Callable[[str], BeautifulSoup],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = paper.news_fa.url
    assert words(read(url).select_one(".nr-empty")) == "هنوز مطلبی در اینجا منتشر نشده است."

    monkeypatch.setattr(NewsIndexPage, "articles_per_page", 1)
    for title in ("یکم", "دوم", "سوم"):
        write(title, parent=paper.news_fa, locale=paper.persian)
    pages = read(f"{url}?page=2").select_one(".nr-pages")

    assert words(pages) == "صفحهٔ ۲ از ۳ تازه‌تر ۱ ۲ ۳ قدیمی‌تر"
    assert pages is not None
    assert pages["aria-label"] == "صفحه‌های این فهرست"


@pytest.mark.parametrize("count", [1, 2, 11])
def test_a_number_takes_the_same_noun_however_many_there_are(count: int) -> None:
    with translation.override("fa"):
        said = translation.ngettext(
            "%(count)d passage is waiting for approval.",
            "%(count)d passages are waiting for approval.",
            count,
        )
    assert said % {"count": count} == f"{count} بند در انتظار تأیید است."
