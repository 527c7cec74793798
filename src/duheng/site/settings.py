"""Django's settings for a workspace: plain values, computed from the folder and its `duheng.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duheng import catalog
from duheng.errors import WorkspaceError
from duheng.site import database, upgrade
from duheng.site.workspace import Workspace

_HERE = Path(__file__).parent


def settings_for(workspace: Workspace) -> dict[str, Any]:
    """All of Django's settings for `workspace`."""
    return {
        "WORKSPACE": workspace,
        "SECRET_KEY": workspace.secret(),
        "ALLOWED_HOSTS": list(workspace.hosts),
        "DEBUG": False,
        "DATABASES": {"default": database.settings_for(workspace)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ROOT_URLCONF": "duheng.site.urls",
        "INSTALLED_APPS": _APPS,
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": [_TEMPLATES],
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [_HERE / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_MAX_AGE": 86400,
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        "JOBS": {"import": "duheng.site.jobs.imports.run", "allocate": "duheng.site.jobs.allocations.run"},
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 8 << 20,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,  # a division of tasks has three fields a row
        "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
        "LOGGING": _LOGGING,
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Shanghai",
        "USE_I18N": True,
        "LANGUAGE_CODE": "zh-hans",
        "LANGUAGES": [("zh-hans", "中文"), ("en", "English")],
        "LOCALE_PATHS": [_HERE / "locale"],
        **_security(workspace),
    }


def configure(workspace: Workspace, **overrides: Any) -> None:
    """Set Django up for `workspace`; once per process."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(**(settings_for(workspace) | overrides))
        django.setup()


def prepare(workspace: Workspace) -> None:
    """Set Django up and bring the database to the newest form; cheap when nothing is to be done."""
    _check_rule(workspace)
    configure(workspace)
    database.reach(workspace)
    upgrade.run(workspace)


def _check_rule(workspace: Workspace) -> None:
    """A rule set for lights that nobody declared is told when the workspace is opened, not on a page."""
    known = catalog.load("light_rules", overlay=workspace.catalog)
    for key, rule in (("rule", workspace.rule), ("projects", workspace.project_rule)):
        if rule not in known:
            raise WorkspaceError(
                folder=workspace.folder / "duheng.toml",
                reason=f"[watch] {key} “{rule}” is unknown; use one of {', '.join(known)}.",
                reason_zh=f"[watch] 中 {key} 的规则“{rule}”不存在，可用：{'、'.join(known)}。",
            )


def _security(workspace: Workspace) -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "records.Person",
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}],
        "LOGIN_URL": "sign-in",
        "LOGIN_REDIRECT_URL": "overview",
        "AXES_FAILURE_LIMIT": 8,
        "AXES_USERNAME_FORM_FIELD": "username",  # what `authenticate` is given; by another name no try would count
        "AXES_COOLOFF_TIME": 0.25,  # hours
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_LOCKOUT_TEMPLATE": "locked.html",
        "AXES_VERBOSE": False,
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": _CSP},
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "AXES_CLIENT_IP_CALLABLE": "duheng.site.pages.caller.address",
        "SECURE_HSTS_SECONDS": workspace.hsts if workspace.https else 0,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if workspace.https else None,
        "SESSION_COOKIE_SECURE": workspace.https,
        "CSRF_COOKIE_SECURE": workspace.https,
        "CSRF_FAILURE_VIEW": "duheng.site.pages.failures.csrf",
        "CSRF_TRUSTED_ORIGINS": [f"https://{host}" for host in workspace.hosts] if workspace.https else [],
        "X_FRAME_OPTIONS": "DENY",
    }


_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],  # Tabler's stylesheet carries its small pictures as data
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}
_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "duheng.site.records",
]
_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "duheng.site.pages.door.Door",
    "axes.middleware.AxesMiddleware",
]
_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [_HERE / "templates"],
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages",
            "duheng.site.pages.frame.frame",
        ],
        "builtins": [
            "django.templatetags.i18n",
            "django.templatetags.static",
            "duheng.site.pages.marks",
            "duheng.site.pages.pool_marks",
            "duheng.site.pages.pool_project_marks",
            "duheng.site.pages.fund_marks",
        ],
    },
}
_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # a wrong address is the caller's mistake
        "django_tasks_db": {"level": "ERROR"},
        "django_tasks": {"level": "ERROR"},
        "axes": {"level": "ERROR"},
    },
}
