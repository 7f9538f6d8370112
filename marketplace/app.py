"""create_app: the one module that knows every package."""

import os
import secrets
from dataclasses import asdict
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, Response, abort, current_app, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import Babel
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace import db, failures, formats, labels, pages
from marketplace.accounts import sign_in
from marketplace.accounts.moderating.routes import moderating
from marketplace.accounts.openid.routes import openid
from marketplace.accounts.operating.routes import room
from marketplace.accounts.passkeys.routes import passkeys
from marketplace.accounts.routes import accounts
from marketplace.accounts.second_factor import listeners as _idle_sessions  # noqa: F401
from marketplace.accounts.second_factor.routes import second_factor
from marketplace.accounts.seeing.routes import seeing
from marketplace.accounts.terms import listeners as _terms_listeners  # noqa: F401
from marketplace.accounts.terms.routes import terms
from marketplace.audit import listeners as _journal  # noqa: F401 - listeners register themselves when imported
from marketplace.audit.routes import audit
from marketplace.challenges import listeners as _challenge_listeners  # noqa: F401
from marketplace.challenges.amending.routes import amendments, form_amending, outages
from marketplace.challenges.asking import listeners as _public_questions  # noqa: F401
from marketplace.challenges.asking.routes import questions
from marketplace.challenges.briefings import listeners as _briefing_texts  # noqa: F401
from marketplace.challenges.briefings.routes import briefings
from marketplace.challenges.entry_form import listeners as _form_listeners  # noqa: F401
from marketplace.challenges.entry_form.routes import entry_form
from marketplace.challenges.rooms.routes import rooms
from marketplace.challenges.routes import challenges
from marketplace.cli import add_commands
from marketplace.demo.routes import demo
from marketplace.home.routes import home
from marketplace.hosts import answers_to
from marketplace.judging import listeners as _judging_listeners  # noqa: F401
from marketplace.judging.appealing.routes import appealing
from marketplace.judging.committee.routes import committee
from marketplace.judging.defence import listeners as _defence_listeners  # noqa: F401
from marketplace.judging.defence.routes import defence
from marketplace.judging.documents.routes import documents
from marketplace.judging.fees.routes import fees
from marketplace.judging.inviting import listeners as _inviting_listeners  # noqa: F401
from marketplace.judging.inviting.routes import inviting
from marketplace.judging.pairing.routes import pairing
from marketplace.judging.routes import judging
from marketplace.judging.tiers.routes import tiers
from marketplace.matching import listeners as _matching_listeners  # noqa: F401
from marketplace.matching.introductions.routes import introductions
from marketplace.matching.meetings.routes import meetings
from marketplace.matching.routes import matching
from marketplace.matching.teaming.routes import teaming
from marketplace.notifications import listeners as _letters  # noqa: F401
from marketplace.notifications import reminders as _reminders  # noqa: F401
from marketplace.notifications.broadcasting.routes import broadcasting
from marketplace.notifications.channels.routes import channels
from marketplace.notifications.choosing.routes import choosing, stop
from marketplace.notifications.following.routes import following, following_one_click
from marketplace.notifications.listeners import accounts as _account_letters  # noqa: F401
from marketplace.notifications.listeners import briefings as _briefing_letters  # noqa: F401
from marketplace.notifications.listeners import hearings as _hearing_letters  # noqa: F401
from marketplace.notifications.listeners import introductions as _introduction_letters  # noqa: F401
from marketplace.notifications.listeners import moderating as _moderating_letters  # noqa: F401
from marketplace.notifications.listeners import open_challenges as _open_letters  # noqa: F401
from marketplace.notifications.listeners import results as _result_letters  # noqa: F401
from marketplace.notifications.post import SecurityMail
from marketplace.notifications.routes import notifications
from marketplace.notifications.watching.routes import one_click, watching
from marketplace.organisations import listeners as _organisation_listeners  # noqa: F401
from marketplace.organisations.experts import listeners as _expert_texts  # noqa: F401
from marketplace.organisations.experts.routes import experts
from marketplace.organisations.importing.routes import importing
from marketplace.organisations.importing.services import bringing as _bringing  # noqa: F401
from marketplace.organisations.importing.services import undoing as _undoing  # noqa: F401
from marketplace.organisations.routes import organisations
from marketplace.organisations.routes.faces import faces
from marketplace.organisations.standing import listeners as _standing_listeners  # noqa: F401
from marketplace.organisations.standing.routes import standing
from marketplace.organisations.standing.routes.operating import operating
from marketplace.search.routes import search
from marketplace.settings import Settings, read_settings
from marketplace.showcase import listeners as _showcase_listeners  # noqa: F401
from marketplace.showcase.routes import showcase
from marketplace.solutions.clarifying.routes import clarifying
from marketplace.solutions.comparing import listeners as _comparing_listeners  # noqa: F401
from marketplace.solutions.confirming.routes import confirming
from marketplace.solutions.early.routes import early
from marketplace.solutions.late.routes import late
from marketplace.solutions.numbers.routes import numbers
from marketplace.solutions.paper.routes import paper
from marketplace.solutions.routes import solutions

ROOT = Path(__file__).resolve().parent.parent
BLUEPRINTS = (
    home,
    accounts,
    second_factor,
    passkeys,
    openid,
    moderating,
    room,
    seeing,
    terms,
    organisations,
    faces,
    experts,
    importing,
    standing,
    operating,
    challenges,
    questions,
    amendments,
    form_amending,
    entry_form,
    rooms,
    briefings,
    outages,
    solutions,
    confirming,
    late,
    early,
    clarifying,
    numbers,
    paper,
    matching,
    teaming,
    introductions,
    meetings,
    judging,
    committee,
    inviting,
    fees,
    tiers,
    appealing,
    defence,
    pairing,
    documents,
    showcase,
    notifications,
    broadcasting,
    channels,
    watching,
    one_click,
    choosing,
    following,
    following_one_click,
    audit,
    search,
)
csrf = CSRFProtect()
babel = Babel()


class PageSessions(SecureCookieSessionInterface):
    """Sessions belong to pages. A style or a font that varied by cookie would be fetched anew after every sign-in."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static":
            super().save_session(app, session, response)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole site with these settings, or with those of the environment."""
    settings = settings or read_settings(os.environ)
    app = Flask(__name__, root_path=str(ROOT), static_folder="static", template_folder="templates")
    app.session_interface = PageSessions()
    _configure(app, settings)
    _before_and_after(app)
    db.bind_to(app)
    csrf.init_app(app)
    csrf.exempt(one_click)
    csrf.exempt(following_one_click)
    csrf.exempt(stop)  # it looks itself, but for the one click of mail programs
    babel.init_app(app, locale_selector=pages.language, default_translation_directories=str(ROOT / "translations"))
    sign_in.bind_to(app, mail_util=SecurityMail)
    pages.bind_to(app)
    formats.bind_to(app)
    labels.bind_to(app)
    failures.bind_to(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    add_commands(app)
    if settings.demo:
        app.register_blueprint(demo)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update({name.upper(): value for name, value in asdict(settings).items()})
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.kept_secret_key(),
        SIGNING_SEED=settings.kept_signing_key(),
        MASTER_KEY_BYTES=settings.kept_master_key(),
        SQLALCHEMY_DATABASE_URI=settings.database_address,
        FILES_FOLDER=str(settings.folder / "files"),
        UPLOAD_LIMIT_BYTES=settings.upload_limit_mb * 1_000_000,
        MAX_CONTENT_LENGTH=4 * settings.upload_limit_mb * 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=500,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="vi",
        BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh",
        SECURITY_I18N_DIRNAME=["builtin", str(ROOT / "translations")],
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.autoescape = True
    settings.folder.mkdir(parents=True, exist_ok=True)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


@cache
def _words_of_forms(language: str) -> NullTranslations:
    """WTForms' own messages: it ships no Vietnamese, so the catalogue is ours."""
    return Translations.load(str(ROOT / "translations"), [language], "wtforms")


def _before_and_after(app: Flask) -> None:
    @app.before_request
    def begin() -> Response | None:
        g.request_id = secrets.token_hex(6)
        request.wtforms_translations = _words_of_forms(pages.language())  # type: ignore[attr-defined]
        g.reads_only = request.method in {"GET", "HEAD", "OPTIONS"}
        if _is_for_another_site():
            return failures.answer(421)
        _refuse_zeros()
        if not g.reads_only:
            len(request.form)  # the body is read before the first statement takes the write lock
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        if g.get("form_refused") and response.status_code == 200:
            response.status_code = 422
        # asked before the transaction ends: afterwards whoever is signed in would be read once more
        is_private = _is_private(response)
        db.end_transaction(response.status_code)
        return _with_headers(response, is_private=is_private)

    @app.context_processor
    def settings_for_templates() -> dict[str, object]:
        return {
            "site_name": app.config["SITE_NAME"],
            "help_phone": app.config["HELP_PHONE"],
            "help_email": app.config["HELP_EMAIL"],
            "demo_mode": app.config["DEMO"],
        }


def _refuse_zeros() -> None:
    if "\0" in request.path:
        abort(404)  # PostgreSQL has no such text, so nothing can have this address
    if b"%00" in request.query_string:
        abort(400)  # and nothing can be asked for by it


def _is_for_another_site() -> bool:
    """Whether the request names another host; whoever asks if the site runs may do so by its number."""
    return not answers_to(current_app.config["BASE_URL"], request.host) and request.endpoint != "home.health"


def _is_private(response: Response) -> bool:
    """Whether only this reader may keep it. After a fault nobody is looked up: the database may be what failed."""
    if request.endpoint == "static":
        return False
    return response.status_code >= 500 or current_user.is_authenticated


def _with_headers(response: Response, *, is_private: bool) -> Response:
    headers = response.headers
    headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    )
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("X-Frame-Options", "DENY")
    if request.endpoint == "static":
        headers["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
        return response
    response.vary.add("Cookie")
    if is_private:
        headers["Cache-Control"] = "no-store, private"
    return response
