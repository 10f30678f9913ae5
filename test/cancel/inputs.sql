-- The largest inputs of test/suites/slow/cancel: a value of each type that can be large, in one row, and a map with many
-- cells. They are not the largest there can be, a gigabyte each, but large enough that a function which does not look
-- whether it was cancelled takes far more than a second.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION cxjourney;
CREATE EXTENSION IF NOT EXISTS plpgsql;

CREATE TABLE inputs (j journey, k journey, a journey_attribution, f journey_flow, fu journey_funnel, c journey_cohorts,
	l journey_lifecycle, s journey_survival, t term_summary, b rating_breakdown, v tsvector, big_text text, words text,
	labels text[], scores rating_summary[], big_json jsonb, cells jsonb, targets jsonb, many bigint[], big_number numeric,
	hostile journey_path, chain journey_attribution, few journey_flow, ct journey_contrast);
ALTER TABLE inputs ALTER j SET STORAGE EXTERNAL, ALTER k SET STORAGE EXTERNAL, ALTER a SET STORAGE EXTERNAL,
	ALTER f SET STORAGE EXTERNAL, ALTER t SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL, ALTER c SET STORAGE EXTERNAL,
	ALTER big_text SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL;

-- j: many stages; k: two stages, a thousand visits at each time
INSERT INTO inputs (j) SELECT journey_agg('s' || x % 60000, '2026-01-01'::timestamptz + x * interval '7 seconds', x)
FROM generate_series(1, 4000000) x;
UPDATE inputs SET k = (SELECT journey_agg(CASE WHEN x % 3 = 0 THEN 'a' ELSE 'b' END,
		'2026-01-01'::timestamptz + x / 1000 * interval '1 second') FROM generate_series(1, 3000000) x),
	hostile = (SELECT string_agg(CASE WHEN x % 2 = 0 THEN 'a' ELSE 'a|b?' END, ' > ') || ' > s59999 > missing'
		FROM generate_series(1, 60) x)::journey_path,
	labels = (SELECT array_agg('s' || x) FROM generate_series(1, 500000) x),
	scores = (SELECT array_agg(rating_summary('[0,10]', ARRAY[x % 7, 0, 1, 0, 0, x % 5, 1, 0, 0, x % 11, 3]::bigint[]))
		FROM generate_series(1, 300000) x),
	many = array_fill(1::bigint, ARRAY[5000000]),
	big_number = ('1' || repeat('0', 130000) || '.5')::numeric,
	big_json = (SELECT jsonb_object_agg('label ' || x, x % 100 + 1) FROM generate_series(1, 200000) x),
	words = (SELECT string_agg('word' || x, ' ') FROM generate_series(1, 2000000) x),
	big_text = repeat('x7 - ', 40000000);
UPDATE inputs SET v = array_to_tsvector((SELECT array_agg('w' || x) FROM generate_series(1, 100000) x));
UPDATE inputs SET t = (SELECT term_agg(array_to_tsvector(ARRAY['t' || x, 'u' || x % 1000]))
		FROM generate_series(1, 2500000) x),
	b = (SELECT breakdown_agg('label ' || x, rating_summary('[1,5]', ARRAY[x, 1, 2, 3, 4]::bigint[]))
		FROM generate_series(1, 1500000) x),
	s = (SELECT survival_agg(x::bigint * x * interval '1 microsecond', x % 3 > 0) FROM generate_series(1, 1000000) x);
-- flows and attributions of journeys with many different transitions; cohorts of many days and periods
UPDATE inputs SET f = (SELECT flow_agg(j) FROM (SELECT journey_agg('s' || (x::bigint * 7919) % 30011,
			'2026-01-01'::timestamptz + x * interval '1 minute') j FROM generate_series(1, 2000000) x GROUP BY x % 4000) o),
	a = (SELECT attribution_agg(j, 's0') FROM (SELECT journey_agg('s' || (x::bigint * 7919) % 30011,
			'2026-01-01'::timestamptz + x * interval '1 minute', NULL, x % 99) j FROM generate_series(1, 1000000) x GROUP BY x % 4000) o),
	c = (SELECT cohort_agg(format('{s@%s, r@%s}', d::date, d::date + n)::journey, 's', 'r', 'day', 1000, 'UTC')
		FROM generate_series(date '1990-01-01', '2025-12-31', '1 day') d, generate_series(1, 30) n),
	l = (SELECT lifecycle_agg(format('{s@%s}', d::date)::journey, 's', 'day', 'UTC', '2026-01-01')
		FROM generate_series(date '1990-01-01', '2025-12-31', '1 day') d),
	fu = (SELECT funnel_agg(format('{a@2026-01-01T00:00:00Z, b@2026-01-01T00:00:00Z}')::journey, 'a > b'));
-- A chain of the most touchpoints that are solved, each with ways to many others; margins that are raked for long.
UPDATE inputs SET chain = (SELECT attribution_agg(j, 'goal') FROM (SELECT journey_agg(
			CASE WHEN x / 400 % 40 = 39 THEN 'goal' ELSE 't' || abs(hashint8extended(x, 1) % 1999) END,
			'2026-01-01'::timestamptz + x * interval '1 minute', NULL, x % 99 - 9) j
			FROM generate_series(1, 400000) x GROUP BY x % 400) o),
	few = (SELECT flow_agg(j) FROM (SELECT journey_agg('s' || (x::bigint * 7919 % 3989),
			'2026-01-01'::timestamptz + x * interval '1 minute') j FROM generate_series(1, 500000) x GROUP BY x % 400) o),
	cells = (SELECT jsonb_agg(jsonb_build_object('labels', jsonb_build_object('a', 'a' || a, 'b', 'b' || b), 'responses',
			1 + (a * b) % 17 * (a + b) % 5)) FROM generate_series(1, 400) a, generate_series(1, 400) b),
	targets = (SELECT jsonb_build_object('a', jsonb_object_agg('a' || n, 1 + n % 97), 'b', jsonb_object_agg('b' || n, 1 + n % 89))
		FROM generate_series(1, 400) n);

-- A contrast of all stages that a customer could have seen, half of whom convert.
UPDATE inputs SET ct = (SELECT contrast_agg(('{start@2026-01-01, ' || (SELECT string_agg(format('%I@2026-01-02', 's' || (x + y) % 60000), ', ')
			FROM generate_series(1, 20) y) || CASE WHEN x % 2 = 0 THEN ', end@2026-01-05}' ELSE '}' END)::journey,
		'start > end', '7 days', '2 days', '2027-01-01') FROM generate_series(0, 59999, 20) x);

-- A map of 21,000 cells and half a million answers, with comments.
CREATE TABLE answers (at timestamptz, stage text, place text, nps integer, csat integer, said text);
INSERT INTO answers SELECT '2026-01-01'::timestamptz + x * interval '11 seconds', 'stage ' || x % 150, 'place ' || x % 140,
	x % 11, x % 5 + 1, 'the ' || x % 997 || ' word ' || x % 9973 FROM generate_series(1, 500000) x;
SELECT create_journey_map('big', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', nps => 'nps', csat => 'csat',
	comment => 'said');
SELECT create_journey_table('paths', 'answers', customer => 'nps', stage => 'stage', at => 'at');
CREATE TABLE indexed AS SELECT j FROM inputs UNION ALL SELECT format('{s%s@2026-01-01}', x)::journey FROM generate_series(1, 9) x;
CREATE INDEX ON indexed USING gin (j);
