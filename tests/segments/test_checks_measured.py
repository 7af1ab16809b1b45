"""How often checks are wrong, on good text, and how often they miss, on text made bad."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.segments.pairs import PAIRS, catalog
from wagtail_newsroom.segments.checks import CHECKS, Severity, check
from wagtail_newsroom.segments.glossary import Glossary, Term

CORPORA = {
    "pairs": PAIRS,
    "django": catalog("django"),
    "wagtail": catalog("wagtail"),
}
# What the texts of catalogues really have: straight quotes and no half-spaces.
TYPOGRAPHY = {"half-space", "straight-quotes", "latin-punctuation", "arabic-letters"}


def alarms(
    pairs: list[tuple[str, str]], source: str = "en", target: str = "fa"
) -> tuple[Counter[str], int]:
    """Return in how many pairs each check finds something, and in how many one finds an error."""
    counts: Counter[str] = Counter()
    errors = 0
    for english, persian in pairs:
        one, other = (english, persian) if source == "en" else (persian, english)
        findings = check(one, other, source=source, target=target)
        counts.update({finding.check for finding in findings})
        errors += any(finding.severity is Severity.ERROR for finding in findings)
    return counts, errors


@pytest.mark.parametrize("name", CORPORA)
def test_false_alarms_about_numbers_are_rare(name: str) -> None:
    counts, _ = alarms(list(CORPORA[name]))
    assert counts["numbers"] <= 0.02 * len(CORPORA[name])


@pytest.mark.parametrize("name", CORPORA)
def test_errors_in_good_text_are_rarer_still(name: str) -> None:
    _, errors = alarms(list(CORPORA[name]))
    assert errors <= 0.01 * len(CORPORA[name])


@pytest.mark.parametrize("name", CORPORA)
def test_other_findings_in_good_text_are_rare(name: str) -> None:
    counts, _ = alarms(list(CORPORA[name]))
    others = sum(count for check_id, count in counts.items() if check_id not in TYPOGRAPHY)
    assert others <= 0.02 * len(CORPORA[name])


def test_good_pairs_have_no_finding_at_all() -> None:
    assert alarms(list(PAIRS)) == (Counter(), 0)


def test_good_pairs_have_none_the_other_way_but_he_and_she() -> None:
    counts, errors = alarms(list(PAIRS), "fa", "en")
    assert (set(counts), errors) == ({"gender"}, 0)
    assert counts["gender"] <= 3


def test_catalogs_are_found_and_large() -> None:
    assert all(len(CORPORA[name]) > 500 for name in ("django", "wagtail"))


Damage = Callable[[str, str, random.Random], str | None]
"""Takes source and translation; gives the translation with a fault, or None where none fits."""
DIGIT = re.compile("(?<![A-Za-z<>&;0-9])[۰-۹]|(?<=[۰-۹٫٬])[۰-۹]")


def another_digit(source: str, target: str, chance: random.Random) -> str | None:
    places = [match.start() for match in DIGIT.finditer(target)]
    if not places:
        return None
    place = chance.choice(places)
    digit = chr(0x6F0 + (ord(target[place]) - 0x6F0 + chance.randrange(1, 9)) % 10)
    return target[:place] + digit + target[place + 1 :]


def another_scale(source: str, target: str, chance: random.Random) -> str | None:
    found = re.search("(?<=[۰-۹] )(?:میلیون|میلیارد|هزار)", target)
    if not found:
        return None
    other = "میلیارد" if found[0] != "میلیارد" else "میلیون"
    return target[: found.start()] + other + target[found.end() :]


def number_left_out(source: str, target: str, chance: random.Random) -> str | None:
    found = [match for match in re.finditer("[۰-۹]+[۰-۹٬٫]*", target) if len(match[0]) > 1]
    if not found or not re.search("[0-9]{2}", source):
        return None
    match = chance.choice(found)
    return target[: match.start()] + target[match.end() :]


def tag_lost(source: str, target: str, chance: random.Random) -> str | None:
    return re.sub("<[^<>]*>", "", target) if "<" in target else None


def address_changed(source: str, target: str, chance: random.Random) -> str | None:
    changed = re.sub(r"(https?://|[@#]\w)", r"\g<1>x", target)
    return changed if changed != target else None


def acronym_lost(source: str, target: str, chance: random.Random) -> str | None:
    changed = re.sub(r" \([A-Z]+\)", "", target)
    return changed if changed != target else None


def half_left_out(source: str, target: str, chance: random.Random) -> str | None:
    words = target.split()
    if len(words) < 10 or "<" in target or len(source) < 50:
        return None
    return " ".join(words[: 2 * len(words) // 5])


def last_sentence_left_out(source: str, target: str, chance: random.Random) -> str | None:
    found = re.findall(r"[^.؟]+[.؟]»?", target)
    if len(found) < 2 or len(re.findall(r"[.?!]”?(?: |$)", source)) < 2:
        return None
    return "".join(found[:1])


def quote_left_open(source: str, target: str, chance: random.Random) -> str | None:
    return target.replace("»", "", 1) if "»" in target else None


def quotes_straightened(source: str, target: str, chance: random.Random) -> str | None:
    return re.sub("[«»]", '"', target) if "«" in target else None


def word_doubled(source: str, target: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"(?<=\s)(?:در|از|را|به|این)(?=\s)", target))
    if not found:
        return None
    match = chance.choice(found)
    return target[: match.end()] + " " + match[0] + target[match.end() :]


def arabic_keyboard(source: str, target: str, chance: random.Random) -> str | None:
    changed = target.replace("ی", "ي", 1)
    return changed if changed != target else None


def half_spaces_opened(source: str, target: str, chance: random.Random) -> str | None:
    found = re.search("(?<!\\w)ن?می\u200c|(?<=\\w\\w)\u200cهای?(?!\\w)|ه\u200cاند(?!\\w)", target)
    if not found:
        return None
    return target[: found.start()] + found[0].replace("\u200c", " ") + target[found.end() :]


def latin_comma(source: str, target: str, chance: random.Random) -> str | None:
    changed = re.sub("(?<=[^\\W\\d])،", ",", target)
    return changed if changed != target else None


def in_english(source: str, target: str, chance: random.Random) -> str | None:
    return source if len(source.split()) > 1 else None


def in_another_script(source: str, target: str, chance: random.Random) -> str | None:
    words = re.sub("<[^<>]*>", "", source).split()
    return " ".join(word[::-1] for word in words) if len(words) > 3 else None


def nothing(source: str, target: str, chance: random.Random) -> str | None:
    return ""


def token_left(source: str, target: str, chance: random.Random) -> str | None:
    return f"{target} ZQB"


def script_added(source: str, target: str, chance: random.Random) -> str | None:
    return f"{target}<script>x()</script>"


DAMAGES: list[tuple[Damage, set[str], float]] = [
    (another_digit, {"numbers"}, 0.93),
    (another_scale, {"numbers"}, 1),
    (number_left_out, {"numbers"}, 0.95),
    (tag_lost, {"tags"}, 1),
    (address_changed, {"addresses"}, 1),
    (acronym_lost, {"acronyms"}, 1),
    (half_left_out, {"length-ratio", "sentences-lost"}, 0.85),
    (last_sentence_left_out, {"sentences-lost"}, 0.75),
    (quote_left_open, {"unbalanced"}, 1),
    (quotes_straightened, {"straight-quotes"}, 1),
    (word_doubled, {"repeated-word"}, 1),
    (arabic_keyboard, {"arabic-letters"}, 1),
    (half_spaces_opened, {"half-space"}, 1),
    (latin_comma, {"latin-punctuation"}, 1),
    (in_english, {"unchanged"}, 1),
    (in_another_script, {"wrong-script"}, 1),
    (nothing, {"empty"}, 1),
    (token_left, {"tokens"}, 1),
    (script_added, {"hostile-markup"}, 1),
]
"""Each with the checks of which one must find it, and how often at least."""


@pytest.mark.parametrize(
    ("damage", "expected", "share"), DAMAGES, ids=[damage.__name__ for damage, _, _ in DAMAGES]
)
def test_planted_fault_is_found(damage: Damage, expected: set[str], share: float) -> None:
    chance = random.Random(damage.__name__)
    planted = 0
    missed = []
    for english, persian in PAIRS:
        damaged = damage(english, persian, chance)
        if damaged is None:
            continue
        planted += 1
        findings = {finding.check for finding in check(english, damaged, source="en", target="fa")}
        if not findings & expected:
            missed.append((english, damaged))
    assert planted >= 2
    assert planted - len(missed) >= share * planted, missed


def test_planted_terms_are_found() -> None:
    glossary = Glossary(
        [Term("river", "رودخانه", forbidden=("شط",)), Term("engineers", "مهندسان")],
        source="en",
        target="fa",
    )
    english, persian = PAIRS[0]
    assert check(english, persian, source="en", target="fa", glossary=glossary) == []
    damaged = persian.replace("رودخانه", "شط").replace("مهندسان", "کارشناسان")
    findings = check(english, damaged, source="en", target="fa", glossary=glossary)
    assert Counter(finding.check for finding in findings) == {
        "glossary-missed": 2,
        "forbidden-variant": 1,
    }


def test_he_and_she_are_found_in_the_pairs() -> None:
    counts, _ = alarms(list(PAIRS), "fa", "en")
    assert counts["gender"] == 2


def test_every_check_has_a_planted_fault() -> None:
    planted = set().union(*(expected for _, expected, _ in DAMAGES))
    assert planted | {"glossary-missed", "forbidden-variant", "gender"} == set(CHECKS)
