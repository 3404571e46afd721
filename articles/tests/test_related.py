"""Which stories are suggested beside one, why, and who decides."""

from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from articles import publishing, redacting, related, sharing
from articles.models import Article, Suggestion, SuggestionBan
from articles.story import RelatedPost, TextBlock

from .desk import a_client, an_editor, fields_of, opened, sent, url_of
from .newsroom import HOUR, ReaderTestCase, dated, draft, live


def plain(number, words, **changes):
    body = (TextBlock(html=f"<p>{words}</p>"),)
    given = {"number": number, "body": body, "tags": (), "related": (), **changes}
    return dated(HOUR * number, **{"standfirst": "", "key_points": (), **given})


class SuggestionTests(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.rosa = an_editor()
        self.desk = a_client(self.rosa)

    def suggested(self, article):
        """What readers of it would be shown, and why; an editor sees the same."""
        version = article.versions.live().get()
        related.write(version)
        rows = version.suggestions.select_related("target")
        kept = {row.target.headline: [tuple(reason) for reason in row.reasons] for row in rows}
        told = related.for_working_copy(Article.objects.get(pk=article.pk))
        self.assertEqual([row.target_id for row in rows], [each.target for each in told])
        return kept

    def test_a_rare_word_in_both_is_a_reason(self):
        one, _two, _three = live(
            plain(1, "So the Zanderbrook flooded, and Zanderbrook waits.", headline="One rose"),
            plain(2, "They fish in the Zanderbrook.", headline="Two fish"),
            plain(3, "Nothing of the kind.", headline="Three gates"),
        )
        self.assertEqual(self.suggested(one)["Two fish"], [("words", "Zanderbrook")])
        self.assertNotIn("Three gates", self.suggested(one))

    def test_one_word_that_others_have_as_well_is_chance_and_two_are_not(self):
        one, *_ = live(
            plain(1, "So it rained at Zanderbrook, says Quillip.", headline="One rose"),
            plain(2, "They fish in the Zanderbrook.", headline="Two fish"),
            plain(3, "They swim in the Zanderbrook, and Quillip sings.", headline="Three gates"),
        )
        self.assertEqual(list(self.suggested(one)), ["Three gates"])

    def test_a_tag_in_both_is_a_reason(self):
        one, _two = live(
            plain(1, "A.", headline="One", tags=("dikes",)),
            plain(2, "B.", headline="Two", tags=("dikes",)),
        )
        self.assertEqual(self.suggested(one), {"Two": [("tag", "dikes")]})

    def test_a_story_that_links_here_is_suggested_and_one_that_is_named_is_not(self):
        one, two = live(
            plain(1, "A.", headline="One came"),
            plain(2, "B.", headline="Two went", related=(RelatedPost(headline="One came"),)),
        )
        self.assertEqual(self.suggested(one), {"Two went": [("link", "")]})
        self.assertEqual(self.suggested(two), {})

    def test_what_too_many_have_says_nothing_and_no_more_than_a_few_are_kept(self):
        stories = [plain(n, "A.", headline=f"Gate {n}", tags=("dikes",)) for n in range(1, 20)]
        first, *_rest = live(*stories)
        self.assertEqual(len(self.suggested(first)), related.MOST)
        more = [plain(n, "A.", headline=f"Gate {n}", tags=("dikes",)) for n in range(20, 50)]
        live(*more)
        self.assertEqual(self.suggested(first), {})

    def test_a_draft_is_never_suggested(self):
        one, *_ = live(plain(1, "A.", headline="One", tags=("dikes",)))
        draft(plain(2, "B.", headline="Hidden", tags=("dikes",)))
        self.assertEqual(self.suggested(one), {})

    def test_they_are_worked_out_at_a_publication_and_by_reindex(self):
        one, two = live(
            plain(1, "A.", headline="One", tags=("dikes",)),
            plain(2, "B.", headline="Two", tags=("dikes",)),
        )
        self.assertFalse(Suggestion.objects.exists())
        sent(self.desk, one, opened(self.desk, one), headline="One more")
        self.assertFalse(Suggestion.objects.exists())  # a draft changes nothing for readers
        version = publishing.publish(one, by=self.rosa)
        self.assertEqual(version.suggestions.get().target, two)
        sent(self.desk, one, opened(self.desk, one), headline="One tomorrow")
        publishing.publish(one, by=self.rosa, at=timezone.now() + HOUR)
        copy = publishing.unschedule(one, by=self.rosa)
        self.assertEqual(copy.suggestions.get().target, two)
        Suggestion.objects.all().delete()
        call_command("reindex", "--related", stdout=StringIO())
        self.assertEqual(Suggestion.objects.count(), 2)

    def test_what_a_draft_is_about_is_told_to_its_editor_only(self):
        one, _two = live(
            plain(1, "A.", headline="One", tags=()),
            plain(2, "They fish in the Zanderbrook.", headline="Two fish"),
        )
        fields = opened(self.desk, one)
        sent(
            self.desk, one, fields, standfirst="So the Zanderbrook flooded, and Zanderbrook waits."
        )
        self.assertContains(self.desk.get(url_of(one, "related")), "words: Zanderbrook")
        call_command("reindex", "--related", stdout=StringIO())
        self.assertEqual(self.texts(one.path, ".related-posts"), [])


class OneBesideTwo(ReaderTestCase):
    def setUp(self):
        super().setUp()
        self.rosa = an_editor()
        self.desk = a_client(self.rosa)
        self.one, self.two = live(
            plain(1, "A.", headline="One", tags=("dikes",)),
            plain(2, "B.", headline="Two", tags=("dikes",)),
        )
        self.version = self.one.versions.live().get()
        related.write(self.version)

    def posts(self):
        return self.texts(self.one.path, "section.related-posts li > a.headline")


class PageTests(OneBesideTwo):
    def test_a_story_without_related_posts_shows_what_belongs_beside_it(self):
        self.assertEqual(self.posts(), ["Two"])

    def test_the_preview_shows_it_and_a_link_to_it_does_not(self):
        page = self.desk.get(url_of(self.one, "preview"))
        self.assertContains(page, f'href="{self.two.path}"')
        _link, token = sharing.make(self.one, by=self.rosa, days=1)
        self.assertEqual(self.texts(f"/preview/{token}/", ".related-posts"), [])

    def test_with_three_queries(self):
        with self.assertNumQueries(3):
            self.get(self.one.path)

    def test_what_is_withdrawn_since_is_not_shown(self):
        publishing.withdraw(self.two, by=self.rosa, why="a test")
        self.assertEqual(self.posts(), [])

    def test_a_story_with_related_posts_of_its_own_shows_those_alone(self):
        (three,) = live(
            plain(3, "C.", headline="Three", tags=("dikes",), related=(RelatedPost(headline="X"),))
        )
        related.write(three.versions.get())
        self.assertEqual(self.texts(three.path, ".related-posts li"), ["X"])


class DeskTests(OneBesideTwo):
    def answer(self, **choices):
        url = url_of(self.one, "related")
        fields = fields_of(self.desk.get(url), None)
        return self.desk.post(url, {**fields, **choices})

    def test_an_editor_sees_why_and_takes_one_over(self):
        page = self.desk.get(url_of(self.one, "related"))
        self.assertContains(page, "Two (tags: dikes)")
        self.answer(add=[str(self.two.pk)])
        article = Article.objects.get(pk=self.one.pk)
        self.assertEqual([post.headline for post in article.as_story().related], ["Two"])
        self.assertEqual(article.digest, article.as_story().digest)
        self.assertNotContains(self.desk.get(url_of(self.one, "related")), "Two (tags: dikes)")
        self.assertEqual(self.posts(), ["Two"])  # not published yet

    def test_what_an_editor_refuses_is_not_suggested_again_until_allowed(self):
        self.answer(ban=[str(self.two.pk)])
        self.assertEqual(self.posts(), [])
        related.write(self.version)
        self.assertFalse(self.version.suggestions.exists())
        self.answer(allow=[str(self.two.pk)])
        self.assertEqual(self.posts(), ["Two"])

    def test_a_page_that_is_out_of_date_adds_nothing(self):
        response = self.answer(add=[str(self.two.pk)], opened="999")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(Article.objects.get(pk=self.one.pk).as_story().related, ())

    def test_words_that_were_redacted_are_no_reason_any_more(self):
        redacting.redact(self.one, redacting.Words(["dikes"]), by=self.rosa, why="a court")
        self.assertFalse(Suggestion.objects.filter(version__article=self.one).exists())
        self.assertFalse(Suggestion.objects.filter(target=self.one).exists())

    def test_a_refusal_goes_with_its_story(self):
        hidden = draft(plain(5, "E.", headline="Five"))
        SuggestionBan.objects.create(article=hidden, target=self.two, at=timezone.now())
        hidden.delete()
        self.assertFalse(SuggestionBan.objects.exists())
