"""Forms about people; they check input and never save."""

from alongside.apps.people.forms.accounts import NewPasswordForm, SignInForm
from alongside.apps.people.forms.partners import OrganisationForm
from alongside.apps.people.forms.people import PersonForm

__all__ = ["NewPasswordForm", "OrganisationForm", "PersonForm", "SignInForm"]
