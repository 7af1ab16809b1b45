# Made by .ci/remake-migrations.

import django.db.models.deletion
import wagtail.documents
import wagtail.images
import uuid
import wagtail.fields
import wagtail.models.preview
import wagtail_newsroom.articles.blocks.boxes
import wagtail_newsroom.articles.blocks.links
import wagtail_newsroom.articles.tag_field
import wagtail_newsroom.articles.types
import wagtail_newsroom.desk.gate
import wagtail_newsroom.desk.policy_models
from django.conf import settings
from django.db import migrations, models
from wagtail_newsroom.conf import conf


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(wagtail.images.get_image_model_string()),
        migrations.swappable_dependency(wagtail.documents.get_document_model_string()),
        migrations.swappable_dependency(conf.tag_model),
        ('wagtail_newsroom', '0001_initial'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ElsewherePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ReportIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('translation_policy', models.CharField(blank=True, choices=[('', 'As in the section above'), ('review', 'A person approves it before it goes live'), ('label', 'It may go live unreviewed, marked as such and kept from search engines'), ('trust', 'It needs no approval where all of it comes from a trusted source')], default='', help_text='What a machine’s translation of a piece in this section needs before readers see it. Counts for all languages once the section is published.', max_length=16, verbose_name='machine translations')),
                ('translate_on_publish', models.CharField(blank=True, choices=[('', 'As in the section above'), ('never', 'Nothing; people ask for translations'), ('draft', 'It is translated, and the drafts wait'), ('live', 'It is translated, and what needs no approval goes live')], default='', help_text='Only what people write sets this off, never a translation.', max_length=16, verbose_name='when a piece is published')),
                ('translate_into', wagtail_newsroom.desk.policy_models.LanguagesField(blank=True, default=list, help_text='All other languages if none is ticked. Counts with the choice above.', verbose_name='into these languages')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='MatchPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('withdrawn_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='withdrawn at')),
                ('withdrawal_notice', models.TextField(blank=True, editable=False, help_text='Why the piece was withdrawn, for readers.', verbose_name='notice of withdrawal')),
                ('tags_of_source', models.JSONField(blank=True, default=list, editable=False)),
                ('kicker', models.CharField(blank=True, help_text='A word or two above the headline.', max_length=80, verbose_name='kicker')),
                ('kicker_url', models.URLField(blank=True, help_text='Where the kicker leads elsewhere.', verbose_name='address of the kicker')),
                ('short_title', models.CharField(blank=True, help_text='For narrow places, such as lists on the front page.', max_length=120, verbose_name='short headline')),
                ('article_type', models.CharField(choices=wagtail_newsroom.articles.types.article_types, default=wagtail_newsroom.articles.types.default_article_type, max_length=32, verbose_name='type')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences below the headline.', verbose_name='standfirst')),
                ('dateline', models.CharField(blank=True, help_text='Where the story comes from, such as a city and an agency.', max_length=160, verbose_name='dateline')),
                ('dateline_date', models.DateField(blank=True, help_text='When it was written there; readers see it in their own calendar.', null=True, verbose_name='date of the dateline')),
                ('lead_image_alt', models.CharField(blank=True, help_text='What the picture shows, for readers who cannot see it.', max_length=255, verbose_name='alternative text')),
                ('lead_image_decorative', models.BooleanField(default=False, help_text='The picture says nothing that the text does not say; it is not read out.', verbose_name='decorative')),
                ('lead_image_caption', models.CharField(blank=True, max_length=500, verbose_name='caption')),
                ('lead_image_credit', models.CharField(blank=True, max_length=160, verbose_name='credit')),
                ('lead_video_url', models.URLField(blank=True, help_text='Loaded only after a reader’s click; the lead image stands before it.', verbose_name='lead video on another site')),
                ('published_at', models.DateTimeField(blank=True, help_text='Leave empty to use the time of the first publication on this site.', null=True, verbose_name='first published')),
                ('updated_at', models.DateTimeField(blank=True, help_text='Set this after a substantial change only; readers see it.', null=True, verbose_name='updated')),
                ('embargoed_until', models.DateTimeField(blank=True, help_text='Before this time the piece is neither published nor sent to an engine.', null=True, verbose_name='embargoed until')),
                ('breaking_until', models.DateTimeField(blank=True, help_text='Until this time the piece is marked as breaking news.', null=True, verbose_name='breaking until')),
                ('internal_note', models.TextField(blank=True, help_text='Never published and never translated.', verbose_name='note to editors')),
                ('sources', wagtail.fields.StreamField([('link', 2)], blank=True, block_lookup={0: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'label': 'address'}), 1: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'title', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('url', 0), ('title', 1)]], {})}, verbose_name='sources and links')),
                ('related_pieces', wagtail.fields.StreamField([('piece', 0)], blank=True, block_lookup={0: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'})}, help_text='Pieces with the same tags follow by themselves.', verbose_name='related pieces')),
                ('verdict', models.CharField(blank=True, max_length=120)),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 1), ('subheading', 2), ('list', 3), ('quote', 6), ('pull_quote', 6), ('divider', 7), ('image', 13), ('gallery', 16), ('video', 22), ('table', 23), ('fact_box', 25), ('callout', 27), ('timeline', 30), ('related_piece', 33), ('document', 36), ('embed', 40), ('social_post', 46), ('social_follow', 50), ('share', 50), ('raw_html', 51), ('score', 54)], blank=True, block_lookup={0: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail_newsroom.articles.blocks.text.HeadingBlock', (), {}), 2: ('wagtail_newsroom.articles.blocks.text.SubheadingBlock', (), {}), 3: ('wagtail_newsroom.articles.blocks.text.ItemListBlock', (), {}), 4: ('wagtail_newsroom.articles.blocks.values.PlainTextBlock', (), {'label': 'quote'}), 5: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'attribution', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5)]], {}), 7: ('wagtail_newsroom.articles.blocks.text.DividerBlock', (), {}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'image'}), 9: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'What the picture shows, for readers who cannot see it.', 'label': 'alternative text', 'required': False}), 10: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'caption', 'required': False}), 11: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'credit', 'required': False}), 12: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'help_text': 'The picture says nothing that the text does not say; it is not read out.', 'label': 'decorative', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 8), ('alt', 9), ('caption', 10), ('credit', 11), ('decorative', 12)]], {}), 14: ('wagtail_newsroom.articles.blocks.pictures.PictureListBlock', (), {'label': 'pictures'}), 15: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'caption of the gallery', 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('images', 14), ('caption', 15)]], {}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'film file'}), 18: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'poster', 'required': False}), 19: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'title', 'required': False}), 20: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A WebVTT file in the language of this page.', 'label': 'subtitles', 'required': False}), 21: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {'help_text': 'What is said and shown, for readers who cannot hear or see it.', 'label': 'transcript', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('file', 17), ('poster', 18), ('title', 19), ('caption', 10), ('credit', 11), ('subtitles', 20), ('transcript', 21)]], {}), 23: ('wagtail_newsroom.articles.blocks.tables.ArticleTableBlock', (), {}), 24: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'superscript', 'subscript', 'ul', 'ol'], 'label': 'text'}), 25: ('wagtail.blocks.StructBlock', [[('title', 19), ('text', 24)]], {}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.articles.blocks.boxes.callout_kinds, 'label': 'kind'}), 27: ('wagtail.blocks.StructBlock', [[('kind', 26), ('text', 24)]], {}), 28: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'heading', 'required': False}), 29: ('wagtail_newsroom.articles.blocks.timelines.TimelineEntriesBlock', (), {'label': 'entries'}), 30: ('wagtail.blocks.StructBlock', [[('heading', 28), ('entries', 29)]], {}), 31: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'}), 32: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'Why a reader should go there, in a few words.', 'label': 'note', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('page', 31), ('note', 32)]], {}), 34: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'document'}), 35: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'Leave empty to use the document’s own title, which is not translated.', 'label': 'title', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('document', 34), ('title', 35)]], {}), 37: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'help_text': 'The address of the film or post, as readers open it.', 'label': 'address'}), 38: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'What it shows, for the button that loads it.', 'label': 'title', 'required': False}), 39: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'A picture that stands in its place until a reader loads it.', 'label': 'poster', 'required': False}), 40: ('wagtail.blocks.StructBlock', [[('url', 37), ('title', 38), ('caption', 10), ('poster', 39)]], {}), 41: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'label': 'address', 'required': False}), 42: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.articles.blocks.links.networks, 'label': 'network', 'required': False}), 43: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'author', 'required': False}), 44: ('wagtail_newsroom.articles.blocks.values.PlainTextBlock', (), {'label': 'text'}), 45: ('wagtail_newsroom.articles.blocks.values.DayBlock', (), {'label': 'date', 'required': False}), 46: ('wagtail.blocks.StructBlock', [[('url', 41), ('network', 42), ('author', 43), ('text', 44), ('date', 45)]], {}), 47: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'heading', 'max_length': 120, 'required': False}), 48: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('', 'As set for the language'), ('icon', 'Icons'), ('icon-label', 'Icons with labels'), ('label', 'Labels')], 'label': 'style', 'required': False}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('', 'As set for the language'), ('s', 'Small'), ('m', 'Medium'), ('l', 'Large')], 'label': 'size', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('heading', 47), ('style', 48), ('size', 49)]], {}), 51: ('wagtail_newsroom.articles.blocks.raw.ArticleHTMLBlock', (), {}), 52: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {}), 53: ('wagtail_newsroom.articles.blocks.values.PlainTextBlock', (), {'required': False}), 54: ('wagtail.blocks.StructBlock', [[('result', 52), ('comment', 53)]], {})})),
                ('kicker_page', models.ForeignKey(blank=True, help_text='Where the kicker leads; readers of another language get its page there.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page of the kicker')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.images.get_image_model_string(), verbose_name='lead image')),
                ('lead_video_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.documents.get_document_model_string(), verbose_name='lead video file')),
                ('tags', wagtail_newsroom.articles.tag_field.PieceTagsField(blank=True, help_text='Part them with commas. Readers find pieces with the same tags together.', through='wagtail_newsroom.TaggedPiece', to=conf.tag_model, verbose_name='tags')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='ReportPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('withdrawn_at', models.DateTimeField(blank=True, db_index=True, editable=False, null=True, verbose_name='withdrawn at')),
                ('withdrawal_notice', models.TextField(blank=True, editable=False, help_text='Why the piece was withdrawn, for readers.', verbose_name='notice of withdrawal')),
                ('tags_of_source', models.JSONField(blank=True, default=list, editable=False)),
                ('kicker', models.CharField(blank=True, help_text='A word or two above the headline.', max_length=80, verbose_name='kicker')),
                ('kicker_url', models.URLField(blank=True, help_text='Where the kicker leads elsewhere.', verbose_name='address of the kicker')),
                ('short_title', models.CharField(blank=True, help_text='For narrow places, such as lists on the front page.', max_length=120, verbose_name='short headline')),
                ('article_type', models.CharField(choices=wagtail_newsroom.articles.types.article_types, default=wagtail_newsroom.articles.types.default_article_type, max_length=32, verbose_name='type')),
                ('standfirst', models.TextField(blank=True, help_text='One or two sentences below the headline.', verbose_name='standfirst')),
                ('dateline', models.CharField(blank=True, help_text='Where the story comes from, such as a city and an agency.', max_length=160, verbose_name='dateline')),
                ('dateline_date', models.DateField(blank=True, help_text='When it was written there; readers see it in their own calendar.', null=True, verbose_name='date of the dateline')),
                ('lead_image_alt', models.CharField(blank=True, help_text='What the picture shows, for readers who cannot see it.', max_length=255, verbose_name='alternative text')),
                ('lead_image_decorative', models.BooleanField(default=False, help_text='The picture says nothing that the text does not say; it is not read out.', verbose_name='decorative')),
                ('lead_image_caption', models.CharField(blank=True, max_length=500, verbose_name='caption')),
                ('lead_image_credit', models.CharField(blank=True, max_length=160, verbose_name='credit')),
                ('lead_video_url', models.URLField(blank=True, help_text='Loaded only after a reader’s click; the lead image stands before it.', verbose_name='lead video on another site')),
                ('published_at', models.DateTimeField(blank=True, help_text='Leave empty to use the time of the first publication on this site.', null=True, verbose_name='first published')),
                ('updated_at', models.DateTimeField(blank=True, help_text='Set this after a substantial change only; readers see it.', null=True, verbose_name='updated')),
                ('embargoed_until', models.DateTimeField(blank=True, help_text='Before this time the piece is neither published nor sent to an engine.', null=True, verbose_name='embargoed until')),
                ('breaking_until', models.DateTimeField(blank=True, help_text='Until this time the piece is marked as breaking news.', null=True, verbose_name='breaking until')),
                ('internal_note', models.TextField(blank=True, help_text='Never published and never translated.', verbose_name='note to editors')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('heading', 1), ('subheading', 2), ('list', 3), ('quote', 6), ('pull_quote', 6), ('divider', 7), ('image', 13), ('gallery', 16), ('video', 22), ('table', 23), ('fact_box', 25), ('callout', 27), ('timeline', 30), ('related_piece', 33), ('document', 36), ('embed', 40), ('social_post', 46), ('social_follow', 50), ('share', 50), ('raw_html', 51)], blank=True, block_lookup={0: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {}), 1: ('wagtail_newsroom.articles.blocks.text.HeadingBlock', (), {}), 2: ('wagtail_newsroom.articles.blocks.text.SubheadingBlock', (), {}), 3: ('wagtail_newsroom.articles.blocks.text.ItemListBlock', (), {}), 4: ('wagtail_newsroom.articles.blocks.values.PlainTextBlock', (), {'label': 'quote'}), 5: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'attribution', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5)]], {}), 7: ('wagtail_newsroom.articles.blocks.text.DividerBlock', (), {}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'image'}), 9: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'What the picture shows, for readers who cannot see it.', 'label': 'alternative text', 'required': False}), 10: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'caption', 'required': False}), 11: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'credit', 'required': False}), 12: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'help_text': 'The picture says nothing that the text does not say; it is not read out.', 'label': 'decorative', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 8), ('alt', 9), ('caption', 10), ('credit', 11), ('decorative', 12)]], {}), 14: ('wagtail_newsroom.articles.blocks.pictures.PictureListBlock', (), {'label': 'pictures'}), 15: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'caption of the gallery', 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('images', 14), ('caption', 15)]], {}), 17: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'film file'}), 18: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'poster', 'required': False}), 19: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'title', 'required': False}), 20: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A WebVTT file in the language of this page.', 'label': 'subtitles', 'required': False}), 21: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {'help_text': 'What is said and shown, for readers who cannot hear or see it.', 'label': 'transcript', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('file', 17), ('poster', 18), ('title', 19), ('caption', 10), ('credit', 11), ('subtitles', 20), ('transcript', 21)]], {}), 23: ('wagtail_newsroom.articles.blocks.tables.ArticleTableBlock', (), {}), 24: ('wagtail_newsroom.articles.blocks.text.ParagraphBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'superscript', 'subscript', 'ul', 'ol'], 'label': 'text'}), 25: ('wagtail.blocks.StructBlock', [[('title', 19), ('text', 24)]], {}), 26: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.articles.blocks.boxes.callout_kinds, 'label': 'kind'}), 27: ('wagtail.blocks.StructBlock', [[('kind', 26), ('text', 24)]], {}), 28: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'heading', 'required': False}), 29: ('wagtail_newsroom.articles.blocks.timelines.TimelineEntriesBlock', (), {'label': 'entries'}), 30: ('wagtail.blocks.StructBlock', [[('heading', 28), ('entries', 29)]], {}), 31: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'}), 32: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'Why a reader should go there, in a few words.', 'label': 'note', 'required': False}), 33: ('wagtail.blocks.StructBlock', [[('page', 31), ('note', 32)]], {}), 34: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'document'}), 35: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'Leave empty to use the document’s own title, which is not translated.', 'label': 'title', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('document', 34), ('title', 35)]], {}), 37: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'help_text': 'The address of the film or post, as readers open it.', 'label': 'address'}), 38: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'help_text': 'What it shows, for the button that loads it.', 'label': 'title', 'required': False}), 39: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'A picture that stands in its place until a reader loads it.', 'label': 'poster', 'required': False}), 40: ('wagtail.blocks.StructBlock', [[('url', 37), ('title', 38), ('caption', 10), ('poster', 39)]], {}), 41: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'label': 'address', 'required': False}), 42: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.articles.blocks.links.networks, 'label': 'network', 'required': False}), 43: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'author', 'required': False}), 44: ('wagtail_newsroom.articles.blocks.values.PlainTextBlock', (), {'label': 'text'}), 45: ('wagtail_newsroom.articles.blocks.values.DayBlock', (), {'label': 'date', 'required': False}), 46: ('wagtail.blocks.StructBlock', [[('url', 41), ('network', 42), ('author', 43), ('text', 44), ('date', 45)]], {}), 47: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'heading', 'max_length': 120, 'required': False}), 48: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('', 'As set for the language'), ('icon', 'Icons'), ('icon-label', 'Icons with labels'), ('label', 'Labels')], 'label': 'style', 'required': False}), 49: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('', 'As set for the language'), ('s', 'Small'), ('m', 'Medium'), ('l', 'Large')], 'label': 'size', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('heading', 47), ('style', 48), ('size', 49)]], {}), 51: ('wagtail_newsroom.articles.blocks.raw.ArticleHTMLBlock', (), {})}, verbose_name='body')),
                ('sources', wagtail.fields.StreamField([('link', 2)], blank=True, block_lookup={0: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'label': 'address'}), 1: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'title', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('url', 0), ('title', 1)]], {})}, verbose_name='sources and links')),
                ('related_pieces', wagtail.fields.StreamField([('piece', 0)], blank=True, block_lookup={0: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'})}, help_text='Pieces with the same tags follow by themselves.', verbose_name='related pieces')),
                ('verdict', models.CharField(blank=True, max_length=120)),
                ('kicker_page', models.ForeignKey(blank=True, help_text='Where the kicker leads; readers of another language get its page there.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page of the kicker')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.images.get_image_model_string(), verbose_name='lead image')),
                ('lead_video_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.documents.get_document_model_string(), verbose_name='lead video file')),
                ('tags', wagtail_newsroom.articles.tag_field.PieceTagsField(blank=True, help_text='Part them with commas. Readers find pieces with the same tags together.', through='wagtail_newsroom.TaggedPiece', to=conf.tag_model, verbose_name='tags')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='SportFrontPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('translation_policy', models.CharField(blank=True, choices=[('', 'As in the section above'), ('review', 'A person approves it before it goes live'), ('label', 'It may go live unreviewed, marked as such and kept from search engines'), ('trust', 'It needs no approval where all of it comes from a trusted source')], default='', help_text='What a machine’s translation of a piece in this section needs before readers see it. Counts for all languages once the section is published.', max_length=16, verbose_name='machine translations')),
                ('translate_on_publish', models.CharField(blank=True, choices=[('', 'As in the section above'), ('never', 'Nothing; people ask for translations'), ('draft', 'It is translated, and the drafts wait'), ('live', 'It is translated, and what needs no approval goes live')], default='', help_text='Only what people write sets this off, never a translation.', max_length=16, verbose_name='when a piece is published')),
                ('translate_into', wagtail_newsroom.desk.policy_models.LanguagesField(blank=True, default=list, help_text='All other languages if none is ticked. Counts with the choice above.', verbose_name='into these languages')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
                ('picks', wagtail.fields.StreamField([('piece', 0)], blank=True, block_lookup={0: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'})}, help_text='The pieces beside the lead; the newest fill what is left.', verbose_name='picks')),
                ('front_sections', wagtail.fields.StreamField([('section', 3)], blank=True, block_lookup={0: ('wagtail.blocks.PageChooserBlock', (), {'label': 'section'}), 1: ('wagtail.blocks.PageChooserBlock', (), {'label': 'piece'}), 2: ('wagtail.blocks.ListBlock', (1,), {'default': [], 'help_text': 'They stand first, wherever they are filed; the newest fill what is left.', 'label': 'pieces', 'min_num': 0}), 3: ('wagtail.blocks.StructBlock', [[('section', 0), ('pieces', 2)]], {})}, help_text='Leave empty for the sections that stand in menus.', verbose_name='sections')),
                ('lead', models.ForeignKey(blank=True, help_text='Leave empty to lead with the newest piece.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='lead')),
            ],
            options={
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('text', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True)),
                ('details', models.TextField(blank=True)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('name', models.CharField(max_length=100)),
                ('slug', models.SlugField(allow_unicode=True, max_length=20)),
                ('description', models.TextField(blank=True)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('locale', 'slug'), name='venue_one_slug')],
                'unique_together': {('translation_key', 'locale')},
            },
            bases=(wagtail_newsroom.desk.gate.GatedSnippetMixin, wagtail.models.preview.PreviewableMixin, models.Model),
        ),
    ]
