"""import_dump --plan: what it says is what the run then does, and it writes nothing."""

from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from articles import formats, publishing, revisions, store
from articles.management import importing
from articles.models import Article, ImportItem
from articles.story import PubStatus

from .operators import OperatorTestCase
from .stories import a_story
from .torture import writes

CONTEXT = formats.Context(source="wire")
BROKEN = b'{"source": "wire"'
TOO_DEEP = "/".join(["A" * 62] * 3)

# A dump: states of a few stories, in any order, some of them more than once.
states = st.builds(
    a_story,
    st.integers(1, 3),
    headline=st.sampled_from(["Fog", "Fog again", "No fog"]),
    version=st.sampled_from(["", "", "1", "2", "10"]),
    pubstatus=st.sampled_from([*PubStatus, PubStatus.USABLE]),
    categories=st.sampled_from([("World",), (TOO_DEEP,)]),
)
dumps = st.lists(states, min_size=1, max_size=6)
acts = st.lists(
    st.tuples(st.sampled_from(["edit", "publish", "withdraw"]), st.integers(1, 3)), max_size=2
)


def items(stories):
    for number, story in enumerate(stories, start=1):
        came = formats.Item("dump.jsonl", number, "jsonl", story.as_json(), CONTEXT)
        yield store.Item(story, "dump.jsonl", number, came)


def told(items):
    return [(item.key, str(item.outcome), str(item.reason)) for item in items]


def done_here(what, number):
    """What an editor does with a story, where it is possible."""
    article = Article.objects.filter(source_id=f"story-{number}").first()
    if not article:
        return
    try:
        if what == "edit":
            article.headline = "An editor's"
            article.save()
            revisions.record(article, by=None)
        elif what == "publish":
            publishing.publish(article, by=None)
        else:
            publishing.withdraw(article, by=None)
    except publishing.PublishError:
        pass


class AnyDumpTests(HypothesisTestCase):
    @settings(max_examples=25, phases=[Phase.generate])  # to shrink one takes minutes
    @given(dumps, acts, dumps, st.booleans())
    def test_a_plan_says_what_the_run_does(self, first, acts, second, draft):
        store.save_what_fits(list(items(first)), store.Import())
        for act in acts:
            done_here(*act)
        with CaptureQueriesContext(connection) as queries:
            planned = store.plan(list(items(second)), store.Import(draft=draft), store.Planned())
        self.assertEqual(writes(queries), [])
        done = store.save_what_fits(list(items(second)), store.Import(draft=draft))
        self.assertEqual(told(planned), told(done))
        with CaptureQueriesContext(connection) as queries:
            again = store.save_what_fits(list(items(second)), store.Import(draft=draft))
        self.assertEqual(writes(queries), [], told(again))


class SeveralStatesTests(OperatorTestCase):
    def test_a_dump_of_several_states_of_a_story_writes_nothing_the_second_time(self):
        self.bring(self.dump(a_story(1), name="first.jsonl"))
        dump = self.dump(a_story(1), a_story(1, pubstatus=PubStatus.WITHHELD))
        self.assertEqual(self.bring(dump)[1].partition(", 1 rep")[0], "1 updated, 1 unchanged")
        self.assertEqual(self.assert_writes_nothing("import_dump", dump), "2 unchanged")


class PlanTests(OperatorTestCase):
    def test_over_several_batches_and_refused_items(self):
        dump = self.dump(
            a_story(1),
            BROKEN,
            BROKEN,
            a_story(2, categories=(TOO_DEEP,)),
            a_story(1),
            a_story(1, headline="Changed"),
            a_story(1, pubstatus=PubStatus.CANCELED),
        )
        with patch.object(importing, "BATCH", 2):
            status, planned = self.bring(dump, "--plan")
            self.assertFalse(ImportItem.objects.exists())
            self.assertEqual(self.bring(dump), (status, planned.removeprefix("would be: ")))
