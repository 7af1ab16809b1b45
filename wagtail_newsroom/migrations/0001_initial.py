# Made by .ci/remake-migrations.

import django.core.validators
import django.db.models.deletion
import wagtail.documents
import wagtail.images
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import uuid
import wagtail.fields
import wagtail.models.preview
import wagtail_newsroom.articles.blocks.boxes
import wagtail_newsroom.articles.blocks.links
import wagtail_newsroom.articles.corrections
import wagtail_newsroom.articles.tag_field
import wagtail_newsroom.articles.types
import wagtail_newsroom.desk.gate
import wagtail_newsroom.desk.policy_models
import wagtail_newsroom.sharing.blocks
from django.conf import settings
from django.db import migrations, models
from wagtail_newsroom.conf import conf


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(wagtail.images.get_image_model_string()),
        migrations.swappable_dependency(wagtail.documents.get_document_model_string()),
        *[
            migrations.swappable_dependency(name)
            for name in (conf.author_model, conf.tag_model)
            if not name.startswith('wagtail_newsroom.')
        ],
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('translation_policy', models.CharField(blank=True, choices=[('', 'As in the section above'), ('review', 'A person approves it before it goes live'), ('label', 'It may go live unreviewed, marked as such and kept from search engines'), ('trust', 'It needs no approval where all of it comes from a trusted source')], default='', help_text='What a machine’s translation of a piece in this section needs before readers see it. Counts for all languages once the section is published.', max_length=16, verbose_name='machine translations')),
                ('translate_on_publish', models.CharField(blank=True, choices=[('', 'As in the section above'), ('never', 'Nothing; people ask for translations'), ('draft', 'It is translated, and the drafts wait'), ('live', 'It is translated, and what needs no approval goes live')], default='', help_text='Only what people write sets this off, never a translation.', max_length=16, verbose_name='when a piece is published')),
                ('translate_into', wagtail_newsroom.desk.policy_models.LanguagesField(blank=True, default=list, help_text='All other languages if none is ticked. Counts with the choice above.', verbose_name='into these languages')),
                ('introduction', models.TextField(blank=True, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='TranslationReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'Translation review',
                'verbose_name_plural': 'Translation reviews',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved_at', models.DateTimeField(auto_now_add=True)),
                ('policy', models.CharField(blank=True, max_length=16)),
                ('digest', models.CharField(max_length=64)),
                ('source_updated_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_approvals', to='wagtail_localize.translation')),
            ],
            options={
                'verbose_name': 'approval',
                'verbose_name_plural': 'approvals',
                'ordering': ('-approved_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Author',
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
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, help_text='The end of the address of the author’s page; made from the name if empty.', max_length=120, verbose_name='slug')),
                ('is_organisation', models.BooleanField(default=False, help_text='For an agency or a desk, which is no person.', verbose_name='organisation')),
                ('job_title', models.CharField(blank=True, max_length=160, verbose_name='role')),
                ('bio', wagtail.fields.RichTextField(blank=True, verbose_name='biography')),
                ('photo_alt', models.CharField(blank=True, max_length=255, verbose_name='alternative text')),
                ('accounts', wagtail.fields.StreamField([('account', 2)], blank=True, block_lookup={0: ('wagtail_newsroom.articles.blocks.values.NeverNullURLBlock', (), {'label': 'address'}), 1: ('wagtail_newsroom.articles.blocks.values.TextLineBlock', (), {'label': 'title', 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('url', 0), ('title', 1)]], {})}, verbose_name='accounts')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.images.get_image_model_string(), verbose_name='photo')),
                ('user', models.ForeignKey(blank=True, help_text='The login of this person, if there is one.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ('name',),
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedSnippetMixin, wagtail.models.preview.PreviewableMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('role', models.CharField(choices=[('writer', 'Writer'), ('translator', 'Translator'), ('editor', 'Editor'), ('photographer', 'Photographer'), ('agency', 'Agency')], default='writer', max_length=16, verbose_name='role')),
                ('is_carried', models.BooleanField(default=False, editable=False)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=conf.author_model, verbose_name='author')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_bylines', to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'byline',
                'verbose_name_plural': 'bylines',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='comment')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved at')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('context', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_localize.translationcontext')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resolved by')),
                ('string', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_localize.string')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_comments', to='wagtail_localize.translation')),
            ],
            options={
                'verbose_name': 'comment on a passage',
                'verbose_name_plural': 'comments on passages',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('correction', 'Correction'), ('clarification', 'Clarification'), ('update', 'Update'), ('editors-note', 'Editor’s note')], default='correction', max_length=16, verbose_name='kind')),
                ('date', models.DateField(default=wagtail_newsroom.articles.corrections.today, verbose_name='date')),
                ('text', models.TextField(verbose_name='text')),
                ('position', models.CharField(choices=[('top', 'Above the text'), ('bottom', 'Below the text')], default='bottom', max_length=8, verbose_name='position')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_corrections', to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Dismissal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.UUIDField()),
                ('check_id', models.CharField(max_length=64)),
                ('source_fingerprint', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('dismissed_at', models.DateTimeField(auto_now_add=True)),
                ('dismissed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale')),
            ],
            options={
                'verbose_name': 'dismissed finding',
                'verbose_name_plural': 'dismissed findings',
            },
        ),
        migrations.CreateModel(
            name='EngineUsage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=100, verbose_name='engine')),
                ('month', models.DateField(verbose_name='month')),
                ('characters', models.PositiveBigIntegerField(default=0, verbose_name='characters')),
                ('requests', models.PositiveBigIntegerField(default=0, verbose_name='requests')),
            ],
            options={
                'verbose_name': 'engine usage',
                'verbose_name_plural': 'engine usage',
                'ordering': ('-month', 'engine'),
                'constraints': [models.UniqueConstraint(fields=('engine', 'month'), name='newsroom_one_usage')],
            },
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('held_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_following', to='wagtail_localize.translation')),
            ],
            options={
                'verbose_name': 'translation that follows its original',
                'verbose_name_plural': 'translations that follow their originals',
            },
        ),
        migrations.CreateModel(
            name='FrontPage',
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
                'verbose_name': 'front page',
                'verbose_name_plural': 'front pages',
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_language', models.CharField(max_length=100, verbose_name='source language')),
                ('target_language', models.CharField(max_length=100, verbose_name='target language')),
                ('term', models.CharField(max_length=255, verbose_name='term')),
                ('translation', models.CharField(blank=True, help_text='Leave it empty if the term is to be kept as it is.', max_length=255, verbose_name='translation')),
                ('keep_as_is', models.BooleanField(default=False, help_text='The term is written in the same way in both languages.', verbose_name='keep as it is')),
                ('case_sensitive', models.BooleanField(default=False, help_text='Only this very spelling counts: AIDS and not aids.', verbose_name='mind capitals')),
                ('one_way', models.BooleanField(default=False, help_text='The term is not used to translate from the target language.', verbose_name='this direction only')),
                ('forbidden', models.TextField(blank=True, help_text='Translations that must not be used, one on each line.', verbose_name='forbidden variants')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('site', models.ForeignKey(blank=True, help_text='Leave it empty for all sites.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'glossary term',
                'verbose_name_plural': 'glossary',
                'ordering': ('term', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='GroupLanguagePermission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_languages', to='auth.group', verbose_name='group')),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
                ('permission', models.ForeignKey(limit_choices_to={'codename__in': ('write_translation', 'approve_translation'), 'content_type__app_label': 'wagtail_newsroom'}, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.permission', verbose_name='permission')),
            ],
            options={
                'verbose_name': 'right in a language',
                'verbose_name_plural': 'rights in languages',
                'permissions': [('write_translation', 'Can write translations into every language')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImageLicence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='licence')),
                ('url', models.URLField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='address of the licence')),
                ('image', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_licence', to=wagtail.images.get_image_model_string(), verbose_name='image')),
            ],
            options={
                'verbose_name': 'licence of an image',
                'verbose_name_plural': 'licences of images',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ImageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('alt', models.CharField(blank=True, help_text='What the picture shows, for readers who cannot see it.', max_length=255, verbose_name='alternative text')),
                ('caption', models.CharField(blank=True, max_length=500, verbose_name='caption')),
                ('credit', models.CharField(blank=True, max_length=160, verbose_name='credit')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_texts', to=wagtail.images.get_image_model_string(), verbose_name='image')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'image text',
                'verbose_name_plural': 'image texts',
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedSnippetMixin, models.Model),
        ),
        migrations.CreateModel(
            name='MemoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('source_language', models.CharField(max_length=100, verbose_name='source language')),
                ('target_language', models.CharField(max_length=100, verbose_name='target language')),
                ('source_text', models.TextField(verbose_name='source text')),
                ('target_text', models.TextField(verbose_name='translation')),
                ('source_key', models.CharField(editable=False, max_length=64)),
                ('target_key', models.CharField(editable=False, max_length=64)),
                ('origin', models.CharField(choices=[('approved', 'Approved'), ('imported', 'Imported')], max_length=16, verbose_name='origin')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated at')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ],
            options={
                'verbose_name': 'memory entry',
                'verbose_name_plural': 'translation memory',
                'ordering': ('-updated_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='MemoryShingle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('length', models.PositiveIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shingles', to='wagtail_newsroom.memoryentry')),
            ],
            options={
                'verbose_name': 'memory shingle',
                'verbose_name_plural': 'memory shingles',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NotificationPreferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_done', models.BooleanField(default=True, help_text='A machine translation that you asked for or have is there to be checked', verbose_name='A translation is ready')),
                ('job_failed', models.BooleanField(default=True, help_text='A machine translation that you asked for or have failed, or is not complete', verbose_name='A translation failed')),
                ('assigned', models.BooleanField(default=True, help_text='Somebody gave you a translation to see to', verbose_name='A piece is assigned to you')),
                ('source_changed', models.BooleanField(default=True, help_text='The original of a translation that you have, approved or asked for changed', verbose_name='An original changed')),
                ('approved', models.BooleanField(default=True, help_text='Somebody approved a translation that you asked for or have', verbose_name='A translation is approved')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification preferences',
                'verbose_name_plural': 'notification preferences',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField()),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_localize.translation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'presence',
                'verbose_name_plural': 'presences',
            },
        ),
        migrations.CreateModel(
            name='ReviewRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('requested', 'Asked for a translation'), ('translated', 'Translated by machine'), ('edited', 'Edited'), ('approved', 'Approved'), ('published', 'Published')], max_length=16, verbose_name='what was done')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                ('translation_key', models.UUIDField()),
                ('source_language', models.CharField(max_length=100, verbose_name='from')),
                ('language', models.CharField(max_length=100, verbose_name='into')),
                ('model', models.CharField(max_length=200, verbose_name='kind')),
                ('source_title', models.CharField(max_length=255, verbose_name='title')),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='translated title')),
                ('passages', models.PositiveIntegerField(null=True, verbose_name='passages')),
                ('by_person', models.PositiveIntegerField(null=True, verbose_name='of them written by people')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='digest of the texts')),
                ('details', models.JSONField(blank=True, default=dict)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'entry in the record of review',
                'verbose_name_plural': 'entries in the record of review',
                'ordering': ('-at', '-pk'),
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SocialSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('profiles', wagtail.fields.StreamField([('account', 3)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.sharing.blocks.networks_to_follow, 'label': 'network'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': 'The name after the last slash of the profile’s address, or the whole address.', 'label': 'account', 'max_length': 255}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Stands in place of the network’s name, such as “Sports desk”.', 'label': 'label', 'max_length': 80, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('network', 0), ('account', 1), ('label', 2)]], {})}, help_text='In the order in which readers see them.', verbose_name='profiles')),
                ('follow_style', models.CharField(choices=[('icon', 'Icons'), ('icon-label', 'Icons with labels'), ('label', 'Labels')], default='icon-label', max_length=16, verbose_name='style of the profiles')),
                ('newsletter_url', models.URLField(blank=True, help_text='Where readers can subscribe by e-mail; offered beside the profiles.', verbose_name='sign-up page of the newsletter')),
                ('share_networks', wagtail.fields.StreamField([('network', 0)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': wagtail_newsroom.sharing.blocks.ways_to_share})}, help_text='Leave empty for those that readers of this language use most.', verbose_name='ways to share')),
                ('share_style', models.CharField(choices=[('icon', 'Icons'), ('icon-label', 'Icons with labels'), ('label', 'Labels')], default='icon', max_length=16, verbose_name='style of the share links')),
                ('share_size', models.CharField(choices=[('s', 'Small'), ('m', 'Medium'), ('l', 'Large')], default='m', max_length=1, verbose_name='size')),
                ('share_position', models.CharField(choices=[('none', 'Nowhere'), ('start', 'Below the headline'), ('end', 'At the end'), ('both', 'Below the headline and at the end'), ('sticky', 'Beside the text, staying in view')], default='end', max_length=8, verbose_name='place in an article')),
                ('hashtags', models.CharField(blank=True, help_text='Put into shared posts where the network takes them; separated by spaces.', max_length=120, verbose_name='hashtags')),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.site', verbose_name='site')),
            ],
            options={
                'verbose_name': 'social settings',
                'verbose_name_plural': 'social settings',
                'ordering': ('site', 'locale'),
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(blank=True, max_length=100)),
                ('text', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('running', 'Translating'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=16)),
                ('reason', models.CharField(blank=True, max_length=32)),
                ('token', models.UUIDField(editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('woken_at', models.DateTimeField(editable=False, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('context', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_localize.translationcontext')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('string', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtail_localize.string')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_suggestions', to='wagtail_localize.translation')),
            ],
            options={
                'verbose_name': 'suggestion',
                'verbose_name_plural': 'suggestions',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, help_text='The end of the address of the tag’s page. Leave empty to make it of the name.', max_length=100, verbose_name='slug')),
                ('key', models.CharField(editable=False, max_length=140)),
                ('needs_name', models.BooleanField(default=False, editable=False, verbose_name='needs a name')),
                ('proposed_name', models.CharField(blank=True, editable=False, max_length=100, verbose_name='proposed name')),
                ('proposed_by', models.CharField(blank=True, editable=False, max_length=100)),
                ('description', models.TextField(blank=True, help_text="Stands at the head of the tag's page.", verbose_name='description')),
                ('picture_alt', models.CharField(blank=True, max_length=255, verbose_name='alternative text')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.images.get_image_model_string(), verbose_name='picture')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': ('name',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaggedPiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_tagged_items', to='wagtailcore.page')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_pieces', to=conf.tag_model)),
            ],
            options={
                'verbose_name': 'tagged piece',
                'verbose_name_plural': 'tagged pieces',
            },
        ),
        migrations.CreateModel(
            name='ArticlePage',
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
                ('kicker_page', models.ForeignKey(blank=True, help_text='Where the kicker leads; readers of another language get its page there.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page of the kicker')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.images.get_image_model_string(), verbose_name='lead image')),
                ('lead_video_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=wagtail.documents.get_document_model_string(), verbose_name='lead video file')),
                ('tags', wagtail_newsroom.articles.tag_field.PieceTagsField(blank=True, help_text='Part them with commas. Readers find pieces with the same tags together.', through='wagtail_newsroom.TaggedPiece', to=conf.tag_model, verbose_name='tags')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'permissions': [('use_raw_html', 'Can add and change raw HTML in articles')],
                'abstract': False,
            },
            bases=(wagtail_newsroom.desk.gate.GatedPageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='TranslationJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('queued', 'Queued'), ('running', 'Translating'), ('done', 'Done'), ('partial', 'Partly translated'), ('failed', 'Failed')], default='queued', max_length=16, verbose_name='status')),
                ('token', models.UUIDField(editable=False, null=True)),
                ('lease_until', models.DateTimeField(editable=False, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('woken_at', models.DateTimeField(editable=False, null=True)),
                ('task_id', models.CharField(blank=True, editable=False, max_length=64)),
                ('total', models.PositiveIntegerField(default=0, verbose_name='segments')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='counts by origin')),
                ('failures', models.JSONField(blank=True, default=list, verbose_name='failures')),
                ('related', models.JSONField(blank=True, default=list, verbose_name='what belongs to the piece')),
                ('publishes', models.BooleanField(default=False, editable=False)),
                ('trouble', models.CharField(blank=True, choices=[('interrupted', 'The translation was interrupted too often. What was translated is kept.'), ('source-deleted', 'The original was deleted.'), ('target-deleted', 'The translated page was deleted.'), ('locked', 'The piece in this language is locked, by hand or by a workflow.'), ('invalid-draft', 'The page does not accept the draft.'), ('unexpected', 'Something unexpected went wrong. What was translated is kept.')], max_length=32, verbose_name='trouble')),
                ('trouble_detail', models.TextField(blank=True)),
                ('deed', models.UUIDField(db_index=True, editable=False, null=True)),
                ('deed_is_over', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='requested at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_jobs', to='wagtail_localize.translation', verbose_name='translation')),
            ],
            options={
                'verbose_name': 'translation job',
                'verbose_name_plural': 'translation jobs',
                'ordering': ('-created_at', '-pk'),
                'permissions': [('approve_translation', 'Can approve translations')],
            },
        ),
        migrations.CreateModel(
            name='Provenance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.UUIDField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('origin', models.CharField(choices=[('machine', 'Machine'), ('memory', 'Translation memory'), ('person', 'Person')], max_length=16)),
                ('engine', models.CharField(blank=True, max_length=100)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('copied_from', models.UUIDField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_newsroom.translationjob')),
            ],
            options={
                'verbose_name': 'provenance',
                'verbose_name_plural': 'provenance',
            },
        ),
        migrations.CreateModel(
            name='PieceState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField()),
                ('source_id', models.CharField(max_length=64)),
                ('target_id', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('missing', 'Not translated'), ('queued', 'Waiting for the machine'), ('translating', 'Being translated'), ('partial', 'Partly translated'), ('failed', 'Translation failed'), ('withheld', 'Withheld from the machine'), ('draft', 'Machine draft, to be checked'), ('in_review', 'Being checked'), ('approved', 'Approved, not published yet'), ('published', 'Published'), ('unreviewed', 'Published, not reviewed'), ('outdated', 'The original changed since')], max_length=16, verbose_name='state')),
                ('since', models.DateTimeField(null=True, verbose_name='since')),
                ('source_title', models.CharField(max_length=255, verbose_name='title')),
                ('title', models.CharField(blank=True, max_length=255, verbose_name='translated title')),
                ('words', models.TextField(blank=True)),
                ('is_live', models.BooleanField(default=False, verbose_name='live')),
                ('is_unreviewed', models.BooleanField(default=False, verbose_name='live without review')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('errors', models.PositiveIntegerField(default=0, verbose_name='open errors')),
                ('warnings', models.PositiveIntegerField(default=0, verbose_name='open warnings')),
                ('segments', models.PositiveIntegerField(default=0, verbose_name='passages')),
                ('missing', models.PositiveIntegerField(default=0, verbose_name='missing passages')),
                ('characters', models.PositiveIntegerField(null=True, verbose_name='characters')),
                ('machine_characters', models.PositiveIntegerField(default=0)),
                ('assigned_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='section')),
                ('source_locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale', verbose_name='language of the original')),
                ('source_page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page')),
                ('target_page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page')),
                ('translation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_localize.translation')),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtail_newsroom.translationjob')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
            },
        ),
        migrations.CreateModel(
            name='Unreviewed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.UUIDField()),
                ('policy', models.CharField(choices=[('review', 'A person approves it before it goes live'), ('label', 'It may go live unreviewed, marked as such and kept from search engines'), ('trust', 'It needs no approval where all of it comes from a trusted source')], max_length=16)),
                ('source_updated_at', models.DateTimeField()),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale')),
            ],
            options={
                'verbose_name': 'unreviewed publication',
                'verbose_name_plural': 'unreviewed publications',
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64)),
                ('waived_at', models.DateTimeField(auto_now_add=True)),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='newsroom_waivers', to='wagtail_localize.translation')),
                ('waived_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'waiver',
                'verbose_name_plural': 'waivers',
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('event', models.JSONField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'webhook delivery',
                'verbose_name_plural': 'webhook deliveries',
                'ordering': ('-created_at', '-pk'),
                'default_permissions': (),
                'indexes': [models.Index(fields=['next_try_at'], name='newsroom_delivery_due')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.UUIDField()),
                ('assigned_at', models.DateTimeField(auto_now=True)),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('locale', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.locale')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned to')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'constraints': [models.UniqueConstraint(fields=('object_id', 'locale'), name='newsroom_one_assignment')],
            },
        ),
        migrations.AddConstraint(
            model_name='author',
            constraint=models.UniqueConstraint(fields=('locale', 'slug'), name='wagtail_newsroom_author_one_slug'),
        ),
        migrations.AlterUniqueTogether(
            name='author',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['locale', 'date'], name='newsroom_correction_date'),
        ),
        migrations.AlterUniqueTogether(
            name='correction',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddConstraint(
            model_name='dismissal',
            constraint=models.UniqueConstraint(fields=('object_id', 'locale', 'check_id', 'source_fingerprint', 'fingerprint'), name='newsroom_one_dismissal'),
        ),
        migrations.AddIndex(
            model_name='glossaryterm',
            index=models.Index(fields=['target_language', 'source_language'], name='newsroom_terms_backward'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=models.UniqueConstraint(fields=('source_language', 'target_language', 'term', 'site'), name='newsroom_one_term_per_site', violation_error_message='The glossary has this term already.'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=models.UniqueConstraint(condition=models.Q(('site', None)), fields=('source_language', 'target_language', 'term'), name='newsroom_one_term', violation_error_message='The glossary has this term already.'),
        ),
        migrations.AddConstraint(
            model_name='glossaryterm',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('keep_as_is', True), ('translation', '')), models.Q(('keep_as_is', False), models.Q(('translation', ''), _negated=True)), _connector='OR'), name='newsroom_term_translated_or_kept', violation_error_message='Give a translation, or choose to keep the term.'),
        ),
        migrations.AddConstraint(
            model_name='grouplanguagepermission',
            constraint=models.UniqueConstraint(fields=('group', 'locale', 'permission'), name='newsroom_one_language_right'),
        ),
        migrations.AddConstraint(
            model_name='imagetext',
            constraint=models.UniqueConstraint(fields=('image', 'locale'), name='newsroom_one_text_per_image'),
        ),
        migrations.AlterUniqueTogether(
            name='imagetext',
            unique_together={('translation_key', 'locale')},
        ),
        migrations.AddIndex(
            model_name='memoryentry',
            index=models.Index(fields=['source_language', 'target_language', 'source_key'], name='newsroom_memory_forward'),
        ),
        migrations.AddIndex(
            model_name='memoryentry',
            index=models.Index(fields=['target_language', 'source_language', 'target_key'], name='newsroom_memory_backward'),
        ),
        migrations.AddConstraint(
            model_name='memoryentry',
            constraint=models.UniqueConstraint(fields=('source_language', 'target_language', 'source_key', 'target_key'), name='newsroom_one_memory_entry'),
        ),
        migrations.AddIndex(
            model_name='memoryshingle',
            index=models.Index(fields=['key', 'length', 'entry'], name='newsroom_near_matches'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('translation', 'user'), name='newsroom_one_presence'),
        ),
        migrations.AddIndex(
            model_name='reviewrecord',
            index=models.Index(fields=['-at', '-id'], name='newsroom_record_at'),
        ),
        migrations.AddIndex(
            model_name='reviewrecord',
            index=models.Index(fields=['translation_key', 'language', '-at'], name='newsroom_record_piece'),
        ),
        migrations.AddConstraint(
            model_name='socialsettings',
            constraint=models.UniqueConstraint(fields=('site', 'locale'), name='newsroom_one_social_settings', violation_error_message='This site has settings for this language already.'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.UniqueConstraint(fields=('translation', 'string', 'context', 'engine'), name='newsroom_one_suggestion'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('translation_key', 'locale'), name='wagtail_newsroom_tag_one_per_locale'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('locale', 'slug'), name='wagtail_newsroom_tag_one_slug'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.UniqueConstraint(fields=('locale', 'key'), name='wagtail_newsroom_tag_one_spelling'),
        ),
        migrations.AddConstraint(
            model_name='taggedpiece',
            constraint=models.UniqueConstraint(fields=('tag', 'content_object'), name='newsroom_one_tagging'),
        ),
        migrations.AddIndex(
            model_name='translationjob',
            index=models.Index(fields=['status', 'woken_at'], name='newsroom_job_status'),
        ),
        migrations.AddConstraint(
            model_name='translationjob',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'running'])), fields=('translation',), name='newsroom_one_active_job'),
        ),
        migrations.AddConstraint(
            model_name='provenance',
            constraint=models.UniqueConstraint(fields=('object_id', 'locale', 'fingerprint'), name='newsroom_one_provenance'),
        ),
        migrations.AddIndex(
            model_name='piecestate',
            index=models.Index(fields=['-since', '-id'], name='newsroom_state_since'),
        ),
        migrations.AddIndex(
            model_name='piecestate',
            index=models.Index(fields=['-is_urgent', '-since', '-id'], name='newsroom_state_urgent'),
        ),
        migrations.AddIndex(
            model_name='piecestate',
            index=models.Index(fields=['state', 'locale'], name='newsroom_state_state'),
        ),
        migrations.AddIndex(
            model_name='piecestate',
            index=models.Index(fields=['assigned_to', 'state'], name='newsroom_state_assigned'),
        ),
        migrations.AddConstraint(
            model_name='piecestate',
            constraint=models.UniqueConstraint(fields=('translation_key', 'locale'), name='newsroom_one_state'),
        ),
        migrations.AddConstraint(
            model_name='unreviewed',
            constraint=models.UniqueConstraint(fields=('object_id', 'locale'), name='newsroom_one_unreviewed'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(fields=('translation', 'mark'), name='newsroom_one_waiver'),
        ),
    ]
