"""Rows come in, a batch at a time; each batch is one transaction, so that others write between them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from marketplace import clock
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.organisations.experts.models import Affiliation, Expert, ExpertEvidence, Supervision
from marketplace.organisations.experts.services import index_expert
from marketplace.organisations.experts.stages import Expertise, Readers, Supervised
from marketplace.organisations.importing.columns import house_of
from marketplace.organisations.importing.events import OrganisationsImported
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.importing.prints import print_of
from marketplace.organisations.importing.queries import next_rows
from marketplace.organisations.importing.stages import ACTED_UPON, Outcome, Stage, What
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.naming import free_slugs, index_names, thing_of
from marketplace.organisations.queries import organisation_named
from marketplace.organisations.stages import Claim, EvidenceKind, Helix, Kind
from marketplace.search import services as search

BATCH = 500


@job("import_rows")
def import_rows(run_id: int) -> None:
    """Let the next rows come in, and leave the rest for the next job."""
    run = db.session.get_one(ImportRun, run_id)
    hold(run)
    if run.stage != Stage.IMPORTING:
        return
    rows = next_rows(run, ACTED_UPON, most=BATCH)
    if not rows:
        run.move("finish")
        run.imported_at = clock.now()
        return
    (_bring_organisations if run.what == What.ORGANISATIONS else _bring_experts)(run, rows)
    run.done_count += len(rows)
    db.session.flush()
    added = sum(row.outcome == Outcome.ADDED for row in rows)
    facts = {"rows": [rows[0].number, rows[-1].number], "added": added}
    announce(OrganisationsImported(actor=run.brought_by, subject=run, facts=facts))
    enqueue("import_rows", key=f"{run.reference}:{run.done_count}", run_id=run.id)


def _bring_organisations(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    new = _without_known([row for row in rows if row.outcome == Outcome.NEW])
    slugs = free_slugs([row.title for row in new])
    made = [_organisation(run, row.content["columns"], slug) for row, slug in zip(new, slugs, strict=True)]
    db.session.add_all(made)
    db.session.flush()
    for row, organisation in zip(new, made, strict=True):
        row.organisation_id, row.fingerprint, row.outcome = organisation.id, print_of(organisation), Outcome.ADDED
    touched = {each.id: each for each in made} | _bring_lines(run, rows)
    search.put_all([thing_of(each) for each in touched.values()])


def _organisation(run: ImportRun, columns: dict[str, Any], slug: str) -> Organisation:
    kind = Kind(columns["kind"])
    told = {name: value for name, value in columns.items() if name != "kind"}
    organisation = Organisation(kind=kind, helix=Helix(house_of(kind)), created_at=clock.now(), slug=slug, **told)
    organisation.source, organisation.lines = _source(run), []
    index_names(organisation)
    return organisation


def _source(run: ImportRun) -> str:
    return f"{run.file.name} ({run.reference})"[:300]


def _bring_lines(run: ImportRun, rows: Sequence[ImportRow]) -> dict[int, Organisation]:
    """The lines of track records; answers the organisations that got one, by id."""
    targets, made = _targets(run, rows), []
    for row in rows:
        if not row.content.get("line") or row.outcome == Outcome.REFUSED:
            continue
        organisation = targets.get(row.number)
        if organisation is None or organisation.claim == Claim.CLAIMED or not organisation.is_listed:
            row.outcome, row.reason = Outcome.REFUSED, "claimed" if organisation else "of_refused"
            row.detail = row.title if organisation else str(row.content.get("of", ""))
            continue
        told = row.content["line"]
        made.append((row, TrackRecord(organisation=organisation, **told | {"kind": EvidenceKind(told["kind"])})))
    db.session.add_all(line for _row, line in made)
    db.session.flush()
    for row, line in made:
        row.line_id, row.line_fingerprint, row.outcome = line.id, print_of(line), Outcome.ADDED
    return {line.organisation_id: line.organisation for _row, line in made}


def _targets(run: ImportRun, rows: Sequence[ImportRow]) -> dict[int, Organisation]:
    """The organisation that the line of each row goes to, by the row's number."""
    firsts = {row.content["of"] for row in rows if row.content.get("of")}
    brought = select(ImportRow.number, ImportRow.organisation_id)
    brought = brought.where(ImportRow.run_id == run.id, ImportRow.number.in_(firsts))
    made_by = dict(db.session.execute(brought).all())
    ids = {row.number: row.organisation_id or row.target_id or made_by.get(row.content.get("of", 0)) for row in rows}
    found = select(Organisation).where(Organisation.id.in_({each for each in ids.values() if each}))
    known = {each.id: each for each in db.session.scalars(found.options(selectinload(Organisation.lines)))}
    return {number: known[key] for number, key in ids.items() if key in known}


def _without_known(rows: list[ImportRow]) -> list[ImportRow]:
    """Those that nobody registered meanwhile; the others are refused."""
    codes = {code for row in rows if (code := row.content["columns"]["tax_code"])}
    taken = set(db.session.scalars(select(Organisation.tax_code).where(Organisation.tax_code.in_(codes))))
    for row in rows:
        if row.content["columns"]["tax_code"] in taken:
            row.outcome, row.reason, row.detail = Outcome.REFUSED, "known", row.title
    return [row for row in rows if row.outcome == Outcome.NEW]


def _bring_experts(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    touched: dict[int, Expert] = {}
    for row in rows:
        expert = _expert_of(run, row)
        if expert is None:
            row.outcome, row.reason, row.detail = Outcome.REFUSED, "of_refused", str(row.content.get("of", ""))
            continue
        if line := row.content.get("line"):
            db.session.add(ExpertEvidence(expert=expert, **line | {"kind": Expertise(line["kind"])}))
        if place := row.content.get("affiliation"):
            db.session.add(Affiliation(expert=expert, organisation=organisation_named(place["name"]), **place))
        if told := row.content.get("supervision"):
            db.session.add(Supervision(expert=expert, supervised=Supervised.ME, **told))
        row.expert_id, row.outcome = expert.id, Outcome.ADDED
        touched[expert.id] = expert
    db.session.flush()
    for key, expert in touched.items():
        db.session.expire(expert, ["evidence", "affiliations", "supervisions"])
        known = update(ImportRow).where(ImportRow.run_id == run.id, ImportRow.expert_id == key)
        db.session.execute(known.values(fingerprint=print_of(expert)))


def _expert_of(run: ImportRun, row: ImportRow) -> Expert | None:
    """The expert that the row is about; a first row makes them. None where a first row was refused meanwhile."""
    if "of" in row.content:
        first = select(ImportRow.expert_id).where(ImportRow.run_id == run.id, ImportRow.number == row.content["of"])
        return db.session.get(Expert, db.session.scalar(first) or 0)
    told = row.content["columns"]
    if told["email"] and db.session.scalar(select(Expert.id).where(Expert.email == told["email"])) is not None:
        return None
    expert = Expert(created_at=clock.now(), readers=Readers.ORGANISERS, source=_source(run), **told)
    index_expert(expert)
    db.session.add(expert)
    db.session.flush()
    return expert
