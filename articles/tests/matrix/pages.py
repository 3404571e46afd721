"""Where each page of the tables is, and what a browser would send to it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from urllib.parse import quote

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles.models import (
    Article,
    Author,
    BinnedArticle,
    Category,
    Container,
    Desk,
    Front,
    ImportItem,
    ImportRun,
    Photo,
    Redaction,
    Tag,
    Version,
    Video,
)
from articles.store.kept import keep
from articles.tests import fronts as fronts_made
from articles.tests.attachedfiles import a_pdf, an_attachment

from .states import SEEN, STATES, photo_of

ACTS = (
    *("publish", "schedule", "correct", "unschedule", "withdraw", "address"),
    *("submit", "approve", "sendback", "assign", "note", "related", "redact"),
)
FRONT_ACTS = ("publish", "schedule", "unschedule", "withdraw")
SAVES = ("history", "compare", "restore", "merge")
STORY_PAGES = ("preview", "share", "presence", *ACTS, *SAVES, "delete", "change", "object")
# What a person would type on top of what the form offers.
TYPED = {
    "articles_article_add": {"headline": "Fog"},
    "articles_article_change": {"headline": "Fog"},
    "articles_article_correct": {"text": "It was fog.", "kind": "correction"},
    "articles_article_withdraw": {"why": "It was fog."},
    "articles_article_redact": {"words": "fog bank", "why": "a court"},
    "articles_article_address": {"slug": "fog"},
    "articles_article_sendback": {"why": "It is fog."},
    "articles_article_note": {"text": "It is fog."},
    "articles_photo_words": {"form-0-caption": "Fog"},
    "articles_tag_add": {"name": "Fog", "slug": "fog"},
    "articles_author_add": {"name": "Ada Fog", "slug": "ada-fog"},
    "articles_category_add": {"name": "Fog"},
    "articles_front_change": {"c-0-name": "Fog", "c-0-ORDER": "1"},
    "articles_front_publish": {"pending": "drop"},
    "articles_front_schedule": {"pending": "drop"},
    "articles_video_add": {"title": "Fog", "url": "https://youtu.be/abcdefghijk"},
    "auth_group_add": {"name": "fog"},
    "auth_user_add": {"email": "fog@news.example"},
    "admin_password_reset": {"email": "nobody@news.example"},
    "articles_desk_add": {"name": "Fog"},
    "auth_user_password_change": {
        "usable_password": "true",
        "password1": "fog over the sound",
        "password2": "fog over the sound",
    },
    "sites_site_add": {"domain": "fog.example", "name": "Fog"},
    "redirects_redirect_add": {"site": "1", "old_path": "/fog/", "new_path": "/"},
}
DROP = {"publish", "schedule", "correct"}


def one_of_each(editor) -> None:
    """A row of every kind the desk has a page for, beside the stories."""
    Group.objects.create(name="sport")
    Redirect.objects.create(site_id=settings.SITE_ID, old_path="/old/", new_path="/")
    for model in (AccessAttempt, AccessLog, AccessFailureLog):
        more = {"failures_since_start": 1} if model is AccessAttempt else {}
        model.objects.create(username="mallory", path_info="/admin/login/", **more)
    Video.objects.create(title="The gate", url="https://youtu.be/abcdefghijk")
    an_attachment()
    Category.objects.create(name="Empty", slug="empty", path="empty", words="Empty")
    Tag.objects.create(name="empty", slug="empty")
    Author.objects.create(name="Nobody", slug="nobody")
    User.objects.create_user("intern", is_staff=True)
    Desk.objects.create(name="Night")
    version = Version.objects.earliest("pk")
    Redaction.objects.create(version=version, at=timezone.now(), by=editor, why="a court")
    run = ImportRun.objects.create(started_at=timezone.now())
    ImportItem.objects.create(run=run, source="wire", source_id="1", outcome="created")
    ImportItem.objects.create(run=run, path="fog.txt", outcome="refused", reason="it is fog")
    _hold(run, Article.objects.earliest("pk"))
    _a_front(editor, version.article)


def _hold(run, article) -> None:
    """An import brings another headline of a story that somebody edited here."""
    data = article.as_story().replace(headline="Fog").as_json()
    digest = sha256(data).hexdigest()
    ImportItem.objects.create(
        run=run,
        outcome="held",
        source=article.source,
        source_id=article.source_id,
        article=article,
        format="jsonl",
        kept_id=keep({digest: data}, timezone.now())[digest],
    )


def _a_front(editor, article) -> None:
    """One of a category: live, scheduled, changed since, and saved before."""
    shared = Category.objects.get(path="shared")
    front = fronts_made.show(fronts_made.arranged([article]), shared)
    later = timezone.now() + timedelta(hours=1)
    fronts_made.show(fronts_made.arranged(Container(size=2)), front.category, at=later)
    fronts_made.save(front, fronts_made.arranged(Container(size=3)), by=editor)


def a_picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(data, "PNG")
    return SimpleUploadedFile("fog.png", data.getvalue(), "image/png")


# Staff pages: label → address


def staff_pages() -> dict[str, str]:
    """Every page of the desk but those of one story."""
    user = User.objects.get(username="intern").pk
    tag = ContentType.objects.get_for_model(Tag)
    own = {
        f"admin:{name}": reverse(f"admin:{name}")
        for name in (
            "index login logout password_change password_change_done jsi18n second_factor"
        ).split()
    }
    for name in "admin_password_reset password_reset_done password_reset_complete".split():
        own[name] = reverse(name)
    own["password_reset_confirm"] = reverse("password_reset_confirm", args=["MQ", "odd-token"])
    own |= {
        "handbook": reverse("handbook"),
        "handbook-chapter": reverse("handbook-chapter", args=["writing"]),
        "handbook-picture": reverse("handbook-picture", args=["form.webp"]),
        "admin:app_list": reverse("admin:app_list", args=["articles"]),
        "admin:autocomplete": _pick("autocomplete", "author", "account"),
        "admin:articles_article_pick": _pick("articles_article_pick", "caption", "photo"),
        "admin:view_on_site": reverse("admin:view_on_site", args=[tag.pk, Tag.objects.first().pk]),
        "admin:auth_user_password_change": reverse("admin:auth_user_password_change", args=[user]),
        "admin:auth_user_second_factor": reverse("admin:auth_user_second_factor", args=[user]),
        "admin:articles_photo_many": reverse("admin:articles_photo_many"),
        "admin:articles_photo_words": reverse("admin:articles_photo_words")
        + f"?ids={Photo.objects.earliest('pk').pk}",
        "admin:articles_category_move": reverse("admin:articles_category_changelist")
        + "move-node/",
        "admin:articles_article_waiting": reverse("admin:articles_article_waiting"),
        "admin:articles_article_connect": reverse("admin:articles_article_connect")
        + "?headline=Fog",
        **_decisions(),
        "admin:(?P<url>.*)$": f"/{settings.ADMIN_PATH}no/such/page/",
    }
    front = Front.objects.get()
    for page in ("preview", *FRONT_ACTS):
        own |= _page_of_front(front, page)
    own |= _page_of_front(front, "restore", front.revisions.last().pk)
    for model in admin.site._registry:
        own |= _pages_of(model)
    return own


def _decisions():
    waiting = {
        "source": "held",
        "take": "held",
        "merge": "held",
        "keep": "held",
        "dismiss": "refused",
    }
    label = "admin:articles_importitem_{}".format
    return {
        label(act): reverse(label(act), args=[ImportItem.objects.get(outcome=outcome).pk])
        for act, outcome in waiting.items()
    }


def _pick(name, model, field):
    return reverse(f"admin:{name}") + f"?app_label=articles&model_name={model}&field_name={field}"


def _page_of_front(front, page, *more):
    name = f"admin:articles_front_{page}"
    return {name: reverse(name, args=[front.pk, *more])}


def _pages_of(model):
    label = f"{model._meta.app_label}_{model._meta.model_name}"
    lists = LISTS[:1] if model is BinnedArticle else LISTS
    found = {f"admin:{label}_{page}": reverse(f"admin:{label}_{page}") for page in lists}
    if model in (Article, BinnedArticle):
        return found
    row = _row_of(model)
    for page in ("change", "delete", "history"):
        found[f"admin:{label}_{page}"] = reverse(f"admin:{label}_{page}", args=[row.pk])
    base = found[f"admin:{label}_changelist"]
    found[f"admin:{label}_object"] = f"{base}{row.pk}/"
    return found


LISTS = ("changelist", "add")


def _row_of(model):
    """One that nothing else needs, where there is one."""
    rows = model._default_manager.all()
    names = {
        Category: {"slug": "empty"},
        Tag: {"slug": "empty"},
        Author: {"slug": "nobody"},
        Desk: {"name": "Night"},
        Group: {"name": "sport"},
    }
    return rows.get(username="intern") if model is User else rows.filter(**names.get(model, {}))[0]


def story_page(article, page: str) -> str:
    base = reverse("admin:articles_article_changelist")
    return f"{base}{article.pk}/" if page == "object" else f"{base}{article.pk}/{page}/"


def body_for(page: str, offered: dict[str, str]) -> dict[str, object]:
    """The form of a page as somebody would send it."""
    name = page.removeprefix("admin:").partition("?")[0]
    body = {**offered, **TYPED.get(name, {})}
    if "shown" in offered:  # it freezes the working copy, whatever that lacks
        body["waive"] = "on"
    if name.rpartition("_")[2] in DROP:
        body["pending"] = "drop"
    if name == "articles_photo_add":
        body |= {"image": a_picture(), "title": "Fog"}
    if name == "articles_attachment_add":
        body["file"] = SimpleUploadedFile("fog.pdf", a_pdf(pages=3), "application/pdf")
    if name == "articles_photo_many":
        body["files"] = a_picture()
    if name == "articles_importitem_take":
        body["opened"] = str(ImportItem.objects.get(outcome="held").article.head_id)
    if name == "articles_article_connect":
        body["story"] = str(Article.objects.earliest("pk").pk)
    if name.endswith("_delete"):
        body["post"] = "yes"
    if name == "articles_binnedarticle_changelist":
        thrown = BinnedArticle.objects.exclude(binned_at=None).get()
        body = {"action": "take_out", "_selected_action": thrown.pk}
    if name.endswith("_move"):
        category = Category.objects.without_tree_fields()
        body |= {"move": category.get(slug="empty").pk, "position": "first-child"}
        body |= {"relative_to": category.get(path="shared").pk}
    return body


# Readers' pages


def reader_pages() -> dict[str, str]:
    """Every page of the site that is not of one story."""
    # Not today: the newest story is an hour old, and it may be just after midnight.
    newest = Version.objects.live().newest_first().first()
    day = timezone.localdate(newest.first_published_at)
    plain = "front archive corrections search recent feed sitemap news-sitemap robots".split()
    plain += "sitemap-places suggest oembed logo social security offline service-worker".split()
    found = {name: reverse(name) for name in [*plain, "health-live", "health-ready"]}
    found["shared"] = reverse("shared", args=["x" * 43])  # a link that never was
    found["shared-file"] = f"{found['shared']}files/{'0' * 32}.pdf"
    found["archive-month"] = reverse("archive-month", args=[f"{day:%Y}", f"{day:%m}"])
    found["archive-day"] = reverse("archive-day", args=f"{day:%Y %m %d}".split())
    found["sitemap-day"] = reverse("sitemap-day", args=[f"{day:%Y-%m-%d}"])
    found["sitemap-part"] = reverse("sitemap-part", args=[f"{day:%Y-%m-%d}", f"{'9' * 16}-1"])
    found["limited"] = f"/limited/1/{'0' * 32}-{'0' * 12}.webp"
    found["attached"] = f"/files/{'0' * 32}.pdf"
    found |= {f"feed+{kind}": f"/feed/{kind}/" for kind in ("atom", "json")}
    return found


def whose(state: str) -> str:
    """Whose words readers see of a story in this state; of a hidden one, those it has."""
    return next((w for w in STATES[state] if w in SEEN), STATES[state][0])


def pages_of_story(article, state: str) -> dict[str, str]:
    """Those of one story, and of what nothing else is filed under; guessed where there is none."""
    own = whose(state)
    today = timezone.localdate()
    path = f"qz{own}section/qz{own}category"
    found = {
        "article": article.path or f"/{today:%Y/%m/%d}/qz{state}slug/",
        "tag": f"/tag/qz{own}tag/",
        "author": f"/author/qz{own}author/",
        "category": f"/{path}/",
    }
    for kind in ("category", "tag", "author"):
        found[f"{kind}-feed"] = f"{found[kind]}feed/"
        found |= {f"{kind}-feed+{end}": f"{found[kind]}feed/{end}/" for end in ("atom", "json")}
    story = quote(f"{settings.SITE_URL}{found['article']}")
    found["oembed+story"] = f"/oembed/?url={story}"
    return found


def picture_pages(state: str) -> dict[str, str]:
    photo = photo_of(STATES[state][0])
    return {"rendition": photo.image.card, "original": photo.image.url}
