"""The blueprint of judging, to which each module of this folder adds its addresses."""

from flask import Blueprint

judging = Blueprint("judging", __name__)
