"""The blueprint of the oral defence."""

from flask import Blueprint

defence = Blueprint("defence", __name__)
