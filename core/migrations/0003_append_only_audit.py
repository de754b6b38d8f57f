"""The audit log takes rows and gives none back: the database itself refuses to change or delete one."""

from django.db import migrations

REFUSALS = {
    "sqlite": (
        [
            f"""CREATE TRIGGER core_auditentry_no_{verb.lower()} BEFORE {verb} ON core_auditentry
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
            for verb in ("UPDATE", "DELETE")
        ],
        [f"DROP TRIGGER core_auditentry_no_{verb}" for verb in ("update", "delete")],
    ),
    "postgresql": (
        [
            """CREATE FUNCTION core_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
            """CREATE TRIGGER core_auditentry_append_only BEFORE UPDATE OR DELETE ON core_auditentry
               FOR EACH ROW EXECUTE FUNCTION core_auditentry_refuse()""",
        ],
        [
            "DROP TRIGGER core_auditentry_append_only ON core_auditentry",
            "DROP FUNCTION core_auditentry_refuse()",
        ],
    ),
}


def refuse(apps, schema_editor):
    for statement in REFUSALS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in REFUSALS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_audit_actor")]

    operations = [migrations.RunPython(refuse, allow)]
