"""The newsroom's hooks into Wagtail: addresses, buttons, the gate before publishing, log actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import SNIPPET_MODELS, register_snippet

from .articles import tag_actions, withdrawal, withdrawal_views
from .articles.author_admin import AuthorViewSet, keep_named_authors
from .articles.byline_views import byline_urls
from .articles.bylines import BylinesMixin
from .articles.checker import add_rules
from .articles.image_text_views import ImageTextViewSet
from .articles.tag_admin import TagViewSet
from .articles.tag_bulk import AcceptProposals, MergeTags
from .articles.tag_views import tag_urls
from .articles.tags import get_tag_model
from .articles.withdrawal_bulk import WithdrawMany
from .desk import (
    actions,
    buttons,
    engine_views,
    explorer,
    localize,
    log_entries,
    permissions,
    views,
    workflow,
)
from .desk.adoption import adopt
from .desk.gate import has_gate, reasons_against
from .desk.glossary_views import GlossaryViewSet
from .desk.home_panel import WaitingPanel
from .desk.job_list_views import JobsMenuItem, job_list_urls
from .desk.language_panel import GroupLanguageForm
from .desk.list_bulk import BULK_ACTIONS
from .desk.list_views import TranslationViewSet
from .desk.memory_views import MemoryViewSet
from .desk.notice_preferences import NewsroomNotificationsPanel
from .desk.pieces import Piece, can_be_piece, piece_of, specific_of
from .desk.record_views import RecordMenuItem, record_urls
from .desk.schedule_bulk import SCHEDULE_ACTIONS
from .exceptions import Declined, NotAllowed
from .sharing.views import SocialSettingsViewSet

# A site may have registered its own class of authors with a viewset of its own.
if AuthorViewSet.model not in SNIPPET_MODELS:
    register_snippet(AuthorViewSet)

ICONS = ("callout", "fact-box", "film", "gallery", "post", "pull-quote", "related", "timeline")
"""Our icons; each is called `newsroom-` and its name."""


@hooks.register("register_admin_urls", order=-10)
def register_desk_urls() -> list[URLPattern | URLResolver]:
    """Registers the desk, and stands before wagtail-localize's addresses that publish or wait."""
    return [
        path(
            "newsroom/pages/<int:page_id>/translate/",
            views.TranslateView.as_view(),
            name="wagtail_newsroom_translate",
        ),
        path(
            "newsroom/pages/<int:page_id>/languages/",
            views.PanelView.as_view(),
            name="wagtail_newsroom_panel",
        ),
        path(
            "newsroom/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/translate/",
            views.TranslateView.as_view(),
            name="wagtail_newsroom_translate_snippet",
        ),
        path(
            "newsroom/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/languages/",
            views.PanelView.as_view(),
            name="wagtail_newsroom_panel_snippet",
        ),
        path("newsroom/jobs/<int:job_id>/", views.JobView.as_view(), name="wagtail_newsroom_job"),
        path(
            "newsroom/jobs/<int:job_id>/progress/",
            views.ProgressView.as_view(),
            name="wagtail_newsroom_progress",
        ),
        path(
            "newsroom/jobs/<int:job_id>/retry/",
            views.RetryView.as_view(),
            name="wagtail_newsroom_retry",
        ),
        path(
            "newsroom/translations/<int:translation_id>/",
            views.ReviewView.as_view(),
            name="wagtail_newsroom_review",
        ),
        path(
            "newsroom/translations/<int:translation_id>/segments/<int:segment_id>/",
            views.SegmentView.as_view(),
            name="wagtail_newsroom_segment",
        ),
        path(
            "newsroom/translations/<int:translation_id>/images/<int:image_id>/",
            views.ThumbnailView.as_view(),
            name="wagtail_newsroom_thumbnail",
        ),
        path(
            "newsroom/translations/<int:translation_id>/rest/",
            views.RestView.as_view(),
            name="wagtail_newsroom_rest",
        ),
        path(
            "newsroom/translations/<int:translation_id>/beside/",
            views.BesideView.as_view(),
            name="wagtail_newsroom_beside",
        ),
        path(
            "newsroom/translations/<int:translation_id>/here/",
            views.HereView.as_view(),
            name="wagtail_newsroom_here",
        ),
        path(
            "newsroom/translations/<int:translation_id>/preview/",
            views.PreviewView.as_view(),
            name="wagtail_newsroom_preview",
        ),
        path(
            "newsroom/translations/<int:translation_id>/schedule/",
            views.ScheduleView.as_view(),
            name="wagtail_newsroom_schedule",
        ),
        path(
            "newsroom/translations/<int:translation_id>/workflow/",
            views.WorkflowView.as_view(),
            name="wagtail_newsroom_workflow",
        ),
        *engine_views.engine_urls(),
        *job_list_urls(),
        *record_urls(),
        *byline_urls(),
        *tag_urls(),
        *withdrawal_views.withdrawal_urls(),
        # The same addresses as wagtail-localize's, so that its own buttons lead here.
        path("localize/submit/page/<int:page_id>/", views.submit_page),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            views.submit_snippet,
        ),
        path("localize/update/<int:translation_source_id>/", views.update_translations),
        path("localize/translate/<int:translation_id>/machine_translate/", views.machine_translate),
    ]


@hooks.register("register_admin_viewset")
def register_translations() -> TranslationViewSet:
    """Shows every piece in every language in the admin."""
    return TranslationViewSet()


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Shows on the admin's home what waits for those who work at the desk."""
    if permissions.can_work_at_the_desk(request.user):
        panels.append(WaitingPanel())


@hooks.register("register_admin_viewset")
def register_memory() -> MemoryViewSet:
    """Shows the translation memory in the admin."""
    return MemoryViewSet("newsroom_memory")


@hooks.register("register_admin_viewset")
def register_glossary() -> GlossaryViewSet:
    """Shows the glossary in the admin."""
    return GlossaryViewSet("newsroom_glossary")


@hooks.register("register_admin_viewset")
def register_social_settings() -> SocialSettingsViewSet:
    """Shows the profiles and ways to share in the settings menu."""
    return SocialSettingsViewSet("newsroom_social")


@hooks.register("register_admin_viewset")
def register_tags() -> TagViewSet:
    """Shows the tags in the admin."""
    return TagViewSet("newsroom_tags", model=get_tag_model())


hooks.register("register_account_settings_panel", NewsroomNotificationsPanel)
hooks.register("before_bulk_action", keep_named_authors)
hooks.register("register_bulk_action", AcceptProposals)
hooks.register("register_bulk_action", MergeTags)
for bulk_action in (*BULK_ACTIONS, *SCHEDULE_ACTIONS, WithdrawMany):
    hooks.register("register_bulk_action", bulk_action)


@hooks.register("register_admin_viewset")
def register_image_texts() -> ImageTextViewSet:
    """Shows the texts of images in the admin."""
    return ImageTextViewSet("newsroom_image_texts")


@hooks.register("construct_wagtail_userbar", order=1000)
def add_content_checks(request: HttpRequest, items: list[Any], page: Any = None) -> None:
    """Adds the newsroom's rules to Wagtail's content checker, after a site has chosen its own."""
    add_rules(items)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Adds the icons of blocks that Wagtail has none for."""
    return [*icons, *(f"wagtail_newsroom/icons/{name}.svg" for name in ICONS)]


@hooks.register("register_reports_menu_item")
def register_engines_page() -> MenuItem:
    """Shows the engines among the reports."""
    return engine_views.EnginesMenuItem()


@hooks.register("register_reports_menu_item")
def register_jobs_page() -> MenuItem:
    """Shows the jobs among the reports."""
    return JobsMenuItem()


@hooks.register("register_reports_menu_item")
def register_record() -> MenuItem:
    """Shows the record of review among the reports."""
    return RecordMenuItem()


@hooks.register("register_permissions")
def register_our_permissions() -> QuerySet[Permission]:
    """Lets groups be given the rights to write and approve translations and to see the engines."""
    return Permission.objects.filter(
        content_type__app_label="wagtail_newsroom",
        codename__in=[
            "approve_translation",
            "use_raw_html",
            "view_engineusage",
            "write_translation",
            "view_reviewrecord",
        ],
    )


@hooks.register("register_group_permission_panel")
def register_languages_of_groups() -> type[GroupLanguageForm]:
    """Lets groups be given the rights to write and to approve single languages."""
    return GroupLanguageForm


@hooks.register("before_edit_page", order=-10)
def open_the_desk(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Opens a translated page at the desk, and publishes it through the gate.

    wagtail-localize's editor stays at `?editor=fields`. Its button "Publish" would write machine
    text into the live page at once, so it is answered here.
    """
    is_alias = piece_of(instance).is_alias
    translation = None if is_alias else localize.find_translation_to(instance)
    if translation is None:
        return None
    if not translation.enabled:
        return _keep_edits(request, instance, translation)
    if request.method == "POST" and request.POST.get("action") == "publish":
        return _at_the_desk(request, translation, _publish)
    if request.method == "POST" and "action-submit" in request.POST:
        return _at_the_desk(request, translation, _submit)
    if request.method == "GET" and request.GET.get("editor") != "fields":
        return redirect("wagtail_newsroom_review", translation.pk)
    return None


@hooks.register("before_edit_snippet", order=-10)
def open_the_desk_for_snippets(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Opens a translated snippet at the desk like a page; one without the gate stays where it was."""
    return open_the_desk(request, instance) if has_gate(instance) else None


def _keep_edits(request: HttpRequest, instance: Any, translation: Any) -> HttpResponseBase | None:
    """Keeps what people edited while a translation was stopped, when it is started again."""
    if request.method != "POST" or "localize-restart-translation" not in request.POST:
        return None
    try:
        with transaction.atomic():
            adopt(translation, instance, user=request.user)
    except Declined as declined:
        messages.error(request, str(declined))
        return _back_to_editor(piece_of(instance))
    return None


def _publish(request: HttpRequest, translation: Any) -> str:
    published = actions.publish(translation, user=request.user)
    return _("“%(title)s” is published.") % {"title": piece_of(published).title}


def _submit(request: HttpRequest, translation: Any) -> str:
    workflow.submit(translation, user=request.user)
    return _("The translation is submitted to its workflow.")


def _at_the_desk(
    request: HttpRequest, translation: Any, act: Callable[[HttpRequest, Any], str]
) -> HttpResponseBase:
    """Does what a button of the editor asks, and leads to the review, which tells what came of it."""
    try:
        messages.success(request, act(request, translation))
    except NotAllowed:
        raise
    except Declined as declined:
        for reason in declined.reasons:
            messages.error(request, reason)
    return redirect("wagtail_newsroom_review", translation.pk)


def _back_to_editor(piece: Piece) -> HttpResponseBase:
    return redirect(piece.edit_url or "wagtailadmin_home")


@hooks.register("before_publish_page", order=-10)
def ask_the_gate(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Declines in the editor what the gate declines, and says why; the draft is kept."""
    reasons = reasons_against(instance)
    if not reasons:
        return None
    piece = piece_of(instance)
    if instance.go_live_at and instance.go_live_at > timezone.now():
        messages.warning(
            request,
            _("“%(title)s” will not go live unless it is approved before. %(reasons)s")
            % {"title": piece.title, "reasons": " ".join(reasons)},
        )
        return None
    messages.error(request, views.declined_message(piece, reasons))
    return _back_to_editor(piece)


@hooks.register("before_publish", order=-10)
def ask_the_gate_for_snippets(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Declines in a snippet's editor what the gate declines."""
    return ask_the_gate(request, instance) if has_gate(instance) else None


@hooks.register("before_bulk_action")
def ask_the_gate_for_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Takes out of a bulk publication what the gate declines, and says why for each."""
    if action_type != "publish":
        return
    passed = []
    for one in objects:
        reasons = []
        piece = piece_of(specific_of(one))
        if can_be_piece(type(one)):
            reasons = reasons_against(piece.newest)
        if reasons:
            messages.error(request, views.declined_message(piece, reasons))
        else:
            passed.append(one)
    # The view counts and publishes this very list.
    objects[:] = passed


hooks.register("before_unpublish_page", views.ask_about_versions)
hooks.register("before_unpublish", views.ask_about_versions)
hooks.register("after_unpublish_page", views.unpublish_chosen)
hooks.register("after_unpublish", views.unpublish_chosen)
hooks.register("before_delete_page", views.tell_before_deletion)


@hooks.register("before_delete_snippet")
def tell_before_deletion_of_snippets(request: HttpRequest, instances: list[Any]) -> None:
    """Tells what becomes of the other languages of snippets that are to be deleted."""
    for instance in instances:
        views.tell_before_deletion(request, instance)


@hooks.register("after_bulk_action")
def tell_what_is_still_live(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Tells of a bulk unpublication in which other languages the pieces stay live."""
    if action_type == "unpublish":
        views.tell_left_of_many(request, objects)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def translation_buttons(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Leads from the page listing and the page's header to its translations."""
    if not page.is_root() and permissions.can_work_at_the_desk(user):
        yield Button(
            buttons.LABEL,
            reverse("wagtail_newsroom_translate", args=[page.pk]),
            icon_name=buttons.ICON,
            priority=15,
        )


@hooks.register("construct_explorer_page_queryset", order=1000)
def ask_for_states(parent_page: Page, pages: Any, request: HttpRequest) -> Any:
    """Has the list of pages bring along the state of each of their languages."""
    return explorer.with_states(pages, request.user)


@hooks.register("register_page_listing_buttons")
def state_badges(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Tells in the list of pages where each language of a page stands."""
    yield from explorer.badges(page, user)


@hooks.register("register_snippet_listing_buttons")
def snippet_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Leads from a list of snippets to the translations of each."""
    if buttons.wants_button(snippet, user):
        yield buttons.translations_button(piece_of(snippet))


@hooks.register("register_snippet_action_menu_item")
def snippet_action(model: type[Model]) -> buttons.SnippetTranslations:
    """Adds the way to the translations to the editor of every snippet that has them."""
    return buttons.SnippetTranslations(order=90)


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def byline_buttons(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Leads from the page listing and the page's header to its bylines."""
    if (
        issubclass(page.specific_class or Page, BylinesMixin)
        and not page.alias_of_id
        and page.permissions_for_user(user).can_edit()
    ):
        yield Button(
            gettext_lazy("Bylines"),
            reverse("wagtail_newsroom_bylines", args=[page.pk]),
            icon_name="user",
            priority=16,
        )


@hooks.register("register_page_header_buttons")
def withdrawal_button(
    page: Page, user: Any, view_name: str | None = None, next_url: str | None = None
) -> Iterator[Button]:
    """Leads from the page's header to its withdrawal, or back from it."""
    yield from withdrawal_views.buttons(page, user)


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Loads the script of the translations panel in editors."""
    return format_html(
        '<script type="module" src="{}"></script>', static("wagtail_newsroom/desk.js")
    )


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Loads the desk's style; it also lets each line of an input take its own direction."""
    return format_html('<link rel="stylesheet" href="{}">', static("wagtail_newsroom/desk.css"))


hooks.register("register_log_actions", log_entries.register)


@hooks.register("register_log_actions")
def register_log_actions(log_actions: Any) -> None:
    """Names in the history what is done with tags, and with pieces in all their languages."""
    log_actions.register_action(
        tag_actions.NAMED, gettext_lazy("Name tag"), gettext_lazy("Tag named")
    )
    log_actions.register_action(
        tag_actions.MERGED, gettext_lazy("Merge tags"), gettext_lazy("Another tag merged into this")
    )
    log_actions.register_action(
        withdrawal.WITHDRAWN, gettext_lazy("Withdraw"), gettext_lazy("Withdrawn from readers")
    )
    log_actions.register_action(
        withdrawal.RESTORED, gettext_lazy("Restore"), gettext_lazy("Brought back to readers")
    )
