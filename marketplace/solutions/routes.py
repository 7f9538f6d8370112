"""Addresses of solutions."""

from flask import Blueprint

solutions = Blueprint("solutions", __name__)
