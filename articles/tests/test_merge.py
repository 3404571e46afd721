"""Two people changed one story: what both wrote is kept, and where they meet somebody decides."""

import random
from collections import Counter
from datetime import timedelta
from time import process_time

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from articles import prose
from articles.merge import align, merge, nothing
from articles.story import (
    BOOKKEEPING,
    CaptionBlock,
    Contributor,
    GalleryBlock,
    Media,
    PubStatus,
    QuoteBlock,
    RelatedBlock,
    Story,
    TextBlock,
)
from articles.tests import soup
from articles.tests.stories import LAUNCH, a_full_story, a_story, stories


def text(*paragraphs):
    return TextBlock(html="".join(f"<p>{words}</p>" for words in paragraphs))


def told(body):
    """A body as a reader's eye takes it in: each block a line, paragraphs apart by `/`."""
    return [
        " / ".join(prose.as_text(p) for p in prose.elements(part.html))
        if isinstance(part, TextBlock)
        else f"[{getattr(part, 'text', '') or getattr(part, 'headline', '')}]"
        for part in body
    ]


class Editors(SimpleTestCase):
    base = a_story(body=(text("One.", "Two.", "Three."),))

    def both(self, ours, theirs, base=None, **decided):
        """Each changes these fields of the same story."""
        base = base or self.base
        return merge(base, base.replace(**ours), base.replace(**theirs), decided or None)

    def clean(self, ours, theirs, base=None):
        merged = self.both(ours, theirs, base)
        self.assertEqual(merged.conflicts, ())
        return merged.story

    def bodies(self, base, ours, theirs):
        """The merged body of three, as `told`, and the places of its conflicts."""
        bodies = ({"body": tuple(body)} for body in (base, ours, theirs))
        base, ours, theirs = (a_story().replace(**body) for body in bodies)
        merged = merge(base, ours, theirs)
        return told(merged.story.body), [(c.place, c.ours, c.theirs) for c in merged.conflicts]


class FieldTests(Editors):
    def test_a_headline_of_one_and_a_standfirst_of_the_other(self):
        story = self.clean({"headline": "Fog"}, {"standfirst": "It came at noon."})
        self.assertEqual((story.headline, story.standfirst), ("Fog", "It came at noon."))

    def test_two_headlines_are_a_conflict_that_holds_both(self):
        merged = self.both({"headline": "Fog"}, {"headline": "Mist"})
        (conflict,) = merged.conflicts
        self.assertEqual(merged.story.headline, "Fog")
        self.assertEqual(
            (conflict.place, conflict.base, conflict.ours, conflict.theirs),
            ("headline", self.base.headline, "Fog", "Mist"),
        )

    def test_what_was_decided_is_no_conflict_any_more(self):
        merged = self.both({"headline": "Fog"}, {"headline": "Mist"}, headline=("Fog and mist",))
        self.assertEqual((merged.story.headline, merged.conflicts), ("Fog and mist", ()))

    def test_the_same_change_twice_is_no_conflict(self):
        self.assertEqual(self.clean({"headline": "Fog"}, {"headline": "Fog"}).headline, "Fog")

    def test_an_embargo_lifted_here_and_moved_there_is_a_conflict(self):
        base = a_story(embargoed_until=LAUNCH)
        later = LAUNCH + timedelta(hours=1)
        merged = self.both({"embargoed_until": None}, {"embargoed_until": later}, base)
        self.assertIsNone(merged.story.embargoed_until)
        self.assertEqual(merged.conflicts[0].theirs, later)

    def test_a_headline_taken_out_of_what_the_other_made_usable_is_asked_about(self):
        base = a_story(pubstatus=PubStatus.CANCELED)
        gone, usable = {"headline": ""}, {"pubstatus": PubStatus.USABLE}
        for ours, theirs in ((gone, usable), (usable, gone)):
            with self.subTest(ours):
                merged = self.both(ours, theirs, base)
                self.assertEqual(merged.story.headline, base.headline)
                self.assertEqual([c.place for c in merged.conflicts], ["headline"])
                self.assertNotIn("headline", [taken.place for taken in merged.taken])
                decided = self.both(ours, theirs, base, headline=("Back",))
                self.assertEqual((decided.story.headline, decided.conflicts), ("Back", ()))

    def test_bookkeeping_is_never_a_conflict(self):
        story = self.clean({"version": "2"}, {"version": "3", "notes": ("A note.",)})
        self.assertEqual((story.version, story.notes), ("2", ("A note.",)))

    def test_the_notice_can_say_what_was_taken_from_the_other(self):
        merged = self.both({"headline": "Fog"}, {"byline": "By Kim", "tags": ("harbour", "fog")})
        found = sorted((taken.field, taken.how, taken.value) for taken in merged.taken)
        expected = [("byline", "changed", "By Kim"), ("tags", "added", "fog")]
        self.assertEqual(found, [*expected, ("tags", "removed", "ships")])


class ListTests(Editors):
    def test_both_add_a_key_point(self):
        points = self.base.key_points
        story = self.clean({"key_points": (*points, "Mine.")}, {"key_points": (*points, "Theirs.")})
        self.assertEqual(story.key_points, (*points, "Mine.", "Theirs."))

    def test_both_add_the_same_one(self):
        points = self.base.key_points
        story = self.clean({"key_points": (*points, "New.")}, {"key_points": ("New.", *points)})
        self.assertEqual(story.key_points, (*points, "New."))

    def test_one_changes_a_key_point_and_the_other_puts_it_first(self):
        story = self.clean(
            {"key_points": ("Forty ships.", "One young pilot.")},
            {"key_points": ("One pilot.", "Forty ships.")},
        )
        self.assertEqual(story.key_points, ("One young pilot.", "Forty ships."))

    def test_one_changes_a_key_point_that_the_other_removes(self):
        merged = self.both(
            {"key_points": ("Forty ships.", "One young pilot.")}, {"key_points": ("Forty ships.",)}
        )
        self.assertEqual(merged.story.key_points, ("Forty ships.", "One young pilot."))
        self.assertEqual(merged.conflicts[0].place, "key_points.1")
        self.assertIsNone(merged.conflicts[0].theirs)

    def test_tags_are_a_set(self):
        story = self.clean({"tags": ("port", "ships")}, {"tags": ("quay", "ships")})
        self.assertEqual(story.tags, ("port", "quay", "ships"))

    def test_a_new_primary_category_and_a_new_last_one(self):
        story = self.clean(
            {"categories": ("Business", "World/Coast")},
            {"categories": ("World/Coast", "Business", "Sport")},
        )
        self.assertEqual(story.categories, ("Business", "World/Coast", "Sport"))

    def test_the_role_of_an_author_and_an_author_more(self):
        ines = Contributor(name="Ines Roth", role="Editor")
        kim = Contributor(name="Kim Lake")
        story = self.clean({"authors": (ines,)}, {"authors": (*self.base.authors, kim)})
        self.assertEqual(story.authors, (ines, kim))


PHOTO = CaptionBlock(text="The boat.", credit="Ada", alt="A boat", media=Media(file="boat.jpg"))


class BodyTests(Editors):
    def test_two_paragraphs_of_one_text_are_changed_by_two(self):
        found = self.bodies(
            [text("One.", "Two.", "Three.")],
            [text("One!", "Two.", "Three.")],
            [text("One.", "Two.", "Three!")],
        )
        self.assertEqual(found, (["One! / Two. / Three!"], []))

    def test_the_same_paragraph_is_a_conflict(self):
        found, conflicts = self.bodies(
            [text("One.", "Two.")], [text("One.", "Two ships.")], [text("One.", "Two boats.")]
        )
        self.assertEqual(found, ["One. / Two ships."])
        self.assertEqual(conflicts, [("body.1", "<p>Two ships.</p>", "<p>Two boats.</p>")])

    def test_both_of_two_paragraphs_may_stand(self):
        base, ours, theirs = (a_story(body=(text("One.", w),)) for w in ("Two.", "Yes.", "No."))
        decided = {"body.1": ("<p>Yes.</p>", "<p>No.</p>")}
        merged = merge(base, ours, theirs, decided)
        self.assertEqual(told(merged.story.body), ["One. / Yes. / No."])

    def test_one_splits_a_text_with_a_photo_and_the_other_writes_behind_it(self):
        found = self.bodies(
            [text("One.", "Two.")], [text("One."), PHOTO, text("Two.")], [text("One.", "Two, too.")]
        )
        self.assertEqual(found, (["One.", "[The boat.]", "Two, too."], []))

    def test_both_add_at_the_same_place(self):
        found = self.bodies(
            [text("One.", "Two.")], [text("One.", "Mine.", "Two.")], [text("One.", "His.", "Two.")]
        )
        self.assertEqual(found, (["One. / Mine. / His. / Two."], []))

    def test_a_block_moved_by_one_and_changed_by_the_other(self):
        new = replace(PHOTO, text="The pilot boat.")
        found = self.bodies(
            [text("One."), PHOTO, text("Two.")],
            [text("One."), text("Two."), PHOTO],
            [text("One."), new, text("Two.")],
        )
        self.assertEqual(found, (["One.", "Two.", "[The pilot boat.]"], []))
        found = self.bodies(
            [text("One."), PHOTO, text("Two.")],
            [text("One."), new, text("Two.")],
            [text("One."), text("Two."), PHOTO],
        )
        self.assertEqual(found, (["One.", "Two.", "[The pilot boat.]"], []))

    def test_a_photo_is_moved_and_its_caption_changed_by_one_and_its_credit_by_the_other(self):
        far = replace(PHOTO, text="The pilot's boat.")
        merged = merge(
            a_story(body=(PHOTO, text("One."), text("Two."))),
            a_story(body=(text("One."), text("Two."), far)),
            a_story(body=(replace(PHOTO, credit="Ben"), text("One."), text("Two."))),
        )
        self.assertEqual(merged.conflicts, ())
        self.assertEqual(merged.story.body[2], replace(far, credit="Ben"))

    def test_both_move_it(self):
        found = self.bodies(
            [PHOTO, text("One."), text("Two.")],
            [text("One."), PHOTO, text("Two.")],
            [text("One."), text("Two."), PHOTO],
        )
        self.assertEqual(found, (["One.", "[The boat.]", "Two."], []))

    def test_one_deletes_what_the_other_changed(self):
        new = replace(PHOTO, text="The pilot boat.")
        found = self.bodies([text("One."), PHOTO], [text("One.")], [text("One."), new])
        self.assertEqual(found, (["One."], [("body.1", None, new)]))
        found = self.bodies([text("One."), PHOTO], [text("One."), new], [text("One.")])
        self.assertEqual(found, (["One.", "[The pilot boat.]"], [("body.1", new, None)]))

    def test_what_the_other_changed_can_be_taken_back_in(self):
        new = replace(PHOTO, text="The pilot boat.")
        bodies = [(text("One."), PHOTO, text("Two.")), (text("One."), text("Two."))]
        base, ours, theirs = (a_story(body=b) for b in (*bodies, (text("One."), new, text("Two."))))
        merged = merge(base, ours, theirs, {"body.1": (new,)})
        self.assertEqual(told(merged.story.body), ["One.", "[The pilot boat.]", "Two."])

    def test_one_deletes_what_the_other_left_alone(self):
        found = self.bodies([text("One.", "Two."), PHOTO], [text("One.", "Two!")], [text("One.")])
        self.assertEqual(found[0], ["One. / Two!"])

    def test_the_fields_of_a_caption(self):
        ours = replace(PHOTO, alt="A small boat")
        theirs = replace(PHOTO, text="The pilot boat.", credit="Ben")
        merged = merge(a_story(lead=PHOTO), a_story(lead=ours), a_story(lead=theirs))
        self.assertEqual(merged.story.lead, replace(theirs, alt="A small boat"))
        both = replace(ours, credit="Cleo")
        merged = merge(a_story(lead=PHOTO), a_story(lead=both), a_story(lead=theirs))
        self.assertEqual([c.place for c in merged.conflicts], ["lead.credit"])
        self.assertEqual(merged.story.lead.text, "The pilot boat.")

    def test_a_gallery_that_both_work_at(self):
        quay = CaptionBlock(text="The quay.")
        gallery = GalleryBlock(captions=(PHOTO, quay))
        more = GalleryBlock(captions=(PHOTO, quay, CaptionBlock(text="The sea.")))
        other = GalleryBlock(captions=(replace(PHOTO, credit="Ben"), quay))
        stories = (a_story(body=(part,)) for part in (gallery, more, other))
        merged = merge(*stories)
        self.assertEqual(merged.conflicts, ())
        told = [(c.text, c.credit) for c in merged.story.body[0].captions]
        self.assertEqual(told, [("The boat.", "Ben"), ("The quay.", ""), ("The sea.", "")])

    def test_a_quote_and_who_said_it(self):
        quote = QuoteBlock(text="We waited.", cite="A pilot")
        ours = QuoteBlock(text="We waited a year.", cite="A pilot")
        theirs = QuoteBlock(text="We waited.", cite="The pilot")
        merged = merge(*(a_story(body=(part,)) for part in (quote, ours, theirs)))
        self.assertEqual(
            merged.story.body, (QuoteBlock(text="We waited a year.", cite="The pilot"),)
        )

    def test_blocks_of_text_stay_apart_where_they_were(self):
        base = [text("One."), text("Two.", "Three."), RelatedBlock(headline="FOG"), text("Four.")]
        found = self.bodies(
            base, [text("One!"), *base[1:]], [*base[:1], text("Two!", "Three."), *base[2:]]
        )
        self.assertEqual(found[0], ["One!", "Two! / Three.", "[FOG]", "Four."])

    def test_two_that_have_no_story_in_common_keep_all_of_both(self):
        ours, theirs = a_story(body=(text("One.", "Two."),)), a_story(body=(text("Two.", "Six."),))
        merged = merge(nothing(ours), ours, theirs.replace(standfirst="Other."))
        self.assertEqual([c.place for c in merged.conflicts], ["standfirst"])
        self.assertEqual(told(merged.story.body), ["One. / Two. / Six."])


markup = st.randoms(use_true_random=False).map(soup.readable) | st.randoms(
    use_true_random=False
).map(soup.nearly_canonical)

# Any two changes of any story


def mixed(draw, items, pool):
    """A list as somebody left it: some removed, moved, replaced, added."""
    items = list(items)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(items)))
        act = draw(st.sampled_from(["add", "remove", "move", "replace"]))
        if act == "add" and pool:
            items.insert(place, draw(st.sampled_from(pool)))
        elif items and place < len(items):
            item = items.pop(place)
            if act == "move":
                items.insert(draw(st.integers(0, len(items))), item)
            elif act == "replace" and pool:
                items.insert(place, draw(st.sampled_from(pool)))
    return tuple(items)


@st.composite
def three_stories(draw):
    """A story, and what two people made of it."""
    base, pool = draw(stories), draw(stories)
    base = base.replace(headline=base.headline or "H")

    def edited():
        changes = {}
        for name in Story.__struct_fields__:
            if name in ("source", "source_id") or not draw(st.booleans()):
                continue
            mine, other = getattr(base, name), getattr(pool, name)
            listed = isinstance(mine, tuple) and name not in BOOKKEEPING
            changes[name] = mixed(draw, mine, other) if listed else other
        return base.replace(**changes)

    return base, edited(), edited()


def words_of(story):
    """Every paragraph, key point, caption's word and the like, once for each time it is there."""
    found = Counter(story.key_points + story.tags + story.categories)
    for part in (story.lead, *story.body):
        if isinstance(part, TextBlock):
            found.update(prose.elements(part.html))
        for caption in getattr(part, "captions", [part]):
            names = ("text", "title", "credit", "alt", "headline", "cite", "url")
            found.update(getattr(caption, name, "") for name in names)
    found.update(getattr(story, name) for name in ("headline", "standfirst", "byline", "rights"))
    del found[""]
    return found


def words_within(value):
    """The words of one side of a conflict, whatever it is."""
    if isinstance(value, (CaptionBlock, GalleryBlock, QuoteBlock, RelatedBlock, TextBlock)):
        return words_of(a_story(1, body=(value,)))
    if hasattr(value, "__struct_fields__"):
        return Counter(getattr(value, name) for name in value.__struct_fields__)
    return Counter([value])


class LawTests(SimpleTestCase):
    @given(three_stories())
    @settings(deadline=None, max_examples=40)
    def test_the_laws_of_merging(self, three):
        base, ours, theirs = three
        self.assertEqual(merge(base, ours, base).story, ours)
        self.assertEqual(merge(base, base, theirs).story, theirs)
        self.assertEqual(merge(base, ours, ours).story, ours)
        for pair in ((ours, base), (base, theirs), (ours, ours)):
            self.assertEqual(merge(base, *pair).conflicts, ())

    @given(three_stories())
    @settings(deadline=None, max_examples=80)
    def test_nothing_that_anybody_wrote_is_lost(self, three):
        base, ours, theirs = three
        merged = merge(base, ours, theirs)
        kept = words_of(merged.story)
        for conflict in merged.conflicts:
            kept += words_within(conflict.ours) + words_within(conflict.theirs)
        before = words_of(base)
        for side, other in ((ours, theirs), (theirs, ours)):
            for words in words_of(side):
                if words not in kept:  # then the other took it out, and this one had not touched it
                    self.assertIn(words, before)
                    self.assertLess(words_of(other)[words], before[words])

    @given(three_stories())
    @settings(deadline=None, max_examples=40)
    def test_it_is_the_same_the_other_way_round_but_for_the_order(self, three):
        base, ours, theirs = three
        one, other = merge(base, ours, theirs), merge(base, theirs, ours)
        places = [sorted(c.place for c in merged.conflicts) for merged in (one, other)]
        self.assertEqual(*places)
        if not one.conflicts:
            self.assertEqual(words_of(one.story), words_of(other.story))

    @given(three_stories(), st.lists(markup, min_size=3, max_size=3))
    @settings(deadline=None, max_examples=40)
    def test_what_comes_out_is_spelt_as_everything_here(self, three, texts):
        three = [
            story.replace(body=(*story.body, TextBlock(html=prose.canonical(html))))
            for story, html in zip(three, texts, strict=True)
        ]
        for part in merge(*three).story.body:
            if isinstance(part, TextBlock):
                self.assertEqual(prose.canonical(part.html), part.html)

    @given(three_stories())
    @settings(deadline=None, max_examples=20)
    def test_a_text_that_neither_touched_stays_the_block_it_was(self, three):
        base, ours, theirs = three
        mark = TextBlock(html="<p>Left alone.</p><p>By both.</p>")
        photo = CaptionBlock(text="Between")
        three = [s.replace(body=(*s.body, photo, mark)) for s in three]
        self.assertIn(mark, merge(*three).story.body)

    @given(markup)
    @settings(deadline=None)
    def test_elements_put_together_are_the_text_again(self, any_html):
        html = prose.canonical(any_html)
        self.assertEqual("".join(prose.elements(html)), html)
        for element in prose.elements(html):
            self.assertEqual(prose.canonical(element), element)


class BoundTests(SimpleTestCase):
    """However long and however alike: a step count would be the machine's, so processor time with
    much room is asked for."""

    def merged_within(self, seconds, *bodies):
        stories = [a_story(body=tuple(body)) for body in bodies]
        start = process_time()
        merged = merge(*stories)
        self.assertLess(process_time() - start, seconds)
        return merged

    def test_five_hundred_blocks_that_are_all_the_same(self):
        block = TextBlock(html="<p>So.</p>" * 4)
        self.merged_within(60, [block] * 500, [block] * 480, [block] * 510)

    def test_five_hundred_blocks_in_any_order(self):
        chance = random.Random(7)
        bodies = [[text(f"Words {n} of it.", "And so on.") for n in range(500)] for _ in range(3)]
        for body in bodies[1:]:
            chance.shuffle(body)
        self.merged_within(60, *bodies)

    def test_five_hundred_blocks_all_written_anew(self):
        bodies = [[text(f"{who} {n}.", f"{n} {who}!") for n in range(500)] for who in "abc"]
        merged = self.merged_within(60, *bodies)
        self.assertTrue(merged.conflicts)


class AlignTests(SimpleTestCase):
    def test_what_is_kept_added_removed_and_moved(self):
        found = align("abcd", "xbda")
        self.assertEqual(found.place, {0: 3, 1: 1, 3: 2})
        self.assertEqual(found.moved, {0})

    def test_the_longest_part_in_common_is_found(self):
        chance = random.Random(3)
        for _ in range(200):
            old, new = ("".join(chance.choices("abc", k=chance.randrange(9))) for _ in range(2))
            found = align(old, new)
            kept = len(found.place) - len(found.moved)
            self.assertEqual(kept, longest(old, new), (old, new))


def longest(old, new):
    """The length of a longest common subsequence, the slow and plain way."""
    if not old or not new:
        return 0
    if old[0] == new[0]:
        return 1 + longest(old[1:], new[1:])
    return max(longest(old[1:], new), longest(old, new[1:]))


class FullTests(SimpleTestCase):
    def test_a_full_story_that_two_changed_everywhere_but_in_the_same_places(self):
        base = a_full_story()
        ours = base.replace(headline="Mine", related=(), body=base.body[:-1])
        theirs = base.replace(lead=None, slug="theirs", body=(text("First."), *base.body))
        merged = merge(base, ours, theirs)
        self.assertEqual(merged.conflicts, ())
        expected = ours.replace(lead=None, slug="theirs", body=(text("First."), *base.body[:-1]))
        self.assertEqual(merged.story, expected)
        self.assertEqual(merged.story.pubstatus, PubStatus.USABLE)
