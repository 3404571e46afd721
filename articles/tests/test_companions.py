"""Pictures that lie beside text pages, which name none."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import SimpleTestCase

from articles.companions import with_files
from articles.filing import captions_of
from articles.story import CaptionBlock, GalleryBlock, Media, PubStatus, RelatedBlock, Story


def a_page(**changes):
    story = Story(
        source="gazette",
        source_id="night-ferry",
        pubstatus=PubStatus.USABLE,
        headline="Night ferry returns",
        lead=CaptionBlock(kind="video", title="Aboard"),
        body=(
            CaptionBlock(text="The ferry"),
            RelatedBlock(headline="School boat"),
            CaptionBlock(text="The crew"),
        ),
    )
    return story.replace(**changes)


class CompanionTests(SimpleTestCase):
    def setUp(self):
        self.root = Path(self.enterContext(TemporaryDirectory()))

    def lay(self, *names):
        for name in names:
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")

    def files(self, story):
        found = captions_of(with_files(story, self.root))
        return [caption.media and caption.media.file for caption in found]

    def test_photos_are_counted_from_the_top_of_the_page(self):
        self.lay("night-ferry/1.jpg", "night-ferry/2.png", "night-ferry/video.webm")
        expected = ["night-ferry/video.webm", "night-ferry/1.jpg", "night-ferry/2.png"]
        self.assertEqual(self.files(a_page()), expected)

    def test_a_photo_that_is_not_there_leaves_the_others_their_numbers(self):
        self.lay("night-ferry/2.jpg")
        self.assertEqual(self.files(a_page()), [None, None, "night-ferry/2.jpg"])

    def test_a_caption_that_names_its_file_keeps_it(self):
        self.lay("night-ferry/1.jpg", "night-ferry/2.jpg")
        named = CaptionBlock(text="The ferry", media=Media(file="pictures/ferry.jpg"))
        gallery = GalleryBlock(captions=(named, CaptionBlock(text="The crew")))
        story = a_page(lead=None, body=(gallery,))
        self.assertEqual(self.files(story), ["pictures/ferry.jpg", "night-ferry/2.jpg"])

    def test_a_page_without_a_folder_is_left_as_it_is(self):
        self.lay("1.jpg", "video.webm")
        for name in ("night-ferry", "..", ".", "a/b", "nul\0"):
            story = a_page(source_id=name)
            self.assertIs(with_files(story, self.root), story)
        self.assertIs(with_files(story, None), story)
