"""Settings, all of them, from the environment or an ignored `.env` beside manage.py.

docs/settings.md explains each. With DEBUG off and anything unsafe nothing starts; the message
says what to set."""

import importlib.util
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import DEFAULT_MENU_GROUPS, html_tags
from js_asset import static_lazy

from newsroom import environment, logs
from newsroom.environment import SettingError

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.Environment(BASE_DIR / ".env")
problems: list[str] = []


def ask(read, *args, otherwise):
    """The answer, or, with a note for the message at the end, what to go on with."""
    try:
        return read(*args)
    except SettingError as error:
        problems.append(str(error))
        return otherwise


# --- Who we are

DEBUG = ask(env.flag, "DEBUG", False, otherwise=False)
HTTPS = ask(env.flag, "HTTPS", not DEBUG, otherwise=True)
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
SITE_NAME = env.text("SITE_NAME", "Newsroom")
SITE_ABOUT = env.text("SITE_ABOUT")  # in the foot of readers' pages
LAPTOP = f"http://127.0.0.1:{env.text('PORT', '8000')}"  # where `make demo` serves
SITE_URL = env.text("SITE_URL", LAPTOP if DEBUG else "").rstrip("/")
ADMIN_PATH = env.text("ADMIN_PATH", "admin/").strip("/") + "/"
TRUSTED_PROXIES = ask(env.number, "TRUSTED_PROXIES", 0, otherwise=0)
SITE_ID = 1
# How the proxy in front puts the recent stories into pages; nothing: they are in them already.
FRAGMENTS = env.text("FRAGMENTS")
# Who tells the readers of our feeds that something is new, see docs/machines.md; nothing: nobody.
WEBSUB_HUB = env.text("WEBSUB_HUB")
# Whom to write to about a weakness of the site; nothing: there is no /.well-known/security.txt.
SECURITY_CONTACT = env.text("SECURITY_CONTACT")

LANGUAGE_CODE = env.text("LANGUAGE_CODE", "en")
TIME_ZONE = env.text("TIME_ZONE", "UTC")
USE_TZ = USE_I18N = True
FORMAT_MODULE_PATH = ["newsroom.formats"]

# --- What is in it

INSTALLED_APPS = [
    "articles",
    "content_editor",
    "django_prose_editor",
    "js_asset",
    "imagefield",
    "tree_queries",
    "django_filters",
    "axes",
    "csp",
    "django_otp",
    *("django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"),
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.redirects",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

# Nothing here sets a cookie for a reader: session, token and messages are written only when
# touched, and only staff pages touch them.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "newsroom.middleware.admin_policy",
    # On a laptop `runserver` serves static files itself, unhashed, from where they are written.
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.accounts.sessions.ends_in_time",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "articles.middleware.places",
    "articles.middleware.redirects",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEST_RUNNER = "articles.tests.runner.NewsroomRunner"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context.site",
            ],
        },
    },
]

# --- Where things are kept

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def database(name, default=""):
    url = env.url(name, default, "sqlite postgres postgresql")
    return environment.database(url, BASE_DIR)


DEFAULT_DATABASE = ask(database, "DATABASE_URL", "sqlite:///newsroom.sqlite3", otherwise={})
DATABASES = {"default": DEFAULT_DATABASE}
if env.text("DATABASE_REPLICA_URL"):
    replica = ask(database, "DATABASE_REPLICA_URL", otherwise={})
    DATABASES["replica"] = {**replica, "TEST": {"MIRROR": "default"}}

CACHES = {
    "default": ask(
        lambda: environment.cache(env.url("CACHE_URL", "locmem://", "locmem redis rediss")),
        otherwise={},
    )
}

MEDIA_URL = env.text("MEDIA_URL", "/media/").rstrip("/") + "/"
MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT", "media")
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "newsroom.storage.WholeFiles"},
    # Hashed names may be cached for ever; they need `manage.py collectstatic` once a release.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if AWS_STORAGE_BUCKET_NAME := env.text("AWS_STORAGE_BUCKET_NAME"):
    if importlib.util.find_spec("storages") is None:
        problems.append(
            "AWS_STORAGE_BUCKET_NAME is set and django-storages is not installed. "
            "Install it with: pip install 'django-storages[s3]'."
        )
    STORAGES["default"] = environment.bucket(
        AWS_STORAGE_BUCKET_NAME,
        access_key=env.text("AWS_ACCESS_KEY_ID"),
        secret_key=env.text("AWS_SECRET_ACCESS_KEY"),
        endpoint_url=env.text("AWS_S3_ENDPOINT_URL"),
        region_name=env.text("AWS_S3_REGION_NAME"),
        custom_domain=urlsplit(MEDIA_URL).netloc,
    )

# A long story's form has twelve fields a block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# What the editor learns from us; the module also replaces its Link by one without a title.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy("articles/admin/keep.js")], "extensions": {"Direction": html_tags([])}},
    {"js": [static_lazy("articles/admin/insert.js")], "extensions": {"Desk": html_tags([])}},
]
DJANGO_PROSE_EDITOR_MENU_GROUPS = [*DEFAULT_MENU_GROUPS, {"group": "insertHere"}]
# Two levels of folders: one level is thousands of files in each at 100,000 pictures.
IMAGEFIELD_BIN_DEPTH = 2
IMAGEFIELD_AUTOGENERATE = True

# --- Who may come in

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())  # without a request
SESSION_LONGEST = int(timedelta(days=7).total_seconds())
# On a laptop, and for `make demo`, a password is enough.
SECOND_FACTOR = not DEBUG
SECOND_FACTOR_RIGHTS = (
    "articles.publish_article articles.withdraw_article articles.redact_article"
    " articles.publish_front auth.add_user auth.change_user auth.add_group auth.change_group"
).split()
OTP_TOTP_ISSUER = SITE_NAME
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())  # an invitation, over a week-end

AXES_VERBOSE = False
AXES_FAILURE_LIMIT = 10
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_COOLOFF_TIME = timedelta(minutes=15)
# Otherwise whoever goes on knocking keeps a whole newsroom behind one address locked out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "newsroom.middleware.client_ip"

# --- What browsers are told

media_host = [f"{urlsplit(MEDIA_URL).scheme}://{urlsplit(MEDIA_URL).netloc}"]
MEDIA_SOURCES = [SELF, *(media_host if urlsplit(MEDIA_URL).netloc else [])]
EMBED_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": MEDIA_SOURCES,
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": MEDIA_SOURCES,
        "frame-src": EMBED_HOSTS,
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# The editor needs an import map (nonce), sets styles, and shows pictures before they are uploaded.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [*MEDIA_SOURCES, "data:", "blob:"],
    "frame-src": [SELF, *EMBED_HOSTS],
    "frame-ancestors": [SELF],
}
REFUSED = "accelerometer camera geolocation gyroscope microphone payment usb".split()
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in REFUSED)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = ask(env.number, "HSTS_SECONDS", 3600, otherwise=3600) if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = False  # the admin's own scripts read it
if HTTPS and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# HSTS for every subdomain, and for ever in the browsers' preload list: the owner of the whole
# domain decides that, not one site under it. Their proxy can add both.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# --- Mail and log

here = "console://" if DEBUG else "smtp://localhost"
if mail := ask(env.url, "EMAIL_URL", here, "console smtp smtp+tls smtp+ssl", otherwise=None):
    globals().update(environment.email(mail))
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"newsroom@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
LOGGING = logs.to_stderr(LOG_LEVEL)

# --- Safe, or not at all

if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"):
    problems.append(f"LOG_LEVEL is {LOG_LEVEL!r}. Write DEBUG, INFO, WARNING, ERROR or CRITICAL.")
if FRAGMENTS not in ("", "ssi", "esi"):
    problems.append(f"FRAGMENTS is {FRAGMENTS!r}. Write ssi or esi, or leave it out.")
if WEBSUB_HUB and not environment.is_web_address(WEBSUB_HUB):
    problems.append(f"WEBSUB_HUB is {WEBSUB_HUB!r}. Write the address of a hub, with https://.")
if SECURITY_CONTACT and not SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    problems.append(
        f"SECURITY_CONTACT is {SECURITY_CONTACT!r}. Write mailto: and an address, or https://."
    )
if TIME_ZONE not in available_timezones():
    problems.append(f"TIME_ZONE is {TIME_ZONE!r}, not a time zone. Write one like Europe/Paris.")
if ADMIN_PATH == "/":
    problems.append("ADMIN_PATH must name a path, such as admin/.")
if not SECRET_KEY:
    problems.append("SECRET_KEY is not set. `make setup` writes one into .env.")
elif not DEBUG:
    problems.extend(environment.unsafe(SECRET_KEY, ALLOWED_HOSTS, SITE_URL, https=HTTPS))
if problems:
    raise ImproperlyConfigured(
        "The newsroom does not start with these settings (environment or .env):\n- "
        + "\n- ".join(problems)
    )
