"""Frozen figures (定稿数) may only be added: the database itself refuses to change or delete them."""

from django.db import migrations

MESSAGE = "定稿数只可新增，不可修改或删除"
TABLES = ("tasks_periodsnapshot", "tasks_snapshotfigure")


def forwards(apps, schema_editor):
    """Set the guard of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION tasks_frozen_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION tasks_frozen_refuse()"
            )
        return
    for table in TABLES:
        for event in ("update", "delete"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def backwards(apps, schema_editor):
    """Take the guard away again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_frozen ON {table}")
        schema_editor.execute("DROP FUNCTION tasks_frozen_refuse()")
        return
    for table in TABLES:
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("tasks", "0006_report_sections")]
    operations = [migrations.RunPython(forwards, backwards)]
