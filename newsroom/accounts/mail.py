"""Mail that lets somebody set a password: an invitation, or because the old one is forgotten.

The link is Django's: signed, good once, for `PASSWORD_RESET_TIMEOUT`. Its host is that of
`SITE_URL`, whatever host the request named.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

logger = logging.getLogger(__name__)


def invite(user, by) -> None:
    _send("invitation", user, by=by.get_full_name() or by.get_username())


def reset(user) -> None:
    _send("password_reset", user)


def _send(kind, user, **words):
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    path = reverse("password_reset_confirm", kwargs={"uidb64": uid, "token": token})
    context = {
        "user": user,
        "link": f"{settings.SITE_URL}{path}",
        "site_name": settings.SITE_NAME,
        "days": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT).days,
        **words,
    }
    subject, _blank, body = render_to_string(f"mail/{kind}.txt", context).partition("\n\n")
    _deliver(EmailMessage(subject.strip(), body, to=[user.email]))


def _deliver(message):
    """Beside the answer, which so takes as long whether there is somebody to write to or not."""
    threading.Thread(target=_try, args=[message], name="mail").start()


def _try(message):
    try:
        message.send()
    except (OSError, SMTPException):
        logger.exception("A mail could not be sent: %s", message.subject)
