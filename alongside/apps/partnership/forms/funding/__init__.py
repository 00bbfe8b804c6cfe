"""Forms about funding; they check input and never save."""

from alongside.apps.partnership.forms.funding.after import (
    AgreementForm,
    GroupWordForm,
    OtherFunderForm,
    PayForm,
    ReceivedReportForm,
    ReportForm,
)
from alongside.apps.partnership.forms.funding.asking import AskForm, ChangeRequestForm, RecordRequestForm
from alongside.apps.partnership.forms.funding.fields import MoneyField, WordsForm
from alongside.apps.partnership.forms.funding.judging import (
    CriteriaForm,
    DecideForm,
    DeclareForm,
    HandsOffForm,
    ScoreForm,
)

__all__ = [
    "AgreementForm",
    "AskForm",
    "ChangeRequestForm",
    "CriteriaForm",
    "DecideForm",
    "DeclareForm",
    "GroupWordForm",
    "HandsOffForm",
    "MoneyField",
    "OtherFunderForm",
    "PayForm",
    "ReceivedReportForm",
    "RecordRequestForm",
    "ReportForm",
    "ScoreForm",
    "WordsForm",
]
