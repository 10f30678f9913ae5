--
-- Cohorts and lifecycles: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
SET timezone = 'UTC';
CREATE TEMP TABLE journeys (customer int, j journey);
INSERT INTO journeys VALUES
	(1, '{signup@2026-01-01, use@2026-01-02}'), (2, '{signup@2026-01-01, use@2026-01-08}'), (3, NULL);

-- units, numbers of periods, zones and times that are none
SELECT cohort_agg(j, 'signup', 'use', 'fortnight', 4) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'Week', 4) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', '', 4) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'month', 4) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'year', 4, NULL) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 0) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 10001, 'UTC') FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, 'Europe/Lublin') FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, '') FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, repeat('x', 300)) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, E'<a\tb>-3') FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, 'UTC', 'infinity') FROM journeys;
SELECT cohort_agg(j, 'signup', 'use', 'week', 4, NULL, '-infinity') FROM journeys;
SELECT lifecycle_agg(j, 'use', 'hour', 'UTC', '2026-02-01') FROM journeys;
SELECT lifecycle_agg(j, 'use', 'month', 'Lublin', '2026-02-01') FROM journeys;
SELECT lifecycle_agg(j, 'use', 'month', 'UTC', 'infinity') FROM journeys;
-- the year in which time begins has no first day
SELECT cohort_agg('{a@-4712-01-01}', 'a', 'a', 'year', 1, 'America/New_York');
SELECT cohort_agg('{a@294276-12-31T23:59:59Z}', 'a', 'a', 'day', 1, 'Asia/Tokyo');
SELECT cohort_agg('{a@-4713-11-24T00:00:00Z}', 'a', 'a', 'month', 1, 'UTC');
SELECT lifecycle_agg('{a@-4713-11-24T00:00:00Z}', 'a', 'month', 'UTC', '2026-01-01');

-- labels that are none, and paths in place of labels
SELECT cohort_agg(j, '', 'use', 'week', 2) FROM journeys;
SELECT cohort_agg(j, 'signup|login', 'use', 'week', 2) FROM journeys;
SELECT cohort_agg(j, 'signup', 'use > pay', 'week', 2) FROM journeys;
SELECT lifecycle_agg(j, repeat('x', 256), 'week', 'UTC', '2026-02-01') FROM journeys;
-- NULL arguments
SELECT argument, pg_temp.error_of(format('SELECT cohort_agg(j, %s) FROM journeys', argument)) FROM (VALUES
	('NULL, ''use'', ''week'', 2'), ('''signup'', NULL, ''week'', 2'), ('''signup'', ''use'', NULL, 2'),
	('''signup'', ''use'', ''week'', NULL')) v(argument);
SELECT argument, pg_temp.message_of(format('SELECT lifecycle_agg(j, %s) FROM journeys', argument)) FROM (VALUES
	('NULL, ''week'', ''UTC'', ''2026-02-01'''), ('''use'', NULL, ''UTC'', ''2026-02-01'''),
	('''use'', ''week'', NULL, ''2026-02-01'''), ('''use'', ''week'', ''UTC'', NULL')) v(argument);

-- arguments that differ within a group; bytes of both labels together that are the same; until for some customers only
SELECT cohort_agg(j, 'signup', 'use', 'week', customer) FROM journeys;
SELECT pg_temp.message_of(format('SELECT cohort_agg(j, %s) FROM journeys', argument)) FROM (VALUES
	('''signup'', ''use'', CASE customer WHEN 1 THEN ''day'' ELSE ''week'' END, 2'),
	('''signup'', CASE customer WHEN 1 THEN ''use'' ELSE ''usf'' END, ''week'', 2'),
	('CASE customer WHEN 1 THEN ''ab'' ELSE ''a'' END, CASE customer WHEN 1 THEN ''c'' ELSE ''bc'' END, ''day'', 2'),
	('''a'', ''b'', ''day'', 2, CASE customer WHEN 1 THEN ''UTC'' ELSE ''Europe/Warsaw'' END'),
	('''a'', ''b'', ''day'', 2, CASE customer WHEN 1 THEN ''UTC'' END'),
	('''a'', ''b'', ''day'', 2, ''UTC'', CASE customer WHEN 1 THEN now() END')) v(argument);
SELECT lifecycle_agg(j, 'use', 'month', 'UTC', timestamptz '2026-01-30' + customer * interval '1 day') FROM journeys;
-- values of other arguments are not put together, however it is tried
CREATE TEMP TABLE part AS SELECT name, cohort_agg(j, start, back, unit, periods, zone, until) AS c
  FROM journeys, (VALUES
	('same', 'signup', 'use', 'week', 4, 'UTC', timestamptz '2026-03-01'),
	('other start', 'logins', 'use', 'week', 4, 'UTC', '2026-03-01'),
	('other returning', 'signup', 'buy', 'week', 4, 'UTC', '2026-03-01'),
	('other unit', 'signup', 'use', 'day', 4, 'UTC', '2026-03-01'),
	('other periods', 'signup', 'use', 'week', 5, 'UTC', '2026-03-01'),
	('other zone', 'signup', 'use', 'week', 4, 'Etc/GMT', '2026-03-01'),
	('no zone', 'signup', 'use', 'week', 4, NULL, '2026-03-01'), ('no until', 'signup', 'use', 'week', 4, 'UTC', NULL),
	('other until', 'signup', 'use', 'week', 4, 'UTC', '2026-04-01')) v(name, start, back, unit, periods, zone, until)
 GROUP BY name;
SELECT b.name, pg_temp.message_of(format('SELECT %L::journey_cohorts + %L', a.c, b.c)) AS added,
       pg_temp.message_of(format('SELECT cohort_agg(c) FROM (VALUES (%L::journey_cohorts), (%L)) v(c)', a.c, b.c))
       AS merged
  FROM part a, part b WHERE a.name = 'same' ORDER BY b.name;
SELECT 'a by week in UTC open from 2026-03-02 {}'::journey_lifecycle + 'a by week in UTC open from 2026-03-09 {}';
-- too many customers
SELECT c + c FROM (SELECT 'a > b by day for 1 periods in (none) until unknown
	{(none) streak [9223372036854775807] returned [0] later [0]}'::journey_cohorts AS c) v;
SELECT l + l FROM (SELECT 'a by week in UTC open from 2026-03-02 {2026-02-23 new 9223372036854775807 returning 0
	resurrected 0 dormant 0}'::journey_lifecycle AS l) v;
-- state functions outside an aggregate
SELECT pg_temp.message_of('SELECT cxjourney_internal.' || call) FROM (VALUES
	('cohort_accum(NULL, ''{}'', ''a'', ''b'', ''day'', 1)'),
	('cohorts_combine(c, c) FROM (SELECT ''a > b by day for 1 periods in UTC until known {}''::journey_cohorts) v(c)'),
	('lifecycle_accum(NULL, ''{}'', ''a'', ''day'', ''UTC'', ''2026-01-01'')'),
	('lifecycle_combine(l, l) FROM (SELECT ''a by day in UTC open from 2026-03-02 {}''::journey_lifecycle) v(l)'))
	v(call);

-- texts that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_cohorts', text)) FROM (VALUES
	(''), ('a'), ('a >'), ('a > b'), ('a > b by'), ('a > b by fortnight'), ('a > b by day for 0 periods'),
	('a > b by day for 10001 periods'), ('a > b by day for 1 periods in'),
	('a > b by day for 1 periods in UTC'), ('a > b by day for 1 periods in UTC until tomorrow'),
	('a > b by month for 1 periods in (none) until known {}'), ('a > b by day for 1 periods in UTC until known'),
	('a > b by day for 1 periods in UTC until known {'),
	('a > b by day for 1 periods in UTC until known {} x')) v(text);
SELECT row, pg_temp.detail_of(format('SELECT %L::journey_cohorts',
                                     'a > b by week for 1 periods in UTC until unknown {' || row || '}')) FROM (VALUES
	('2026-01-06 streak [1] returned [0] later [0]'), ('(none) streak [1] returned [0] later [0]'),
	('2026-01-05T01:00:00Z streak [1] returned [0] later [0]'), ('2026-01-05 streak [0] returned [0] later [0]'),
	('2026-01-05 streak [] returned [0] later [0]'), ('2026-01-05 streak [1] returned [0]'),
	('2026-01-05 streak [1, 0, 0] returned [0] later [0]'), ('2026-01-05 streak [1] returned [-1] later [0]'),
	('2026-01-05 streak [1] returned [2] later [2]'), ('2026-01-05 streak [1] returned [1] later [0]'),
	('2026-01-05 streak [2, 1] returned [1] later [1, 1]'), ('2026-01-05 streak [2] returned [0, 1] later [0, 1]'),
	('2026-01-05 streak [1] returned [0] later [1]'), ('2026-01-05 streak [2] returned [0] later [0] ended [1]'),
	('2026-01-12 streak [1] returned [0] later [0], 2026-01-05 streak [1] returned [0] later [0]'),
	('2026-01-05 streak [1] returned [0] later [0], 2026-01-05 streak [1] returned [0] later [0]')) v(row);
SELECT row, pg_temp.detail_of(format('SELECT %L::journey_cohorts',
                                     'a > b by quarter for 1 periods in UTC until known {' || row || '}')) FROM (VALUES
	('2026-02-01 streak [1] returned [0] later [0] ended [0] ended_returned [0]'),
	('2026-01-01 streak [1] returned [0] later [0]'),
	('2026-01-01 streak [1] returned [0] later [0] ended [0, 1] ended_returned [0]'),
	('2026-01-01 streak [1] returned [0] later [0] ended [2] ended_returned [0]'),
	('2026-01-01 streak [2] returned [1] later [1] ended [2] ended_returned [0]'),
	('2026-01-01 streak [1] returned [1] later [1] ended [0] ended_returned [1]')) v(row);
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_lifecycle', text)) FROM (VALUES
	('a'), ('a by hour in UTC open from 2026-01-01T00:00:00Z {}'), ('a by month in (none) open from 2026-01-01 {}'),
	('a by month in UTC open from 2026-01-02 {}'), ('a by month in UTC {}'),
	('a by month in UTC open from 2026-01-01 {2025-12-01 new 1}'),
	('a by month in UTC open from 2026-01-01 {2025-12-01 new 0 returning 0 resurrected 0 dormant 0}'),
	('a by month in UTC open from 2026-01-01 {2026-02-01 new 1 returning 0 resurrected 0 dormant 0}'),
	('a by month in UTC open from 2026-01-01 {2026-01-01 new 0 returning 0 resurrected 0 dormant 1}'),
	('a by year in UTC open from 2026-01-01 {2025-12-01 new 1 returning 0 resurrected 0 dormant 0}'),
	('a by month in UTC open from 2026-01-01
	  {2025-12-01 new 9223372036854775807 returning 1 resurrected 0 dormant 0}')) v(text);

-- binary input trusts no byte: what is copied out here as bytea comes in as cohorts
CREATE TEMP TABLE wire (b bytea);
CREATE TEMP TABLE wire_cohorts (c journey_cohorts);
CREATE TEMP TABLE wire_lifecycle (l journey_lifecycle);
INSERT INTO wire_cohorts
SELECT cohort_agg(j, 'signup', 'use', 'week', 2, 'UTC', '2026-01-20') FROM journeys;
INSERT INTO wire_lifecycle SELECT lifecycle_agg(j, 'use', 'month', 'UTC', '2026-03-20') FROM journeys;
\copy wire_cohorts TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire FROM 'results/cohorts_wire.bin' (FORMAT binary)
SELECT length(b) AS bytes FROM wire;
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 6) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 3, 255) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 1) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 39, 255) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 51, 1) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 55, 200) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_cohorts FROM 'results/cohorts_wire.bin' (FORMAT binary)
TRUNCATE wire;
\copy wire_lifecycle TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 1) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_lifecycle FROM 'results/cohorts_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 0) FROM wire) TO 'results/cohorts_wire.bin' (FORMAT binary)
\copy wire_lifecycle FROM 'results/cohorts_wire.bin' (FORMAT binary)
SELECT (SELECT count(*) FROM wire_cohorts) AS cohorts, (SELECT count(*) FROM wire_lifecycle) AS lifecycles;
