# Made on the oldest supported versions.

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtailimages', '0027_image_description'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
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
                ('wikidata', models.CharField(blank=True, max_length=20)),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('translation_key', 'locale'), name='owntags_topic_one_per_locale'), models.UniqueConstraint(fields=('locale', 'slug'), name='owntags_topic_one_slug'), models.UniqueConstraint(fields=('locale', 'key'), name='owntags_topic_one_spelling')],
            },
        ),
    ]
