--
-- Control charts: which buckets have a row, and what the columns say.  The numbers are
-- compared with R in control_reference.
--
CREATE TEMP TABLE day AS
SELECT d, rating_agg(abs(hashint8extended(i, d)) % CASE WHEN d < 26 THEN 11 ELSE 8 END, '[0,10]') AS nps,
	rating_agg(1 + abs(hashint8extended(i, -d)) % 5, '[1,5]') AS csat,
	rating_agg(1 + abs(hashint8extended(i, 7 * d)) % 7, '[1,7]') AS ces,
	rating_agg(abs(hashint8extended(i, d)) % 11, '[0,10]', 1) AS ones
  FROM generate_series(1, 30) AS d
  LEFT JOIN LATERAL generate_series(1, CASE WHEN d IN (3, 9) THEN 0 ELSE 20 + d END) AS i ON true
 GROUP BY d;
UPDATE day SET nps = NULL WHERE d = 9;

CREATE TEMP VIEW days AS
SELECT array_agg(nps ORDER BY d) AS nps, array_agg(csat ORDER BY d) AS csat, array_agg(ces ORDER BY d) AS ces,
	array_agg(ones ORDER BY d) AS ones FROM day;

-- a row for each bucket with answers; the first 19 of them are provisional
SELECT count(*) AS rows, min("position") FILTER (WHERE NOT provisional) AS frozen,
	array_agg("position") FILTER (WHERE provisional) AS provisional,
	count(*) FILTER (WHERE provisional AND signal IS NOT NULL) AS wrong,
	array_agg("position" || ' ' || signal) FILTER (WHERE signal IS NOT NULL) AS signals
  FROM days, control_chart(nps);

-- value and centre are those of the summaries, to the last digit
SELECT 'nps' AS metric, count(*) AS rows,
	count(*) FILTER (WHERE value = nps(d.nps) AND c.responses = responses(d.nps)) AS value,
	count(*) FILTER (WHERE centre = (SELECT nps_agg(f.nps) FROM (SELECT day.nps FROM day
		WHERE d <= "position" AND responses(ces) > 0 ORDER BY d LIMIT 20) AS f)) AS centre
  FROM days, control_chart(days.nps) AS c JOIN day AS d ON d = "position"
UNION ALL
SELECT 'csat', count(*), count(*) FILTER (WHERE value = csat(d.csat) AND c.responses = responses(d.csat)),
	count(*) FILTER (WHERE centre = (SELECT csat_agg(f.csat) FROM (SELECT day.csat FROM day
		WHERE d <= "position" AND responses(ces) > 0 ORDER BY d LIMIT 20) AS f))
  FROM days, control_chart(days.csat, 'csat') AS c JOIN day AS d ON d = "position"
UNION ALL
SELECT 'ces', count(*), count(*) FILTER (WHERE value = ces(d.ces) AND c.responses = responses(d.ces)),
	count(*) FILTER (WHERE centre = (SELECT ces_agg(f.ces) FROM (SELECT day.ces FROM day
		WHERE d <= "position" AND responses(ces) > 0 ORDER BY d LIMIT 20) AS f))
  FROM days, control_chart(days.ces, 'ces') AS c JOIN day AS d ON d = "position";

-- later buckets change no row
SELECT count(*) AS rows, count(*) FILTER (WHERE l IS DISTINCT FROM s) AS changed
  FROM control_chart((SELECT array_agg(nps ORDER BY d) FROM day WHERE d <= 25)) AS s
  LEFT JOIN control_chart((SELECT nps FROM days)) AS l USING ("position");

-- weights of 1 are no weights; weights that are all alike say no more
CREATE TEMP TABLE weighted AS
SELECT d, rating_agg(s, '[0,10]') AS plain, rating_agg(s, '[0,10]', 1) AS one, rating_agg(s, '[0,10]', 2) AS two
  FROM generate_series(1, 30) AS d, generate_series(1, 20) AS i, mod(abs(hashint8extended(i, d)), 11) AS s
 GROUP BY d;
SELECT count(*) AS rows, count(*) FILTER (WHERE one = p) AS one,
	count(*) FILTER (WHERE abs(two.value - p.value) < 1e-9 AND abs(two.low - p.low) < 1e-9) AS two
  FROM control_chart((SELECT array_agg(plain ORDER BY d) FROM weighted)) AS p
  JOIN control_chart((SELECT array_agg(one ORDER BY d) FROM weighted)) AS one USING ("position")
  JOIN control_chart((SELECT array_agg(two ORDER BY d) FROM weighted)) AS two USING ("position");

-- a given baseline: nothing is provisional, and the dispersion is 1 or what is given, also below 1.  The
-- limit below is 25 - 2 sqrt((1 + 2)/4 - 1/16) 100 / sqrt(40) = 25 - 26.220, and 1.5 times or half as far
SELECT b, "position", centre, round(low, 3) AS low, provisional
  FROM unnest(ARRAY[NULL, 1.5, 0.5]) AS b,
	control_chart('{"[0,10]{10,0,0,0,0,0,0,10,0,0,20}","[0,10]{1,0,0,0,0,0,0,1,0,0,2}"}',
	baseline => '[0,10]{1,0,0,0,0,0,0,1,0,0,2}', dispersion => b, width => 2);
-- without a baseline it replaces what is measured, which is at least 1: low is half as far from the centre
SELECT count(*) AS rows, count(*) FILTER (WHERE abs((centre - h.low) / (centre - o.low) - 0.5) < 1e-6) AS half,
	count(*) FILTER (WHERE m.low <= o.low) AS measured_at_least_1
  FROM days, control_chart(nps, dispersion => 1) AS o
  JOIN LATERAL control_chart(nps, dispersion => 0.5) AS h USING ("position", centre)
  JOIN LATERAL control_chart(nps) AS m USING ("position", centre);
-- a baseline without answers is as if not given
SELECT count(*) AS rows, count(*) FILTER (WHERE provisional) AS provisional
  FROM days, control_chart(nps, baseline => '[0,10]{0,0,0,0,0,0,0,0,0,0,0}');
-- and stays without: twice in one query it is the same value
SELECT count(*) AS rows, count(*) FILTER (WHERE provisional) AS provisional
  FROM days, generate_series(1, 2) AS n,
	control_chart(CASE WHEN n > 0 THEN nps END, baseline => '[0,10]{0,0,0,0,0,0,0,0,0,0,0}');

-- no rows
SELECT count(*) FROM control_chart(NULL);
SELECT count(*) FROM control_chart('{}');
SELECT count(*) FROM control_chart(ARRAY[NULL, '[0,10]{0,0,0,0,0,0,0,0,0,0,0}']::rating_summary[]);
SELECT (SELECT count(*) FROM control_chart(nps, NULL)) AS metric,
	(SELECT count(*) FROM control_chart(nps, lambda => NULL)) AS lambda,
	(SELECT count(*) FROM control_chart(nps, width => NULL)) AS width FROM days;

-- other bounds, and a summary of a long scale with its cut-off
SELECT "position", responses, value, signal, provisional
  FROM control_chart('[-3:-2]={NULL,"[1,10]{0,0,0,0,0,0,0,1,1,2}"}', 'csat', satisfied_from => 9);
-- a scale whose scores have too many digits for ten decimals: 2 / sqrt(2) around the middle
SELECT value, centre, round(low, 4) AS low, round(high, 4) AS high FROM control_chart(
	'{"[2000000000,2000000004]{1,0,0,0,1}"}', 'ces', '[2000000000,2000000004]{2,0,0,0,2}', width => 1);
-- a score other than those that were all alike is news only beyond what is added to them
SELECT "position", value, centre, signal FROM control_chart(array_fill('[1,5]{0,0,0,0,4}'::rating_summary, ARRAY[20])
	|| '{"[1,5]{0,0,0,1,3}","[1,5]{4,0,0,0,0}"}'::rating_summary[], 'ces') WHERE "position" > 19;

-- what a journey map calls: parts in any order, removed ones among them, changes, and one bucket alone
SELECT bucket::date, responses, value, centre, signal, provisional FROM cxjourney_internal.control_chart_at(
	'{2025-01-02,2025-01-01,2025-01-02,2025-01-02,2025-01-03,2025-01-04,2025-01-04,NULL}',
	'{t,f,f,f,f,f,t,f}',
	'{"[1,5]{0,0,0,0,1}","[1,5]{1,0,0,0,1}","[1,5]{0,0,0,0,3}","[1,5]{2,0,0,0,0}",NULL,"[1,5]{1,0,0,0,0}",
	"[1,5]{1,0,0,0,0}","[1,5]{1,0,0,0,0}"}', NULL, 'csat', NULL, NULL);
SELECT bucket::date, value, centre FROM cxjourney_internal.control_chart_at(
	'{2025-01-03,2025-01-01,2025-01-02}', '{f,f,f}',
	'{"[1,5]{0,0,0,0,1}","[1,5]{1,0,0,0,0}","[1,5]{1,0,0,0,1}"}', '{2025-01-09,2025-01-02,NULL}', 'ces', NULL, NULL);
SELECT bucket::date, value, centre FROM cxjourney_internal.control_chart_at(
	'{2025-01-03,2025-01-01,2025-01-02}', '{f,f,f}',
	'{"[1,5]{0,0,0,0,1}","[1,5]{1,0,0,0,0}","[1,5]{1,0,0,0,1}"}', NULL, 'ces', NULL, '2025-01-02');
SELECT count(*) FROM cxjourney_internal.control_chart_at(NULL, '{t}', '{"[1,5]{0,0,0,0,1}"}', NULL, 'ces', NULL, NULL);
