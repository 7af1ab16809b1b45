"""The words that English and Persian have for numbers.

A word is of one of four kinds: a unit (five, twenty, پانصد, fifth), a scale (thousand, میلیون),
a half, or the "and" that joins them. What only hints at a number (dozen, نیمه) explains a
figure in the other language and asks for none.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Words:
    """The number words of a language, in lower case; the same only as itself."""

    units: dict[str, float]
    scales: dict[str, float]
    halves: frozenset[str]
    joiners: frozenset[str]
    hints: dict[str, tuple[float, ...]]
    """Other words, with the figures that they may become."""
    endings: tuple[str, ...] = ()
    """What may be written in one with a unit, such as ساله."""
    numbers_of_months: dict[str, int] = field(default_factory=dict)

    def unit(self, word: str) -> float | None:
        """Return what a word counts, as a cardinal or ordinal number; None for other words."""
        if word in self.units:
            return self.units[word]
        if not word.endswith(self.endings):
            return None
        for ending in self.endings:
            if word.endswith(ending) and word[: -len(ending)] in self.units:
                return self.units[word[: -len(ending)]]
        return None


def _numbered(words: str, start: float = 1, step: float = 1) -> dict[str, float]:
    return {
        word: start + step * place
        for place, words_ in enumerate(words.split())
        for word in words_.split("/")
    }


_ENGLISH = Words(
    units={
        **_numbered(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen",
            0,
        ),
        **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        **_numbered(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
            " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        **_numbered(
            "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth", 20, 10
        ),
    },
    scales={
        "hundred": 100,
        "hundredth": 100,
        "thousand": 1e3,
        "thousandth": 1e3,
        "million": 1e6,
        "billion": 1e9,
        "trillion": 1e12,
    },
    halves=frozenset({"half"}),
    joiners=frozenset({"and", "a"}),
    hints={
        "half": (0.5, 50, 30, 6),
        "halves": (0.5, 50),
        "quarter": (0.25, 25, 15, 3, 4),
        "quarters": (0.75, 75, 45, 4, 3),
        "quarterly": (3,),
        "third": (3, 33),
        "thirds": (3,),
        "quarterfinal": (4,),
        "fourths": (4,),
        "fifths": (5,),
        "tenths": (10,),
        "once": (1,),
        "single": (1,),
        "alone": (1,),
        "twice": (2,),
        "double": (2,),
        "doubled": (2,),
        "doubling": (2,),
        "both": (2,),
        "pair": (2,),
        "couple": (2,),
        "twin": (2,),
        "twins": (2,),
        "bilingual": (2,),
        "treble": (3,),
        "triple": (3,),
        "tripled": (3,),
        "triplets": (3,),
        "trio": (3,),
        "quartet": (4,),
        "quadruple": (4,),
        "quadrupled": (4,),
        "fortnight": (2, 14, 15),
        "decade": (10,),
        "decades": (10,),
        "dozen": (12,),
        "dozens": (10, 12),
        "score": (20,),
        "century": (100,),
        "centenary": (100,),
        "noon": (12,),
        "midday": (12,),
        "midnight": (0, 12, 24),
        "teenager": (13, 19),
        "teenagers": (13, 19),
        "hundreds": (100,),
        "thousands": (1e3,),
        "millions": (1e6,),
        "billions": (1e9,),
        "nil": (0,),
        "no": (0,),
        "bicentenary": (200,),
    },
    endings=("fold",),
)

_PERSIAN_UNITS = {
    **_numbered(
        "صفر یک دو سه چهار پنج شش/شیش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده"
        " هجده/هیجده نوزده",
        0,
    ),
    **_numbered("بیست سی چهل پنجاه شصت هفتاد هشتاد نود", 20, 10),
    **_numbered("صد/یکصد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد", 100, 100),
}
_PERSIAN_ORDINALS = {
    **{word + "م": value for word, value in _PERSIAN_UNITS.items() if word not in ("سی", "سه")},
    **{word + "مین": value for word, value in _PERSIAN_UNITS.items() if word not in ("سی", "سه")},
    "اول": 1,
    "اولین": 1,
    "نخست": 1,
    "نخستین": 1,
    "یکم": 1,
    "دوم": 2,
    "دومین": 2,
    "سوم": 3,
    "سومین": 3,
    "سیم": 30,
}

_PERSIAN = Words(
    units={**_PERSIAN_UNITS, **_PERSIAN_ORDINALS},
    scales={
        "هزار": 1e3,
        "یکهزار": 1e3,
        "هزارم": 1e3,
        "هزارمین": 1e3,
        "میلیون": 1e6,
        "ملیون": 1e6,
        "میلیارد": 1e9,
        "بیلیون": 1e12,
        "تریلیون": 1e12,
    },
    halves=frozenset({"نیم"}),
    joiners=frozenset({"و"}),
    hints={
        "نیم": (0.5, 30, 50, 6),
        "نیمی": (0.5, 50),
        "نیمه": (0.5, 50, 2, 0, 12, 24),
        "نصف": (0.5, 50),
        "ربع": (0.25, 15, 25),
        "چهارم": (0.25, 25, 0.75, 75),
        "ثلث": (3, 33),
        "سوم": (3, 33),
        "یکبار": (1,),
        "یکی": (1,),
        "تنها": (1,),
        "دوبار": (2,),
        "دوباره": (2,),
        "دوبرابر": (2,),
        "هردو": (2,),
        "دوقلو": (2,),
        "دوقلوها": (2,),
        "جفت": (2,),
        "زوج": (2,),
        "دوزبانه": (2,),
        "دهه": (10,),
        "دهها": (10, 12),
        "دوجین": (12,),
        "قرن": (100,),
        "سده": (100,),
        "صدها": (100,),
        "هزاران": (1e3,),
        "میلیونها": (1e6,),
        "ظهر": (12,),
        "هیچ": (0,),
        "هفته": (7,),
        "پانزدهروز": (14, 15),
        "فصل": (3,),
        "سهماهه": (3,),
    },
    endings=(
        "ساله", "ماهه", "هفته‌ای", "روزه", "نفره", "نفری", "گانه", "درصدی", "متری", "کیلومتری",
        "ساعته", "دقیقه‌ای", "طبقه", "طرفه", "جانبه", "باره", "تایی", "برابر", "تن", "ای", "تا",
    ),
)  # fmt: skip

WORDS = {"en": _ENGLISH, "fa": _PERSIAN, "prs": _PERSIAN}
"""The languages whose number words are known."""
