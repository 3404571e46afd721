"""What the search boxes in a story's form find: with pictures, and with words to fill in."""

from __future__ import annotations

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from .. import scope
from ..models import Article, Attachment, Photo, Video
from ..rendering.attached import facts
from .fields import thumb_of


class PickView(AutocompleteJsonView):
    """As Django's; `thumb` is the address of a picture, `fill` words for empty fields."""

    def get_queryset(self):
        """A story may point to what readers see, too, whoever works on that."""
        if self.model_admin.model is not Article:
            return super().get_queryset()
        found = scope.pickable(self.request.user, Article.objects.kept())
        found = found.order_by(*self.model_admin.get_ordering(self.request))
        return self.model_admin.get_search_results(self.request, found, self.term)[0]

    def serialize_result(self, obj, to_field_name):
        found = super().serialize_result(obj, to_field_name)
        more = DESCRIBED.get(type(obj))
        return {**found, **(more(obj) if more else {})}


def _photo(photo):
    fill = {"text": photo.caption, "credit": photo.credit, "alt": photo.alt}
    return {"thumb": thumb_of(photo), "fill": fill}


def _video(video):
    fill = {"title": video.title, "text": video.caption, "credit": video.credit}
    return {"thumb": thumb_of(video), "fill": fill}


def _attachment(attachment):
    fill = {
        "title": attachment.title,
        "text": attachment.caption,
        "credit": attachment.credit,
    }
    return {"note": " · ".join(facts(attachment)), "fill": fill}


def _article(article):
    return {"text": str(article), "note": article.path, "fill": {"headline": article.headline}}


DESCRIBED = {Photo: _photo, Video: _video, Attachment: _attachment, Article: _article}
