"""The forms of the glossary: one term, one CSV file, and the consent to what it changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from .glossary_csv import MAX_BYTES
from .glossary_models import GlossaryTerm
from .memory_forms import language_choices


class GlossaryTermForm(forms.ModelForm):  # type: ignore[type-arg]
    """Edits one term."""

    source_language = forms.ChoiceField(label=gettext_lazy("Source language"))
    target_language = forms.ChoiceField(label=gettext_lazy("Target language"))

    class Meta:
        model = GlossaryTerm
        fields = (
            "source_language",
            "target_language",
            "term",
            "translation",
            "keep_as_is",
            "case_sensitive",
            "one_way",
            "forbidden",
            "note",
            "site",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "term": forms.TextInput(attrs={"dir": "auto"}),
            "translation": forms.TextInput(attrs={"dir": "auto"}),
            "forbidden": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # The same language twice would be the default otherwise.
            self.initial.setdefault("target_language", [*get_content_languages()][-1])
        for name, texts in (("source", ["term"]), ("target", ["translation", "forbidden"])):
            language = getattr(self.instance, f"{name}_language")
            choices = language_choices()
            if language and language not in dict(choices):
                # A language that the site no longer has stays as it is.
                choices.append((language, language))
            field = self.fields[f"{name}_language"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = choices
            for text in texts if language else ():
                self.fields[text].widget.attrs["lang"] = language


class ImportGlossaryForm(forms.Form):
    """Asks for a CSV file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "The first line names the columns: source_language, target_language, term, "
            "translation and, where they are needed, keep_as_is, case_sensitive, one_way, "
            "forbidden, note, site. An exported glossary shows how."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuses a file that is too large to be a glossary."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_BYTES:
            raise ValidationError(
                _("This file is larger than %(limit)d kB.") % {"limit": MAX_BYTES // 1000}
            )
        return file


class ConfirmGlossaryForm(forms.Form):
    """Brings back the file that a person has looked at, and which plan it was."""

    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
