"""Checks the Persian catalogue: every sentence of the package is in it, translated, compiled.

With `--write` it brings the catalogue up to date first: new sentences are added untranslated,
lost ones removed, and the compiled file written. Needs `xgettext` for that and for the check.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "wagtail_newsroom"
CATALOGUE = PACKAGE / "locale" / "fa" / "LC_MESSAGES" / "django.po"


def extract() -> polib.POFile:
    """Return all sentences of the package, as Django's `makemessages` finds them."""
    if shutil.which("xgettext") is None:
        subprocess.run([ROOT / ".ci" / "install-system", "gettext"], check=False)
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "wagtail_newsroom"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
        (copy / "locale").mkdir()
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "makemessages",
                "--locale",
                "fa",
                "--no-wrap",
                "--no-location",
                "--add-location",
                "file",
            ],
            cwd=copy,
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
        )
        return polib.pofile(str(copy / "locale" / "fa" / "LC_MESSAGES" / "django.po"))


def key(entry: polib.POEntry) -> tuple[str | None, str]:
    """Return what tells sentences apart."""
    return entry.msgctxt, entry.msgid


def write(found: polib.POFile) -> None:
    """Bring the catalogue up to date and compile it."""
    known = (
        {key(entry): entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    )
    fresh = polib.POFile(wrapwidth=0)
    fresh.metadata = {
        "Project-Id-Version": "wagtail-newsroom",
        "Language": "fa",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    for entry in sorted(found, key=lambda entry: (entry.msgid, entry.msgctxt or "")):
        old = known.get(key(entry))
        plurals = {0: "", 1: ""} if entry.msgid_plural else {}
        fresh.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgid_plural=entry.msgid_plural,
                msgctxt=entry.msgctxt,
                msgstr=old.msgstr if old else "",
                msgstr_plural=(old.msgstr_plural if old and old.msgid_plural else plurals),
                flags=[flag for flag in entry.flags if flag != "fuzzy"],
                comment=entry.comment,
            )
        )
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(CATALOGUE))
    fresh.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")
# Persian writes the sign of percent out.
PERCENT = re.compile(r"(?<!\()\bpercent\b|درصد")


def placeholders(text: str) -> set[str]:
    """Return what a sentence and its translation must share."""
    return set(PLACEHOLDER.findall(PERCENT.sub("%%", text)))


def problems(found: polib.POFile) -> list[str]:
    """Return what is wrong with the catalogue, a line each."""
    catalogue = polib.pofile(str(CATALOGUE))
    known = {key(entry): entry for entry in catalogue}
    wrong = [f"missing: {entry.msgid!r}" for entry in found if key(entry) not in known]
    wrong += [
        f"no longer used: {entry.msgid!r}"
        for entry in catalogue
        if key(entry) not in {key(other) for other in found}
    ]
    for entry in catalogue:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(texts) or "fuzzy" in entry.flags:
            wrong.append(f"not translated: {entry.msgid!r}")
        for text in texts:
            extra = placeholders(text) ^ placeholders(entry.msgid)
            if text and extra - {"%(count)d"}:
                wrong.append(f"placeholders differ: {entry.msgid!r}")
            if "%" in entry.msgid and "%" in PLACEHOLDER.sub("", text):
                wrong.append(f"a lone %: {entry.msgid!r}")
            if re.search("[يك]", text):
                wrong.append(f"Arabic letters: {entry.msgid!r}")
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
        wrong.append("django.mo is not compiled from django.po; run `make messages`")
    return wrong


def main() -> int:
    """Check, or write with `--write`; returns the exit status."""
    found = extract()
    if "--write" in sys.argv:
        write(found)
    wrong = problems(found)
    for line in wrong:
        print(line)
    print(f"Persian catalogue: {len(found)} sentences, {len(wrong)} problems")
    return bool(wrong) and "--write" not in sys.argv


if __name__ == "__main__":
    sys.exit(main())
