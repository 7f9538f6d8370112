"""What the scores come to: the matrix for those who deliberate, decisions, and feedback for entrants."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Criterion
from marketplace.challenges.stages import Field, Stage
from marketplace.db import count_of, db
from marketplace.errors import NotFound
from marketplace.judging import ranking
from marketplace.judging.models import Decision, Entry, Panel, Result, Seat, Sheet, SheetVersion
from marketplace.judging.pairing.queries import counted_comparisons
from marketplace.judging.queries.entries import entries_of, ties_of
from marketplace.judging.queries.panels import conflicts_said
from marketplace.judging.queries.sheets import total_of
from marketplace.judging.ranking.pairwise import rank_by_comparisons
from marketplace.judging.stages import SeatRole, SheetStage, Tiebreak
from marketplace.judging.ties import Facts, Settled, settle
from marketplace.organisations.models import Organisation
from marketplace.solutions.models import Solution
from marketplace.solutions.queries import is_own

# judges whose totals lie this many points of 100 apart should talk about the entry
FAR_APART = Decimal(25)


@dataclass(frozen=True)
class Row:
    """An entry with its judges' totals, notes for the panel and sheets, by seat id, and what the totals come to."""

    entry: Entry
    totals: dict[int, Decimal | None]
    notes: dict[int, str]
    # by seat id, the reference of the sheet
    sheets: dict[int, str]
    ranked: ranking.Ranked
    # the step of the ladder that parted it from an entry of equal mean
    parted_by: Tiebreak | None = None

    @property
    def far_apart(self) -> bool:
        return self.ranked.spread is not None and self.ranked.spread >= FAR_APART


@dataclass(frozen=True)
class CriterionFeedback:
    """What the judges made of one criterion: the mean of their points, and their comments in no telling order.

    mean: None where the criterion did not apply.
    """

    criterion: Criterion
    mean: Decimal | None
    comments: list[str]


@dataclass(frozen=True)
class Feedback:
    """What an entrant may read after publication; `third` is 0, 1 or 2, None where places would tell too much."""

    total: Decimal | None
    readings: int
    third: int | None
    criteria: list[CriterionFeedback]
    # whether judges compared it with others at the end and gave no points
    compared: bool = False


def final_sheets(panel: Panel, *, all_rounds: bool = False, entries: Sequence[Entry] | None = None) -> Sequence[Sheet]:
    """Every final sheet that counts, with its scores: of the round under way, or of every round; of these entries."""
    asked = [] if entries is None else [Sheet.solution_id.in_([entry.solution.id for entry in entries])]
    return db.session.scalars(
        select(Sheet)
        .join(Sheet.seat)
        .where(Seat.panel_id == panel.id, Sheet.stage == SheetStage.FINAL, Seat.role != SeatRole.TRAINEE)
        .where(Sheet.round.between(1, panel.round) if all_rounds else Sheet.round == panel.round, *asked)
        .options(selectinload(Sheet.scores))
        .order_by(Sheet.id)
    ).all()


def rows_of(panel: Panel, entries: Sequence[Entry]) -> list[Row]:
    """The official ranking of these entries by the rules, the best first, those below the quorum last.

    In a contest with fields each field has places of its own; the fields follow each other.
    """
    sheets: dict[int, list[Sheet]] = {entry.solution.id: [] for entry in entries}
    for sheet in final_sheets(panel, entries=entries):
        if sheet.solution_id in sheets:
            sheets[sheet.solution_id].append(sheet)
    fields = by_field(panel.challenge, entries)
    return [row for _, group in fields for row in _rows_in(panel, group, sheets)]


def by_field(challenge: Challenge, entries: Iterable[Entry]) -> list[tuple[Field | None, list[Entry]]]:
    """The entries of each field of a contest, in the order of the fields, at the end those of none; else all together.

    A field without entries is left out.
    """
    asked: list[Field | None] = [*challenge.entry_fields, None]
    groups: dict[Field | None, list[Entry]] = {field: [] for field in asked}
    for entry in entries:
        groups[entry.field].append(entry)
    return [(field, group) for field, group in groups.items() if group]


def _rows_in(panel: Panel, entries: Sequence[Entry], every: Mapping[int, Sequence[Sheet]]) -> list[Row]:
    """The ranking of entries that compete with each other; `every` are the sheets that count, by solution id."""
    sheets = {entry.solution.id: every[entry.solution.id] for entry in entries}
    criteria = panel.challenge.criteria
    totals = {key: {sheet.seat_id: total_of(sheet, criteria) for sheet in found} for key, found in sheets.items()}
    if panel.rules.kind(panel.round).compares:
        ranked = rank_by_comparisons(sheets, said_by_judge(panel, sheets), quorum=panel.quorum)
    else:
        ranked = ranking.rank({key: list(row.values()) for key, row in totals.items()}, quorum=panel.quorum)
    by_id = {entry.solution.id: entry for entry in entries}
    settled = _settled(panel, ranked, sheets=sheets, entries=by_id)
    rows = [
        Row(
            by_id[each.entry_id],
            totals[each.entry_id],
            {sheet.seat_id: sheet.note for sheet in sheets[each.entry_id] if sheet.note},
            {sheet.seat_id: sheet.reference for sheet in sheets[each.entry_id]},
            replace(each, place=settled[each.entry_id].place) if each.entry_id in settled else each,
            settled[each.entry_id].by if each.entry_id in settled else None,
        )
        for each in ranked
    ]
    return sorted(rows, key=lambda row: (row.ranked.place is None, row.ranked.place or 0, row.entry.solution.id))


def said_by_judge(panel: Panel, among: Collection[int]) -> dict[int, list[tuple[int, int]]]:
    """What counts of a round of comparisons, by seat id, as (better, worse)."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for each in counted_comparisons(panel, among):
        found[each.seat_id] += each.wins
    return found


def _settled(
    panel: Panel,
    ranked: Sequence[ranking.Ranked],
    *,
    sheets: Mapping[int, Sequence[Sheet]],
    entries: Mapping[int, Entry],
) -> dict[int, Settled]:
    """Places after the declared ladder, by solution id."""
    places = {each.entry_id: each.place for each in ranked if each.place is not None}
    criteria = sorted(panel.challenge.criteria, key=lambda criterion: (-criterion.weight_bp, criterion.position))
    facts = {
        key: Facts(
            criteria=tuple(_share(criterion, sheets[key]) for criterion in criteria),
            totals=tuple(total for sheet in sheets[key] if (total := total_of(sheet, criteria)) is not None),
            received_at=entries[key].version.received_at,
            lot=f"{panel.rules.fingerprint} {entries[key].solution.reference}",
        )
        for key in places
    }
    return settle(places, facts, panel.rules.tiebreaks)


def _share(criterion: Criterion, sheets: Sequence[Sheet]) -> Fraction:
    """The mean share of this criterion's points, 0 to 1; 0 where nobody gave any."""
    given = [sheet.values[criterion.id] for sheet in sheets if criterion.id in sheet.values]
    return Fraction(sum(given), len(given) * criterion.maximum) if given else Fraction(0)


def disputed_entries(panel: Panel, entries: Sequence[Entry]) -> set[int]:
    """The solutions whose final totals lie so far apart that the rules call one more judge."""
    far = panel.rules.third_reading_points
    if not far or panel.challenge.stage != Stage.JUDGING:
        return set()
    rows = rows_of(panel, entries)
    return {row.entry.solution.id for row in rows if row.ranked.spread is not None and row.ranked.spread >= far}


def hidden_from(person: Person, panel: Panel, entries: Sequence[Entry]) -> set[int]:
    """The solutions a person who deliberates must not see: of which they declared or have a conflict."""
    hidden = {solution_id for _, solution_id in ties_of([person], [entry.solution for entry in entries])}
    own = [seat for seat in panel.seats if seat.person_id == person.id]
    return hidden | {solution_id for _, solution_id in (conflicts_said(own) if own else ())}


def matrix_for(person: Person, panel: Panel, *, field: Field | None = None) -> list[Row]:
    """The ranking as this person may see it, of one field of a contest or of all.

    Hidden entries count in no place and no figure.
    """
    entries = entries_of(panel.challenge)
    if field is not None:
        entries = [entry for entry in entries if entry.field in (field, None)]
    hidden = hidden_from(person, panel, entries)
    return rows_of(panel, [entry for entry in entries if entry.solution.id not in hidden])


def sheet_to_deliberate(reference: str, panel: Panel, person: Person) -> Sheet:
    """A finished sheet as those who deliberate read it; raises NotFound where a conflict hides its entry."""
    found = db.session.scalar(
        select(Sheet)
        .join(Sheet.seat)
        .where(Seat.panel_id == panel.id, Sheet.reference == reference, Sheet.finalised_at.is_not(None))
        .options(selectinload(Sheet.scores), selectinload(Sheet.versions).joinedload(SheetVersion.saved_by))
    )
    if found is None or found.solution_id in hidden_from(person, panel, [found.entry]):
        raise NotFound(reference)
    return found


def returned_count(panel: Panel) -> int:
    """How many sheets the chair returned and their judges have not finished again."""
    found = select(Sheet).join(Sheet.seat).where(Seat.panel_id == panel.id, Sheet.stage == SheetStage.DRAFT)
    return count_of(found.where(Sheet.returned_at.is_not(None)))


def standing_decision(challenge: Challenge) -> Decision | None:
    """The decision that was drafted and not sent back, published or not."""
    return db.session.scalar(_decisions(challenge).where(Decision.returned_at.is_(None)))


def returned_decision(challenge: Challenge) -> Decision | None:
    """The decision that was sent back last, before publication or after an appeal."""
    return db.session.scalar(
        _decisions(challenge).where(Decision.returned_at.is_not(None)).order_by(Decision.id.desc()).limit(1)
    )


def _decisions(challenge: Challenge) -> Select[Decision]:
    solution = selectinload(Decision.results).joinedload(Result.solution)
    return (
        select(Decision)
        .where(Decision.challenge_id == challenge.id)
        .options(
            solution.joinedload(Solution.organisation).selectinload(Organisation.memberships),
            solution.selectinload(Solution.versions),
            joinedload(Decision.drafted_by),
        )
    )


def own_solution(reference: str, person: Person) -> Solution:
    """An entry of an organisation one belongs to; raises NotFound for every other."""
    found = db.session.scalar(
        select(Solution)
        .where(Solution.reference == reference, is_own(person))
        .options(joinedload(Solution.challenge), joinedload(Solution.organisation))
    )
    if found is None:
        raise NotFound(reference)
    return found


def result_of(solution: Solution) -> Result | None:
    """What was published of this entry."""
    return db.session.scalar(
        select(Result)
        .join(Result.decision)
        .where(Result.solution_id == solution.id, Decision.published_at.is_not(None), Decision.returned_at.is_(None))
    )


def feedback_for(solution: Solution, panel: Panel) -> Feedback:
    """What the judges made of an entry, without saying who said what."""
    competing = dict(by_field(panel.challenge, entries_of(panel.challenge)))
    group = next((group for group in competing.values() if any(each.solution.id == solution.id for each in group)), [])
    rows = {row.entry.solution.id: row.ranked for row in rows_of(panel, group)}
    finished = final_sheets(panel, all_rounds=True)
    every = [sheet for sheet in finished if sheet.solution_id == solution.id and not sheet.compares]
    last = max((sheet.round for sheet in every), default=0)
    sheets = [sheet for sheet in every if sheet.round == last]
    places = sum(ranked.place is not None for ranked in rows.values())
    own, compared = rows.get(solution.id), panel.rules.kind(panel.round).compares
    return Feedback(
        total=own.mean if own and not compared else None,
        readings=own.readings if own and compared else len(sheets),
        third=(own.place - 1) * 3 // places if own and own.place and places >= 3 else None,
        criteria=[_feedback_on(criterion, sheets) for criterion in panel.challenge.criteria] if sheets else [],
        compared=compared and bool(own and own.readings),
    )


def _feedback_on(criterion: Criterion, sheets: Sequence[Sheet]) -> CriterionFeedback:
    scores = [(score, sheet) for sheet in sheets for score in sheet.scores if score.criterion_id == criterion.id]
    given = [score.value for score, _ in scores if score.value is not None]
    # Each criterion has an order of its own, so that nobody can string together one judge's comments.
    mixed = sorted(scores, key=lambda pair: sha256(f"{pair[1].reference} {criterion.id}".encode()).digest())
    return CriterionFeedback(
        criterion,
        Decimal(sum(given)) / len(given) if given else None,
        [score.comment for score, _ in mixed if score.comment],
    )
