"""The form of a story: what it shows, what it keeps, what it stores."""

from datetime import UTC, datetime

import hypothesis.extra.django
from django.test import TestCase, override_settings
from django.utils import timezone
from hypothesis import Phase, given, settings
from lxml import html

from articles.models import Article, Caption, Revision, Tag
from articles.story import (
    CaptionBlock,
    EmbedBlock,
    GalleryBlock,
    Media,
    RawBlock,
    RelatedBlock,
    TextBlock,
)
from articles.tests.desk import (
    a_client,
    a_photo,
    an_editor,
    block,
    opened,
    sent,
    stored,
    trouble,
    url_of,
)
from articles.tests.stories import a_full_story, a_story, stories


class Desk(TestCase):
    def setUp(self):
        self.editor = an_editor()
        self.client = a_client(self.editor)

    def save(self, article, fields=None, **changes):
        """Send the form with these changes; the story it says afterwards."""
        fields = opened(self.client, article) if fields is None else fields
        response = sent(self.client, article, fields, **changes)
        self.assertEqual(response.status_code, 302, trouble(response))
        return Article.objects.get(pk=article.pk).as_story()

    def refuse(self, article, fields=None, **changes):
        """Send the form; everything it complains about."""
        fields = opened(self.client, article) if fields is None else fields
        response = sent(self.client, article, fields, **changes)
        self.assertEqual(response.status_code, 200, "it was saved")
        return trouble(response)


class UntouchedTests(Desk):
    def test_opening_and_saving_a_story_with_every_kind_of_block_makes_no_revision(self):
        article = stored(a_full_story())
        self.assertEqual(self.save(article), a_full_story())
        self.assertEqual(Revision.objects.count(), 1)

    def test_nor_where_nothing_it_is_filed_under_is_known_here(self):
        article = stored(a_full_story(), known=False)
        self.assertEqual(self.save(article), a_full_story())

    def test_nor_with_lines_broken_the_way_a_browser_sends_them(self):
        story = a_full_story(rights="one\ntwo", standfirst="first\nsecond")
        article = stored(story)
        fields = {n: v.replace("\n", "\r\n") for n, v in opened(self.client, article).items()}
        self.assertEqual(self.save(article, fields), story)

    @override_settings(TIME_ZONE="Europe/London")
    def test_nor_with_an_embargo_until_an_hour_that_clocks_show_twice(self):
        timezone.deactivate()
        second = datetime(2024, 10, 27, 1, 30, 0, 123456, tzinfo=UTC)  # 01:30 for the second time
        article = stored(a_story(embargoed_until=second))
        self.assertEqual(self.save(article).embargoed_until, second)

    def test_nor_with_a_picture_and_a_story_that_are_known(self):
        other = stored(a_story(7, headline="What the gate cost"))
        photo = a_photo()
        media = photo.media
        story = a_full_story(
            body=(
                CaptionBlock(text="The boat", media=Media(sha256=photo.sha256)),
                RelatedBlock(headline="WHAT THE GATE COST"),
                GalleryBlock(captions=(CaptionBlock(text="The quay", media=media),)),
            )
        )
        article = stored(story)
        self.assertEqual(Caption.objects.get(region="body").photo, photo)
        self.assertEqual(article.articles_relatedpost_set.get(region="body").post, other)
        self.assertEqual(self.save(article), story)


class AnyStoryTests(hypothesis.extra.django.TestCase):
    @settings(max_examples=12, deadline=None, phases=[Phase.generate])
    @given(stories)
    def test_opening_and_saving_any_story_untouched_makes_no_revision(self, story):
        article = stored(story, known=False)
        client = a_client(an_editor())
        response = sent(client, article, opened(client, article))
        self.assertEqual(response.status_code, 302, trouble(response))
        self.assertEqual(Article.objects.get().as_story().content(), story.content())
        self.assertEqual(Revision.objects.count(), 1)


class BlockTests(Desk):
    def setUp(self):
        super().setUp()
        self.article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),)))

    def test_a_block_added_with_the_plus_stands_where_it_was_put(self):
        fields = block(opened(self.client, self.article), "quote", text="So it was.", ordering="5")
        body = self.save(self.article, fields).body
        self.assertEqual([part.__struct_config__.tag for part in body], ["quote", "text"])

    def test_text_is_kept_in_its_one_spelling(self):
        fields = opened(self.client, self.article)
        told = self.save(
            self.article, fields, **{"text-0-html": "<p><b>Two</b><script>x</script></p>"}
        )
        self.assertEqual(told.body[0].html, "<p><strong>Two</strong></p>")

    def test_an_empty_text_is_dropped(self):
        fields = block(opened(self.client, self.article), "text", html="<p></p>")
        self.assertEqual(len(self.save(self.article, fields).body), 1)
        emptied = self.save(self.article, **{"text-0-html": "<p> </p>"})
        self.assertEqual(emptied.body, ())

    def test_a_block_marked_for_deletion_goes(self):
        self.assertEqual(self.save(self.article, **{"text-0-DELETE": "on"}).body, ())

    def test_picking_a_photo_takes_its_words_where_none_are_written(self):
        photo = a_photo(caption="The pilot boat", credit="Ada Fry", alt="A boat")
        fields = opened(self.client, self.article)
        fields = block(fields, "photo", photo=photo.pk, text="My own words")
        told = self.save(self.article, fields).body[1]
        self.assertEqual((told.text, told.credit, told.alt), ("My own words", "Ada Fry", "A boat"))
        self.assertEqual(told.media, photo.media)

    def test_a_photo_needs_a_picture_or_words(self):
        fields = block(opened(self.client, self.article), "photo")
        self.assertIn("write its caption", self.refuse(self.article, fields))

    def test_only_one_photo_or_video_leads(self):
        fields = block(opened(self.client, self.article), "photo", text="A", region="lead")
        fields = block(fields, "video", title="B", region="lead")
        self.assertIn("Only one", self.refuse(self.article, fields))

    def test_a_new_lead_takes_the_place_of_the_old_one(self):
        article = stored(a_full_story(source_id="led"))
        fields = block(opened(self.client, article), "photo", text="New", region="lead")
        told = self.save(article, fields, **{"video-0-region": "body", "video-0-ordering": "5"})
        self.assertEqual(told.lead.text, "New")
        self.assertEqual(told.body[0].title, "The gate")

    def test_a_text_cannot_stand_among_the_related_posts(self):
        trouble = self.refuse(self.article, **{"text-0-region": "related"})
        self.assertIn("cannot stand here", trouble)

    def test_picking_a_story_takes_its_headline_and_its_address(self):
        other = stored(a_story(5))
        Article.objects.filter(pk=other.pk).update(path="/2024/01/29/gate/")
        fields = block(
            opened(self.client, self.article), "related", post=other.pk, region="related"
        )
        told = self.save(self.article, fields).related[0]
        self.assertEqual((told.headline, told.url), (other.headline, "/2024/01/29/gate/"))

    def test_a_headline_typed_in_finds_its_story_and_a_story_written_here_is_found(self):
        other = stored(a_story(5, headline="The gate is shut"))
        fields = block(opened(self.client, self.article), "related", headline="THE GATE IS SHUT")
        fields = block(fields, "related", headline="FOG AT NOON")
        self.save(self.article, fields)
        posts = self.article.articles_relatedpost_set.order_by("ordering")
        self.assertEqual([row.post for row in posts], [other, None])
        new = block(opened(self.client), "text", html="<p>Thick.</p>")
        sent(self.client, None, new, headline="Fog at noon")
        self.assertEqual(posts.last().post, Article.objects.get(headline="Fog at noon"))

    def test_an_embed_is_a_film_at_a_known_provider(self):
        fields = opened(self.client, self.article)
        known = block(fields, "embed", url="https://youtu.be/abcdefghijk")
        unknown = block(fields, "embed", url="https://evil.example/x")
        self.assertIn("no address of a film", self.refuse(self.article, unknown))
        told = self.save(self.article, known).body[1]
        self.assertEqual(told, EmbedBlock(provider="youtube", url="https://youtu.be/abcdefghijk"))

    def test_markup_nobody_understood_is_shown_and_can_be_removed(self):
        article = stored(a_story(2, body=(RawBlock(html="<blink>x</blink>", why="unknown"),)))
        page = self.client.get(url_of(article)).content.decode()
        self.assertIn("&lt;blink&gt;x&lt;/blink&gt;", page)
        self.assertEqual(self.save(article, **{"raw-0-DELETE": "on"}).body, ())

    def test_a_gallery_takes_several_pictures_at_once(self):
        photo = a_photo(caption="The quay", credit="Ada Fry")
        pictures = {
            "pictures-TOTAL_FORMS": "3",
            "pictures-INITIAL_FORMS": "0",
            "pictures-0-photo": photo.pk,
            "pictures-1-text": "Still to come",
        }
        fields = block(opened(self.client, self.article), "gallery", **pictures)
        captions = self.save(self.article, fields).body[1].captions
        self.assertEqual([c.text for c in captions], ["The quay", "Still to come"])
        self.assertEqual(captions[0].media, photo.media)

    def test_a_gallery_without_pictures_is_refused(self):
        pictures = {"pictures-TOTAL_FORMS": "3", "pictures-INITIAL_FORMS": "0"}
        fields = block(opened(self.client, self.article), "gallery", **pictures)
        self.assertIn("Choose a picture", self.refuse(self.article, fields))

    def test_a_block_cannot_be_copied_out_of_another_story_by_naming_it(self):
        other = stored(a_story(3))
        text = other.articles_text_set.get()
        clone = {
            "_clone": f"articles.text:{text.pk}",
            "_clone_region": "body",
            "_clone_ordering": 1,
        }
        self.save(self.article, **clone)
        self.assertEqual(other.articles_text_set.count(), 1)

    def test_what_a_form_carries_along_cannot_be_written_by_hand(self):
        self.assertIn("damaged", self.refuse(self.article, **{"text-0-kept": "{}:forged"}))


class FilingTests(Desk):
    def setUp(self):
        super().setUp()
        self.article = stored(a_story())

    def test_another_category_brings_its_words(self):
        category = self.article.filings.get(position=1).category
        fields = opened(self.client, self.article)
        told = self.save(self.article, fields, **{"filing-0-category": category.pk})
        self.assertEqual(told.categories, ("Business", "Business"))

    def test_the_first_category_is_the_one_put_first(self):
        told = self.save(self.article, **{"filing-0-position": "1", "filing-1-position": "0"})
        self.assertEqual(told.categories, ("Business", "World/Coast"))

    def test_a_tag_typed_in_is_made_when_the_story_is_saved(self):
        fields = opened(self.client, self.article)
        for name in ("Fog", "HARBOUR"):  # the second is there already, in other letters
            fields = block(fields, "tagging", tag=f"new:{name}", position="")
        told = self.save(self.article, fields)
        self.assertEqual(told.tags, ("harbour", "ships", "Fog", "harbour"))
        self.assertEqual(Tag.objects.filter(name__iexact="harbour").count(), 1)

    def test_who_may_not_add_tags_cannot_type_them_in(self):
        client = a_client(an_editor("kim", ("change_article", "view_article", "others_article")))
        fields = block(opened(client, self.article), "tagging", tag="new:Fog", position="")
        self.assertEqual(sent(client, self.article, fields).status_code, 200)
        self.assertFalse(Tag.objects.filter(name="Fog").exists())

    def test_words_nobody_knows_are_shown_and_stay(self):
        article = stored(a_story(2, tags=("Ferries",)), known=False)
        article.taggings.update(tag=None)
        self.assertIn("“Ferries”", self.client.get(url_of(article)).content.decode())
        self.assertEqual(self.save(article, headline="New").tags, ("Ferries",))

    def test_key_points_are_lines(self):
        told = self.save(self.article, key_points=" One. \r\n\r\nTwo.\r\n")
        self.assertEqual(told.key_points, ("One.", "Two."))


class NewStoryTests(Desk):
    def test_a_story_written_into_an_empty_form(self):
        fields = block(opened(self.client), "text", html="<p>It is so.</p>")
        response = sent(self.client, None, fields, headline="First light")
        self.assertEqual(response.status_code, 302, trouble(response))
        article = Article.objects.get()
        self.assertEqual(article.as_story().body, (TextBlock(html="<p>It is so.</p>"),))
        self.assertEqual(article.head.by, self.editor)

    def test_words_are_kept_in_one_line_and_without_what_nobody_sees(self):
        sent(self.client, None, opened(self.client), headline=" First\r\n  light\u200b\x08 ")
        self.assertEqual(Article.objects.get().headline, "First light")

    def test_it_needs_a_headline(self):
        self.assertIn("headline", trouble(sent(self.client, None, opened(self.client))))

    def test_who_may_only_look_finds_no_field_to_write_into(self):
        article = stored(a_full_story())
        page = a_client(an_editor("kim", ("view_article", "others_article"))).get(url_of(article))
        found = html.fromstring(page.content.decode()).xpath("//div[@class='desk-columns']")[0]
        fields = found.xpath(".//textarea | .//select | .//input[not(@type='hidden')]")
        self.assertEqual([field.name for field in fields if not field.get("disabled")], [])

    def test_a_link_somebody_made_writes_nothing_into_it(self):
        page = self.client.get(url_of() + "?headline=Resign&standfirst=Now").content.decode()
        self.assertNotIn("Resign", page)


class ManyBlocksTests(Desk):
    def test_a_form_of_forty_blocks_asks_at_most_forty_five_times(self):
        photo = a_photo()
        kinds = (
            TextBlock(html="<p>One.</p>"),
            CaptionBlock(text="The boat", media=photo.media),
            RelatedBlock(headline="HARBOUR OPENS ITS GATE NUMBER 9"),
            CaptionBlock(kind="video", title="The gate"),
        )
        stored(a_story(9))
        article = stored(a_story(body=kinds * 10, tags=tuple(f"tag {n}" for n in range(10))))
        with self.assertNumQueries(AtMost(45)):
            response = self.client.get(url_of(article))
        self.assertContains(response, "The boat", count=20)

    def test_so_does_sending_it_untouched(self):
        article = stored(a_story(body=(TextBlock(html="<p>One.</p>"),) * 40))
        fields = opened(self.client, article)
        with self.assertNumQueries(AtMost(60)):
            self.assertEqual(sent(self.client, article, fields).status_code, 302)


class AtMost(int):
    """Equal to every number up to this one."""

    def __eq__(self, other):
        return int(other) <= int(self)

    __hash__ = int.__hash__
