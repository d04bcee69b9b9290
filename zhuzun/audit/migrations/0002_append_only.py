"""The trail may only grow: the database itself refuses to change or delete an event."""

from django.db import migrations

MESSAGE = "审计记录只可新增，不可修改或删除"

POSTGRESQL = [
    f"""
    CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$
    """,
    """
    CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER audit_event_no_{event} BEFORE {event.upper()} ON audit_event
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
    """
    for event in ("update", "delete")
]


def forwards(apps, schema_editor):
    """Set the guard of the database in use."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    """Take the guard away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_event_append_only ON audit_event")
        schema_editor.execute("DROP FUNCTION audit_event_refuse()")
        return
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_event_no_{event}")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
