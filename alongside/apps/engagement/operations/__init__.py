"""Writes of the engagement room."""

from alongside.apps.engagement.operations.bases import BasisTerms, set_up_basis
from alongside.apps.engagement.operations.consents import Ending, end_uses, record_ending
from alongside.apps.engagement.operations.engagements import (
    EngagementTerms,
    change_engagement,
    close_engagement,
    end_invitation,
    invite_partner,
    open_engagement,
    reopen_engagement,
)
from alongside.apps.engagement.operations.imports import confirm_import, leave_import, take_out_import
from alongside.apps.engagement.operations.members import (
    MemberConsent,
    MemberTerms,
    add_member,
    change_member,
    end_member_uses,
    end_membership,
    record_member_consent,
)
from alongside.apps.engagement.operations.public_forms import (
    FormTerms,
    SentAnswers,
    SentContact,
    change_public_form,
    make_receipt_code,
    open_public_form,
    open_receipt,
    receive_answers,
    take_back_words,
    use_newest_text,
)
from alongside.apps.engagement.operations.redactions import (
    add_redaction,
    confirm_sure,
    decide_redaction,
    open_original,
    take_back_decision,
)
from alongside.apps.engagement.operations.staff_names import add_staff_names, end_staff_name
from alongside.apps.engagement.operations.texts import record_default_texts
from alongside.apps.engagement.operations.uploads import choose_columns, choose_speakers, start_import
from alongside.apps.engagement.operations.voices import TypedVoice, add_reply, set_basis, type_voices

__all__ = [
    "BasisTerms",
    "Ending",
    "EngagementTerms",
    "FormTerms",
    "MemberConsent",
    "MemberTerms",
    "SentAnswers",
    "SentContact",
    "TypedVoice",
    "add_member",
    "add_redaction",
    "add_reply",
    "add_staff_names",
    "change_engagement",
    "change_member",
    "change_public_form",
    "choose_columns",
    "choose_speakers",
    "close_engagement",
    "confirm_import",
    "confirm_sure",
    "decide_redaction",
    "end_invitation",
    "end_member_uses",
    "end_membership",
    "end_staff_name",
    "end_uses",
    "invite_partner",
    "leave_import",
    "make_receipt_code",
    "open_engagement",
    "open_original",
    "open_public_form",
    "open_receipt",
    "receive_answers",
    "record_default_texts",
    "record_ending",
    "record_member_consent",
    "reopen_engagement",
    "set_basis",
    "set_up_basis",
    "start_import",
    "take_back_decision",
    "take_back_words",
    "take_out_import",
    "type_voices",
    "use_newest_text",
]
