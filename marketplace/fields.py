"""Form fields that several packages share."""

from typing import Any

from wtforms import IntegerField

# more than any column holds; NumberRange cannot compare numbers too long for a float
_MOST_DIGITS = 18


class WholeNumberField(IntegerField):
    """A whole number of a length that a column can hold; a longer one is no number."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and len(str(abs(self.data))) > _MOST_DIGITS:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
