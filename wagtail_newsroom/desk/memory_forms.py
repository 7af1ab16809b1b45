"""The forms of the translation memory: one pair of texts, one TMX file."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import get_content_languages

from ..conf import conf
from ..segments.inline import clean, have_same_tags
from ..segments.keys import memory_key, visible_text
from .memory import too_large
from .models import MemoryEntry


def language_choices() -> list[tuple[str, str]]:
    """Return the site's content languages as choices of a field."""
    return list(get_content_languages().items())


class MemoryEntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """Edits one pair of texts, cleaned as an imported one is."""

    source_language = forms.ChoiceField(label=gettext_lazy("Source language"))
    target_language = forms.ChoiceField(label=gettext_lazy("Target language"))

    class Meta:
        model = MemoryEntry
        fields = ("source_language", "target_language", "source_text", "target_text")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "source_text": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "target_text": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # The same language twice would be the default otherwise.
            self.initial["target_language"] = [*get_content_languages()][-1]
        for name in ("source", "target"):
            language = getattr(self.instance, f"{name}_language")
            choices = language_choices()
            if language and language not in dict(choices):
                # A language that the site no longer has stays as it is.
                choices.append((language, language))
            field = self.fields[f"{name}_language"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
            field.choices = choices
            if language:
                self.fields[f"{name}_text"].widget.attrs["lang"] = language

    def clean_source_text(self) -> str:
        """Return the source as a fragment."""
        return clean(self.cleaned_data["source_text"]).strip(" ")

    def clean_target_text(self) -> str:
        """Return the translation as a fragment."""
        return clean(self.cleaned_data["target_text"]).strip(" ")

    def clean(self) -> dict[str, Any]:
        """Checks the pair as a whole: two languages, the same tags, not there already."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("source_text", "target_text"):
            if name in cleaned and not visible_text(cleaned[name]):
                self.add_error(name, _("This text says nothing."))
        if self.errors:
            return cleaned
        if cleaned["source_language"] == cleaned["target_language"]:
            self.add_error("target_language", _("Choose two different languages."))
        if not have_same_tags(cleaned["source_text"], cleaned["target_text"]):
            self.add_error(
                "target_text", _("The translation must hold the same tags as the source.")
            )
        if self.errors:
            return cleaned
        twins = MemoryEntry.objects.filter(
            source_language=cleaned["source_language"],
            target_language=cleaned["target_language"],
            source_key=memory_key(cleaned["source_text"]),
            target_key=memory_key(cleaned["target_text"]),
        ).exclude(pk=self.instance.pk)
        if twins.exists():
            raise ValidationError(_("The memory holds this pair already."))
        return cleaned


class ImportTmxForm(forms.Form):
    """Asks for a TMX file."""

    file = forms.FileField(
        label=gettext_lazy("TMX file"),
        help_text=gettext_lazy(
            "A translation memory that another program exported. "
            "Texts in languages that this site does not have are left out."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".tmx,text/xml,application/xml"}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuses a file that is larger than the site allows."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > conf.tmx_max_bytes:
            raise ValidationError(too_large())
        return file
