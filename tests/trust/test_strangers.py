"""Who has no business with a thing can neither change it nor see it: every address of the map, by rule."""

import pytest

from tests.trust.crowd import Sent
from tests.trust.dealing import dealt, most

pytestmark = pytest.mark.once

# Anybody may send these: they are the ways in, and out.
PUBLIC_POSTS = {
    "accounts.first_operator",
    "demo.enter",
    # whoever holds the link from a digest ends its reader's digests, and nothing else
    "one_click.end_by_mail_program",
    "watching.end_digests",
    "security.confirm_email",
    "security.forgot_password",
    "security.login",
    "security.logout",
    # whoever holds the link from the letter is the author
    "solutions.certify_authorship",
    "solutions.object_to_authorship",
    "security.register",
    "security.reset_password",
    "security.send_confirmation",
    "choosing.stop",
    "following.ask",
    "following.confirm",
    "following.end",
    "following_one_click.end_by_mail_program",
    "second_factor.step",
    "passkeys.second_step",
    "passkeys.sign_in",
    "moderating.report",
    "solutions.verify_receipt",
}
# Anybody signed in may send these: they are about oneself, or begin something of one's own.
OWN_POSTS = {
    "briefings.join",
    "briefings.leave",
    "rooms.accept",
    "accounts.end_other_sessions",
    "accounts.profile",
    "accounts.prove",
    "challenges.new",
    "experts.edit",
    "experts.note_supervision",
    "matching.judge",
    "watching.keep_challenge",
    "watching.keep_organisation",
    "watching.save_search",
    "watching.set_digests",
    "organisations.new",
    # whoever holds number and code of a receipt brought the paper
    "paper.take_over",
    "passkeys.add",
    "passkeys.prove",
    "questions.ask",
    "questions.follow",
    "questions.unfollow",
    "second_factor.begin",
    "second_factor.confirm",
    "second_factor.make_recovery_codes",
    "second_factor.remove",
    "channels.ask",
    "channels.choose",
    "channels.confirm",
    "channels.remove",
    "choosing.choose",
    "terms.accept",
    "terms.choose",
    "security.change_password",
    "standing.claim",
}
PUBLIC_PAGES = {
    "briefings.show",
    # open files; what is confidential answers nobody who has not undertaken to keep it so (test_data_room)
    "rooms.file",
    "rooms.show",
    "audit.checkpoint",
    "audit.checkpoints",
    "audit.consistency",
    "accounts.check_letters",
    "accounts.first_operator",
    "amendments.index",
    "amendments.show",
    "amendments.version",
    "challenges.check_eligibility",
    "challenges.index",
    "challenges.show",
    "defence.timetable",
    # with agencies alone or nobody as its readers it is not there (test_experts)
    "experts.index",
    "experts.show",
    "demo.index",
    "documents.verify",
    "entry_form.show",
    "home.health",
    "home.index",
    "judging.draw_document",
    "judging.rules",
    "judging.rules_document",
    "organisations.glossary",
    "organisations.index",
    "organisations.invitation",
    "organisations.show",
    "outages.index",
    "questions.index",
    "security.confirm_email",
    "security.forgot_password",
    "security.login",
    "security.register",
    "security.reset_password",
    "security.send_confirmation",
    "introductions.figures",
    "watching.digest",
    "introductions.figures_as_csv",
    "second_factor.step",
    "matching.quality",
    "moderating.report",
    "search.index",
    "showcase.bundle",
    "showcase.index",
    "showcase.ranking",
    "showcase.show",
    "solutions.authorship",
    "solutions.coeditor_invitation",
    "solutions.look_up",
    "solutions.receipt",
    "static",
    "choosing.stop",
    "following.ask",
    "following.show",
    "terms.show_privacy",
    "terms.show_terms",
}
# Pages that everybody signed in has: about themselves, and partners for public challenges.
OWN_PAGES = {
    "teaming.index",
    "paper.take_over",
    "standing.claim",
    "accounts.profile",
    "accounts.prove",
    "accounts.sessions",
    "accounts.show",
    "experts.edit",
    "accounts.stay",
    "passkeys.index",
    "second_factor.recovery_codes",
    "second_factor.show",
    "channels.show",
    "choosing.letters",
    "terms.consents",
    "home.work",
    "introductions.index",
    "watching.index",
    "judging.queue",
    "fees.own",
    "matching.exposure_audit",
    "matching.index",
    "organisations.new",
    "security.change_password",
    "solutions.index",
}
# The outsider, who speaks for another agency and another organisation, may begin these in their names.
BEGINNINGS = {"standing.claim", "challenges.new", "challenges.copy", "introductions.new", "solutions.new"}
HIDDEN = ("empty", "draft", "hosted", "in_review")
# How many things of a kind they try: to the outsider every stage may look different.
OTHERS = {"stranger": most(2), "outsider": most(4)}
ALLOWED = {"visitor": set(), "stranger": OWN_PAGES, "outsider": OWN_PAGES | BEGINNINGS}


def sends_nothing_through(answer, *, signed_in):
    """Whether the answer is a refusal that tells nothing: the way to sign-in, 401, 403 or 404."""
    to_sign_in = answer.status in {302, 303} and answer.location.startswith("/sign-in")
    return answer.status in {403, 404} or (not signed_in and (answer.status == 401 or to_sign_in))


def fields_for(town, path):
    """What somebody who sees the form would send there."""
    return next((form.fields for form in town.forms if form.action == path), [])


@pytest.mark.feature("N8")
def test_nobody_who_is_not_signed_in_can_send_anything_but_what_is_public(town):
    let_through = []
    for endpoint, rule in town.rules("POST"):
        for path in town.addresses(rule, most=most(1)) if endpoint not in PUBLIC_POSTS else []:
            answer = town.crowd.post("visitor", path, fields_for(town, path))
            if not sends_nothing_through(answer, signed_in=False):
                let_through.append(str(answer))
            if changed := town.before.changes():
                let_through.append(f"{answer} changed {sorted(changed)}")
                town.before.go_back(changed)

    assert let_through == [], "\n".join(let_through)


@pytest.mark.feature("T-041", "T-050", "T-069", "T-098", "T-105")
@pytest.mark.parametrize("role", OTHERS)
def test_nobody_can_change_what_is_somebody_elses(town, role):
    let_through = []
    for endpoint, rule in town.rules("POST"):
        free = PUBLIC_POSTS | OWN_POSTS | (BEGINNINGS if role == "outsider" else set())
        for path in town.addresses(rule, most=OTHERS[role]) if endpoint not in free else []:
            answer = town.crowd.post(role, path, fields_for(town, path))
            if not sends_nothing_through(answer, signed_in=True):
                let_through.append(str(answer))
            if changed := town.before.changes():
                let_through.append(f"{answer} changed {sorted(changed)}")
                town.before.go_back(changed)

    assert let_through == [], "\n".join(let_through)


@pytest.mark.feature("T-001")
def test_nothing_is_changed_by_a_form_without_a_token(town):
    let_through = []
    for form in dealt(town.forms, 2):
        fields = [(name, value) for name, value in form.fields if name != "csrf_token"]
        answer = town.crowd.ask(form.role, "POST", form.action, sent=Sent(fields))
        if answer.status not in {400, 403} or town.before.changes():
            let_through.append(str(answer))
            town.before.go_back()

    assert let_through == [], "\n".join(let_through)


@pytest.mark.feature("T-054", "T-069", "T-098", "T-111")
@pytest.mark.parametrize("role", ["visitor", *OTHERS])
def test_nobody_sees_what_is_not_theirs(town, role):
    shown = []
    for endpoint, rule in town.rules("GET"):
        if endpoint not in PUBLIC_PAGES | ALLOWED[role]:
            paths = town.addresses(rule, most=OTHERS.get(role, 3))
            answers = [town.crowd.get(role, path) for path in paths]
            shown += [str(each) for each in answers if not sends_nothing_through(each, signed_in=role != "visitor")]

    assert shown == [], "\n".join(shown)


@pytest.mark.feature("T-022", "T-054")
@pytest.mark.parametrize("role", ["visitor", *OTHERS])
def test_a_hidden_challenge_is_not_there_at_any_public_address(town, role):
    shown = []
    for endpoint, rule in town.rules("GET"):
        if endpoint in PUBLIC_PAGES and rule.endswith("<slug>") and not rule.startswith("/organisations"):
            paths = [rule.replace("<slug>", town.slugs[name]) for name in HIDDEN]
            shown += [str(answer) for path in paths if (answer := town.crowd.get(role, path)).status != 404]

    assert shown == [], "\n".join(shown)
