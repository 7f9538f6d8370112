"""Sentence vectors of public texts: made by the worker where the extra is installed, kept beside no text."""
