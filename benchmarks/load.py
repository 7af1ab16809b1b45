"""Fills a database with a large newspaper in English and Persian, for measurements.

    python -m benchmarks.load --articles 10000

Each article is a page in both languages, so that 10,000 articles are 20,000 pages: with sections
within sections, tags, authors and bylines, dates over eight years, shared lead images and a
revision each. About half of the Persian pages have Persian slugs. The same number gives the same
newspaper.

The database is that of `DJANGO_SETTINGS_MODULE`; without it, SQLite in `--folder`, or PostgreSQL
below `.ci/with-postgres`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from . import _words as words

if TYPE_CHECKING:
    from wagtail.models import Page

LANGUAGES = ("en", "fa")
YEARS = 8
CHUNK = 1000
"""Articles that are in memory at a time."""
HOME_SLUG = "load"


@dataclass
class Report:
    """What was made: rows by kind, and seconds by step."""

    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Take the time of a step."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started

    def add(self, kind: str, count: int) -> None:
        """Count rows."""
        self.rows[kind] = self.rows.get(kind, 0) + count

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        return [
            *(f"{count:>9,} {kind}" for kind, count in self.rows.items()),
            *(f"{seconds:>8.1f}s {name}" for name, seconds in self.seconds.items()),
            f"{sum(self.seconds.values()):>8.1f}s altogether",
        ]


def load(
    articles: int,
    *,
    seed: int = 1,
    slug: str = HOME_SLUG,
    index: bool = False,
    now: datetime | None = None,
) -> Report:
    """Make the newspaper below a front page of its own, which becomes the default site's home.

    `index` fills Wagtail's search index too. Raises `FileExistsError` if it is there already; with
    another `slug` of its home there may be several, which share people, tags and images.
    """
    from django.db import connection, transaction

    from wagtail_newsroom.models import ArticlePage

    report = Report()
    chance = random.Random(seed)
    with transaction.atomic():
        with report.step("sections, people, tags, images"):
            frame = _make_frame(slug, report)
        newest = now or datetime.now(timezone.utc)
        dates = sorted(
            newest - timedelta(seconds=chance.randint(0, YEARS * 365 * 86400))
            for _ in range(articles)
        )
        for start in range(0, articles, CHUNK):
            with report.step("texts"):
                drafts = [
                    _draft(number, dates[number], frame, chance)
                    for number in range(start, min(start + CHUNK, articles))
                ]
                pages = [page for draft in drafts for page in _pages(draft, frame)]
            with report.step("pages"):
                _insert_pages(ArticlePage, pages)
            with report.step("bylines and tags"):
                _insert_children(pages, report)
            with report.step("revisions"):
                _insert_revisions(pages, report)
            report.add("article pages", len(pages))
        with report.step("tree"):
            _count_children(frame)
    if connection.vendor == "postgresql":
        with report.step("statistics"), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    if index:
        from django.core.management import call_command

        with report.step("search index"):
            call_command("update_index", verbosity=0)
    return report


def _make_frame(slug: str, report: Report) -> SimpleNamespace:
    """Make all that articles refer to."""
    from wagtail.models import Locale, Page, Site

    from wagtail_newsroom.models import FrontPage

    if Page.objects.filter(slug=f"{slug}-en").exists():
        raise FileExistsError("The large newspaper is in this database already.")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.get_first_root_node()
    homes: dict[str, Page] = {}
    for code, name in zip(LANGUAGES, ("The Large Post", "پست بزرگ"), strict=True):
        home = FrontPage(title=name, slug=f"{slug}-{code}", locale=locales[code])
        if homes:
            home.translation_key = homes["en"].translation_key
        root.add_child(instance=home)
        homes[code] = home
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": homes["en"], "hostname": "localhost"}
    )
    sections = _make_sections(homes, report)
    return SimpleNamespace(
        slug=slug,
        locales=locales,
        sections=sections,
        children=[dict.fromkeys(LANGUAGES, section["en"].numchild) for section in sections],
        authors=_make_authors(locales, report),
        tags=_make_tags(locales, report),
        images=_make_images(report),
    )


def _make_sections(homes: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    found = []
    for outer, inner in words.SECTIONS:
        parents = _make_section(homes, outer)
        found.append(parents)
        for each in inner:
            # As of now, so that the tree's numbers are right.
            parents = {code: _again(page) for code, page in parents.items()}
            found.append(_make_section(parents, each))
    report.add("sections", 2 * len(found))
    return [{code: _again(page) for code, page in pair.items()} for pair in found]


def _again(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def _make_section(parents: dict[str, Any], named: tuple[str, str, str]) -> dict[str, Any]:
    from wagtail_newsroom.models import NewsIndexPage

    slug, *titles = named
    made: dict[str, Any] = {}
    for code, title in zip(LANGUAGES, titles, strict=True):
        parent = parents[code]
        page = NewsIndexPage(title=title, slug=slug, locale=parent.locale, show_in_menus=True)
        if made:
            page.translation_key = made["en"].translation_key
        parent.add_child(instance=page)
        made[code] = page
    return made


def _make_authors(locales: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    from wagtail_newsroom.models import Author

    if Author.objects.exists():
        return _in_pairs(Author.objects.all())
    found = []
    for pair in words.AUTHORS:
        made: dict[str, Any] = {}
        for code in LANGUAGES:
            author = Author(
                name=getattr(pair, code),
                slug=re.sub(r"[^a-z]+", "-", pair.en.lower()),
                locale=locales[code],
            )
            if made:
                author.translation_key = made["en"].translation_key
            author.save()
            made[code] = author
        found.append(made)
    report.add("authors", 2 * len(found))
    return found


def _in_pairs(rows: Any) -> list[dict[str, Any]]:
    """Return the rows that exist in both languages, by language."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows.select_related("locale").order_by("pk"):
        found.setdefault(row.translation_key, {})[row.locale.language_code] = row
    return [pair for pair in found.values() if set(LANGUAGES) <= set(pair)]


def _make_tags(locales: dict[str, Any], report: Report) -> list[dict[str, Any]]:
    from wagtail_newsroom.models import Tag

    if Tag.objects.exists():
        return _in_pairs(Tag.objects.all())
    found = []
    for pair in words.TAGS:
        made: dict[str, Any] = {}
        for code in LANGUAGES:
            name = getattr(pair, code)
            tag = Tag(name=name, slug=persian_slug(name), key=name, locale=locales[code])
            if made:
                tag.translation_key = made["en"].translation_key
            tag.save()
            made[code] = tag
        found.append(made)
    report.add("tags", 2 * len(found))
    return found


def _make_images(report: Report) -> list[Any]:
    """Draw a dozen pictures, with the sizes that pages show."""
    from django.core.files.images import ImageFile
    from PIL import Image, ImageDraw
    from wagtail.images import get_image_model

    from wagtail_newsroom.articles.pictures import filters

    found = list(get_image_model().objects.filter(title__startswith="Shapes "))
    if found:
        return found
    # Of its own, so that a second newspaper, which finds them, has the same words.
    chance = random.Random(0)
    for number in range(12):
        picture = Image.new("RGB", (1600, 1067), _color(chance))
        draw = ImageDraw.Draw(picture)
        for _ in range(14):
            x, y, size = chance.randint(0, 1600), chance.randint(300, 1067), chance.randint(60, 500)
            draw.ellipse((x, y, x + size, y + size // 2), fill=_color(chance))
        file = BytesIO()
        picture.save(file, "JPEG", quality=80)
        image = get_image_model().objects.create(
            title=f"Shapes {number + 1}", file=ImageFile(file, name=f"load-{number + 1}.jpg")
        )
        image.get_renditions(*filters())
        found.append(image)
    report.add("images", len(found))
    return found


def _color(chance: random.Random) -> tuple[int, int, int]:
    return chance.randint(60, 220), chance.randint(80, 220), chance.randint(80, 220)


def _draft(
    number: int, date: datetime, frame: SimpleNamespace, chance: random.Random
) -> SimpleNamespace:
    """Return what both languages of one article share, with their texts."""
    return SimpleNamespace(
        number=number,
        date=date,
        key=uuid5(NAMESPACE_URL, f"{frame.slug}/{number}"),
        section=chance.randrange(len(frame.sections)),
        title=words.title(chance),
        standfirst=words.paragraph(chance),
        paragraphs=[words.paragraph(chance) for _ in range(chance.randint(4, 8))],
        has_own_slug=chance.random() < 0.5,
        image=chance.choice(frame.images) if chance.random() < 0.8 else None,
        kind=chance.choice(["news", "news", "news", "analysis", "opinion", "feature"]),
        authors=chance.sample(frame.authors, chance.choice([1, 1, 1, 2])),
        tags=chance.sample(frame.tags, chance.randint(1, 4)),
        blocks=[f"{chance.getrandbits(64):016x}" for _ in range(8)],
    )


def _pages(draft: SimpleNamespace, frame: SimpleNamespace) -> Iterator[Any]:
    from wagtail_newsroom.models import ArticlePage, Byline, TaggedPiece

    for code in LANGUAGES:
        section = frame.sections[draft.section][code]
        children = frame.children[draft.section]
        children[code] += 1
        title = getattr(draft.title, code)
        slug = _slug(draft, code)
        page = ArticlePage(
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{section.url_path}{slug}/",
            path=section._get_path(section.path, section.depth + 1, children[code]),
            depth=section.depth + 1,
            numchild=0,
            live=True,
            locale=frame.locales[code],
            translation_key=draft.key,
            first_published_at=draft.date,
            last_published_at=draft.date,
            latest_revision_created_at=draft.date,
            article_type=draft.kind,
            standfirst=getattr(draft.standfirst, code).split(".")[0][:300] + ".",
            lead_image=draft.image,
            lead_image_alt={"en": "Coloured shapes", "fa": "شکل‌های رنگی"}[code]
            if draft.image
            else "",
            # As JSON, so that no block is built.
            body=json.dumps(
                [
                    {
                        "type": "paragraph",
                        "id": f"00000000-0000-4000-8000-{block[:12]}",
                        "value": f'<p data-block-key="{block[:5]}">{getattr(text, code)}</p>',
                    }
                    for block, text in zip(draft.blocks, draft.paragraphs, strict=False)
                ]
            ),
        )
        page.newsroom_bylines = [
            Byline(author=author[code], sort_order=order)
            for order, author in enumerate(draft.authors)
        ]
        page.newsroom_tagged_items = [TaggedPiece(tag=tag[code]) for tag in draft.tags]
        page.newsroom_corrections = []
        yield page


def _slug(draft: SimpleNamespace, code: str) -> str:
    if code == "fa" and draft.has_own_slug:
        return f"{persian_slug(draft.title.fa)[:60].rstrip('-')}-{draft.number}"
    words_ = re.sub(r"[^a-z0-9]+", "-", draft.title.en.lower()).strip("-")
    return f"{words_[:60].rstrip('-')}-{draft.number}"


def persian_slug(text: str) -> str:
    """Return a slug in the text's own letters, half-spaces as hyphens."""
    return re.sub(r"[^\w]+", "-", text.replace("\u200c", "-").replace("ٔ", "").lower()).strip("-")


def _insert_pages(model: Any, pages: Sequence[Any]) -> None:
    """Insert pages of one class.

    `bulk_create` refuses classes of several tables, so each table is filled by itself.
    """
    from wagtail.models import Page

    base = [each for each in Page._meta.local_concrete_fields if not each.primary_key]
    for chunk in _chunks(base, pages):
        keys = Page._base_manager._insert(
            chunk, fields=base, using="default", returning_fields=[Page._meta.pk]
        )
        for page, (key,) in zip(chunk, keys, strict=True):
            page.pk = page.id = page.page_ptr_id = key
            page._state.adding = False
    own = model._meta.local_concrete_fields
    for chunk in _chunks(own, pages):
        model._base_manager._insert(chunk, fields=own, using="default")


def _chunks(fields: Sequence[Any], rows: Sequence[Any]) -> Iterator[list[Any]]:
    from django.db import connection

    size = max(1, min(500, connection.ops.bulk_batch_size(fields, rows)))
    for start in range(0, len(rows), size):
        yield list(rows[start : start + size])


def _insert_children(pages: Sequence[Any], report: Report) -> None:
    from wagtail_newsroom.models import Byline, TaggedPiece

    bylines, tagged = [], []
    for page in pages:
        for byline in page.newsroom_bylines.all():
            byline.page_id = page.pk
            bylines.append(byline)
        for item in page.newsroom_tagged_items.all():
            item.content_object_id = page.pk
            tagged.append(item)
    Byline.objects.bulk_create(bylines)
    TaggedPiece.objects.bulk_create(tagged)
    report.add("bylines", len(bylines))
    report.add("tagged pieces", len(tagged))


def _insert_revisions(pages: Sequence[Any], report: Report) -> None:
    """Give each page the revision that its history, comparison and preview in the admin need."""
    from django.contrib.contenttypes.models import ContentType
    from django.db.models import CharField, OuterRef, Subquery
    from django.db.models.functions import Cast
    from wagtail.models import Page, Revision

    kind = ContentType.objects.get_for_model(type(pages[0]))
    base = ContentType.objects.get_for_model(Page)
    Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            object_str=page.title,
            created_at=page.first_published_at,
            content=page.serializable_data(),
        )
        for page in pages
    )
    own = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), CharField())
    ).values("pk")[:1]
    keys = [page.pk for page in pages]
    Page.objects.filter(pk__range=(min(keys), max(keys))).update(
        live_revision=Subquery(own), latest_revision=Subquery(own)
    )
    report.add("revisions", len(pages))


def _count_children(frame: SimpleNamespace) -> None:
    from wagtail.models import Page

    for section, children in zip(frame.sections, frame.children, strict=True):
        for code, page in section.items():
            Page.objects.filter(pk=page.pk).update(numchild=children[code])


def open_database(folder: Path) -> None:
    """Set Django up, with a database in a folder unless the environment names another."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("NEWSROOM_TEST_SCRATCH", str(folder.resolve()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

    import django

    django.setup()

    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def main() -> None:
    """Loads and reports."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--articles", type=int, default=10_000, help="each in two languages")
    parser.add_argument("--seed", type=int, default=1, help="another one, another newspaper")
    parser.add_argument("--folder", type=Path, default=Path("artifacts/load"))
    parser.add_argument("--index", action="store_true", help="fill the search index too")
    parser.add_argument("--verify", action="store_true", help="look for faults in the tree")
    chosen = parser.parse_args()
    open_database(chosen.folder)
    try:
        report = load(chosen.articles, seed=chosen.seed, index=chosen.index)
    except FileExistsError as error:
        raise SystemExit(str(error)) from error
    print("\n".join(report.lines()))
    if chosen.verify:
        from wagtail.models import Page

        problems: Any = Page.find_problems()
        print(f"faults in the tree: {sum(len(each) for each in problems)}")
        raise SystemExit(1 if any(problems) else 0)


if __name__ == "__main__":
    main()
