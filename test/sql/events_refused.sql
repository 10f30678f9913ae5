--
-- funnel_agg() and flow_agg() over raw events: bad input gets a clear error and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA events_refused_test;
SET search_path = events_refused_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';
CREATE TABLE event (customer bigint, stage text, at timestamptz);
INSERT INTO event VALUES
	(1, 'search', '2026-01-01 10:00'), (1, 'basket', '2026-01-01 10:05'), (1, 'payment', '2026-01-01 10:15'),
	(2, 'payment', '2026-01-02 09:00'), (2, 'search', '2026-01-02 10:00'), (2, 'basket', '2026-01-04 10:00'),
	(3, 'search', '2026-01-03 10:00'), (3, 'help', '2026-01-03 10:01'),
	(4, 'help', '2026-01-03 11:00'), (5, 'basket', '2026-01-03 12:00');

-- paths, windows, stages and times that are none; an aggregate that takes no part in windows; a customer of another
-- type
SELECT call, pg_temp.error_of('SELECT ' || call || ' FROM event', ' | ') FROM unnest(ARRAY[
	$$funnel_agg(customer, stage, at, NULL, '1 day')$$,
	$$funnel_agg(customer, stage, at, '', '1 day')$$,
	$$funnel_agg(customer, stage, at, 'a > b', '-1 second')$$,
	$$funnel_agg(customer, stage, at, 'a > b', '1 month')$$,
	$$funnel_agg(customer, stage, at, '"" > b', NULL)$$,
	$$funnel_agg(customer, stage, at, NULL)$$,
	$$flow_agg(customer, '', at)$$,
	$$flow_agg(customer, stage || chr(10), at)$$,
	$$funnel_agg(customer, stage, 'infinity', 'a > b', NULL)$$,
	$$funnel_agg(customer, stage, at, 'a > b', NULL) OVER ()$$,
	$$flow_agg(customer, repeat('ż', 128), at)$$,
	$$flow_agg(customer, stage, '-infinity')$$,
	$$flow_agg(customer, stage, at) OVER (ORDER BY at)$$,
	$$flow_agg(customer::numeric, stage, at)$$]) call;
-- one path and one window in a group: 24 hours are another way to write the same one, no window is another
SELECT call, pg_temp.error_of('SELECT ' || call || ' FROM event', ' | ') FROM unnest(ARRAY[
	$$funnel_agg(customer, stage, at, CASE WHEN customer = 5 THEN 'a > c' ELSE 'a > b' END::journey_path, '1 day')$$,
	$$funnel_agg(customer, stage, at, CASE WHEN customer = 5 THEN 'a > c' ELSE 'a > b' END::journey_path)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer = 5 THEN NULL ELSE interval '1 day' END)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer < 5 THEN NULL ELSE interval '1 day' END)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer = 5 THEN interval '2 days' ELSE '1 day' END)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer < 5 THEN interval '2 days' ELSE '1 day' END)$$,
	$$funnel_agg(customer::text, stage, at, 'a > b', customer * interval '1 day')$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer < 5 THEN interval '24 hours' ELSE '1 day' END)$$
	]) call;

-- and also where nobody saw both: each partition is aggregated by itself, as by a worker
CREATE TABLE parted (LIKE event) PARTITION BY RANGE (customer);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (3);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (3) TO (10);
INSERT INTO parted TABLE event;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT call, pg_temp.plan_has('SELECT ' || call || ' FROM parted', 'Finalize.*Append.*Partial') AS in_parts,
       pg_temp.error_of('SELECT ' || call || ' FROM parted', ' | ')
  FROM (VALUES ('funnel_agg(customer, stage, at, %s, %s)', $$'search > basket'$$, $$'1 day'$$),
               ('funnel_agg(customer, stage, at, %s, %s)',
                $$CASE WHEN customer < 3 THEN 'search > basket' ELSE 'help > payment' END::journey_path$$, $$'1 day'$$),
               ('funnel_agg(customer::text, stage, at, %s, %s)',
                $$CASE WHEN customer < 3 THEN '^search > basket' ELSE 'search > basket' END::journey_path$$,
                $$'1 day'$$),
               ('funnel_agg(customer, stage, at, %s, %s)', $$'search > basket'$$,
                $$CASE WHEN customer < 3 THEN interval '1 day' ELSE '2 days' END$$),
               ('funnel_agg(customer, stage, at, %s, %s)', $$'search > basket'$$,
                $$CASE WHEN customer < 3 THEN interval '1 day' ELSE '24 hours' END$$),
               ('funnel_agg(customer, stage, at, %s, %s)', $$'search > basket'$$,
                $$CASE WHEN customer < 3 THEN interval '1 day' END$$),
               ('funnel_agg(customer, stage, at, %s)',
                $$CASE WHEN customer < 3 THEN 'search > basket' ELSE 'help > payment' END::journey_path$$, NULL))
       v(form, path, within), format(form, path, within) call;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- nobody can call the state functions: PostgreSQL has more than one way to say that a literal is no internal value
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') ~ '^(42883|0A000) ' AS refused FROM unnest(ARRAY[
	$$cxjourney_internal.flow_events_accum(NULL, 1::bigint, 'a', now())$$,
	$$cxjourney_internal.funnel_events_accum(NULL, 1::bigint, 'a', now(), 'a > b', NULL)$$,
	$$cxjourney_internal.funnel_events_accum(NULL, 1::bigint, 'a', now(), 'a > b')$$,
	$$cxjourney_internal.funnel_events_final(NULL)$$,
	$$cxjourney_internal.flow_events_final(NULL)$$,
	$$cxjourney_internal.events_combine(NULL, NULL)$$,
	$$cxjourney_internal.events_serialize(NULL)$$,
	$$cxjourney_internal.events_deserialize('\x00', NULL)$$]) call;
