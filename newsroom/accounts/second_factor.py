"""The second factor: codes of an app on a phone (TOTP, RFC 6238), and recovery codes on paper.

Asked of whoever has set it up, and demanded of whoever holds one of `SECOND_FACTOR_RIGHTS`,
before any page of the desk. `SECOND_FACTOR` is off with DEBUG only.
"""

from __future__ import annotations

import secrets
from base64 import b32encode

import django_otp
import segno
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODES = 10
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another
KEY = "second_factor_key"  # in the session, until the phone has shown that it has it


def is_demanded(user) -> bool:
    return user.is_superuser or any(map(user.has_perm, settings.SECOND_FACTOR_RIGHTS))


def is_set_up(user) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_missing(request) -> bool:
    """Whether somebody with the right password has still to show the second factor."""
    user = request.user
    if not settings.SECOND_FACTOR or not user.is_authenticated or user.is_verified():
        return False
    return is_demanded(user) or is_set_up(user)


# Setting up


def new_key(session) -> str:
    """What phone and server are going to share, as hexadecimal. The same until it is used."""
    return session.setdefault(KEY, secrets.token_hex(20))


def as_letters(key: str) -> str:
    """For typing it in: groups of four."""
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def picture_of(user, key: str) -> str:
    """A QR code as SVG that stands in the page itself: nobody else gets to see the key."""
    address = TOTPDevice(user=user, key=key).config_url
    return segno.make(address, error="m").svg_inline(scale=4, border=4, light="#fff")


@transaction.atomic
def set_up(request, code: str) -> list[str] | None:
    """Take this phone instead of any other, if its code is right. The new recovery codes, which
    are shown this once; None for a wrong code."""
    device = TOTPDevice(user=request.user, name="phone", key=new_key(request.session))
    totp = TOTP(device.bin_key)
    if not (code.isdecimal() and totp.verify(int(code), tolerance=1)):
        return None
    take_away(request.user)
    device.last_t = totp.t()  # this code is used up
    device.save()
    del request.session[KEY]
    _let_in(request, device)
    return new_codes(request.user)


@transaction.atomic
def new_codes(user) -> list[str]:
    """Recovery codes instead of the old ones. Only digests of them are stored."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="paper")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=paper, token=_digest(user, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def take_away(user) -> None:
    """Phone and recovery codes. Every session that was let in by them is asked again."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()


# Asking


def accept(request, code: str) -> bool:
    """Let in whoever knows a code of the phone, or a recovery code. See `proves`."""
    device = _that_takes(request.user, code)
    if device:
        _let_in(request, device)
    return bool(device)


def proves(user, code: str) -> bool:
    """Whether this is a code of the phone, or a recovery code; it is used up by being asked.

    Each wrong one makes the next wait twice as long (`django_otp`'s throttle), on the row of the
    device and so for all processes.
    """
    return bool(_that_takes(user, code))


def _that_takes(user, code):
    code = code.strip().lower().replace("-", "").replace(" ", "")
    kind = TOTPDevice if code.isdecimal() and len(code) == 6 else StaticDevice
    token = code if kind is TOTPDevice else _digest(user, code)
    for device in kind.objects.filter(user=user, confirmed=True):
        if found := django_otp.verify_token(user, device.persistent_id, token):
            return found
    return None


def _let_in(request, device):
    request.session.cycle_key()  # who knew it before knows the password at most
    django_otp.login(request, device)


def _digest(user, code):
    return salted_hmac("newsroom.recovery", f"{user.pk}:{code}", algorithm="sha256").hexdigest()[
        :16
    ]
