"""Shape of the account that begins at the provider."""

from flask_wtf import FlaskForm

from marketplace.accounts.forms import SignUpForm


class ProviderAccountForm(FlaskForm):
    """The name as it is written, and what everybody accepts who has an account."""

    full_name = SignUpForm.full_name
    terms = SignUpForm.terms
    privacy = SignUpForm.privacy
