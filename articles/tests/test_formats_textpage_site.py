"""Our own pages, saved as text by the extractor that crawlers use, are read as what they were."""

from django.utils import timezone
from resiliparse.extract.html2text import extract_plain_text

from articles import prose
from articles.story import CaptionBlock, RelatedBlock, RelatedPost, TextBlock

from .newsroom import HOUR, ReaderTestCase, dated, live
from .pages import LAST, LEAD, MORE, body, read

PAPERS = "The Harbour Press contributed to this report."
RELATED = "PILOTS ASK FOR A SECOND BOAT IN THE SOUND"


def a_story_with_everything():
    film = CaptionBlock(
        kind="video",
        title="The first night aboard",
        text="The pilot speaks with Ada Fry about the fog on ‘Harbour Live.’",
    )
    return dated(
        HOUR,
        headline="Night ferry returns after nine winters",
        standfirst="Forty people, two horses and the post of eleven days came aboard.",
        key_points=("The ferry sails every second day.", "A ticket costs 14 crowns."),
        categories=("World", "Business"),
        tags=(),
        lead=film,
        body=(
            TextBlock(html=prose.paragraphs([LEAD, MORE])),
            RelatedBlock(headline=RELATED),
            TextBlock(html=f"<h2>What happens next</h2>{prose.paragraphs([LAST])}"),
            CaptionBlock(text="The quay at six in the morning.", credit="Ada Fry/Coastwire"),
            TextBlock(html=prose.paragraphs([PAPERS])),
        ),
        related=(RelatedPost(headline="What the ferry cost", excerpt="A look at the bill."),),
    )


class OurOwnPageTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        text = TextBlock(html=prose.paragraphs([MORE]))
        others = [
            dated(HOUR * number, number=number, body=(text,), key_points=(), standfirst="")
            for number in range(2, 5)
        ]
        self.story = a_story_with_everything()
        article = live(self.story, *others)[0]
        self.page = self.get(article.get_absolute_url()).content.decode()

    def saved(self, *, main_content):
        return read(extract_plain_text(self.page, main_content=main_content))

    def assert_text_is_read(self, got):
        self.assertEqual(got.headline, self.story.headline)
        self.assertEqual(got.pubstatus, "usable")
        there = body(got)
        for piece in (
            ("p", LEAD),
            ("p", MORE),
            ("h2", "What happens next"),
            ("p", LAST),
            ("photo", "The quay at six in the morning.", "Ada Fry/Coastwire"),
            ("p", PAPERS),
        ):
            self.assertIn(piece, there)
        told = str(got.as_dict())
        for words in (self.story.standfirst, *self.story.key_points, self.story.lead.text):
            self.assertIn(words, told)

    def test_the_main_content_is_the_story(self):
        got = self.saved(main_content=True)
        self.assert_text_is_read(got)
        self.assertEqual(got.recent, ())

    def test_the_whole_page_with_its_menus_is_the_story_and_its_rail(self):
        got = self.saved(main_content=False)
        self.assert_text_is_read(got)
        self.assertIn(("related", RELATED), body(got))
        self.assertEqual(
            [(post.headline, post.excerpt) for post in got.related],
            [("What the ferry cost", "A look at the bill.")],
        )
        self.assertEqual(
            [post.headline for post in got.recent],
            [f"Harbour opens its gate number {number}" for number in (2, 3, 4)],
        )
        self.assertEqual({post.excerpt for post in got.recent}, {prose.excerpt(MORE)})
        self.assertEqual(got.published_at.date(), (timezone.now() - HOUR).date())
        self.assertEqual(got.byline, "By Ines Roth")
