"""One imported item at the desk: the source beside what was made of it, and what is here."""

from __future__ import annotations

import json
import re

from django.db import connection
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import companions, store
from ..models import Article, ImportItem, Revision
from ..publishing import told_moment
from ..story import DOUBTFUL, RawBlock, StoryError
from .decisions import DECISIONS, Decision
from .differences import differences, readable

Outcome = ImportItem.Outcome
SHOWN = 40_000  # characters of a source; the rest is in the file
EDITS = 5  # revisions named beside a held item
CONTROLS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")


def as_json(data: bytes) -> str | None:
    """JSON in lines; None of what is none."""
    try:
        return json.dumps(json.loads(data), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return None


def as_text(data: bytes) -> str:
    """What came as somebody can read it, whatever it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("windows-1252", "replace")
    return CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))


class ItemPage:
    """What the page of an item shows. `user` decides about the buttons."""

    def __init__(self, item: ImportItem, user=None):
        self.item, self.user = item, user

    # The source

    @cached_property
    def source(self):
        """The item as it came; None where it is not kept."""
        return store.source_of(self.item)

    @cached_property
    def _json(self) -> str | None:
        return as_json(self.source.data)

    @property
    def is_json(self) -> bool:
        return self._json is not None

    @cached_property
    def text(self) -> str:
        return self._json or as_text(self.source.data)

    @property
    def shown(self) -> str:
        return self.text[:SHOWN]

    @property
    def is_cut(self) -> bool:
        return len(self.text) > SHOWN

    @property
    def extension(self) -> str:
        return {"textpage": "txt", "jsonl": "json"}.get(self.item.format, "dump")

    # The result

    @cached_property
    def _read(self):
        """(the story, why there is none): what was taken, else what its reader makes of it now."""
        if self.item.revision:
            return self.item.revision.story, ""
        try:
            story = store.story_of(self.item)
        except (store.NotKept, StoryError) as error:
            return None, str(error)
        except (ValueError, OverflowError, RecursionError) as error:
            return None, _("it cannot be read: %s") % error
        return (companions.kept(story, self.head.story) if self.head else story), ""

    @property
    def story(self):
        return self._read[0]

    @property
    def trouble(self) -> str:
        return self._read[1]

    @property
    def is_read_now(self) -> bool:
        return self.story is not None and not self.item.revision

    @property
    def parts(self):
        return readable(self.story)

    @property
    def raw(self) -> int:
        """How much of it nobody understood."""
        return sum(isinstance(block, RawBlock) for block in self.story.body)

    @property
    def confidence(self):
        return self.item.confidence if self.item.confidence is not None else self.story.confidence

    @property
    def sure(self) -> str:
        return f"{self.confidence:.0%}"

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < DOUBTFUL

    # What is here

    @property
    def article(self) -> Article | None:
        return self.item.article

    @cached_property
    def head(self) -> Revision | None:
        return self.article.head if self.article else None

    @property
    def opened(self) -> str:
        """The newest revision at the opening of the page: what the buttons stand for."""
        return str(self.article.head_id or "") if self.article else ""

    @property
    def is_open(self) -> bool:
        item = self.item
        held = item.outcome in (Outcome.HELD, Outcome.REFUSED)
        return held and not item.decision and not item.undone_by_id

    @property
    def differences(self):
        """What taking the source's version would change."""
        return differences(self.head.story, self.story)

    @property
    def can_be_taken(self) -> bool:
        """Whether there is a story here, and one to put in its place."""
        return self.story is not None and self.head is not None

    @cached_property
    def edits(self) -> list[Revision]:
        """The last saves of somebody here."""
        saved = Revision.objects.filter(article=self.article, by__isnull=False)
        return list(saved.select_related("by").defer("story")[:EDITS])

    # The decision

    @property
    def decision(self) -> str:
        item = self.item
        if item.decision:
            what = {"what": item.get_decision_display(), "who": item.decided_by}
            told = _("%(what)s by %(who)s, %(when)s")
            return told % {**what, "when": told_moment(item.decided_at)}
        return str(_("to be decided")) if self.is_open else ""

    @property
    def buttons(self) -> list[Decision]:
        return [
            decision
            for decision in DECISIONS.values()
            if self.is_open
            and decision.applies(self)
            and all(map(self.user.has_perm, decision.permissions))
        ]


def held_item(article: Article, user) -> ImportItem | None:
    """What an import would have changed here, and nobody has decided about."""
    if not user.has_perm("articles.view_importitem"):
        return None
    return article.imports.undecided().filter(outcome=Outcome.HELD).first()


def sources_in_ledger() -> list[str]:
    """Who the items came from, found by steps through an index and not by reading it all."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES)
        return [name for (name,) in cursor.fetchall() if name]


SOURCES = """
WITH RECURSIVE found(source) AS (
    SELECT min(source) FROM articles_importitem
    UNION ALL
    SELECT (SELECT min(source) FROM articles_importitem WHERE source > found.source)
    FROM found WHERE found.source IS NOT NULL
)
SELECT source FROM found WHERE source IS NOT NULL LIMIT 50
"""
