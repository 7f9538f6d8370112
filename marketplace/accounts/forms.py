"""Shape of the account forms; Flask-Security's are extended, their words are ours."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_security.forms import (
    ChangePasswordForm,
    EmailValidation,
    Form,
    LoginForm,
    RegisterFormV2,
    ResetPasswordForm,
    email_required,
)
from flask_security.utils import get_message
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length

from marketplace.accounts.services import person_with_password
from marketplace.labels import LANGUAGES
from marketplace.text import clean_line, clean_text


def _email(*, deliverable: bool) -> EmailField:
    return EmailField(_l("E-mail address"), validators=[email_required, EmailValidation(verify=deliverable)])


class SignUpForm(RegisterFormV2):
    """E-mail, password and the name as it is written; whether the address is known is none of its business."""

    full_name = StringField(
        _l("Full name"),
        filters=[lambda value: clean_line(value) if value else value],
        validators=[
            DataRequired(_l("Enter your full name.")),
            Length(max=200, message=_l("Use at most 200 characters.")),
        ],
    )
    email = _email(deliverable=True)
    terms = BooleanField(
        _l("I accept the terms of use."),
        validators=[DataRequired(_l("Without accepting the terms of use you cannot have an account."))],
    )
    privacy = BooleanField(
        _l("I have read the privacy notice."),
        validators=[DataRequired(_l("Read the privacy notice, then tick that you did."))],
    )

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        # errors are summed up in the order of the page
        for name in ("full_name", "email", "password", "terms", "privacy"):
            self._fields[name] = self._fields.pop(name)


class SignInForm(LoginForm):
    """E-mail and password. Whether the address is known changes neither the answer nor the work behind it."""

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        self.password.description = ""

    def validate(self, **arguments):
        if not Form.validate(self, **arguments):
            return False
        self.user = person_with_password(self.email.data, self.password.data)
        self.user_authenticated = self.user is not None
        if self.user is None:
            self.password.errors = [get_message("INVALID_PASSWORD")[0]]
        return self.user is not None


class LetterForm(FlaskForm):
    """The address to which a link is to go."""

    email = _email(deliverable=False)


class NewPasswordForm(ResetPasswordForm):
    """The password once; browsers show it, and a forgotten one is only a letter away."""

    password_confirm = None


class OtherPasswordForm(ChangePasswordForm):
    """The old password, of those who have one, and the new one."""

    new_password_confirm = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.password.flags.required = bool(current_user.password)


class ProfileForm(FlaskForm):
    """What people say of themselves."""

    full_name = SignUpForm.full_name
    language = SelectField(_l("Language of letters"), choices=LANGUAGES, validators=[DataRequired()])
    affiliation = StringField(
        _l("Where you work"),
        filters=[lambda value: clean_line(value) if value else value],
        validators=[Length(max=300, message=_l("Use at most 300 characters."))],
    )
    expertise = TextAreaField(
        _l("What you know well"),
        description=_l("A few words or lines; judges are assigned by it."),
        filters=[lambda value: clean_text(value) if value else value],
        validators=[Length(max=2000, message=_l("Use at most 2,000 characters."))],
    )


class FirstOperatorForm(FlaskForm):
    """The account made with a one-time key."""

    email = EmailField(
        _l("E-mail address"),
        validators=[DataRequired(_l("Enter an e-mail address.")), Email(_l("This is no e-mail address."))],
    )
    full_name = SignUpForm.full_name
    password = PasswordField(
        _l("Password"),
        validators=[
            DataRequired(_l("Enter your password.")),
            Length(min=12, max=128, message=_l("Use 12 to 128 characters.")),
        ],
    )


class ProofForm(FlaskForm):
    """The password once more."""

    password = PasswordField(_l("Password"), validators=[DataRequired(_l("Enter your password."))])
