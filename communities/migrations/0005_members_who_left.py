from django.db import migrations

LEFT = "UPDATE communities_membership SET status = 'left' WHERE left_on IS NOT NULL"
UNDO = "UPDATE communities_membership SET status = 'current' WHERE status = 'left'"


class Migration(migrations.Migration):
    dependencies = [("communities", "0004_life_of_a_kim")]
    operations = [migrations.RunSQL(LEFT, UNDO)]
