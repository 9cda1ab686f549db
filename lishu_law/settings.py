"""Django settings. One file; everything that differs between machines comes from the environment.

Law is never a setting: amounts, limits and names of organs are dated data (``lishu_law/law/data``).
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from lishu_law import env

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(env.text("LISHU_HOME", str(ROOT / ".lishu")))

DEBUG = env.flag("LISHU_DEBUG", default=False)
DEMO = env.flag("LISHU_DEMO", default=False)
DEMO_CLOCK_FILE = env.text("LISHU_DEMO_CLOCK", str(HOME / "demo-clock")) if DEMO else ""
SITE = env.text("LISHU_SITE", "both")  # both | staff | public: which addresses this process serves

SECRET_KEY = env.text("LISHU_SECRET_KEY")
FIELD_KEY = env.text("LISHU_FIELD_KEY")  # 32 bytes in hex: encrypts personal numbers at rest
# 32 bytes in hex, for the public site and the worker that releases ratings; empty on the staff's site (ADR 38).
RATING_KEY = env.text("LISHU_RATING_KEY", "")
# 32 bytes in hex: signs the register's checkpoints; the worker needs it. At a change the old one goes on beside it for
# thirty days as "hex@last day".
REGISTER_KEY = env.text("LISHU_REGISTER_KEY", "")
REGISTER_OLD_KEY = env.text("LISHU_REGISTER_OLD_KEY", "")
REGISTER_ORIGIN = env.text("LISHU_REGISTER_ORIGIN", "")  # the log's name for its whole life; else the public host
# A copy of every checkpoint outside the database, best on another machine: an older backup cannot pass for the present.
REGISTER_KEPT = Path(env.text("LISHU_REGISTER_KEPT", str(HOME / "register")))
# The organ's electronic seal: a PKCS#12 or PEM file outside the tree; only the worker needs it. The trial seal says so
# in its certificate and is for demonstration and tests.
SEAL_FILE = env.text("LISHU_SEAL_FILE", "")
SEAL_PASSWORD = env.text("LISHU_SEAL_PASSWORD", "")
SEAL_TRIAL = env.flag("LISHU_SEAL_TRIAL", default=False)
ALLOWED_HOSTS = env.text("LISHU_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_BASE_URL = env.text("LISHU_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# The path below which the proxy of another site shows this one ("/xzcf"); LISHU_PUBLIC_URL of the public site ends in it.
PREFIX = env.path_prefix("LISHU_PREFIX")
FORCE_SCRIPT_NAME = PREFIX or None
FRAME_PARENTS = env.origins("LISHU_FRAME_PARENTS")  # sites that may show the public pages in a frame of theirs
PROXIES = env.networks("LISHU_PROXIES")  # whose X-Forwarded-For is believed
BEHIND_TLS = env.flag("LISHU_TLS", default=False)
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("LISHU_TRUSTED_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "lishu_law.audit",
    "lishu_law.pdf",
    "lishu_law.registry",
    "lishu_law.documents",
    "lishu_law.access",
    "lishu_law.web",
    "cases",
    "inspections",
    "disclosure",
    "lishu_law.desk",
    "lishu_law.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lishu_law.web.middleware.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lishu_law.web.middleware.PolicyMiddleware",
    "lishu_law.web.errors.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lishu_law.urls"
WSGI_APPLICATION = "lishu_law.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lishu_law.web.context.page",
            ],
            "builtins": ["django.templatetags.static", "lishu_law.web.templatetags.components"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

DATABASES = {
    "default": {
        **env.database(env.text("DATABASE_URL")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1) if REDIS_URL.startswith("unix://") else REDIS_URL

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "sign-in"
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
# guardian.W001: object permissions are asked in one set-based query by lishu_law.access, never by user.has_perm.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# Five failures of one person at one address lock for 15 minutes (security.md §5, 身份鉴别).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "lishu_law.web.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Below a path the cookie belongs to that path, and a __Host- cookie cannot.
SESSION_COOKIE_PATH = f"{PREFIX}/"
SESSION_COOKIE_NAME = ("__Secure-sid" if PREFIX else "__Host-sid") if BEHIND_TLS else "sid"
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "lishu_law.web.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63072000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:", "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "lishu_law.web.uploads.handlers.CappedUploadHandler",
]
MEDIA_ROOT = Path(env.text("LISHU_MEDIA_ROOT", str(HOME / "media")))

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS: list[str] = []

STATIC_URL = "static/"
# The QR decoder of others, put there at set-up (lishu_law/launch/decoder.py); every page works without it.
DECODER = Path(env.text("LISHU_DECODER", str(HOME / "browser" / "node_modules" / "jsqr" / "dist")))
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [ROOT / "static"]
if DECODER.is_dir():
    STATICFILES_DIRS.append(("decoder", DECODER))
STATIC_ROOT = Path(env.text("LISHU_STATIC_ROOT", str(HOME / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FONT_DIR = env.text("LISHU_FONT_DIR", "")

FEED_URL = env.text("LISHU_FEED_URL", "")
FEED_APP = env.text("LISHU_FEED_APP", "LISHU-JT-01")
FEED_KEY_ID = env.text("LISHU_FEED_KEY_ID", "k1")
FEED_KEYS_FILE = env.text("LISHU_FEED_KEYS_FILE", "")  # more than one key; read again when it changes
FEED_SECRET = env.text("LISHU_FEED_SECRET", "")
FEED_SIGN_ALG = env.text("LISHU_FEED_SIGN_ALG", "HMAC-SHA256")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LISHU_LOG_LEVEL", "WARNING")},
}
