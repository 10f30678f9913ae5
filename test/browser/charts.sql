-- Charts for the browser, with long words, wide numbers and labels that try to break out. psql variable "to": the directory
-- that the pictures are written into, each with the labels of its cards, of which a chart has none.
SET client_min_messages = warning;
\pset tuples_only on
\pset format unaligned
CREATE TABLE steps AS
SELECT customer, stage, timestamptz '2026-01-01 00:00Z' + after AS at
FROM generate_series(1, 1000) AS customer, (VALUES ('Wyszukiwarka internetowa i porównywarka cen', interval '0', 1),
	('<script>window.hacked = 1</script>', '119 minutes', 2), ('"><b>', '400 days', 3)) AS s (stage, after, every)
WHERE customer % every = 0;
CREATE TABLE charts AS
WITH funnel (name, f) AS (
	SELECT 'arrows', funnel_agg(customer, stage, at, '"Wyszukiwarka internetowa i porównywarka cen" > '
		'"<script>window.hacked = 1</script>"? > """><b>"') FROM steps
	UNION ALL SELECT 'order', funnel_agg(customer, stage, at, '"Wyszukiwarka internetowa i porównywarka cen" & '
		'"<script>window.hacked = 1</script>" & "nobody"', '500 days') FROM steps
), rating (name, s) AS (
	SELECT 'nps', rating_agg(score, '[0,10]') FROM generate_series(0, 10) AS score, generate_series(0, 10 * score * score)
	UNION ALL SELECT 'promoters', rating_summary '[0,10]{0,0,0,0,0,0,0,0,0,0,1234567890123}'
	UNION ALL SELECT 'empty', '[0,10]{0,0,0,0,0,0,0,0,0,0,0}'
	UNION ALL SELECT 'weighted', rating_agg(score, '[-50,50]', 1 + score * score) FROM generate_series(-50, 50) AS score
	UNION ALL SELECT 'five', rating_agg(score % 5 + 1, '[1,5]') FROM generate_series(1, 7777) AS score
), survival (name, s) AS (
	SELECT 'stages', survival_agg(j, 'Wyszukiwarka internetowa i porównywarka cen',
		'"<script>window.hacked = 1</script>"', '2026-03-01 00:00Z')
	FROM (SELECT journey_agg(stage, at) AS j FROM steps GROUP BY customer) AS shopper
	UNION ALL SELECT 'days', survival_agg(i * interval '1 day', i % 3 = 0) FROM generate_series(1, 400) AS i
	UNION ALL SELECT 'late', survival_agg(interval '100000000 days', true)
	UNION ALL SELECT 'many', journey_survival '{[1394: 900000000000000000 + 1 in 108000000000000000120000000us]}'
	UNION ALL SELECT 'empty', survival_agg(journey '{a@2026-01-01}', 'b', 'c', '2026-02-01 00:00Z')
), flow (name, f) AS (
	SELECT 'stages', flow_agg(j) FROM (SELECT journey_agg(stage, at) AS j FROM steps GROUP BY customer) AS shopper
	UNION ALL SELECT 'many', flow_agg(j)
	FROM (SELECT journey_agg('Bardzo długa nazwa etapu, <b>' || hashint4(c * 7 + k) % 30,
			timestamptz '2026-01-01Z' + k * interval '1 h') AS j
		FROM generate_series(1, 3000) AS c, generate_series(1, 5) AS k
		GROUP BY c) AS shopper
	UNION ALL SELECT 'columns', flow_agg(j)
	FROM (SELECT journey_agg(k || ' Długa nazwa etapu ' || hashint4(c * 7 + k) % 9,
			timestamptz '2026-01-01Z' + k * interval '1 h') AS j
		FROM generate_series(1, 3000) AS c, generate_series(-4, 5) AS k
		WHERE hashint4(c) % 6 <= k GROUP BY c) AS shopper
	UNION ALL SELECT 'three', flow_agg(j)
	FROM (SELECT journey_agg(k || ' etap ' || hashint4(c * 7 + k) % 15, timestamptz '2026-01-01Z' + k * interval '1 h') AS j
		FROM generate_series(1, 300) AS c, generate_series(-1, 1) AS k
		GROUP BY c) AS shopper
	UNION ALL SELECT 'huge', '{(start) > a = 2000000000000000000, a > (end) = 2000000000000000000}'
	UNION ALL SELECT 'empty', '{}'
), cohort (name, c) AS (
	SELECT unit, cohort_agg(j, 'Wyszukiwarka internetowa i porównywarka cen', '"<script>window.hacked = 1</script>"', unit, 40,
		'Europe/Warsaw', '2026-06-01 00:00Z')
	FROM unnest('{hour,day,week,year}'::text[]) AS unit,
		(SELECT journey_agg(stage, at + customer * interval '1 hour') AS j FROM steps GROUP BY customer) AS shopper GROUP BY unit
	UNION ALL SELECT 'own', cohort_agg(journey_agg, 'a', 'b', 'week', 3, NULL, '2026-01-20 00:00Z')
	FROM (SELECT journey_agg(stage, timestamptz '2026-01-01Z' + n * interval '1 day') FROM generate_series(1, 25) AS n,
		unnest('{a,b}'::text[]) AS stage GROUP BY n) AS shopper
	-- 5, 15 and so on to 55 percent, so that each shade has a cell
	UNION ALL SELECT 'shades', cohort_agg(journey_agg, 'a', 'b', 'week', 5)
	FROM (SELECT journey_agg(stage, timestamptz '2026-01-01Z' + week * interval '7 days 1 hour')
		FROM generate_series(1, 100) AS n, generate_series(0, 5) AS week, unnest('{a,b}'::text[]) AS stage
		WHERE stage = 'b' AND n <= 10 * week + 5 OR stage = 'a' AND week = 0 GROUP BY n) AS shopper
	UNION ALL SELECT 'empty', cohort_agg(journey '{x@2026-01-01}', 'a', 'b', 'month', 3, 'UTC')
), driver (name, s, names) AS (
	SELECT 'three', driver_agg(2 * a - b, ARRAY[a, b, hashint4(a + 9 * b) % 5]),
		'{Łatwość zakupów w sklepie internetowym i w aplikacji,<b>,"Najdłuższesłowoświatabezspacjitutajstoi"}'::text[]
	FROM generate_series(1, 7) AS a, generate_series(1, 7) AS b
	UNION ALL SELECT 'many', driver_agg(hashint4(n) % 1000000, ARRAY(SELECT hashint4(n * 77 + k) % 7 FROM generate_series(1, 13) AS k)),
		NULL FROM generate_series(1, 300) AS n
	UNION ALL SELECT 'constant', driver_agg(n, ARRAY[n, n, 7]), NULL FROM generate_series(1, 20) AS n
	UNION ALL SELECT 'nothing', driver_agg(hashint4(n) % 1000000, ARRAY[n % 2, hashint4(n + 99999) % 9, 7]), NULL FROM generate_series(1, 30000) AS n
	UNION ALL SELECT 'few', driver_agg(1, ARRAY[1, 2]), NULL
), bucket (name, buckets, labels, metric) AS (
	SELECT 'nps', array_agg(s ORDER BY n), array_agg('Tydzień ' || n || ' <b>' ORDER BY n), 'nps'
	FROM (SELECT n, rating_agg(hashint4(n * 99 + k) & 7 + 3 * (n % 30 / 25), '[0,10]') FILTER (WHERE n % 17 > 0) AS s
		FROM generate_series(1, 70) AS n, generate_series(1, 50) AS k GROUP BY n) AS week
	UNION ALL SELECT 'csat', array_agg(s), NULL, 'csat'
	FROM (SELECT rating_agg(1 + k % 5, '[1,5]') AS s FROM generate_series(1, 250) AS n, generate_series(1, 50) AS k GROUP BY n) AS w
	UNION ALL SELECT 'one', ARRAY[rating_summary '[1,7]{0,0,0,0,0,0,1}'], '{Najdłuższa nazwa jedynego miesiąca}', 'ces'
	UNION ALL SELECT 'ends', ARRAY[rating_summary '[0,10]{9,0,0,0,0,0,0,0,0,0,0}', '[0,10]{0,0,0,0,0,0,0,0,0,0,9}'], NULL, 'nps'
	UNION ALL SELECT 'empty', '{}', NULL, 'nps'
), shift (name, before, after, metric) AS (
	SELECT 'many', breakdown_agg('Bardzo długa nazwa etapu, <b>' || n, rating_summary '[0,10]{0,0,0,0,0,0,9,9,0,9,0}'),
		breakdown_agg('Bardzo długa nazwa etapu, <b>' || n, ('[0,10]{0,0,0,0,0,0,9,9,0,' || n || ',0}')::rating_summary), 'nps'
	FROM generate_series(1, 20) AS n
	UNION ALL SELECT 'one', '{a = [1, 0, 0, 0, 0]} on [1, 5]', '{b = [0, 0, 0, 0, 1]} on [1, 5]', 'ces'
	UNION ALL SELECT 'huge', '{(null) = [1234567890123, 0, 0, 0, 0]} on [1, 5]', '{(null) = [1, 0, 0, 0, 1234567890123]} on [1, 5]', 'csat'
	UNION ALL SELECT 'empty', '{}', '{}', 'nps'
), title (title) AS (VALUES (NULL), ('<script>window.hacked = 1</script> ' || repeat('Bardzo długi tytuł ', 20)))
SELECT concat_ws('_', 'funnel', name, language, slide, title IS NULL) AS file, funnel_svg(f, language, title, slide) AS svg
FROM funnel, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'rating', name, language, slide, title IS NULL), rating_svg(s, language, title, slide)
FROM rating, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'survival', name, language, slide, title IS NULL), survival_svg(s, language, title, slide)
FROM survival, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'flow', name, language, slide, title IS NULL), flow_svg(f, language, title, slide)
FROM flow, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'cohort', name, language, slide, title IS NULL), cohort_svg(c, language, title, slide)
FROM cohort, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'driver', name, language, slide, title IS NULL), driver_svg(s, names, 'lmg', language, title, slide)
FROM driver, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'control', name, language, slide, title IS NULL),
	control_svg(buckets, labels, metric, NULL, NULL, language, title, slide)
FROM bucket, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'change', name, language, slide, title IS NULL), cxjourney_internal.control_svg_at(buckets, labels, metric, NULL,
	NULL, language, title, slide, ARRAY(SELECT n % 23 = 4 FROM generate_series(1, cardinality(buckets)) AS n))
FROM bucket, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'trend', name, language, slide, title IS NULL),
	trend_svg(buckets, labels, metric, NULL, language, title, slide)
FROM bucket, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide
UNION ALL
SELECT concat_ws('_', 'shift', name, language, slide, title IS NULL),
	shift_svg(before, after, metric, NULL, language, title, slide)
FROM shift, title, unnest('{en,pl}'::text[]) AS language, unnest('{true,false}'::boolean[]) AS slide;
SELECT format($sql$
\o %1$s/%2$s.svg
SELECT svg FROM charts WHERE file = %2$L;
\o %1$s/%2$s.json
SELECT '[]';
$sql$, :'to', file) FROM charts
\g (format=unaligned tuples_only=on) :to/write_charts.sql
\i :to/write_charts.sql
