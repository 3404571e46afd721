"""The index for searching: which row of it belongs to which text. See `articles.search`.

The words themselves are where each database can search them: in a column `words` that Django
does not know (PostgreSQL), in the full-text table `articles_words` (SQLite).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .library import Photo, Video
from .versions import Revision


class Search(models.Model):
    """One searchable text. The database removes it with what it belongs to (ON DELETE CASCADE)."""

    place = models.BigIntegerField(primary_key=True)  # by date, see search.entries.place
    revision = models.OneToOneField(Revision, models.DO_NOTHING, null=True, related_name="+")
    photo = models.OneToOneField(Photo, models.DO_NOTHING, null=True, related_name="+")
    video = models.OneToOneField(Video, models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "search"
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, photo=None, video=None)
                | Q(revision=None, photo__isnull=False, video=None)
                | Q(revision=None, photo=None, video__isnull=False),
                name="search_of_one",
            ),
        ]

    def __str__(self):
        return f"words of {self.revision_id or self.photo_id or self.video_id}"


class Spelling(models.Model):
    """A word as some text spells it, by one of the keys of what it may be mistyped as.

    Words of drafts are among them: what may be suggested is asked with the rows that decide it,
    see `articles.search.spelling`. Without a constraint that two stories with a new word could
    wait for each other in; a word that is there twice is suggested once.
    """

    key = models.BigIntegerField(db_index=True)
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        verbose_name_plural = "spellings"

    def __str__(self):
        return self.word
