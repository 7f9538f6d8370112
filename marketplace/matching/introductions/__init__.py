"""Introductions of two organisations: asked, answered against a clock, written by relay, and what came of them."""
