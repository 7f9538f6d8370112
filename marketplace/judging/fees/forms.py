"""Shape of the rate and of a payment."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import DataRequired

from marketplace.fields import AtMost, MoneyField, one_line


class RateForm(FlaskForm):
    """What a score sheet earns."""

    per_sheet_vnd = MoneyField(
        _l("Fee for each final score sheet in đồng"), least=1, validators=[DataRequired(_l("Enter the amount."))]
    )
    basis = StringField(
        _l("By which decision"),
        description=_l("For example the number and day of the agency's spending rules."),
        filters=[one_line],
        validators=[AtMost(300)],
    )


class PaymentForm(FlaskForm):
    """The day on which a judge was paid."""

    paid_on = DateField(_l("Paid on"), validators=[DataRequired(_l("Say on which day."))])
