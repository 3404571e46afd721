"""Walks every address as every role with every method; what is expected is in `tables`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import nullcontext
from unittest.mock import patch

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.db import connection, transaction
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import get_resolver
from lxml import html

from articles.models import Category, Desk

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|COPY|TRUNCATE)\b(?!.*\bdjango_session\b)", re.IGNORECASE
)


def routes(resolver=None, names="", before="") -> Iterator[str]:
    """A label for everything in the URLconf: its name, else its pattern."""
    for found in (resolver or get_resolver()).url_patterns:
        pattern = before + str(found.pattern)
        if hasattr(found, "url_patterns"):
            inner = f"{names}{found.namespace}:" if found.namespace else names
            yield from routes(found, inner, pattern)
        else:
            yield names + (found.name or _of_model(str(found.pattern), pattern))


def _of_model(own, whole):
    """The label of a page of the desk that has no name of its own."""
    told = re.fullmatch(r".*?(\w+)/(\w+)/(<path:object_id>|move-node)/", whole)
    return f"{told[1]}_{told[2]}_{UNNAMED[told[3]]}" if told else own


UNNAMED = {"<path:object_id>": "object", "move-node": "move"}


# Tables


def cells(table: str, kinds=None) -> dict[tuple[str, str], dict[str, str]]:
    """(page, method) → column → cell. A page with `{kind}` in it stands for several."""
    head, *lines = (line.split() for line in table.strip().splitlines() if line.strip())
    found = {}
    for page, method, *row in lines:
        if len(row) != len(head) - 2:
            raise ValueError(f"{page} {method}: {len(row)} cells, not {len(head) - 2}")
        for name in expanded(page, kinds or {}):
            found[name, method] = dict(zip(head[2:], row, strict=True))
    return found


def expanded(page, kinds):
    for kind, names in kinds.items():
        if f"{{{kind}}}" in page:
            return [page.replace(f"{{{kind}}}", name) for name in names.split()]
    return [page]


def row(found, page: str, method: str) -> dict[str, str]:
    """The row of a page for this method."""
    as_get = "GET" if method == "HEAD" else method
    return found.get((page, method)) or found.get((page, as_get)) or found[page, "*"]


# Who


def clients(roles: dict[str, str]) -> dict[str, Client]:
    """Somebody of each role, logged in."""
    return {role: _client(role, told) for role, told in roles.items()}


def _client(role, told):
    client = Client()
    if told == "nobody":
        return client
    everything = "everything" in told
    user = User.objects.create_user(role, is_staff="staff" in told, is_superuser=everything)
    names = set(told.split())
    for right in Permission.objects.filter(content_type__app_label="articles"):
        if names & {right.codename, right.codename.partition("_")[0] + "_*"}:
            user.user_permissions.add(right)
    for kind, _colon, name in (word.partition(":") for word in names):
        if kind == "group":
            user.groups.add(Group.objects.get(name=name))
        elif kind == "desk":
            desk = Desk.objects.create(name=role)
            desk.members.add(user)
            desk.categories.add(Category.objects.get(path=name))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    if "left" in told:
        User.objects.filter(pk=user.pk).update(is_active=False)
    return client


# What is asked, and what it did

UNDRAWN = patch.object(SimpleTemplateResponse, "rendered_content", "")


class Call:
    """One request: `answer` in the words of the tables, `wrote` whether it tried to change."""

    def __init__(self, client, method, path, body=None, drawn=True):
        self.wrote = False
        for file in (value for value in (body or {}).values() if hasattr(value, "seek")):
            file.seek(0)  # somebody else may have sent it before
        data = {"data": body or {}} if method == "POST" else {}
        # What a page looks like does not depend on the method: the odd ones need not draw it.
        drawing = nullcontext() if drawn and method in ("GET", "POST") else UNDRAWN
        with connection.execute_wrapper(self._watch), drawing:
            self.response = getattr(client, method.lower())(path, **data)
        self.answer = self._in_words(self.response)

    def _watch(self, execute, sql, params, many, context):
        self.wrote |= bool(WRITES.match(sql))
        return execute(sql, params, many, context)

    def _in_words(self, response):
        if response.status_code != 302:
            return str(response.status_code)
        if response["Location"].startswith(f"/{settings.ADMIN_PATH}login/"):
            return "in"
        return "done" if self.wrote else "302"


def ask(client, method, path, body=None, drawn=True) -> Call:
    """A call that leaves no trace, neither in the database nor (after a log-out) in `client`."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        call = Call(client, method, path, body, drawn)
        transaction.set_rollback(True)
    client.cookies = cookies
    return call


def form_in(response) -> dict[str, str]:
    """What a browser would send back of the form of a page."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code != 200 or response.streaming or not (is_page and response.content):
        return {}
    page = html.fromstring(response.content.decode())
    forms = page.xpath("//div[@id='content']//form[translate(@method, 'POST', 'post')='post']")
    return {k: v for k, v in forms[0].form_values() if "__prefix__" not in k} if forms else {}


def digest() -> dict[str, tuple[int, str]]:
    """How many rows, and a digest of what is in them, of each table but that of sessions."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label != "sessions.Session":
            rows = sorted(map(repr, model._base_manager.values_list()))
            found[model._meta.label] = len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()
    return found
