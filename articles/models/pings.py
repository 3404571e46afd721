"""What the hub was told of: see `articles.websub`."""

from __future__ import annotations

from django.db import models


class Ping(models.Model):
    """A feed, and what it said when its readers were told last.

    The one without a topic says until when all that happened was told.
    """

    topic = models.CharField(max_length=255, unique=True)  # its path, decoded
    digest = models.CharField(max_length=64, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.topic
