"""The page on which authors look after the translation of a challenge."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges import services, translating
from marketplace.challenges.routes.blueprint import challenges, own_draft
from marketplace.challenges.stages import TranslationWord
from marketplace.errors import NotFound
from marketplace.pages import flash_done, me, page, see_other, url


@challenges.route("/challenges/<slug>/translation", methods=["GET", "POST"])
@auth_required("session")
def translation(slug: str) -> ResponseReturnValue:
    challenge = own_draft(slug)
    if request.method == "POST":
        name, word = request.form.get("name", ""), request.form.get("word", "")
        if word not in set(TranslationWord):
            raise NotFound(word)
        services.check_translation(challenge, actor=me(), name=name, word=TranslationWord(word))
        flash_done(_("Noted."))
        return see_other(url("challenges.translation", slug=slug))
    fields = translating.bilingual_of(challenge)
    rows = [(name, fields[name], state) for name, state in translating.states(challenge).items()]
    return page("challenges/translation.html", challenge=challenge, rows=rows)
