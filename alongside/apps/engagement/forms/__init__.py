"""Forms of the engagement room; they check input and never save."""

from alongside.apps.engagement.forms.concerns import (
    CloseConcernForm,
    DecideForm,
    ForwardForm,
    PublicRaiseForm,
    RaiseForm,
    ReopenForm,
)
from alongside.apps.engagement.forms.engagements import EngagementForm, InviteForm
from alongside.apps.engagement.forms.imports import ColumnsForm, SpeakersForm, UploadForm
from alongside.apps.engagement.forms.members import LeaveForm, MemberForm
from alongside.apps.engagement.forms.public_forms import PublicFormForm
from alongside.apps.engagement.forms.say import (
    AgreeForm,
    AnswerForm,
    ContactForm,
    FactsForm,
    SendForm,
    TakeBackForm,
)
from alongside.apps.engagement.forms.voices import TypeForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "CloseConcernForm",
    "ColumnsForm",
    "ContactForm",
    "DecideForm",
    "EngagementForm",
    "FactsForm",
    "ForwardForm",
    "InviteForm",
    "LeaveForm",
    "MemberForm",
    "PublicFormForm",
    "PublicRaiseForm",
    "RaiseForm",
    "ReopenForm",
    "SendForm",
    "SpeakersForm",
    "TakeBackForm",
    "TypeForm",
    "UploadForm",
]
