"""Forgotten passwords: asked for at the log-in, set by a link in a mail.

The answer is the same whoever asks, for whatever address; and who asks too often gets it too,
only that no mail follows.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model, views
from django.contrib.auth.forms import PasswordResetForm
from django.core.cache import cache
from django.urls import path, reverse_lazy
from django.utils.crypto import salted_hmac

from newsroom.middleware import client_ip

from . import mail

HOUR = 60 * 60
MOST = {"address": 3, "place": 20}  # mails an hour: to one address, asked for from one place


class ForgottenForm(PasswordResetForm):
    """Of people of the newsroom only, those too who were invited and never came."""

    def get_users(self, email):
        found = get_user_model().objects.filter(email__iexact=email, is_active=True, is_staff=True)
        return (user for user in found if user.email.casefold() == email.casefold())

    def save(self, *, request, **options):
        email = self.cleaned_data["email"]
        if _too_often("place", client_ip(request)) or _too_often("address", email.casefold()):
            return
        for user in self.get_users(email):
            mail.reset(user)


def _too_often(kind, whose):
    """Counts in the cache: with CACHE_URL for all processes, else for each by itself."""
    key = f"forgotten.{kind}.{salted_hmac(__name__, whose).hexdigest()}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) > MOST[kind]
    except ValueError:  # it ran out just now
        return False


class AtTheDoor:
    """The pages look like those behind the door."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**admin.site.each_context(self.request), **kwargs)


class Forgotten(AtTheDoor, views.PasswordResetView):
    form_class = ForgottenForm
    success_url = reverse_lazy("password_reset_done")


class Sent(AtTheDoor, views.PasswordResetDoneView):
    pass


class SetAnew(AtTheDoor, views.PasswordResetConfirmView):
    pass


class Done(AtTheDoor, views.PasswordResetCompleteView):
    pass


door = settings.ADMIN_PATH
urlpatterns = [
    path(f"{door}password-reset/", Forgotten.as_view(), name="admin_password_reset"),
    path(f"{door}password-reset/sent/", Sent.as_view(), name="password_reset_done"),
    path(
        f"{door}password-reset/<uidb64>/<token>/",
        SetAnew.as_view(),
        name="password_reset_confirm",
    ),
    path(f"{door}password-reset/done/", Done.as_view(), name="password_reset_complete"),
]
