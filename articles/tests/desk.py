"""What tests of the desk need: a stored story, its real form, and the form sent back."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse
from lxml import html
from PIL import Image

from articles import filing, library, revisions, store
from articles.models import Article
from articles.story import Story
from articles.tests.stories import a_story

PERMISSIONS = (
    *("add_article", "change_article", "delete_article", "view_article"),
    *("publish_article", "withdraw_article", "share_article", "others_article"),
    *("view_photo", "view_video", "view_attachment", "view_category", "view_tag", "view_author"),
    *("add_tag", "add_author"),
)


def an_editor(name="rosa", permissions=PERMISSIONS):
    user = User.objects.create_user(name, password="a long password 1", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def somebody(role, name=None):
    """Somebody with one of the roles that a newsroom has."""
    user = User.objects.create_user(name or role.replace(" ", ""), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def begun(by, number=0, **words) -> Article:
    """A story that this person began."""
    article = stored(a_story(number, **words), by=by)
    Article.objects.filter(pk=article.pk).update(created_by=by)
    return article


def a_client(user) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def stored(story: Story | None = None, *, by=None, known=True) -> Article:
    """An article with this working copy, its rows and its first revision.

    known: what it is filed under exists as categories, tags and authors."""
    article = Article()
    article.take(story or a_story())
    rows = article.rows
    if known:
        filing.file(rows)
    article.save()
    store.store_rows([article])
    revisions.record(article, by=by)
    return Article.objects.get(pk=article.pk)


def url_of(article=None, page="change"):
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def fields_of(response, form_id="article_form") -> dict[str, str]:
    """What a browser would send back of the form in this page if nobody touched it."""
    page = html.fromstring(response.content.decode())
    found = page.xpath(f"//form[@id='{form_id}']" if form_id else "//div[@id='content']//form")
    return {name: value for name, value in found[0].form_values() if "__prefix__" not in name}


def opened(client, article=None) -> dict[str, str]:
    return fields_of(client.get(url_of(article)))


def sent(client, article, fields, button="_continue", **changes):
    """The answer to the form with these changes, sent by this button."""
    return client.post(url_of(article), {**fields, button: "1", **changes})


def block(fields, kind, **values) -> dict[str, str]:
    """The fields with one more block, as the "+" of the form adds it."""
    total = int(fields[f"{kind}-TOTAL_FORMS"])
    orderings = [int(v) for name, v in fields.items() if name.endswith("-ordering") and v]
    new = {"region": "body", "ordering": str(max(orderings, default=0) + 10), "id": "", **values}
    added = {f"{kind}-{total}-{name}": value for name, value in new.items()}
    return {**fields, f"{kind}-TOTAL_FORMS": str(total + 1), **added}


def trouble(response) -> str:
    """Every error in the page, for the message of a test."""
    if response.status_code != 200:
        return f"answered {response.status_code}"
    context = response.context
    told = [f"{context['adminform'].form.errors!r}"]
    for inline in context["inline_admin_formsets"]:
        errors = [error for error in inline.formset.errors if error]
        told += [f"{inline.formset.prefix}: {errors}"] if errors else []
        told += [str(error) for error in inline.formset.non_form_errors()]
        within = [form.pictures for form in inline.formset.forms if hasattr(form, "pictures")]
        told += [f"pictures: {pictures.errors}" for pictures in within if not pictures.is_valid()]
    return "\n".join(told)


def a_picture(colour="navy", size=(64, 40), kind="PNG") -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    return data.getvalue()


def a_photo(colour="navy", **words):
    """A photo of the library; one colour is one photo."""
    photo = library.add_photo(a_picture(colour), title=f"{colour} picture")
    for name, value in words.items():
        setattr(photo, name, value)
    photo.save()
    return photo
