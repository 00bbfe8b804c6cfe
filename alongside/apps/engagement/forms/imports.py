"""A file, what its columns mean, who speaks in it."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.apps.base.forms import Form
from alongside.apps.engagement.forms.bases import BasisForm
from alongside.apps.engagement.queries import SpeakerLine
from alongside.apps.engagement.rules import ColumnChoice, SpeakerChoice

LANGUAGES = [("en", _("English")), ("cy", _("Welsh")), ("", _("Another, or several"))]
MEANINGS = [
    ("id", _("Id of the answer")),
    ("person", _("Person (a number or pseudonym)")),
    ("question", _("Question")),
    ("service", _("Service")),
    ("said_on", _("Date")),
    ("language", _("Language")),
]
FACTS = [
    ("age_band", _("Age or age band")),
    ("sex", _("Sex")),
    ("gender", _("Gender")),
    ("ethnicity", _("Ethnicity")),
    ("disability", _("Disability")),
    ("deprivation_quintile", _("Deprivation quintile")),
    ("region", _("Region")),
    ("capacity", _("Patient or carer")),
]
CONTACTS = [("contact_email", _("E-mail address")), ("contact_name", _("Name"))]
ORDERS = [
    ("dmy", _("Day, month, year: 31/12/2026")),
    ("mdy", _("Month, day, year: 12/31/2026")),
    ("ymd", _("Year, month, day: 2026-12-31")),
]


class UploadForm(Form):
    """Choose a file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A table (CSV, XLSX) or a transcript (VTT, SRT, DOCX, TXT), up to 200 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.xlsx,.xlsm,.vtt,.srt,.docx,.txt,.md"}),
    )


class ColumnsForm(BasisForm):
    """Say what the columns of a table mean. The columns are offered when the file is known."""

    texts = forms.MultipleChoiceField(
        label=_("Which columns hold what people said?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one column that holds what people said.")},
    )
    date_order = forms.ChoiceField(label=_("How dates are written"), choices=ORDERS, initial="dmy")
    language_of_all = forms.ChoiceField(
        label=_("Language of the answers"),
        choices=LANGUAGES,
        required=False,
        help_text=_("Where no column says it"),
    )
    field_order = ["texts"]

    def offer_columns(self, columns: Sequence[str]) -> None:
        """Offer the columns of the file for every meaning."""
        texts = self.fields["texts"]
        if isinstance(texts, forms.MultipleChoiceField):
            texts.choices = [(column, column) for column in columns]
        choices = [("", _("No such column")), *((column, column) for column in columns)]
        for name, label in (*MEANINGS, *FACTS, *CONTACTS):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def choice(self) -> ColumnChoice:
        """Return what was chosen."""
        names = [name for name, _label in (*MEANINGS, *FACTS, *CONTACTS)]
        return ColumnChoice(
            texts=tuple(self.cleaned_data["texts"]),
            date_order=self.cleaned_data["date_order"],
            **{name: self.cleaned_data[name] for name in names},
        )

    @staticmethod
    def initial_of(choice: ColumnChoice) -> dict[str, object]:
        """Return a guessed or remembered choice as the form shows it."""
        return {**choice.singles, "texts": list(choice.texts), "date_order": choice.date_order}


class SpeakersForm(BasisForm):
    """Say who moderates a transcript and how each speaker is called here."""

    language_of_all = forms.ChoiceField(label=_("Language spoken"), choices=LANGUAGES, required=False)

    def offer_speakers(self, speakers: Sequence[SpeakerLine]) -> None:
        """Ask for a pseudonym, and whether they moderate, for each speaker of the file."""
        self.speakers = speakers
        for number, speaker in enumerate(speakers):
            shown = speaker.name or _("(nobody named)")
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("Name to show for “%(name)s”") % {"name": shown},
                max_length=80,
                initial=speaker.suggested,
                error_messages={"required": _("Give this speaker a name to show, such as P1")},
            )
            self.fields[f"moderates_{number}"] = forms.BooleanField(
                label=_("“%(name)s” moderates") % {"name": shown},
                required=False,
                initial=speaker.seems_moderator,
            )

    @property
    def rows(self) -> list[tuple[SpeakerLine, forms.BoundField, forms.BoundField]]:
        """Return each speaker with the two fields about them."""
        return [
            (speaker, self[f"name_{number}"], self[f"moderates_{number}"])
            for number, speaker in enumerate(self.speakers)
        ]

    @property
    def choice(self) -> SpeakerChoice:
        """Return what was chosen."""
        pairs = list(enumerate(self.speakers))
        return SpeakerChoice(
            pseudonyms=tuple((one.name, self.cleaned_data[f"name_{number}"]) for number, one in pairs),
            moderators=tuple(one.name for number, one in pairs if self.cleaned_data[f"moderates_{number}"]),
        )
