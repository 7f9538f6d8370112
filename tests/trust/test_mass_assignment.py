"""A form changes what it shows and nothing else: each is sent once as it is and once with every column there is."""

import re
from datetime import datetime

import pytest
from sqlalchemy import Boolean, Enum, Integer

from marketplace.db import db
from tests.trust.dealing import dealt, share

pytestmark = pytest.mark.once

# What differs between two sendings of the same thing: references, ids, moments, times of day, secrets of links.
_PASSING = re.compile(
    r"'slug': \[None, '[^']+'\]|[A-Z]{2}-[0-9A-Z]{8}|_id': \d+|\d{4}-\d\d-\d\dT[\d:.+]+|\d\d:\d\d|http\S+"
)
# `terms` and `exact` are the words of other columns, the reference among them.
_SECRETS = re.compile("hash|wrapped|sealed$|key|password|uniquifier|reference|slug|folded|sort|blob|^terms$|^exact$")


def forged(taken):
    """Every column of every table as a field with a value of its kind, but those that the form has."""
    pairs = []
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if column.name not in taken:
                pairs += [(column.name, value) for value in _values(column)]
    return list(dict.fromkeys(pairs))


def in_pieces(pairs):
    """Nothing, then everything in pieces: a form of many parts is refused before anybody reads it."""
    return [[], *(pairs[first : first + 400] for first in range(0, len(pairs), 400))]


def _values(column):
    if isinstance(column.type, Enum):
        return column.type.enums[::-1]
    if isinstance(column.type, Boolean):
        return ["1"]
    if column.name.endswith("_at"):
        return ["2031-07-07T07:07"]
    return ["1"] if isinstance(column.type, Integer) else ["giả"]


def told(town, changes):
    """The changes without what differs every time: search learns a reference as a word where it has no digit."""
    rows = {name: each for name, each in sorted(changes.items()) if name != "search_word"}
    return {name: ([_kept(town, name, row) for row in new], len(gone)) for name, (gone, new) in rows.items()}


def _kept(town, name, row):
    return {column.name: _plain(town, column, row[column.name]) for column in db.metadata.tables[name].columns}


def _plain(town, column, value):
    if isinstance(value, datetime) or _SECRETS.search(column.name):
        return value is None
    if column.primary_key or column.foreign_keys:
        target = next((key.column for key in column.foreign_keys), column)
        known = {row[target.name] for row in town.before.rows[target.table.name]}
        return value if value in known or value is None else "new"
    return _PASSING.sub("", str(value))


@pytest.mark.feature("T-041")
def test_no_form_changes_a_column_that_it_does_not_show(town):
    assigned, went_through = [], 0
    for form in dealt(town.forms, 4):
        fields, files = form.completed()
        outcomes = []
        for extra in in_pieces(forged({each.name for each in form.inputs})):
            answer = town.crowd.post(form.role, form.action, [*fields, *extra], files=files)
            changes = town.before.changes()
            town.before.go_back(changes)
            outcomes.append((answer.status, told(town, changes)))
        went_through += bool(outcomes[0][1])
        # what is refused, because a name means something elsewhere in the form, assigns nothing
        if any(each != outcomes[0] for each in outcomes if each[1]):
            assigned.append(f"{form}: {outcomes}")

    assert assigned == []
    assert went_through > 30 / share(4)
