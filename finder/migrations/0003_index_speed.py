import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("finder", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="listingindex",
            name="facets",
            field=models.BigIntegerField(
                default=0, help_text="For the counts beside results: see FacetBits."
            ),
        ),
        migrations.RemoveIndex(model_name="listingindex", name="index_position"),
        migrations.AddIndex(
            model_name="listingindex",
            index=django.contrib.postgres.indexes.GistIndex(
                fields=["position"],
                include=[
                    "listing",
                    "categories",
                    "name",
                    "facets",
                    "checked_on",
                    "missing_since",
                    "is_closed",
                ],
                name="index_position",
            ),
        ),
    ]
