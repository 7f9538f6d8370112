"""Addresses of judging."""

from flask import Blueprint

judging = Blueprint("judging", __name__)
