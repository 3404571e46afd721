"""What readers see, against a small model in plain Python, over any sequence of acts."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from articles import filters, publishing, revisions
from articles.admin.lists import STATUS
from articles.models import Article, Version
from articles.publishing import CarryConflict, NothingToPublish, PendingVersion, PublishError
from articles.tests.matrix.crawler import clock

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
minutes = st.integers(1, 90)
answers = st.sampled_from([None, "drop", "carry", "carry"])


class Desk(RuleBasedStateMachine):
    """One story. `shown` is what readers see, `plans` what they will see and when, in order."""

    @initialize()
    def open_the_newsroom(self):
        self.now = START
        self.editor = User.objects.get_or_create(username="vera")[0]
        self.article = Article.objects.create(headline="Words 0")
        revisions.record(self.article, by=self.editor, at=self.now)
        self.words, self.edits, self.corrections = "Words 0", 0, 0
        self.shown, self.ever, self.plans = None, False, []
        self.history = []

    def draft(self):
        return self.words, self.corrections

    def attempt(self, act, **options):
        return act(self.article, by=self.editor, now=self.now, **options)

    def refused(self, error, act, **options):
        try:
            self.attempt(act, **options)
        except error:
            return False
        raise AssertionError(f"{act.__name__} was not refused")

    @rule()
    def edit(self):
        self.edits += 1
        self.say(f"Words {self.edits}")

    def say(self, words):
        self.words = words
        article = Article.objects.get(pk=self.article.pk)
        article.headline = self.words
        article.save()
        revisions.record(article, by=self.editor, at=self.now)

    @rule()
    def go_back_to_what_readers_see(self):
        """As an editor who has to correct what is live while something else is scheduled."""
        if self.shown:
            self.say(self.shown[0])

    @rule(step=minutes)
    def time_passes(self, step):
        self.history.append((self.now, self.shown))
        self.ever = self.ever or self.shown is not None
        self.now += timedelta(minutes=step)
        while self.plans and self.plans[0][0] <= self.now:
            moment, self.shown = self.plans.pop(0)
            self.history.append((moment, self.shown))
            self.ever = self.ever or moment < self.now

    @rule(delay=st.none() | minutes, answer=answers)
    def publish(self, delay, answer):
        at = self.now + timedelta(minutes=delay) if delay else None
        self.freeze(publishing.publish, at, answer, at=at)

    @rule(answer=answers)
    def correct(self, answer):
        options = {"text": "It was six."}
        if self.shown is None:
            self.refused(PublishError, publishing.correct, pending=answer, **options)
        elif self.freeze(publishing.correct, None, answer, corrects=True, **options):
            self.corrections += 1

    def freeze(self, act, when, answer, corrects=False, **options):
        """An act that publishes the draft. Returns whether it was done."""
        options["pending"] = answer
        new = (self.words, self.corrections + corrects)
        carry = self.plans and answer == "carry"
        if self.plans and answer is None:
            return self.refused(PendingVersion, act, **options)
        if carry and self.plans[0][0] <= (when or self.now):
            return self.refused(PublishError, act, **options)
        if self.shown == new and (carry or not self.plans):
            return self.refused(NothingToPublish, act, **options)
        carried = self.carried(new) if carry else []
        if carried is None:
            return self.refused(CarryConflict, act, **options)
        self.attempt(act, **options)
        self.plans = [(when, new), *carried] if when else carried
        self.shown = self.shown if when else new
        return True

    def carried(self, new):
        """What is planned, with what is new merged into it; None where both changed the words.

        Corrections are only ever added, and the draft has all of them."""
        base, before, found = self.shown and self.shown[0], new[0], []
        for moment, (planned, _corrections) in self.plans:
            if planned == base:
                merged = before
            elif before in (base, planned):
                merged = planned
            else:
                return None
            if merged != before:
                found.append((moment, (merged, new[1])))
            base, before = planned, merged
        return found

    @rule()
    def unschedule(self):
        if self.plans:
            self.attempt(publishing.unschedule)
            self.plans = []
        else:
            self.refused(PublishError, publishing.unschedule)

    @rule()
    def withdraw(self):
        if self.shown is None:
            self.refused(PublishError, publishing.withdraw)
        else:
            self.attempt(publishing.withdraw)
            self.shown, self.plans = None, []

    def seen(self, at):
        live = self.article.versions.live(at).select_related("revision")
        found = [(v.story.headline, len(v.story.corrections)) for v in live]
        assert len(found) <= 1, found
        return found[0] if found else None

    @invariant()
    def readers_see_what_was_published(self):
        if hasattr(self, "article"):
            assert self.seen(self.now) == self.shown, (self.seen(self.now), self.shown)
            # Seen is what was there for any time at all: an act undone in the same instant was not.
            ever = self.ever or self.shown is not None
            assert self.article.versions.once_live(self.now).exists() == ever
            filtered = Version.objects.live(self.now).filter(article=self.article)
            assert list(filtered) == list(self.article.versions.live(self.now))

    @invariant()
    def readers_will_see_what_is_planned(self):
        for moment, planned in getattr(self, "plans", ()):
            assert self.seen(moment) == planned, (moment, self.seen(moment), planned)
        if hasattr(self, "article"):
            later = self.now + timedelta(days=9)
            expected = self.plans[-1][1] if self.plans else self.shown
            assert self.seen(later) == expected, (self.seen(later), expected)

    @precondition(lambda self: getattr(self, "history", None))
    @invariant()
    def the_past_stays_as_it_was(self):
        moments = dict(self.history)  # the last thing that was so at a moment
        for moment, shown in list(moments.items())[-3:]:
            if moment < self.now:
                assert self.seen(moment) == shown, (moment, self.seen(moment), shown)

    def teardown(self):
        """However it came to be where it is, one list of the desk has the story: its status's."""
        with clock(self.now):
            own = Article.objects.filter(pk=self.article.pk)
            status = own.with_status().get().status
            found = [name for name in STATUS if filters.by_status(own, name).exists()]
            assert found == [status], (found, status)


class VisibilityTests(TestCase):
    def test_readers_keep_seeing_the_old_words_through_any_sequence_of_acts(self):
        run_state_machine_as_test(
            Desk,
            settings=settings(
                max_examples=25,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
