import check_templates
import pytest


def faults_in(tmp_path, source):
    path = tmp_path / "page.html"
    path.write_text(source, encoding="utf-8")
    return list(check_templates.faults_of_template(path))


def test_a_page_that_works_without_javascript_has_no_fault(tmp_path):
    source = """{% extends "base.html" %} {# <script> in a comment #}
    <a href="{{ url_for('home.show') }}" hx-get="/x">home</a>
    <form method="post" action="/challenges"><button type="submit" hx-post="/challenges">Publish</button></form>
    <button type="submit" form="draft" hx-post="/drafts">Save</button>
    <script src="/static/site.js" type="module"></script>
    """

    assert faults_in(tmp_path, source) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<script>alert(1)</script>", "inline <script>; write a module in static/"),
        ("<style>p {}</style>", "inline <style>; write it in static/site.css"),
        ('<p style="color: red">', "style attribute; give it a class"),
        ('<p {% if x %}onclick="go()"{% endif %}>', "onclick is an inline script; listen in a module"),
        ('<p hx-on:click="go()">', "hx-on:click is an inline script; listen in a module"),
        ('<a href=" JavaScript:go()">', "href runs a script"),
        ("{{ text | safe }}", "| safe skips escaping"),
        ("{%- autoescape false %}", "{%- autoescape false skips escaping"),
    ],
)
def test_what_the_content_security_policy_refuses_is_a_fault(tmp_path, source, fault):
    assert faults_in(tmp_path, f"\n{source}") == [(2, fault)]


@pytest.mark.parametrize(
    "source",
    ['<div hx-get="/x">', '<a hx-get="/x">', '<form hx-post="/x">', '<form action="/x"></form><button hx-post="/x">'],
)
def test_htmx_on_something_that_does_nothing_by_itself_is_a_fault(tmp_path, source):
    faults = faults_in(tmp_path, source)

    assert [fault.split(" on ")[0] for _, fault in faults] in (["hx-get"], ["hx-post"])
