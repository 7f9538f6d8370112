"""Shape of the address that wants to follow."""

from flask_wtf import FlaskForm

from marketplace.fields import AddressField


class FollowForm(FlaskForm):
    """One address."""

    email = AddressField()
