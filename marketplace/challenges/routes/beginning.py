"""A draft is begun: empty, from a pattern, or as a copy of a challenge."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace.challenges import queries, services
from marketplace.challenges.forms import CopyForm, StartForm
from marketplace.challenges.models import Challenge
from marketplace.challenges.routes.blueprint import challenges
from marketplace.errors import Refused
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import agencies_of
from marketplace.pages import me, page, plain, see_other, status_of, url


@challenges.route("/challenges/new", methods=["GET", "POST"])
@auth_required("session")
def new() -> ResponseReturnValue:
    agencies, form = _own_agencies(), StartForm()
    form.agency.choices = _names(agencies)
    if form.validate_on_submit():
        challenge = _begin(form, agencies[form.agency.data])
        return see_other(url("challenges.edit", slug=challenge.slug))
    return page("challenges/new.html", form=form, status=status_of(form))


def _begin(form: StartForm, agency: Organisation) -> Challenge:
    title = form.title_vi.data or ""
    if form.pattern.data:
        return services.draft_from_pattern(form.pattern.data, actor=me(), agency=agency, title_vi=title)
    return services.draft_challenge(agency, actor=me(), title_vi=title)


@challenges.route("/challenges/<slug>/copies", methods=["GET", "POST"])
@auth_required("session")
def copy(slug: str) -> ResponseReturnValue:
    source, agencies = queries.get_challenge(slug, me()), _own_agencies()
    form = CopyForm(data={"agency": source.agency.slug, "title_vi": plain(source, "title")})
    form.agency.choices = _names(agencies)
    if form.validate_on_submit():
        agency, title = agencies[form.agency.data], form.title_vi.data or ""
        challenge = services.copy_challenge(source, actor=me(), agency=agency, title_vi=title)
        return see_other(url("challenges.edit", slug=challenge.slug))
    return page("challenges/copy.html", challenge=source, form=form, status=status_of(form))


def _own_agencies() -> Mapping[str, Organisation]:
    """By slug, the state bodies for which the reader writes; Refused where there is none."""
    agencies = {agency.slug: agency for agency in agencies_of(me())}
    if not agencies:
        raise Refused("writes for no agency")
    return agencies


def _names(agencies: Mapping[str, Organisation]) -> list[tuple[str, str]]:
    return [(slug, plain(agency, "name")) for slug, agency in agencies.items()]
