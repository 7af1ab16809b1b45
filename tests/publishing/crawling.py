"""A crawler that reads a site as a search engine does, and says where the site contradicts itself.

It knows nothing of the newsroom's code: what it reads is the sitemaps, the pages, their feeds and
the links in them, each by a parser of its kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
from bs4 import BeautifulSoup
from django.test import Client

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"

Links = dict[str, str]


@dataclass
class Seen:
    """What one address answered."""

    url: str
    status: int
    location: str = ""
    canonical: str = ""
    is_indexed: bool = True
    language: str = ""
    alternates: Links = field(default_factory=dict)
    """`hreflang` to address, as the head says."""
    feeds: dict[str, str] = field(default_factory=dict)
    """Address to type of the feeds that the head names."""
    links: set[str] = field(default_factory=set)
    """Addresses on the same host that the page leads to."""
    article: dict[str, Any] = field(default_factory=dict)
    """The article of its JSON-LD."""


class Crawl:
    """One crawl of a site; `problems` holds a sentence for each contradiction.

    Of what the sitemaps list and what that names as its other languages, or `thorough`, of all that
    links and feeds lead to.
    """

    def __init__(self, client: Client, host: str = "localhost", *, thorough: bool = True) -> None:
        self.client, self.host = client, host
        self.problems: list[str] = []
        self.sitemap: dict[str, Links] = {}
        self.news: set[str] = set()
        self.pages: dict[str, Seen] = {}
        self._read_sitemaps()
        waiting = list(self.sitemap)
        while waiting:
            url = waiting.pop()
            if url not in self.pages:
                self.pages[url] = seen = self.look(url)
                waiting += sorted(seen.alternates.values())
                waiting += sorted((seen.links | set(seen.feeds)) if thorough else ())
        self._check_sitemap()
        for seen in self.pages.values():
            self._check(seen)
        if thorough:
            self._check_feeds()

    def say(self, problem: str) -> None:
        """Note a contradiction."""
        self.problems.append(problem)

    def look(self, url: str) -> Seen:
        """Ask for an address, without following where it leads."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self.client.get(path, headers={"host": parts.netloc})
        seen = Seen(url, answer.status_code, answer.headers.get("Location", ""))
        if "noindex" in answer.headers.get("X-Robots-Tag", ""):
            seen.is_indexed = False
        content = b"".join(answer) if answer.streaming else answer.content
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            self._read_page(seen, content)
        return seen

    def _read_page(self, seen: Seen, content: bytes) -> None:
        soup = BeautifulSoup(content.decode(), "html.parser")
        root = soup.html
        seen.language = str(root.get("lang", "")) if root is not None else ""
        for meta in soup.select('meta[name="robots"]'):
            seen.is_indexed &= "noindex" not in str(meta["content"])
        canonicals = [str(link["href"]) for link in soup.select('head link[rel="canonical"]')]
        if len(canonicals) > 1:
            self.say(f"{seen.url} has {len(canonicals)} canonical addresses")
        seen.canonical = canonicals[0] if canonicals else ""
        for link in soup.select('head link[rel="alternate"]'):
            if link.has_attr("hreflang"):
                if link["hreflang"] in seen.alternates:
                    self.say(f"{seen.url} names {link['hreflang']} twice")
                seen.alternates[str(link["hreflang"])] = str(link["href"])
            else:
                seen.feeds[str(link["href"])] = str(link["type"])
        for anchor in soup.select("a[href]"):
            target = urldefrag(urljoin(seen.url, str(anchor["href"])))[0]
            if urlsplit(target).netloc == self.host:
                seen.links.add(target)
        for script in soup.select('script[type="application/ld+json"]'):
            for thing in json.loads(script.text)["@graph"]:
                if thing["@type"] == "NewsArticle":
                    seen.article = thing

    def _xml(self, path: str) -> ElementTree.Element:
        answer = self.client.get(path, headers={"host": self.host})
        if answer.status_code != 200 or "X-Robots-Tag" in answer.headers:
            self.say(f"{path} answers {answer.status_code}")
            return ElementTree.Element("nothing")
        return ElementTree.fromstring(b"".join(answer))

    def _read_sitemaps(self) -> None:
        for entry in self._xml("/sitemap.xml"):
            path = urlsplit(entry.findtext(f"{SITEMAP}loc") or "").path
            for url in self._xml(path):
                loc = url.findtext(f"{SITEMAP}loc") or ""
                if url.find(f"{NEWS}news") is not None:
                    self.news.add(loc)
                    continue
                if loc in self.sitemap:
                    self.say(f"the sitemaps list {loc} twice")
                self.sitemap[loc] = {
                    str(link.get("hreflang")): str(link.get("href"))
                    for link in url.findall(f"{XHTML}link")
                }

    def _check_sitemap(self) -> None:
        for url, links in self.sitemap.items():
            seen = self.pages[url]
            if (seen.status, seen.canonical, seen.is_indexed) != (200, url, True):
                self.say(f"{url} is listed, and answers {seen}")
            if links != seen.alternates:
                self.say(f"{url}: sitemap {links}, head {seen.alternates}")
            for other in links.values():
                if other not in self.sitemap:
                    self.say(f"{url} names {other}, which is not listed")
        for url in self.news - set(self.sitemap):
            self.say(f"{url} is news, and not listed")

    def _check(self, seen: Seen) -> None:
        if seen.status != 200:
            by = [other.url for other in self.pages.values() if seen.url in other.links]
            self.say(f"{seen.url} answers {seen.status}, and is linked from {by[:3]}")
            return
        for code, url in seen.alternates.items():
            other = self.pages[url]
            if (other.status, other.canonical, other.is_indexed) != (200, url, True):
                self.say(f"{seen.url} names {url}, which answers {other.status}, {other.canonical}")
            if other.alternates != seen.alternates:
                self.say(f"{seen.url} and {url} do not name each other")
            if code not in ("x-default", other.language):
                self.say(f"{seen.url} calls {url} {code}, which is {other.language}")
        if seen.alternates and seen.alternates.get(seen.language) != seen.url:
            self.say(f"{seen.url} does not name itself")
        if seen.url in self.sitemap and seen.article:
            self._check_article(seen)

    def _check_article(self, seen: Seen) -> None:
        article = seen.article
        if (article["url"], article["inLanguage"]) != (seen.url, seen.language):
            self.say(f"{seen.url}: JSON-LD is of {article['url']} in {article['inLanguage']}")
        others = {url: code for code, url in seen.alternates.items() if code != "x-default"}
        original = article.get("translationOfWork")
        translations = article.get("workTranslation", [])
        for each in [*([original] if original else []), *translations]:
            url = each["url"]
            other = self.pages[url].article if url in self.pages else {}
            if others.get(url) != each["inLanguage"] or other.get("@id") != each["@id"]:
                self.say(f"{seen.url}: JSON-LD names {each}, the head {others}")
            back = (
                [other.get("translationOfWork")]
                if each is not original
                else other.get("workTranslation", [])
            )
            if article["@id"] not in [one and one["@id"] for one in back]:
                self.say(f"{seen.url} and {url} do not name each other in JSON-LD")

    def _check_feeds(self) -> None:
        feeds = {url: kind for seen in self.pages.values() for url, kind in seen.feeds.items()}
        for url, kind in feeds.items():
            for entry in self.entries(url, kind):
                if entry not in self.sitemap:
                    self.say(f"{url} has {entry}, which is not listed")

    def entries(self, url: str, kind: str) -> Iterator[str]:
        """Yield the addresses of a feed's entries, as a feed reader finds them."""
        answer = self.client.get(urlsplit(url).path, headers={"host": self.host})
        if answer.status_code != 200 or not answer["Content-Type"].startswith(kind):
            self.say(f"{url} answers {answer.status_code} as {answer.get('Content-Type')}")
        elif "json" in kind:
            yield from (item["url"] for item in answer.json()["items"])
        else:
            feed = feedparser.parse(answer.content)
            if feed.bozo:
                self.say(f"{url} cannot be read: {feed.bozo_exception}")
            yield from (entry.link for entry in feed.entries)
