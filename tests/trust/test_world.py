"""The city of tests/world.py has something at every address of the map."""

from tests.trust.addresses import values_for


def test_every_argument_of_every_address_has_a_value(app, town):
    without = []
    for rule in app.url_map.iter_rules():
        try:
            without += [] if values_for(rule.rule, town.places) else [rule.rule]
        except KeyError as missing:
            without.append(str(missing))

    assert without == []


def test_the_city_can_be_put_back_as_it_was(town):
    town.crowd.post("owner", "/account/profile", [("full_name", "Tên Khác"), ("language", "en")])

    changed = town.before.changes()
    town.before.go_back(changed)

    assert sorted(changed) == ["journal_entry", "person"]
    assert town.before.changes(everywhere=True) == {}
