"""One field of each kind, for the style guide."""

from django import forms

from alongside.apps.base.forms.house import DateParts, Form


class GuideForm(Form):
    """Every kind of field the house draws."""

    title = forms.CharField(label="Title", max_length=120, help_text="Short, and plain to a stranger")
    email = forms.EmailField(label="E-mail address", required=False)
    people = forms.IntegerField(label="How many people took part?", min_value=1, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    purpose = forms.CharField(
        label="What were people told?", widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )
    stage = forms.ChoiceField(
        label="Stage of the pathway",
        choices=[
            ("", "Choose a stage"),
            ("referral", "Referral"),
            ("treatment", "Treatment"),
            ("after", "After"),
        ],
    )
    kind = forms.ChoiceField(
        label="What kind of engagement is it?",
        choices=[("group", "Focus group"), ("survey", "Survey"), ("interview", "Interview")],
        widget=forms.RadioSelect,
    )
    uses = forms.MultipleChoiceField(
        label="What may the words be used for?",
        choices=[
            ("analyse", "Finding themes"),
            ("inside", "Quoting inside"),
            ("public", "Quoting in public"),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text="Only what people were told",
    )
    held_on = forms.DateField(label="When was it held?", widget=DateParts, help_text="For example, 27 3 2026")
    file = forms.FileField(
        label="Transcript or table", required=False, help_text="CSV, XLSX, VTT, DOCX or text"
    )
    agreed = forms.BooleanField(label="I have read what people were told")
