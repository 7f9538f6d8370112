"""Shape of the account forms; Flask-Security's are extended, their words are ours."""

from flask_babel import lazy_gettext as _l
from flask_security.forms import RegisterFormV2
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length

from marketplace.text import clean_line, clean_text


class SignUpForm(RegisterFormV2):
    """E-mail, password and the name as it is written."""

    full_name = StringField(
        _l("Full name"),
        filters=[lambda value: clean_line(value) if value else value],
        validators=[
            InputRequired(_l("Enter your full name.")),
            Length(max=200, message=_l("Use at most 200 characters.")),
        ],
    )


class ProfileForm(FlaskForm):
    """What people say of themselves."""

    full_name = SignUpForm.full_name
    language = SelectField(_l("Language of letters"), choices=[("vi", "Tiếng Việt"), ("en", "English")])
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
        validators=[InputRequired(_l("Enter an e-mail address.")), Email(_l("This is no e-mail address."))],
    )
    full_name = SignUpForm.full_name
    password = PasswordField(
        _l("Password"),
        validators=[Length(min=12, max=128, message=_l("Use 12 to 128 characters."))],
    )
