"""Shape of the account forms; Flask-Security's are extended, their words are ours."""

from flask_babel import lazy_gettext as _l
from flask_security.forms import ChangePasswordForm, ForgotPasswordForm, LoginForm, RegisterFormV2, ResetPasswordForm
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length

from marketplace.text import clean_line, clean_text


class SignUpForm(RegisterFormV2):
    """E-mail, password and the name as it is written."""

    full_name = StringField(
        _l("Full name"),
        filters=[lambda value: clean_line(value) if value else value],
        validators=[
            DataRequired(_l("Enter your full name.")),
            Length(max=200, message=_l("Use at most 200 characters.")),
        ],
    )

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        # errors are summed up in the order of the page
        for name in [name for name in self.data if name != "full_name"]:
            self._fields[name] = self._fields.pop(name)


class SignInForm(LoginForm):
    """E-mail and password; the way to a new password stands below the form."""

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        self.password.description = ""


class ForgottenPasswordForm(ForgotPasswordForm):
    """An address never confirmed may ask as well: a password set from the letter confirms it."""

    def validate(self, **arguments):
        if super().validate(**arguments):
            return True
        if self.requires_confirmation:
            self.email.errors = []
        return self.requires_confirmation


class NewPasswordForm(ResetPasswordForm):
    """The password once; browsers show it, and a forgotten one is only a letter away."""

    password_confirm = None


class OtherPasswordForm(ChangePasswordForm):
    """The old password and the new one."""

    new_password_confirm = None


class ProfileForm(FlaskForm):
    """What people say of themselves."""

    full_name = SignUpForm.full_name
    language = SelectField(
        _l("Language of letters"), choices=[("vi", "Tiếng Việt"), ("en", "English")], validators=[DataRequired()]
    )
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
        validators=[Length(min=12, max=128, message=_l("Use 12 to 128 characters."))],
    )
