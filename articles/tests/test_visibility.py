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

from articles import publishing, revisions
from articles.models import Article, Version
from articles.publishing import NothingToPublish, PendingVersion, PublishError

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
minutes = st.integers(1, 90)


class Desk(RuleBasedStateMachine):
    """One story. `shown` is what readers see, `plan` what they will see and when."""

    @initialize()
    def open_the_newsroom(self):
        self.now = START
        self.editor = User.objects.get_or_create(username="vera")[0]
        self.article = Article.objects.create(headline="Words 0")
        revisions.record(self.article, by=self.editor, at=self.now)
        self.words, self.edits, self.corrections = "Words 0", 0, 0
        self.shown, self.ever, self.plan = None, False, None
        self.history = []

    def draft(self):
        return self.words, self.corrections

    def attempt(self, act, **options):
        return act(self.article, by=self.editor, now=self.now, **options)

    def refused(self, error, act, **options):
        try:
            self.attempt(act, **options)
        except error:
            return
        raise AssertionError(f"{act.__name__} was not refused")

    @rule()
    def edit(self):
        self.edits += 1
        self.words = f"Words {self.edits}"
        article = Article.objects.get(pk=self.article.pk)
        article.headline = self.words
        article.save()
        revisions.record(article, by=self.editor, at=self.now)

    @rule(step=minutes)
    def time_passes(self, step):
        self.history.append((self.now, self.shown))
        self.ever = self.ever or self.shown is not None
        self.now += timedelta(minutes=step)
        if self.plan and self.plan[0] <= self.now:
            self.history.append((self.plan[0], self.plan[1]))
            self.ever = self.ever or self.plan[0] < self.now
            self.shown, self.plan = self.plan[1], None

    @rule(delay=st.none() | minutes, drop=st.booleans())
    def publish(self, delay, drop):
        at = self.now + timedelta(minutes=delay) if delay else None
        answer = {"pending": "drop"} if drop else {}
        if self.plan and not drop:
            self.refused(PendingVersion, publishing.publish, at=at, **answer)
        elif not self.plan and self.shown == self.draft():
            self.refused(NothingToPublish, publishing.publish, at=at, **answer)
        else:
            self.attempt(publishing.publish, at=at, **answer)
            self.plan = None
            if at:
                self.plan = (at, self.draft())
            else:
                self.shown = self.draft()

    @rule(drop=st.booleans())
    def correct(self, drop):
        options = {"text": "It was six.", **({"pending": "drop"} if drop else {})}
        if self.shown is None:
            self.refused(PublishError, publishing.correct, **options)
        elif self.plan and not drop:
            self.refused(PendingVersion, publishing.correct, **options)
        else:
            self.attempt(publishing.correct, **options)
            self.corrections += 1
            self.shown, self.plan = self.draft(), None

    @rule()
    def unschedule(self):
        if self.plan:
            self.attempt(publishing.unschedule)
            self.plan = None
        else:
            self.refused(PublishError, publishing.unschedule)

    @rule()
    def withdraw(self):
        if self.shown is None:
            self.refused(PublishError, publishing.withdraw)
        else:
            self.attempt(publishing.withdraw)
            self.shown = self.plan = None

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
        if hasattr(self, "article"):
            later = self.now + timedelta(days=9)
            expected = self.plan[1] if self.plan else self.shown
            assert self.seen(later) == expected, (self.seen(later), expected)

    @precondition(lambda self: getattr(self, "history", None))
    @invariant()
    def the_past_stays_as_it_was(self):
        moments = dict(self.history)  # the last thing that was so at a moment
        for moment, shown in list(moments.items())[-3:]:
            if moment < self.now:
                assert self.seen(moment) == shown, (moment, self.seen(moment), shown)


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
