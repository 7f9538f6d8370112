"""Agencies, institutes, enterprises, startups, supporters; roles, invitations, track record; places of the city."""
