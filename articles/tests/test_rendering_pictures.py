"""Pictures and films as a page shows them."""

from django.test import SimpleTestCase
from selectolax.lexbor import LexborHTMLParser

from articles.models import Photo, Video
from articles.rendering import markers
from articles.story import CaptionBlock, Media

from .stories import a_story
from .test_rendering import Library, made, page


def a_photo(**changes):
    plain = {"image": "photos/boat.jpg", "width": 1200, "height": 800, "ppoi": "0.1x0.9"}
    return Photo(**{**plain, **changes})


class PictureTests(SimpleTestCase):
    photo = CaptionBlock(text="A boat.", alt="Boat", media=Media(file="boat.jpg"))

    def test_a_picture_is_offered_in_the_sizes_it_has_and_none_larger(self):
        files = Library(**{"boat.jpg": a_photo()})
        image = page(a_story(body=(self.photo,)), files).css_first("figure.photo img").attributes
        widths = [part.split()[-1] for part in image["srcset"].split(", ")]
        self.assertEqual(widths, ["480w", "960w", "1200w"])
        self.assertEqual((image["width"], image["height"]), ("960", "640"))
        self.assertEqual(image["loading"], "lazy")
        self.assertEqual(image["alt"], "Boat")
        self.assertIn("/__processed__/", image["src"])
        self.assertNotIn("photos/boat.jpg", made(a_story(body=(self.photo,)), files).article)

    def test_a_decorative_picture_has_empty_words(self):
        files = Library(**{"boat.jpg": a_photo(alt="From the library")})
        mute = CaptionBlock(decorative=True, alt="Boat", media=Media(file="boat.jpg"))
        silent = CaptionBlock(media=Media(file="boat.jpg"))
        images = page(a_story(body=(mute, silent)), files).css("figure img")
        self.assertEqual([i.attributes["alt"] for i in images], ["", "From the library"])

    def test_the_leads_picture_is_on_the_card_with_its_focal_point(self):
        card = made(a_story(lead=self.photo), Library(**{"boat.jpg": a_photo()})).card
        self.assertEqual(card["picture"]["focus"], "fx0 fy4")
        self.assertFalse(card["has_video"])

    def test_a_story_without_a_lead_shows_the_first_picture_of_its_body_on_the_card(self):
        files = Library(**{"boat.jpg": a_photo()})
        lost = CaptionBlock(text="A quay.", media=Media(file="lost.jpg"))
        card = made(a_story(body=(lost, self.photo)), files).card
        self.assertEqual(card["picture"]["alt"], "Boat")
        self.assertFalse(card["has_video"])
        self.assertIsNone(made(a_story(body=(lost,)), files).card["picture"])

    def test_a_film_of_ours_is_a_plain_player_with_its_poster(self):
        film = CaptionBlock(kind="video", title="The gate", media=Media(file="gate.webm"))
        video = Video(file="videos/gate.webm", poster=a_photo())
        result = made(a_story(lead=film), Library(**{"gate.webm": video}))
        filled = markers.fill(result.article, lambda _kind, _number, words: words, {})
        player = LexborHTMLParser(filled).css_first("figure.lead video")
        self.assertEqual(player.attributes["preload"], "none")
        self.assertIn("controls", player.attributes)
        self.assertIn("/__processed__/", player.attributes["poster"])
        self.assertEqual(player.css_first("source").attributes["type"], "video/webm")
        self.assertTrue(result.card["has_video"])
        self.assertTrue(result.card["picture"])

    def test_a_film_elsewhere_is_a_link_until_the_reader_asks_for_it(self):
        film = CaptionBlock(kind="video", media=Media(url="https://vimeo.com/123456789"))
        player = page(a_story(lead=film)).css_first("figure.lead .player")
        self.assertEqual(
            player.css_first("a.play").attributes["href"], "https://vimeo.com/123456789"
        )
        self.assertEqual(player.css("iframe, video"), [])
