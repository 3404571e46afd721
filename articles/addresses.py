"""Addresses: given once, kept for ever. Whatever alters one leaves a Redirect behind."""

from __future__ import annotations

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import audit, listing, locks
from .models import Alias, Article, Author, Category, Listing, Tag
from .models.taxonomy import PATH_LENGTH
from .story import join_category

STORY_SLUG_LENGTH = 120
LONGEST_PATH = PATH_LENGTH - len("//feed/")  # of a category
AT_ONCE = 20  # addresses tried with one query when the first is taken
RESERVED = frozenset(
    [
        *("admin", "api", "archive", "author", "corrections", "feed", "feeds", "files"),
        *("fragment", "limited", "media", "news-sitemap.xml", "oembed", "offline", "preview"),
        *("robots.txt", "search", "service-worker.js", "sitemap", "sitemap.xml", "static", "tag"),
    ]
)


def slug_of(text: str, longest: int) -> str:
    """The words of a text as part of an address, cut between words; "" when it has none."""
    slug = slugify(text, allow_unicode=True)
    if len(slug) <= longest:
        return slug.strip("-_")
    cut = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return cut.strip("-_")


# Stories


def assign(dated: list[tuple[Article, object]]) -> None:
    """Give each article that has no address one under its day: "/2024/01/29/slug/", or "…-2/".

    Sets `path` in memory; two stories of one call never get the same.
    """
    waiting = [(article, day) for article, day in dated if not article.path]
    numbers, given = range(1, 2), set()
    while waiting:
        wanted = {article: [_path(article, day, n) for n in numbers] for article, day in waiting}
        taken = given | _taken(path for paths in wanted.values() for path in paths)
        for article, paths in wanted.items():
            article.path = next((path for path in paths if path not in taken), "")
            taken.add(article.path)
        given |= {article.path for article in wanted}
        waiting = [(article, day) for article, day in waiting if not article.path]
        numbers = range(numbers.stop, numbers.stop + AT_ONCE)


def _path(article, day, number):
    slug = slug_of(article.slug or article.headline, STORY_SLUG_LENGTH) or f"story-{article.pk}"
    suffix = f"-{number}" if number > 1 else ""
    return f"/{day:%Y/%m/%d}/{slug}{suffix}/"


def _taken(paths):
    paths = list(paths)
    return {
        *Article.objects.filter(path__in=paths).values_list("path", flat=True),
        *Redirect.objects.filter(old_path__in=paths).values_list("old_path", flat=True),
    }


@transaction.atomic
def change(article: Article, slug: str, *, by=None) -> str:
    """Give a story another slug in its address, on the same day. Returns the new address."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    slug = slug_of(slug, STORY_SLUG_LENGTH)
    if not slug or not article.path:
        raise ValidationError(_("This story has no address yet, or the new slug is empty."))
    old = article.path
    new = f"{old.rstrip('/').rpartition('/')[0]}/{slug}/"
    if new == old:
        return old
    if _taken([new]) - set(
        Redirect.objects.filter(new_path=old).values_list("old_path", flat=True)
    ):
        raise ValidationError(_("Another story has had this address."))
    Article.objects.filter(pk=article.pk).update(path=new)
    redirect(old, new)
    audit.record("change address", article, by=by, detail=f"{old} → {new}")
    return new


# Categories


@transaction.atomic
def place(category: Category) -> list[str]:
    """Save a category with its slug, path and words, and bring its branch after it.

    Old addresses of the whole branch answer 301 from then on, and its old words go on meaning
    it. Returns notes for whoever asked.
    """
    locks.one_at_a_time()
    notes = _give_slug(category)
    before = Category.objects.filter(pk=category.pk).first()
    _derive(category)
    category.save()
    if before and (before.path, before.words) != (category.path, category.words):
        _follow(before, category)
    if before and before.parent_id != category.parent_id:
        relist(category)
    return notes


def _give_slug(category):
    slug = slug_of(category.slug or category.name, 80) or "category"
    top = category.parent_id is None
    reserved = RESERVED | {settings.ADMIN_PATH.partition("/")[0]} if top else {"feed"}
    notes = []
    if slug in reserved or (top and len(slug) == 4 and slug.isdecimal()):
        notes.append(f"the address “{slug}” is taken by the site: “{slug}-news” is used")
        slug = f"{slug}-news"
    beside = Category.objects.filter(parent=category.parent_id).exclude(pk=category.pk)
    category.slug = _unused(slug, set(beside.values_list("slug", flat=True)))
    return notes


def _unused(slug, taken):
    number, tried = 1, slug
    while tried in taken:
        number += 1
        tried = f"{slug}-{number}"
    return tried


def _derive(category):
    parent = category.parent
    category.path = f"{parent.path}/{category.slug}" if parent else category.slug
    category.words = join_category(category.names())
    if len(category.path) > LONGEST_PATH:
        raise ValidationError(too_long())


def too_long() -> str:
    return _("The address of this category would be too long.")


def would_be_too_long(names: list[str]) -> bool:
    """Whether a new category of these names, from the root down, would have no address."""
    return len("/".join(slug_of(name, 80) or "category" for name in names)) > LONGEST_PATH


def _follow(before, category):
    """Remember a moved or renamed category as it was, then everything below it."""
    Alias.objects.filter(words=category.words.casefold(), category__isnull=False).delete()
    if before.words.casefold() != category.words.casefold():
        Alias.remember(category, before.words)
    if before.path != category.path:
        redirect(f"/{before.path}/", f"/{category.path}/")
        redirect(f"/{before.path}/feed/", f"/{category.path}/feed/")
    for child in Category.objects.filter(parent=category.pk):
        was = Category.objects.get(pk=child.pk)
        child.parent = category
        _derive(child)
        child.save()
        _follow(was, child)


def relist(category: Category) -> None:
    """After a move: list the branch's stories under the categories that are above it now."""
    branch = list(category.descendants(include_self=True).values_list("pk", flat=True))
    own = Listing.objects.filter(category__in=branch, implied=False)
    listing.again(sorted(set(own.values_list("version_id", flat=True))))


def rename(row: Tag | Author, before: Tag | Author) -> None:
    """Remember what a saved tag or author was called, and lead its old address to the new one."""
    kind = row._meta.model_name
    if before.name.casefold() != row.name.casefold():
        Alias.remember(row, before.name)
    if before.slug != row.slug:
        redirect(f"/{kind}/{before.slug}/", f"/{kind}/{row.slug}/")


# Redirects


def redirect(old: str, new: str) -> None:
    """Send `old` to `new`, and whatever was sent to `old` too: never a chain, never a loop."""
    site = settings.SITE_ID
    Redirect.objects.filter(site_id=site, old_path=new).delete()
    Redirect.objects.filter(site_id=site, new_path=old).update(new_path=new)
    Redirect.objects.update_or_create(site_id=site, old_path=old, defaults={"new_path": new})
