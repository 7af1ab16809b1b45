"""A story as agencies send them, in words of our own; people, places and bodies are invented.

It has what trips translation up: links in mid-sentence, tags in tags, quotes in quotes, numbers
and dates in several shapes, two spellings of one acronym, addresses, handles and hashtags.
"""

from __future__ import annotations

import io
import math
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from wagtail_newsroom.models import ArticlePage

TITLE = "Villages count 1,500 herons by ear as a lost marsh returns"
KICKER = "Wildlife"
STANDFIRST = (
    "For three nights each autumn, people around Lessen Bay sit in the dark and listen. "
    "This year their tally, checked against microphones, was off by 3.5 %."
)
DATELINE = "(PORT LESSEN, TMON / T.M.O.N.):"
ALT = "Reeds in front of a flat bay at dusk, with the lamps of a village on the far shore"
CAPTION = "The bay at Port Lessen on the second night of the count, shortly before high water."
CREDIT = "Picture: Idris Vale / TMON"

NETWORK = "https://tmon.example/"
METHOD = "https://tmon.example/method?night=2&station=14#ears"
COUNCIL = "https://lessenbay.example/council/minutes/2003-04"
JOURNAL = "https://journal.example/10.5555/marsh.2019.041"
TIDES = "https://tides.example/port-lessen"
SCHOOL = "https://school.example/st-orla/diary"
FILM = "https://video.example/watch/night-count"
CHANNEL = "https://social.example/@tmon_field"

PARAGRAPHS_BEFORE = [
    f'<p>The <a href="{NETWORK}">Tidal Marsh Observation Network</a> (TMON) said on Friday that '
    "<b>1,500 herons</b> are spending the autumn on the restored marsh behind Port Lessen, where "
    "there were none twenty years ago. The number comes from 212 volunteers who counted the birds "
    "without seeing a single one of them, in the dark, between the old dyke and the sea.</p>",
    "<p>The count ended at 13:45 on 15 November 2019, when the last sheet of paper reached the "
    f'harbour office. Its <a href="{METHOD}">method is simple</a>: each group keeps silent for '
    "eleven minutes, writes down every call it hears with its bearing, and moves on to the next "
    "post. Calls that two groups heard from both sides are struck out the next morning, at a "
    "table in the school that is 6 metres long.</p>",
    "<p>“My grandmother told me, ‘If you hear the curlew, stay where you are until the water "
    "turns,’ and so I stayed,” said Mina Farrow, 71, who has kept the same post on the old dyke "
    "since the first count. <i>“You learn the place with your ears. My eyes would only tell me "
    "that it is night.”</i></p>",
    "<p>The marsh had been drained for pasture in the 1950s. In April 2003 the council voted, "
    f'<a href="{COUNCIL}">by a margin of <b>one</b> vote</a>, to open two gates in the sea wall '
    "and let the tide in again. Farmers were paid for 340 hectares of grass that turned to mud "
    "within a year; most of them moved their cattle to the hills behind the town, and three took "
    "up guiding.</p>",
    "<p>What followed was slow. For six winters there was little to see but brown water &amp; dead "
    "thistles, and the network was told more than once that its money would be better spent on a "
    "road. Then cordgrass took hold along the creeks, and with it came shrimp, gobies and, in the "
    "end, birds. The first pair of herons bred in 2011, in an alder that has since fallen over."
    "</p>",
]
HEADING = "Ears against microphones"
PARAGRAPHS_AFTER = [
    "<p>This year, for the first time, forty microphones listened as well. A team led by "
    "Dr Tomas Quill compared both tallies and "
    f'<a href="{JOURNAL}">published the result in a journal</a>: people and machines differed by '
    "3.5 %, and <b>it was the machines that <i>missed</i> birds</b>, above all when the wind rose "
    "beyond 9 metres a second. On the calmest night the two lists were the same to the last "
    "call.</p>",
    "<p>“A microphone hears everything and attends to nothing,” Quill said. “A child in a wet "
    "coat at two in the morning attends.” He added that software would be needed all the same: "
    "“Nobody can sit on a dyke 365 nights a year, and nobody should have to.”</p>",
    f'<p>The volunteers follow the <a href="{TIDES}">tide tables for Port Lessen</a> rather than '
    "the clock. A count begins ninety minutes before high water, whether that is at noon or at "
    "04:20, because the birds are driven together on the last dry banks and call more. Boats keep "
    "away for those hours; the ferry runs with its engine at a third of its power, and its "
    "passengers are asked to whisper.</p>",
    "<p>Scientists are interested in the mud as much as in the birds. Cores taken last spring show "
    "that the marsh now stores about 2.1 tonnes of carbon per hectare and year, and that the "
    "water leaving it carries less CO<sub>2</sub> than the water coming in. The first figures "
    "were read out in <b><i>total silence</i></b> at the yearly meeting. “I had prepared a joke,” "
    "said the chemist who read them, “and I swallowed it.”</p>",
]
QUOTE = "We did not bring the herons back. We opened a gate, and then we were patient."
ATTRIBUTION = "Sunniva Okell, harbour master from 1998 to 2016"
PARAGRAPHS_LAST = [
    "<p>Not everybody is content. Two families whose fields border the marsh say that salt has "
    "reached their wells, and a hearing is set for 9 January 2020. The council has promised to "
    "pay for a deeper well if tests, due <em>before Christmas</em>, confirm it. “We like the "
    "birds,” one of the farmers, Osric Lund, told the local radio. “We would like to drink, too, "
    "and so would the cows.”</p>",
    f'<p>At the school of St Orla, pupils keep <a href="{SCHOOL}">a diary of the marsh</a> in '
    "which each page belongs to one creek. “Nothing happened today,” reads the entry for "
    "3 March, in a careful hand, “but it happened very beautifully.” The oldest of the eleven "
    "volumes are kept in the town’s museum, between a whale’s rib and a model of the ferry, and "
    "the network has begun to compare their weather notes with its own.</p>",
    "<p>Whoever wants to join next year’s count needs warm clothes, a pencil and patience; no "
    "knowledge of birds is asked for. Places are given out from 1 August by telephone at "
    "+44 1632 960 142 or by writing to count@tmon.example, and a list of posts hangs in the "
    f'<a href="{NETWORK}"><i>network’s</i> window</a>.</p>',
]
LIST = [
    "<p><b>Before the count:</b> sleep in the afternoon, and tell somebody where you will be.</p>",
    f'<p><b>During the count:</b> no lamps, no talk; the <a href="{TIDES}">tide</a> does not '
    "wait.</p>",
    "<p><b>After the count:</b> hand in the sheet, even if it is empty.</p>",
]
CLOSING = (
    f'<p>Follow the herons: <a href="{CHANNEL}">@tmon_field</a>, @lessenbay and @st_orla_diary, '
    "or look for #NightCount and #LessenBay.</p>"
)

LINKS = sorted(
    [NETWORK, METHOD, COUNCIL, JOURNAL, TIDES, SCHOOL, NETWORK, TIDES, CHANNEL],
)
"""The addresses that the story's running text links to, each as often as it does."""


def body() -> list[tuple[str, Any]]:
    """Return the story's blocks: twelve paragraphs, a heading, a quote, a list and a film."""
    return [
        *(("paragraph", text) for text in PARAGRAPHS_BEFORE),
        ("heading", HEADING),
        *(("paragraph", text) for text in PARAGRAPHS_AFTER),
        ("quote", {"text": QUOTE, "attribution": ATTRIBUTION}),
        *(("paragraph", text) for text in PARAGRAPHS_LAST),
        ("list", list(LIST)),
        ("embed", FILM),
        ("paragraph", CLOSING),
    ]


def wire_story(parent: Page, locale: Locale) -> ArticlePage:
    """Return the story as a live article below a section, with its picture."""
    page = ArticlePage(
        title=TITLE,
        slug="herons-by-ear",
        locale=locale,
        kicker=KICKER,
        standfirst=STANDFIRST,
        dateline=DATELINE,
        lead_image=_picture(),
        lead_image_alt=ALT,
        lead_image_caption=CAPTION,
        lead_image_credit=CREDIT,
        body=body(),
    )
    parent.add_child(instance=page)
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def _picture() -> Any:
    """Draw the bay at dusk and store it as an image of the site's."""
    width, height, shore = 1600, 1000, 560
    picture = Picture.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for y in range(height):
        depth = y / shore if y < shore else (y - shore) / (height - shore)
        sky, dusk = (
            ((38, 52, 86), (226, 152, 116)) if y < shore else ((150, 112, 108), (24, 36, 52))
        )
        draw.line(
            [(0, y), (width, y)],
            fill=tuple(round(a + (b - a) * depth) for a, b in zip(sky, dusk, strict=True)),
        )
    hills = [
        (x, shore - 40 - 26 * math.sin(x / 210) - 14 * math.sin(x / 57)) for x in range(0, 1610, 10)
    ]
    draw.polygon([(0, shore), *hills, (width, shore)], fill=(44, 48, 66))
    for number in range(9):
        x = 980 + 53 * number
        draw.ellipse([x, shore - 22, x + 8, shore - 14], fill=(255, 222, 150))
        draw.line([(x + 4, shore + 6), (x + 4, shore + 60)], fill=(214, 168, 120), width=3)
    for number in range(120):
        x, top = (number * 137) % width, 640 + (number * 71) % 160
        lean = (number * 29) % 60 - 30
        draw.line([(x, height), (x + lean, top)], fill=(16, 24, 30), width=5)
        draw.ellipse([x + lean - 6, top - 44, x + lean + 6, top], fill=(62, 44, 34))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=82)
    file.seek(0)
    image = get_image_model().objects.create(
        title="Lessen Bay at dusk", file=ImageFile(file, name="lessen-bay.jpg")
    )
    image.file.close()
    return get_image_model().objects.get(pk=image.pk)
