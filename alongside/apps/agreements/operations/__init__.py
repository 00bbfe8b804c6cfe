"""Writes of the agreements room."""

from alongside.apps.agreements.operations.checking import answer_rule, record_check
from alongside.apps.agreements.operations.commenting import (
    agree_it_is_right,
    answer_comment,
    comment_on_agreement,
)
from alongside.apps.agreements.operations.drafting import AgreementPlan, draft_agreement, revise_agreement
from alongside.apps.agreements.operations.moving import (
    certify_agreement,
    close_agreement,
    complete_agreement,
    reject_agreement,
    show_to_partner,
    start_agreement,
    take_back_to_draft,
    terminate_agreement,
)
from alongside.apps.agreements.operations.papers import give_paper, need_paper, withdraw_need
from alongside.apps.agreements.operations.rule_sets import add_edition, take_in_shipped_rules
from alongside.apps.agreements.operations.signing import Signing, sign_agreement

__all__ = [
    "AgreementPlan",
    "Signing",
    "add_edition",
    "agree_it_is_right",
    "answer_comment",
    "answer_rule",
    "certify_agreement",
    "close_agreement",
    "comment_on_agreement",
    "complete_agreement",
    "draft_agreement",
    "give_paper",
    "need_paper",
    "record_check",
    "reject_agreement",
    "revise_agreement",
    "show_to_partner",
    "sign_agreement",
    "start_agreement",
    "take_back_to_draft",
    "take_in_shipped_rules",
    "terminate_agreement",
    "withdraw_need",
]
