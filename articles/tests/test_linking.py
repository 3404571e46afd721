"""Related headlines find their story, whichever of the two comes first; through import_dump."""

import json
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.test import SimpleTestCase
from django.utils import timezone

from articles import linking, publishing, revisions
from articles.models import Article, KnownHeadline, Link, RelatedPost, Revision
from articles.story import PubStatus, RelatedBlock, TextBlock, address_key
from articles.story import RelatedPost as Post

from .desk import a_client, an_editor, opened, sent, url_of
from .matrix.crawler import clock
from .newsroom import HOUR, ReaderTestCase
from .stories import a_story

TARGET = "Pilots ask for a second boat"
OLD = "https://old.example/2019/04/pilots/"


def naming(number=1, names=TARGET, /, *, url="", inline=False, **changes):
    """A story that names another one, beside its text or within."""
    where = (
        {"body": (TextBlock(html="<p>One.</p>"), RelatedBlock(headline=names, url=url))}
        if inline
        else {"related": (Post(headline=names, url=url),)}
    )
    return a_story(number, **where, **changes)


def named(number=2, headline=TARGET, **changes):
    return a_story(number, headline=headline, **changes)


class LinkingTestCase(ReaderTestCase):
    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def bring(self, *stories):
        """One run of import_dump. Returns the articles."""
        path = self.folder / "dump.jsonl"
        path.write_bytes(b"".join(story.as_json() + b"\n" for story in stories))
        call_command("import_dump", str(path), stdout=StringIO(), stderr=StringIO())
        keys = [(story.source, story.source_id) for story in stories]
        return [Article.objects.get(source=source, source_id=pk) for source, pk in keys]

    def links(self, article):
        """What the page of this story links to, beside its text or within."""
        found = self.page(article.path).css(".related-posts a[href], aside.related a[href]")
        return [node.attributes["href"] for node in found]

    def texts_of(self, article):
        found = self.page(article.path).css(".related-posts li, aside.related")
        return [node.text(strip=True) for node in found]

    def edit(self, article, **changes):
        """A save in the story's form."""
        client = a_client(an_editor(f"editor{article.pk}-{Revision.objects.count()}"))
        response = sent(client, article, opened(client, article), **changes)
        self.assertEqual(response.status_code, 302)
        article.refresh_from_db()


class ByHeadlineTests(LinkingTestCase):
    def test_a_link_that_comes_after_its_story_finds_it(self):
        for inline in (False, True):
            with self.subTest(inline=inline):
                target, story = self.bring(named(2), naming(1, TARGET.upper(), inline=inline))
                self.assertEqual(self.links(story), [target.path])

    def test_a_link_that_comes_before_its_story_waits_for_it(self):
        for inline in (False, True):
            with self.subTest(inline=inline):
                story, target = self.bring(
                    naming(10 + inline, f"{TARGET} {inline}", inline=inline),
                    named(20 + inline, f"{TARGET} {inline}"),
                )
                self.assertEqual(self.links(story), [target.path])

    def test_the_story_may_come_in_another_run_and_from_another_source(self):
        (story,) = self.bring(naming(1))
        self.assertEqual((self.links(story), self.texts_of(story)), ([], [TARGET]))
        (target,) = self.bring(named(2, source="harbour-gazette"))
        self.assertEqual(self.links(story), [target.path])

    def test_between_two_stories_with_the_headline_nobody_guesses(self):
        story, *_two = self.bring(naming(1), named(2), named(3))
        self.assertEqual((self.links(story), self.texts_of(story)), ([], [TARGET]))

    def test_a_link_that_was_connected_stays_when_a_second_story_takes_the_headline(self):
        story, target = self.bring(naming(1), named(2))
        self.bring(named(3))
        self.assertEqual(self.links(story), [target.path])
        call_command("reindex", stdout=StringIO())
        self.assertEqual(self.links(story), [target.path])

    def test_when_one_of_two_is_deleted_the_other_is_meant(self):
        (draft,) = self.bring(named(3, pubstatus=PubStatus.WITHHELD))
        story, target = self.bring(naming(1), named(2))
        self.assertEqual(self.links(story), [])
        client = a_client(an_editor())
        client.post(url_of(draft, "delete"), {"post": "yes"})
        self.assertTrue(Article.objects.get(pk=draft.pk).binned_at)
        self.assertEqual(self.links(story), [target.path])

    def test_one_that_is_withdrawn_is_still_one_of_two(self):
        story, target, other = self.bring(naming(1), named(2), named(3))
        publishing.withdraw(other, by=None, why="Wrong.")
        linking.connect([target])
        self.assertEqual(self.links(story), [])

    def test_a_story_is_not_related_to_itself(self):
        for inline in (False, True):
            (story,) = self.bring(naming(1 + inline, f"Same {inline}", headline=f"Same {inline}"))
            linking.connect([story])
            self.assertEqual(self.links(story), [])


class RenamedTests(LinkingTestCase):
    def test_the_headline_that_an_editor_changed_still_finds_the_story(self):
        (target,) = self.bring(named(2))
        self.edit(target, headline="Second pilot boat is refused")
        (story,) = self.bring(naming(1))
        self.assertEqual(self.links(story), [target.path])

    def test_the_headline_that_the_source_changed_still_finds_the_story(self):
        (target,) = self.bring(named(2))
        self.bring(named(2, "Second pilot boat is refused"))
        (story,) = self.bring(naming(1))
        self.assertEqual(self.links(story), [target.path])

    def test_a_headline_that_one_has_and_another_had_is_that_of_two(self):
        (renamed,) = self.bring(named(2))
        self.edit(renamed, headline="Second pilot boat is refused")
        story, _other = self.bring(naming(1), named(3))
        self.assertEqual(self.links(story), [])

    def test_what_a_draft_was_called_while_it_was_written_is_nobodys_business(self):
        client = a_client(an_editor())
        fields = opened(client) | {"headline": TARGET}
        client.post(url_of(), {**fields, "_save": "1"})
        self.edit(Article.objects.get(), headline="Something else")
        self.assertFalse(KnownHeadline.objects.exists())


class ByAddressTests(LinkingTestCase):
    def test_the_address_at_the_old_site_finds_the_story_whatever_it_is_called(self):
        for inline in (False, True):
            with self.subTest(inline=inline):
                link = naming(10 + inline, "The pilots", url=OLD, inline=inline)
                target, story = self.bring(named(2, source_url=OLD), link)
                self.assertEqual(self.links(story), [target.path])

    def test_it_waits_for_its_story_too(self):
        for inline in (False, True):
            with self.subTest(inline=inline):
                old = f"{OLD}{inline}"
                (story,) = self.bring(naming(10 + inline, "The pilots", url=old, inline=inline))
                self.assertEqual(self.links(story), [])
                (target,) = self.bring(named(20 + inline, f"Pilots {inline}", source_url=old))
                self.assertEqual(self.links(story), [target.path])

    def test_the_address_counts_more_than_the_headline(self):
        right, _wrong = self.bring(named(2, "Weather", source_url=OLD), named(3, "Fog"))
        (story,) = self.bring(naming(1, "Fog", url=OLD))
        self.assertEqual(self.links(story), [right.path])

    def test_of_two_stories_with_one_address_the_headline_tells(self):
        _one, right = self.bring(named(2, "Weather", source_url=OLD), named(3, source_url=OLD))
        (story,) = self.bring(naming(1, url=OLD))
        self.assertEqual(self.links(story), [right.path])

    def test_the_address_of_a_story_here_finds_it(self):
        (target,) = self.bring(named(2))
        (story,) = self.bring(naming(1, "The pilots", url=target.path))
        self.assertEqual(self.links(story), [target.path])


class PublishingTests(LinkingTestCase):
    def test_a_story_nobody_can_read_yet_is_named_and_not_linked_until_it_is_published(self):
        (target,) = self.bring(named(2, pubstatus=PubStatus.WITHHELD))
        (story,) = self.bring(naming(1))
        self.assertEqual((self.links(story), self.texts_of(story)), ([], [TARGET]))
        publishing.publish(target, by=None)
        target.refresh_from_db()
        self.assertEqual(self.links(story), [target.path])
        self.assertEqual(story.versions.count(), 1)

    def test_a_scheduled_story_is_linked_from_its_second_on(self):
        due = timezone.now() + HOUR
        (target,) = self.bring(named(2, published_at=due))
        (story,) = self.bring(naming(1))
        self.assertEqual(self.links(story), [])
        with clock(due):
            self.assertEqual(self.links(story), [target.path])

    def test_a_withdrawn_story_is_linked_no_more(self):
        target, story = self.bring(named(2), naming(1))
        publishing.withdraw(target, by=None, why="Wrong.")
        self.assertEqual((self.links(story), self.texts_of(story)), ([], [TARGET]))

    def test_connecting_is_no_edit(self):
        (story,) = self.bring(naming(1))
        before = (story.digest, story.head_id)
        self.bring(named(2))
        story.refresh_from_db()
        self.assertEqual((story.digest, story.head_id), before)
        story.rows = None
        self.assertEqual(story.as_story().digest, story.digest)

    def test_the_story_an_editor_picked_is_linked_though_another_has_the_headline(self):
        story, right, _other = self.bring(naming(1), named(2), named(3))
        RelatedPost.objects.filter(parent=story).update(post=right)
        story.headline = "Said anew"
        story.save()
        revisions.record(story, by=None)
        publishing.publish(story, by=None)
        self.assertEqual(self.links(story), [right.path])


class ByHandTests(LinkingTestCase):
    def setUp(self):
        super().setUp()
        self.story, self.one, self.two = self.bring(naming(1), named(2), named(3))
        self.editor = an_editor()

    def test_the_story_an_editor_chose_is_linked_and_stays_so(self):
        self.assertEqual(linking.choose(TARGET, self.two, by=self.editor), 1)
        self.assertEqual(self.links(self.story), [self.two.path])
        call_command("reindex", stdout=StringIO())
        self.assertEqual(self.links(self.story), [self.two.path])
        (later,) = self.bring(naming(5, TARGET.upper()))
        self.assertEqual(self.links(later), [self.two.path])

    def test_another_choice_takes_the_links_along(self):
        linking.choose(TARGET, self.two, by=self.editor)
        linking.choose(TARGET, self.one, by=self.editor)
        self.assertEqual(self.links(self.story), [self.one.path])

    def test_what_the_source_sends_again_is_connected_again(self):
        linking.choose(TARGET, self.two, by=self.editor)
        self.bring(naming(1, standfirst="Changed at the source."))
        self.assertEqual(self.links(self.story), [self.two.path])


class ReportTests(LinkingTestCase):
    def report(self, *arguments):
        out = StringIO()
        call_command("waiting_links", *arguments, stdout=out)
        return out.getvalue().splitlines()

    def setUp(self):
        super().setUp()
        self.bring(
            *(naming(n, "Nothing has this") for n in range(10, 13)),
            *(naming(n, "Two have this") for n in range(20, 22)),
            named(30, "Two have this"),
            named(31, "Two have this"),
            naming(40, "Only I have this", headline="Only I have this"),
            naming(50),
            named(51),
        )

    def test_the_most_wanted_comes_first_with_who_wants_it_and_why_it_waits(self):
        lines = self.report()
        self.assertEqual(lines[0], "3× Nothing has this")
        self.assertIn("(wire:story-10)", lines[1])
        self.assertEqual(lines[2].strip(), "nothing here has it")
        self.assertEqual(lines[3], "2× Two have this")
        self.assertRegex(lines[5], r"several have it: .*wire:story-30.*wire:story-31")
        self.assertEqual(lines[8].strip(), "only the story itself has it")
        self.assertEqual(lines[-1], "3 headlines wait, in 6 links")

    def test_a_script_gets_one_object_a_line(self):
        found = [json.loads(line) for line in self.report("--json")]
        self.assertEqual([row["why"] for row in found], ["none", "several", "itself"])
        self.assertEqual([row["wanted"] for row in found], [3, 2, 1])
        self.assertEqual(len(found[1]["candidates"]), 2)
        self.assertEqual(len(self.report("--json", "--limit", "1")), 1)

    def test_nothing_waits_where_all_is_connected(self):
        RelatedPost.objects.all().delete()
        self.assertEqual(self.report(), ["0 headlines wait, in 0 links"])


class ToldTests(LinkingTestCase):
    """The last lines of import_dump."""

    def told(self, *stories):
        out = StringIO()
        path = self.folder / "dump.jsonl"
        path.write_bytes(b"".join(story.as_json() + b"\n" for story in stories))
        call_command("import_dump", str(path), stdout=out, stderr=StringIO())
        return out.getvalue().splitlines()

    def test_it_says_how_many_links_were_connected_and_how_many_wait(self):
        lines = self.told(naming(1), naming(2, "Not here"), naming(3, inline=True), named(4))
        self.assertEqual(lines[0], "links: 2 connected, 1 waits (manage.py waiting_links)")
        self.assertIn("4 created", lines[-1])

    def test_links_of_earlier_stories_are_told_apart_and_nothing_else_is_counted(self):
        self.told(naming(1), naming(2, "Not here"))
        lines = self.told(named(3), naming(4))
        self.assertEqual(lines[0], "links: 1 connected, 1 of earlier stories")

    def test_where_there_is_no_link_nothing_is_said(self):
        self.assertEqual(len(self.told(a_story(1))), 1)


class AddressKeyTests(SimpleTestCase):
    def test_all_spellings_of_an_address_are_one(self):
        for spelling in (
            "http://old.example/2019/04/pilots",
            "https://www.old.example/2019/04/pilots/",
            "https://OLD.example:443/2019/04/pilots/?utm_source=rss&utm_medium=feed",
            "//old.example/2019/04/pilots/#comments",
            "https://old.example/2019/04/pilots/amp/?share=mail",
            " https://old.example/2019/04/%70ilots/ ",
        ):
            self.assertEqual(address_key(spelling), address_key(OLD), spelling)

    def test_what_names_another_page_is_another(self):
        others = [
            *("https://old.example/2019/04/pilots-2/", "https://old.example/?p=117", ""),
            *("https://old.example/?p=118", "https://other.example/2019/04/pilots/"),
            *("https://old.example:8443/2019/04/pilots/", "https://old.example/2019/04/Pilots/"),
        ]
        keys = {address_key(url) for url in [OLD, *others]}
        self.assertEqual(len(keys), len(others) + 1)

    def test_what_is_no_web_address_has_none(self):
        for odd in (
            "",
            "/2019/04/pilots/",
            "mailto:a@b.example",
            "http://[broken",
            "http://x:99999/",
        ):
            self.assertEqual(address_key(odd), "", odd)

    def test_links_wait_under_a_key_of_fixed_length(self):
        self.assertEqual(len(address_key("https://old.example/" + "é" * 1900)), 32)
        self.assertEqual(Link._meta.get_field("url_key").max_length, 32)
