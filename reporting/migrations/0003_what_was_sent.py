"""What was approved is issued, and what was delivered was a dispatch of its year."""

from django.db import migrations

DISPATCHES = """
    INSERT INTO reporting_dispatch (schedule_id, report_id, starts_date, edition, released_at)
    SELECT d.schedule_id, d.report_id, make_date(r.year, 1, 1), 1, min(d.next_attempt_at)
    FROM reporting_delivery d JOIN reporting_annualreport r ON r.id = d.report_id
    GROUP BY d.schedule_id, d.report_id, r.year
"""
OF_DELIVERIES = """
    UPDATE reporting_delivery d SET dispatch_id = p.id
    FROM reporting_dispatch p
    WHERE p.schedule_id = d.schedule_id AND p.report_id = d.report_id
"""
OF_EVENTS = """
    UPDATE reporting_deliveryevent e SET dispatch_id = p.id
    FROM reporting_dispatch p
    WHERE p.schedule_id = e.schedule_id AND p.report_id = e.report_id
"""
REPORTS = """
    UPDATE reporting_annualreport SET content_sha256 = figures_sha256;
    UPDATE reporting_annualreport
    SET state = 'issued', checked_by_id = approved_by_id, checked_at = approved_at,
        issued_by_id = approved_by_id, issued_at = approved_at
    WHERE state = 'approved'
"""
ROLES = """
    UPDATE reporting_schedule SET roles = '["host_director", "partner_director"]'
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_editions_letters_dispatches")]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (DISPATCHES, OF_DELIVERIES, OF_EVENTS, REPORTS, ROLES)
    ]
