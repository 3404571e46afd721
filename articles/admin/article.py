"""The story in the admin: its form, and what a save is."""

from __future__ import annotations

from content_editor.admin import ContentEditor
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from js_asset import ImportMap, Media, Script

from .. import checklist, linking, locks, revisions
from ..models import Article, Caption, RelatedPost
from .base import NonceMedia, demand
from .blocks import EmbedInline, QuoteInline, RawInline, RelatedInline, TextInline
from .captions import AttachmentInline, CaptionFormSet, PhotoInline, VideoInline
from .custody import Custody
from .desk import Desk
from .filings import SIDE
from .form import ArticleForm
from .gallery import GalleryInline
from .history import History
from .items import held_item
from .lists import StoryList, status_mark
from .merging import Merging
from .presence import Presences
from .previews import SHARE, Previews
from .reviewing import beside
from .unsaved import Unsaved
from .waiting import WaitingPages

BLOCKS = [  # in the order in which "+" offers them
    TextInline,
    PhotoInline,
    VideoInline,
    GalleryInline,
    AttachmentInline,
    RelatedInline,
    QuoteInline,
    EmbedInline,
    RawInline,
]
SIDE_BOX = {"classes": ["side"]}
SHARED = ("blocks", "copies", "paste")  # by the scripts below
SCRIPTS = "desk side names unsaved trouble counts presence preview".split()
DESK = Media(
    importmap=ImportMap({f"articles/{name}": f"articles/admin/{name}.js" for name in SHARED}),
    js=[
        *(Script(f"articles/admin/{name}.js", type="module") for name in SCRIPTS),
        Script("articles/admin/pick.js", defer=True),
    ],
)


@admin.register(Article)
class ArticleAdmin(
    *(Unsaved, Custody, Presences, Previews, Merging, History, Desk, WaitingPages, StoryList),
    NonceMedia,
    ContentEditor,
):
    form = ArticleForm
    inlines = [*BLOCKS, *SIDE]
    save_on_top = False
    readonly_fields = ["address", "origin", "remarks"]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", ("byline", "dateline"), "key_points"]}),
        (
            _("Address and labels"),
            {"fields": ["address", "slug", "slugline", "language"], **SIDE_BOX},
        ),
        (
            _("Source and rights"),
            {"fields": ["origin", "remarks", "pubstatus", "embargoed_until", "rights"], **SIDE_BOX},
        ),
    ]

    class Media:
        css = {"all": ["articles/admin/desk.css", "articles/admin/preview.css"]}

    # What is shown

    @admin.display(description=_("address"))
    def address(self, article):
        if not article.path:
            return _("Given when the story is first published or scheduled.")
        change = reverse(f"{self.admin_site.name}:articles_article_address", args=[article.pk])
        return format_html(
            '<span class="path">{}</span> <a href="{}">{}</a>', article.path, change, _("Change…")
        )

    @admin.display(description=_("source"))
    def origin(self, article):
        if not article.pk:
            return _("Written here.")
        told = format_html("{} · {}", article.source, article.source_id)
        if article.source_url.startswith(("http://", "https://")):
            told = format_html('<a href="{}" rel="noreferrer">{}</a>', article.source_url, told)
        return told

    @admin.display(description=_("remarks"))
    def remarks(self, article):
        told = [*article.notes]
        if article.confidence is not None:
            told.insert(0, _("Confidence of the reader: %s") % f"{article.confidence:.0%}")
        if not told:
            return _("None.")
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li dir="auto">{}</li>', ((one,) for one in told))
        )

    def get_changeform_initial_data(self, request):
        return {}  # nothing is written into a story by a link somebody made

    def render_change_form(self, request, context, add=False, change=False, **kwargs):
        article = context.get("original")
        known = beside(article, request.user) if article else {}
        context |= {
            "media": context["media"] + DESK,
            "acts": self.buttons(request, article),
            "held": article and held_item(article, request.user),
            "status": status_mark(article.status) if article else "",
            "unmerged": self.unmerged_of(article, request.user) if article else [],
            **known,
            "advised": "\n".join(checklist.advice(known.get("items", ()))),
            "may_merge": self.has_change_permission(request, article),
            "show_save_and_add_another": False,
            "is_nav_sidebar_enabled": False,  # the story takes the whole width
            "show_preview": "preview" in request.GET,
            "may_share": request.user.has_perm(SHARE),
        }
        return super().render_change_form(request, context, add=add, change=change, **kwargs)

    # What a save is

    def get_object(self, request, object_id, from_field=None):
        """Locked, and read after that, where something is going to be stored."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        if not transaction.get_connection().in_atomic_block:
            return found
        locks.one_at_a_time()  # new tags and authors may be typed in
        Article.objects.select_for_update().get(pk=found.pk)
        return super().get_object(request, object_id, from_field)

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        captions = [formset for formset in formsets if isinstance(formset, CaptionFormSet)]
        for formset in captions:
            formset.siblings = captions
        return formsets, inlines

    def save_related(self, request, form, formsets, change):
        if form.is_stale:
            self.save_merged(request, form, formsets)
            return
        article = form.instance
        _make_room_for_lead(article, formsets)
        # Past ContentEditor's own: it copies blocks named in the request into this or any other
        # story, and asks nobody for leave.
        super(ContentEditor, self).save_related(request, form, formsets, change)
        revisions.record(article, by=request.user)
        _find_stories(article)
        if not change or "headline" in form.changed_data:
            linking.remember(article, form.initial.get("headline") or "")
            linking.connect([article])

    # What must not be

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.versions.exists())

    def delete_view(self, request, object_id, extra_context=None):
        demand(self.has_delete_permission(request))  # before anything of its state is told
        article = self.get_object(request, object_id)
        if article and article.versions.exists():
            kept = _(
                "This story was published or scheduled, so its record is kept. It can be withdrawn."
            )
            self.message_user(request, kept, messages.ERROR)
            return HttpResponseRedirect(self._change_url(article.pk))
        return super().delete_view(request, object_id, extra_context)


def _find_stories(article):
    """Give headlines that were typed, and not picked, the story that has them."""
    waiting = list(RelatedPost.objects.filter(parent=article, post=None))
    found = linking.targets((post.headline, post.url) for post in waiting) if waiting else {}
    for post in waiting:
        target = found.get((post.headline, post.url))
        if target and target != article.pk:
            RelatedPost.objects.filter(pk=post.pk).update(post=target)


def _make_room_for_lead(article, formsets):
    """Let a lead that is going be out of the way before another one is stored.

    The database holds one lead a story at any moment; what the old one becomes is in its form.
    """
    leads = [
        form.instance.pk
        for formset in formsets
        if isinstance(formset, CaptionFormSet)
        for form in formset.staying
        if form.cleaned_data.get("region") == "lead"
    ]
    stored = Caption.objects.filter(parent=article, region="lead")
    stored.exclude(pk__in=[pk for pk in leads if pk]).update(region="body")
