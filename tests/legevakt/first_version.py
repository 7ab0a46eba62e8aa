"""What stood in a database of the first version, as SQL."""

FIRST = """
    INSERT INTO municipalities_central (id, slug, name) VALUES (1, 'alver', 'Alver');
    INSERT INTO municipalities_publicnumber (id, central_id, line_class, number)
    VALUES (1, 1, '116117', '116117');
    INSERT INTO callstats_source
        (id, slug, name, central_id, profile, mapping, zone, is_synthetic, is_expected)
    VALUES (1, 'pbx', 'PBX', 1, 'table', '{"columns": {}}', 'Europe/Oslo', false, true),
           (2, 'log', 'Log', 1, 'asterisk-queue-log', '{}', 'Europe/Oslo', false, true);
    INSERT INTO callstats_callimport
        (id, source_id, channel, file_name, file_format, sha256, size_bytes, created_at, state,
         attempts, error_code, error_params, received, created, updated, unchanged, rejected,
         ignored, pending, preview, warnings, affected_months)
    VALUES ('7f2c1d0e-0000-4000-8000-000000000001', 1, 'api', 'a', 'json', '', 1, now(),
            'completed', 1, '', '{}', 2, 2, 0, 0, 0, 0, 0, '{}', '[]', '[]');
    INSERT INTO callstats_call
        (id, source_id, external_id, central_id, line_id, arrived_at, arrived_text, time_quality,
         outcome, revision, imported_by_id)
    SELECT n, 1, 'c' || n, 1, 1, now(), '', 'exact', 'answered', n,
           '7f2c1d0e-0000-4000-8000-000000000001' FROM generate_series(1, 2) n;
    INSERT INTO callstats_callrevision (call_id, revision, facts, replaced_by_id)
    VALUES (2, 1, '{"outcome": "abandoned"}', '7f2c1d0e-0000-4000-8000-000000000001');
    INSERT INTO callstats_calltrace (source_id, external_id, trace)
    VALUES (2, '1761335400.1', '[[1761335400,"q","ENTERQUEUE"],[1761335425,"q","CONNECT"]]');
"""
HOURS = """
    UPDATE callstats_call SET municipality = '4631', wait_seconds = 30.5 WHERE external_id = 'c2';
    INSERT INTO callstats_call
        (id, source_id, external_id, central_id, line_id, arrived_at, arrived_text, time_quality,
         outcome, answered_at, revision, imported_by_id)
    VALUES (3, 1, 'c3', 1, 1, now(), '', 'exact', 'callback_requested',
            now() + interval '90 seconds', 1, '7f2c1d0e-0000-4000-8000-000000000001');
    INSERT INTO callstats_callhour
        (central_id, line_id, hour_at, outcome, calls, ambiguous_calls, waits_ms, talk_seconds)
    VALUES (1, 1, '2024-01-01T10:00Z', 'answered', 2, 1, '{1000,2000}', 60),
           (1, 1, date_trunc('hour', now(), 'UTC'), 'answered', 2, 0, '{30500}', 0),
           (1, 1, date_trunc('hour', now(), 'UTC'), 'callback_requested', 1, 0, '{}', 0);
"""
REPORTS = """
    INSERT INTO municipalities_municipality
        (id, number, name, county_number, county, written_form, valid_from)
    VALUES (1, '4631', 'Alver', '46', 'Vestland', 'nn', '2024-01-01');
    INSERT INTO municipalities_cooperation (id, slug, name, language, is_demonstration, host_id)
    VALUES (1, 'nordhordland', 'Nordhordland', 'nn', false, 1);
    INSERT INTO municipalities_user
        (id, password, is_superuser, is_staff, is_active, date_joined, name, email, language)
    VALUES (1, '', false, false, true, now(), 'D', 'd@alver.example', 'nn');
    INSERT INTO reporting_annualreport
        (id, year, state, figures, figures_sha256, figures_at, cooperation_id)
    VALUES (1, 2023, 'draft', '{}', 'f1', now(), 1), (2, 2024, 'draft', '{}', 'f2', now(), 1);
    INSERT INTO reporting_reportdocument
        (report_id, language, state, stage, figures_sha256, pdf_sha256, pdf_bytes, error, queued_at)
    VALUES (1, 'nn', 'done', '', 'f1', 'p1', 10, '', now());
    UPDATE reporting_annualreport
    SET state = 'approved', approved_by_id = 1, approved_at = '2024-02-01T09:00Z' WHERE id = 1;
    INSERT INTO reporting_schedule
        (id, month, day, local_time, is_active, changed_at, cooperation_id)
    VALUES (1, 3, 1, '08:00', true, '2024-01-01T00:00Z', 1);
    INSERT INTO reporting_delivery
        (email, language, state, message_id, attempts, next_attempt_at, sent_at, error_code,
         municipality_id, recipient_id, report_id, schedule_id)
    VALUES ('d@alver.example', 'nn', 'sent', '<1@alver>', 1, '2024-03-01T07:00Z',
            '2024-03-01T07:00Z', '', 1, 1, 1, 1);
"""
