"""Changing what is published: prepared by one person, published with a number, told to everybody concerned."""

from datetime import datetime, timedelta
from typing import Any

from flask import current_app

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.services import prolong_seal
from marketplace.authority import require
from marketplace.challenges.amending import closing, editions
from marketplace.challenges.amending.events import AmendmentAsked, AmendmentDropped, AmendmentSaved, ChallengeAmended
from marketplace.challenges.amending.models import Amendment, ChallengeVersion
from marketplace.challenges.amending.policy import can_prepare_amendment, can_publish_amendment
from marketplace.challenges.amending.queries import next_number, prepared_amendment, versions_of
from marketplace.challenges.gate import gaps
from marketplace.challenges.models import Challenge
from marketplace.challenges.sections import stored
from marketplace.challenges.services import note_translations
from marketplace.challenges.stages import Stage
from marketplace.challenges.translating import translations_of
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, Refused, Unhappened, WrongStage
from marketplace.events import announce
from marketplace.meanwhile import must_be_unchanged


class WrongTime(Unhappened):
    """A time that the rules forbid; str() is "opened" (it is open already), "short", "past" or "questions"."""

    status = 422


class SecondPersonNeeded(Refused):
    """Less than 24 hours are left: whoever prepared a change does not publish it."""


def prepare_amendment(challenge: Challenge, *, actor: Person, edition: str | None = None, **changes: Any) -> Amendment:
    """Begin or go on with the one prepared change; `edition` and `changes` are what edit_challenge takes.

    Raises Refused for outsiders, WrongStage unless it is published and not yet closed, WrongTime, EditedMeanwhile.
    """
    require(can_prepare_amendment, actor, challenge)
    at = _hold_open(challenge)
    _check_times(challenge, changes, at)
    amendment = _held_or_new(challenge)
    now = editions.content_of(challenge)
    if edition is not None:
        says: Any = editions.Edition(challenge, now | amendment.after)
        must_be_unchanged(edition, stored(says, changes), changes)
    after = amendment.after | editions.plain(changes)
    amendment.after = {name: value for name, value in after.items() if not editions.says(now[name], value)}
    amendment.before = {name: now[name] for name in amendment.after}
    _saved(amendment, actor)
    return amendment


def _held_or_new(challenge: Challenge) -> Amendment:
    """The prepared change as it stands now, also where this request read it before somebody else saved."""
    amendment = prepared_amendment(challenge)
    if amendment is None:
        return Amendment(challenge=challenge, before={}, after={})
    hold(amendment)
    return amendment


def give_reason(amendment: Amendment, *, actor: Person, reason_vi: str | None, reason_en: str | None) -> None:
    """Say publicly why it changes. Raises Refused, WrongStage once it is published."""
    require(can_prepare_amendment, actor, amendment.challenge)
    _hold_prepared(amendment)
    amendment.reason_vi, amendment.reason_en = reason_vi, reason_en
    _saved(amendment, actor)


def drop_amendment(amendment: Amendment, *, actor: Person) -> None:
    """Give a prepared change up. Raises Refused, WrongStage once it is published."""
    require(can_prepare_amendment, actor, amendment.challenge)
    _hold_prepared(amendment)
    announce(AmendmentDropped(actor=actor, subject=amendment, facts={"changes": sorted(amendment.after)}))
    db.session.delete(amendment)
    db.session.flush()


def ask_second_person(amendment: Amendment, *, actor: Person) -> None:
    """Ask another manager, or the operator, to publish it. Raises Refused, WrongStage, NotReady if it is empty."""
    require(can_prepare_amendment, actor, amendment.challenge)
    _hold_open(amendment.challenge)
    _hold_prepared(amendment)
    _must_be_whole(amendment)
    amendment.asked_at = clock.now()
    announce(AmendmentAsked(actor=actor, subject=amendment))


def publish_amendment(amendment: Amendment, *, actor: Person) -> None:
    """Change the challenge for everybody from now on, under the next number.

    Raises Refused, SecondPersonNeeded, WrongStage after closing, Conflict if what it changes was changed meanwhile,
    NotReady naming what would be missing then, WrongTime.
    """
    require(can_publish_amendment, actor, amendment.challenge)
    challenge = amendment.challenge
    at = _hold_open(challenge)
    _hold_prepared(amendment)
    _must_be_whole(amendment)
    if editions.content_of(challenge) | amendment.before != editions.content_of(challenge):
        raise Conflict("the challenge says something else than when the change was prepared")
    _apply_minimum(amendment, at)
    closes_at = closing_after(amendment)
    if closing.needs_second_person(_closing(challenge), closes_at, at=at) and actor.id == amendment.prepared_by_id:
        raise SecondPersonNeeded(amendment.reference)
    if not can_prepare_amendment(actor, challenge) and amendment.asked_at is None:
        raise Refused("nobody asked the operator")
    put_in_force(amendment, actor=actor, at=at)


def put_in_force(amendment: Amendment, *, actor: Person, at: datetime) -> None:
    """Number it, change the challenge, keep both versions, prolong its seal; the challenge's row is held."""
    challenge = amendment.challenge
    _keep_first_version(challenge)
    times = {name: editions.read(Challenge, name, value) for name, value in amendment.after.items() if name in _TIMES}
    _check_times(challenge, times, at)
    translated = translations_of(challenge)
    editions.apply(amendment)
    note_translations(challenge, translated, actor=actor)
    _must_pass_gate(challenge, at)
    amendment.number, amendment.published_at, amendment.published_by = next_number(challenge), at, actor
    amendment.is_material = is_of_substance(amendment)
    db.session.add(amendment)
    db.session.flush()
    _keep_version(challenge, amendment=amendment, since=at)
    prolong_seal(challenge.reference, until=_sealed_until(challenge))
    facts = {"number": amendment.number, "changes": sorted(amendment.after), "material": amendment.is_material}
    db.session.expire(challenge, ["amendments"])
    announce(ChallengeAmended(actor=actor, subject=challenge, facts=facts, unsaid={"amendment": amendment}))


def closing_after(amendment: Amendment) -> datetime:
    """When the challenge closes once a prepared change is in force."""
    value = amendment.after.get("closes_at")
    return datetime.fromisoformat(value) if value else _closing(amendment.challenge)


def is_of_substance(amendment: Amendment) -> bool:
    """Whether it may change an answer, so that what was received before waits for a word of its owner."""
    language = amendment.challenge.original_language
    return closing.is_material(amendment.before, amendment.after, original_language=language)


def least_time_left() -> timedelta:
    """The setting: how much time a material change leaves at least."""
    return timedelta(days=current_app.config["AMENDMENT_DAYS"])


_TIMES = ("opens_at", "closes_at")  # what put_in_force reads back; questions were checked when they were prepared


def _apply_minimum(amendment: Amendment, at: datetime) -> None:
    """A material change leaves entrants the time that the setting promises."""
    challenge = amendment.challenge
    if not is_of_substance(amendment):
        return
    before = closing_after(amendment)
    after = closing.closing_after_change(before, at=at, least=least_time_left())
    if after != before:
        amendment.extended_by_rule = True
        amendment.before = amendment.before | {"closes_at": editions.plain(challenge.closes_at)}
        amendment.after = amendment.after | {"closes_at": editions.plain(after)}


def _check_times(challenge: Challenge, changes: dict[str, Any], at: datetime) -> None:
    before = _closing(challenge)
    opens_at: datetime = changes.get("opens_at", challenge.opens_at or challenge.published_at or at)
    closes_at: datetime = changes.get("closes_at", before)
    if "opens_at" in changes and opens_at != challenge.opens_at:
        if challenge.opens_at is None or challenge.opens_at <= at:
            raise WrongTime("opened")
        if opens_at < at:
            raise WrongTime("past")
    if closes_at <= max(opens_at, at):
        raise WrongTime("past")
    questions_end = changes.get(editions.QUESTIONS_END)
    if questions_end is not None and not at < questions_end <= closes_at:
        raise WrongTime("questions")
    if closing.shortens_too_much(before, closes_at, at=at):
        raise WrongTime("short")


def _must_pass_gate(challenge: Challenge, at: datetime) -> None:
    """The timetable has rules of its own here: what was published may be extended by less than a day."""
    missing = [gap for gap in gaps(challenge, at) if gap.name != "timetable"]
    if missing:
        raise NotReady(missing)


def _must_be_whole(amendment: Amendment) -> None:
    missing = [] if amendment.after else ["changes"]
    missing += [] if amendment.reason_vi or amendment.reason_en else ["reason"]
    if missing:
        raise NotReady(missing)


def _hold_open(challenge: Challenge) -> datetime:
    """Hold the challenge's row; answers the moment, or raises WrongStage unless it is published and not closed."""
    hold(challenge)
    at = clock.database_now()
    if challenge.stage != Stage.PUBLISHED or challenge.closes_at is None or at >= challenge.closes_at:
        raise WrongStage("only what is published and not yet closed can be amended")
    return at


def _hold_prepared(amendment: Amendment) -> None:
    hold(amendment)
    if amendment.number is not None:
        raise WrongStage("this amendment is published")


def _saved(amendment: Amendment, actor: Person) -> None:
    amendment.prepared_by, amendment.prepared_at, amendment.asked_at = actor, clock.now(), None
    db.session.add(amendment)
    db.session.flush()
    announce(AmendmentSaved(actor=actor, subject=amendment))


def _keep_first_version(challenge: Challenge) -> None:
    if not versions_of(challenge):
        _keep_version(challenge, amendment=None, since=challenge.published_at or challenge.created_at)


def _keep_version(challenge: Challenge, *, amendment: Amendment | None, since: datetime) -> None:
    number = len(versions_of(challenge)) + 1
    content = editions.content_of(challenge)
    db.session.add(
        ChallengeVersion(challenge=challenge, number=number, amendment=amendment, since=since, content=content)
    )
    db.session.flush()


def _closing(challenge: Challenge) -> datetime:
    if challenge.closes_at is None:
        raise WrongStage("it never closes")
    return challenge.closes_at


def _sealed_until(challenge: Challenge) -> datetime:
    return challenge.sealed_until or _closing(challenge)
