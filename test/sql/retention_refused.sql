--
-- retention_agg: bad input gets a clear error and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
CREATE TEMP TABLE journeys (customer int, j journey);
INSERT INTO journeys VALUES
	(1, '{signup@2026-01-01, use@2026-01-02}'),
	(2, '{signup@2026-01-01, use@2026-01-08}'),
	(3, NULL);

-- numbers of periods, periods and labels that are none
SELECT retention_agg(j, 'signup', 'use', '7 days', 0) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '7 days', 10001) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '1 month', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '0', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '-7 days', 2) FROM journeys;
SELECT retention_agg(j, '', 'use', '7 days', 2) FROM journeys;

-- NULL, and paths in place of labels
SELECT retention_agg(j, NULL, 'use', '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup|login', 'use', '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use > pay', '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup', NULL, '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', NULL, 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '7 days', NULL) FROM journeys;

-- arguments that differ within a group; the bytes of both labels together would be the same
SELECT retention_agg(j, 'signup', 'use', '7 days', customer) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', customer * interval '1 day', 2) FROM journeys;
SELECT retention_agg(j, 'signup', CASE customer WHEN 1 THEN 'use' ELSE 'usf' END, '7 days', 2) FROM journeys;
SELECT retention_agg(j, CASE customer WHEN 1 THEN 'ab' ELSE 'a' END,
                     CASE customer WHEN 1 THEN 'c' ELSE 'bc' END, '7 days', 2) FROM journeys;

-- states of other arguments are not added up
CREATE AGGREGATE pg_temp.unfinished(journey, text, text, interval, int) (
	SFUNC = cxjourney_internal.retention_accum, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merged(bigint[]) (
	SFUNC = cxjourney_internal.retention_combine, STYPE = bigint[], FINALFUNC = cxjourney_internal.retention_final);
CREATE TEMP TABLE part AS
SELECT name, pg_temp.unfinished(j, start, back, period, periods) AS state
  FROM journeys, (VALUES
	('same', 'signup', 'use', interval '7 days', 4), ('other start', 'logins', 'use', '7 days', 4),
	('other returning', 'signup', 'buy', '7 days', 4), ('other period', 'signup', 'use', '6 days', 4),
	('other periods', 'signup', 'use', '7 days', 5), ('other lengths', 'signu', 'puse', '7 days', 4))
	v(name, start, back, period, periods)
 GROUP BY name;
SELECT b.name, pg_temp.message_of(format('SELECT pg_temp.merged(s) FROM (VALUES (%L::bigint[]), (%L)) v(s)',
                                          a.state, b.state))
  FROM part a, part b WHERE a.name = 'same' ORDER BY b.name;

-- arrays that are no states, and state functions outside an aggregate
SELECT cxjourney_internal.retention_accum(NULL, '{}', 'signup', 'use', '7 days', 2);
SELECT cxjourney_internal.retention_combine('{1,2,3}', '{1,2,3}');
SELECT cxjourney_internal.retention_final('{}');
SELECT cxjourney_internal.retention_final('{1,1,1,0,1}');
SELECT cxjourney_internal.retention_final('{1,1,256,0,1}');
SELECT cxjourney_internal.retention_final('{1,1,1,NULL,1,1}');
SELECT cxjourney_internal.retention_final('{{1,1,1,0,1,1}}');
SELECT cxjourney_internal.retention_final('{1,1,1,0,1,1}');
