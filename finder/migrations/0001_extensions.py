"""Only extensions that an ordinary role may create (PostgreSQL's trusted ones), and how words are read."""

from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

CREATE_WORDS = """
CREATE TEXT SEARCH CONFIGURATION finder_words (COPY = english);
ALTER TEXT SEARCH CONFIGURATION finder_words
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        CreateExtension("cube"),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(CREATE_WORDS, "DROP TEXT SEARCH CONFIGURATION finder_words"),
    ]
