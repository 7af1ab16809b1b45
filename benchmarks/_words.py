"""Words for a large newspaper: sentences in English beside their Persian, made of small parts."""

from __future__ import annotations

import random
from typing import NamedTuple


class Pair(NamedTuple):
    """The same words in both languages."""

    en: str
    fa: str


class Sentence(NamedTuple):
    """A pattern in both languages, whose gaps are filled with the same parts."""

    en: str
    fa: str


# (slug, English, Persian) of a section, and those of the sections within it.
SECTIONS = [
    (
        ("city", "City", "شهر"),
        [
            ("transport", "Transport", "حمل‌ونقل"),
            ("housing", "Housing", "مسکن"),
            ("parks", "Parks", "بوستان‌ها"),
        ],
    ),
    (
        ("science", "Science", "دانش"),
        [("sky", "Sky", "آسمان"), ("sea", "Sea", "دریا"), ("medicine", "Medicine", "پزشکی")],
    ),
    (
        ("climate", "Climate", "اقلیم"),
        [
            ("weather", "Weather", "هوا"),
            ("energy", "Energy", "انرژی"),
            ("rivers", "Rivers", "رودخانه‌ها"),
        ],
    ),
    (
        ("culture", "Culture", "فرهنگ"),
        [("books", "Books", "کتاب"), ("music", "Music", "موسیقی"), ("film", "Film", "فیلم")],
    ),
    (
        ("sport", "Sport", "ورزش"),
        [
            ("rowing", "Rowing", "قایقرانی"),
            ("football", "Football", "فوتبال"),
            ("chess", "Chess", "شطرنج"),
        ],
    ),
    (
        ("economy", "Economy", "اقتصاد"),
        [
            ("harbour", "Harbour", "بندر"),
            ("farming", "Farming", "کشاورزی"),
            ("trade", "Trade", "بازرگانی"),
        ],
    ),
]

PARTS: dict[str, list[Pair]] = {
    "who": [
        Pair("the harbour office", "دفتر بندر"),
        Pair("the city council", "شورای شهر"),
        Pair("a team of engineers", "گروهی از مهندسان"),
        Pair("the delta museum", "موزهٔ دلتا"),
        Pair("the rowing club", "باشگاه قایقرانی"),
        Pair("a young composer", "آهنگسازی جوان"),
        Pair("the weather service", "سازمان هواشناسی"),
        Pair("the farmers’ union", "اتحادیهٔ کشاورزان"),
        Pair("the observatory", "رصدخانه"),
        Pair("the public library", "کتابخانهٔ عمومی"),
        Pair("a group of nurses", "گروهی از پرستاران"),
        Pair("the ferry company", "شرکت کشتیرانی"),
        Pair("the orchestra", "ارکستر شهر"),
        Pair("the market hall", "بازار سرپوشیده"),
    ],
    "what": [
        Pair("a new timetable", "برنامهٔ زمانی تازه‌ای"),
        Pair("the old bridge", "پل قدیمی"),
        Pair("a map of wells", "نقشه‌ای از چاه‌ها"),
        Pair("the spring festival", "جشنوارهٔ بهاری"),
        Pair("a study of fish", "پژوهشی دربارهٔ ماهی‌ها"),
        Pair("the winter budget", "بودجهٔ زمستانی"),
        Pair("a school for divers", "آموزشگاه غواصی"),
        Pair("the east wing", "بخش شرقی"),
        Pair("a row of plane trees", "ردیفی از درختان چنار"),
        Pair("the results of a count", "نتیجهٔ یک شمارش"),
        Pair("a plan for the marsh", "طرحی برای تالاب"),
        Pair("the night service", "سرویس شبانه"),
        Pair("a letter from readers", "نامه‌ای از خوانندگان"),
        Pair("the price of bread", "قیمت نان"),
    ],
    "did": [
        Pair("presented", "ارائه کرد"),
        Pair("postponed", "به تعویق انداخت"),
        Pair("opened", "افتتاح کرد"),
        Pair("examined", "بررسی کرد"),
        Pair("defended", "تأیید کرد"),
        Pair("measured", "اندازه‌گیری کرد"),
        Pair("rejected", "رد کرد"),
        Pair("repaired", "تعمیر کرد"),
    ],
    "where": [
        Pair("Port Sample", "بندر نمونه"),
        Pair("the lower town", "شهر پایین"),
        Pair("Halm Valley", "درهٔ هالم"),
        Pair("the north quay", "اسکلهٔ شمالی"),
        Pair("Old Mill Street", "خیابان آسیاب کهنه"),
        Pair("the delta", "دلتا"),
        Pair("Sera", "سرا"),
        Pair("the hills of Noor", "تپه‌های نور"),
    ],
    "when": [
        Pair("on Monday", "روز دوشنبه"),
        Pair("last week", "هفتهٔ گذشته"),
        Pair("before dawn", "پیش از سپیده‌دم"),
        Pair("in early spring", "در آغاز بهار"),
        Pair("after two years of talks", "پس از دو سال گفت‌وگو"),
        Pair("without much notice", "بی‌خبر قبلی"),
        Pair("for the third time", "برای سومین بار"),
    ],
    "why": [
        Pair("because the ice came late", "چون یخ دیر رسید"),
        Pair("so that children can walk there", "تا کودکان بتوانند پیاده بروند"),
        Pair("although nobody had asked", "هرچند کسی نخواسته بود"),
        Pair("while the water was still rising", "در حالی که آب هنوز بالا می‌آمد"),
        Pair("as neighbours had hoped", "همان‌طور که همسایه‌ها امید داشتند"),
        Pair("despite the cost", "با وجود هزینه"),
    ],
}

TITLES = [
    Sentence("{Who} {did} {what} in {where}", "{who} در {where} {what} را {did}"),
    Sentence("In {where}, {who} {did} {what}", "در {where}، {who} {what} را {did}"),
    Sentence("{Who} {did} {what} {when}", "{who} {when} {what} را {did}"),
    Sentence("Why {who} {did} {what}", "چرا {who} {what} را {did}"),
]

SENTENCES = [
    Sentence(
        "{Who} {did} {what} in {where} {when}, {why}.",
        "{who} {when} در {where} {what} را {did}، {why}.",
    ),
    Sentence(
        "People in {where} say that {who} {did} {what} {when}.",
        "مردم {where} می‌گویند {who} {when} {what} را {did}.",
    ),
    Sentence("It was {who} that {did} {what}, {why}.", "این {who} بود که {what} را {did}، {why}."),
    Sentence(
        "“We saw it from {where},” says a reader; {who} {did} {what}.",
        "یکی از خوانندگان می‌گوید: «از {where} دیدیم»؛ {who} {what} را {did}.",
    ),
    Sentence("{Number} people came to {where} {when}.", "{number_fa} نفر {when} به {where} آمدند."),
]

AUTHORS = [
    Pair("Mina Farrow", "مینا فرو"),
    Pair("Omid Saye", "امید سایه"),
    Pair("Lena Brandt", "لنا برانت"),
    Pair("Kian Rood", "کیان رود"),
    Pair("Tara Mills", "تارا میلز"),
    Pair("Arash Noor", "آرش نور"),
    Pair("Ines Vale", "اینس وِیل"),
    Pair("Sam Okoro", "سم اوکورو"),
    Pair("Roya Daryaei", "رویا دریایی"),
    Pair("Piet Holm", "پیت هولم"),
    Pair("Nasrin Kooh", "نسرین کوه"),
    Pair("Ada Finch", "آدا فینچ"),
]

TAGS = [
    Pair("bridges", "پل‌ها"),
    Pair("ferries", "کشتی‌ها"),
    Pair("trees", "درختان"),
    Pair("schools", "مدرسه‌ها"),
    Pair("drought", "خشکسالی"),
    Pair("birds", "پرندگان"),
    Pair("wells", "چاه‌ها"),
    Pair("bread", "نان"),
    Pair("festivals", "جشنواره‌ها"),
    Pair("museums", "موزه‌ها"),
    Pair("night buses", "اتوبوس‌های شبانه"),
    Pair("ice", "یخ"),
    Pair("the marsh", "تالاب"),
    Pair("budget", "بودجه"),
    Pair("volunteers", "داوطلبان"),
    Pair("opera", "اپرا"),
    Pair("telescopes", "تلسکوپ‌ها"),
    Pair("wheat", "گندم"),
    Pair("tides", "جزر و مد"),
    Pair("lighthouses", "فانوس‌های دریایی"),
]

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def title(chance: random.Random) -> Pair:
    """Return a headline."""
    pair = _fill(chance.choice(TITLES), chance)
    return Pair(pair.en[:1].upper() + pair.en[1:], pair.fa)


def paragraph(chance: random.Random) -> Pair:
    """Return three to six sentences."""
    made = [_fill(chance.choice(SENTENCES), chance) for _ in range(chance.randint(3, 6))]
    return Pair(" ".join(each.en for each in made), " ".join(each.fa for each in made))


def _fill(sentence: Sentence, chance: random.Random) -> Pair:
    parts = {name: chance.choice(pairs) for name, pairs in PARTS.items()}
    number = str(chance.randint(3, 900))
    en = {name: pair.en for name, pair in parts.items()}
    fa = {name: pair.fa for name, pair in parts.items()}
    en["Who"] = en["who"][:1].upper() + en["who"][1:]
    en["Number"], fa["number_fa"] = number, number.translate(_PERSIAN_DIGITS)
    return Pair(sentence.en.format(**en), sentence.fa.format(**fa))
