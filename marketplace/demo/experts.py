"""Demo experts: judges of the demo say what they know and what shows it, on pages marked as illustrative."""

from datetime import datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.demo.content import content
from marketplace.organisations.experts.services import add_affiliation, add_expertise, write_expert
from marketplace.organisations.experts.stages import Expertise, Readers


def make_experts(people: dict[str, Person], at: datetime) -> None:
    """The pages of data/experts.json, each written by its own expert."""
    with clock.at(at):
        for told in content("experts"):
            person = people[told["key"]]
            expert = write_expert(
                person,
                readers=Readers.PUBLIC,
                part_readers={},
                summary_vi=told["summary_vi"],
                summary_en=told["summary_en"],
                fields=told["fields"],
                concepts=told["concepts"],
                languages=told["languages"],
                source="Dữ liệu minh họa",
            )
            for line in told["evidence"]:
                add_expertise(expert, actor=person, **line | {"kind": Expertise(line["kind"])})
            for line in told["affiliations"]:
                add_affiliation(expert, actor=person, **line)
