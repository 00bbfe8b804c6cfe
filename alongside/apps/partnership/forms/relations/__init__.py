"""Forms about relationships with partners."""

from alongside.apps.partnership.forms.relations.notes import (
    AnswerForm,
    NewNoteForm,
    NoteForm,
    PriorityForm,
    PromiseForm,
    WordsForm,
)
from alongside.apps.partnership.forms.relations.partners import (
    DetailsForm,
    IdentifiersForm,
    IncomeForm,
    LaterForm,
    NewPartnerForm,
    RelationshipForm,
)

__all__ = [
    "AnswerForm",
    "DetailsForm",
    "IdentifiersForm",
    "IncomeForm",
    "LaterForm",
    "NewNoteForm",
    "NewPartnerForm",
    "NoteForm",
    "PriorityForm",
    "PromiseForm",
    "RelationshipForm",
    "WordsForm",
]
