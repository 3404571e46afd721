"""RSS: the newest stories, whole, of the site or of one category and all below it."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import reading
from .answers import absolute, answer, for_xml, public
from .models import Category
from .rendering import markers

ITEMS = 30
LOCAL = re.compile(r'\b(href|src|poster)="(/[^"/][^"]*|/)"')
OFFERS = re.compile(r"</?picture>|<source type=\"image/avif\"[^>]*>")
SIZES = re.compile(r' (?:srcset|sizes|fetchpriority|loading|decoding)="[^"]*"')
BUTTONS = re.compile(r"<button\b.*?</button>", re.DOTALL)


class WholeStories(Rss201rev2Feed):
    """RSS 2.0 with the whole text of each story, and who wrote it."""

    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["byline"]:
            handler.addQuickElement("dc:creator", item["byline"])
        handler.addQuickElement("content:encoded", item["content"])


class Newest(Feed):
    """The newest stories of the site. `get_object` says of which part of it."""

    feed_type = WholeStories

    def __init__(self, now):
        self.now = now

    def get_object(self, request):
        return None

    def filters(self, category):
        return {}, reading.NEWEST

    def title(self, category):
        return for_xml(settings.SITE_NAME)

    def link(self, category):
        return absolute(reverse("front"))

    def feed_url(self, category):
        return absolute(reverse("feed"))

    def description(self, category):
        return _("The newest stories")

    def items(self, category):
        filters, order = self.filters(category)
        extra = ("rendering__article",)
        cards = reading.page(self.now, ITEMS, None, order, extra, **filters).cards
        self.around = reading.around_each([card.version for card in cards], self.now)
        return cards

    def item_title(self, card):
        return for_xml(card.headline)

    def item_description(self, card):
        return for_xml(card.standfirst or card.excerpt)

    def item_link(self, card):
        return absolute(card.url)

    def item_guid(self, card):
        return absolute(card.url)

    def item_pubdate(self, card):
        return card.first_published_at if card.dated else None

    def item_updateddate(self, card):
        return card.published_at

    def item_categories(self, card):
        return [for_xml(card.section.name)] if card.section else []

    def item_enclosures(self, card):
        audio = card.card.get("audio")
        return (
            [Enclosure(absolute(audio["href"]), str(audio["size"]), audio["mime"])] if audio else []
        )

    def item_extra_kwargs(self, card):
        content = for_xml(_content(card, self.around[card.version]))
        return {"content": content, "byline": for_xml(card.byline)}


class OfCategory(Newest):
    def get_object(self, request, path):
        category = Category.objects.without_tree_fields().filter(path=path).first()
        if category is None:
            raise Http404("no such category")
        return category

    def filters(self, category):
        return reading.listed_in(category=category)

    def items(self, category):
        cards = super().items(category)
        if not cards:
            raise Http404("no story can be seen here")
        return cards

    def title(self, category):
        return for_xml(f"{category.name} · {settings.SITE_NAME}")

    def link(self, category):
        return absolute(category.get_absolute_url())

    def feed_url(self, category):
        return absolute(reverse("category-feed", kwargs={"path": category.path}))

    def description(self, category):
        return for_xml(category.description) or _("The newest stories")


def _content(card, around: reading.Around) -> str:
    """The text of a story for a reader far from our style sheet: pictures, no buttons."""

    def name(kind: str, number: int, words: str) -> str:
        place = around.places.get((kind, number))
        return format_html('<a href="{}">{}</a>', place.url, place.name) if place else words

    body = markers.part(card.rendering__article or "", "body")
    html = markers.fill(body, name, {}, around.over)
    if card.picture:
        picture = format_html(
            '<p><img src="{}" alt="{}"></p>', card.picture["src"], card.picture["alt"]
        )
        html = picture + html
    html = SIZES.sub("", OFFERS.sub("", BUTTONS.sub("", html)))
    return LOCAL.sub(lambda m: f'{m[1]}="{settings.SITE_URL}{m[2]}"', html)


def _answered(request: HttpRequest, feed: Newest, **place) -> HttpResponse:
    response = feed(request, **place)
    return answer(request, response, feed.now, reading.pulse(feed.now))


@public
def newest(request: HttpRequest) -> HttpResponse:
    return _answered(request, Newest(timezone.now()))


@public
def category(request: HttpRequest, path: str) -> HttpResponse:
    return _answered(request, OfCategory(timezone.now()), path=path)
