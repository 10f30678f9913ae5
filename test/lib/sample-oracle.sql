-- The numbers that README.md and the guides show of demo/sample.sql, worked out a second time by plain SQL: count, sum, avg
-- and corr over the rows, no function of the extension. Prints a line for each that differs, so nothing if all is well.
-- What the documents show is compared with what the extension gives by test/lib/check-docs.
\set QUIET on
\o /dev/null
\i demo/sample.sql
SET timezone = 'Europe/Warsaw';

CREATE FUNCTION pg_temp.plain_nps(promoters bigint, detractors bigint, answers bigint) RETURNS numeric LANGUAGE sql
AS $$ SELECT round(100.0 * (promoters - detractors) / nullif(answers, 0), 6) $$;

CREATE TEMPORARY TABLE plain AS
SELECT *, (nps >= 9)::integer AS promoter, (nps <= 6)::integer AS detractor, (csat >= 4)::integer AS satisfied,
	(answered_at AT TIME ZONE 'Europe/Warsaw')::date AS day, date_trunc('week', answered_at) AS week
FROM responses
WHERE nps IS NOT NULL OR csat IS NOT NULL OR ces IS NOT NULL;

CREATE TEMPORARY TABLE difference (what text, place text, extension numeric, plain numeric);

-- README and docs/pl, the start, and rollups: by stage, shop, day, month. Written together to compare any grain.
INSERT INTO difference
SELECT 'nps by ' || array_to_string(ARRAY[stage::text, shop, day::text, month::text], ','), metric, extension, plain
FROM (
	SELECT stage, shop, answered_on AS day, date_trunc('month', answered_on)::date AS month, metric, round(extension, 6) AS extension, round(plain, 6) AS plain
	FROM (
		SELECT stage, shop, answered_on, date_trunc('month', answered_on), nps_agg(nps), csat_agg(csat), ces_agg(ces), nps_agg(nps, weight),
			100.0 * (sum(promoter) - sum(detractor)) / nullif(count(nps), 0), 100.0 * sum(satisfied) / nullif(count(csat), 0), avg(ces),
			100 * sum(weight * (promoter - detractor)) / nullif(sum(weight) FILTER (WHERE nps IS NOT NULL), 0)
		FROM plain
		GROUP BY GROUPING SETS ((), (stage), (shop), (answered_on, stage), (date_trunc('month', answered_on)))
	) AS s (stage, shop, answered_on, month, nps, csat, ces, weighted, plain_nps, plain_csat, plain_ces, plain_weighted),
	LATERAL (VALUES ('nps', nps, plain_nps), ('csat', csat, plain_csat), ('ces', ces, plain_ces),
		('weighted nps', weighted, plain_weighted)) AS v (metric, extension, plain)
) AS compared;

-- The mistakes of docs/mistakes.md: blanks in the denominator, averages of averages.
INSERT INTO difference
SELECT 'average of averages', month::text, avg(nps(s)), avg(plain)
FROM (
	SELECT date_trunc('month', answered_on)::date AS month, rating_agg(nps, '[0,10]') AS s,
		100.0 * (sum(promoter) - sum(detractor)) / nullif(count(nps), 0) AS plain
	FROM plain WHERE answered_on BETWEEN '2026-01-01' AND '2026-03-31' GROUP BY answered_on, stage
) AS days
GROUP BY month;

-- The journey map: which touchpoint lowers the NPS most, by how much, and what do they say there?
SELECT create_journey_map('oracle', 'responses', at => 'answered_at', stage => 'stage', touchpoint => 'touchpoint', segment => 'persona',
	nps => 'nps', csat => 'csat', ces => 'ces', comment => 'comment', bucket => 'week', timezone => 'Europe/Warsaw');

CREATE TEMPORARY TABLE cell AS
SELECT persona, touchpoint, count(*) AS responses, sum(promoter) AS p, sum(detractor) AS d, count(nps) AS n,
	pg_temp.plain_nps(sum(promoter), sum(detractor), count(nps)) AS nps, round(100.0 * sum(satisfied) / count(csat), 6) AS csat, round(avg(ces), 6) AS ces
FROM plain GROUP BY persona, touchpoint;

INSERT INTO difference
SELECT 'map', segment || ' ' || m.touchpoint, v.*
FROM oracle AS m FULL JOIN cell AS c ON c.persona = m.segment AND c.touchpoint = m.touchpoint,
	LATERAL (VALUES (m.responses::numeric, c.responses::numeric), (round(m.nps, 6), c.nps), (round(m.csat, 6), c.csat), (round(m.ces, 6), c.ces)) AS v;

INSERT INTO difference
SELECT 'barrier', segment || ' ' || b.touchpoint, v.*
FROM oracle_barriers AS b JOIN cell AS c ON c.persona = b.segment AND c.touchpoint = b.touchpoint
	JOIN (SELECT persona, sum(p) AS p, sum(d) AS d, sum(n) AS n FROM cell GROUP BY persona) AS a ON a.persona = b.segment,
	LATERAL (SELECT 100.0 * ((a.p - c.p) - (a.d - c.d)) / (a.n - c.n) AS rest, 100.0 * (a.p - a.d) / a.n AS whole) AS r,
	LATERAL (VALUES (round(b.value, 6), c.nps), (round(b.rest, 6), round(r.rest, 6)), (round(b.impact, 6), round(r.rest - r.whole, 6))) AS v
WHERE metric = 'nps';

INSERT INTO difference
SELECT 'the worst touchpoint is the courier, then the helpline', touchpoint, place, CASE touchpoint WHEN 'courier:door' THEN 1 WHEN 'phone:helpline' THEN 2 END
FROM (SELECT touchpoint, row_number() OVER (ORDER BY max(impact) DESC) AS place FROM oracle_barriers WHERE metric = 'nps' GROUP BY touchpoint) AS b;

INSERT INTO difference
SELECT 'comments', coalesce(m.comment, c.comment), m.times, c.times
FROM (SELECT comment, count(*) AS times FROM oracle_comments WHERE touchpoint = 'courier:door' AND nps <= 6 GROUP BY comment) AS m
	FULL JOIN (SELECT comment, count(*) AS times FROM plain WHERE touchpoint = 'courier:door' AND nps <= 6 AND comment IS NOT NULL GROUP BY comment) AS c USING (comment);

INSERT INTO difference
SELECT 'trend', coalesce(m.segment, c.persona) || ' ' || coalesce(m.bucket, c.week)::date, round(m.nps, 6), c.nps
FROM oracle_trend AS m
	FULL JOIN (SELECT persona, week, pg_temp.plain_nps(sum(promoter), sum(detractor), count(nps)) AS nps FROM plain GROUP BY persona, week) AS c
		ON c.persona = m.segment AND c.week = m.bucket;

-- Another courier since 15 April: six whole weeks on either side, the week of the change on neither.
INSERT INTO oracle_notes (stage, touchpoint, kind, note, noted_at, days) VALUES ('delivery', 'courier:door', 'change', 'Another courier', '2026-04-15', 42);
INSERT INTO difference
SELECT 'change', metric, v.*
FROM oracle_changes AS m JOIN (
	SELECT unnest('{nps,csat,ces}'::text[]) AS metric,
		unnest(ARRAY[pg_temp.plain_nps(sum(promoter) FILTER (WHERE before), sum(detractor) FILTER (WHERE before), count(nps) FILTER (WHERE before)),
			100.0 * sum(satisfied) FILTER (WHERE before) / count(csat) FILTER (WHERE before), avg(ces) FILTER (WHERE before)]) AS before,
		unnest(ARRAY[pg_temp.plain_nps(sum(promoter) FILTER (WHERE NOT before), sum(detractor) FILTER (WHERE NOT before), count(nps) FILTER (WHERE NOT before)),
			100.0 * sum(satisfied) FILTER (WHERE NOT before) / count(csat) FILTER (WHERE NOT before), avg(ces) FILTER (WHERE NOT before)]) AS after
	FROM (SELECT *, week < '2026-04-13' AS before FROM plain
		WHERE touchpoint = 'courier:door' AND week <> '2026-04-13' AND week BETWEEN '2026-03-02' AND '2026-05-25') AS around
) AS c USING (metric), LATERAL (VALUES (round(m.before, 4), round(c.before, 4)), (round(m.after, 4), round(c.after, 4))) AS v;

-- What moved the NPS of all from January to February, by touchpoint: Kitagawa's formula.
INSERT INTO difference
SELECT 'shift', s.label, v.*
FROM journey_map_shift('oracle', '[2025-12-29,2026-02-01]', '[2026-02-02,2026-03-01]') AS s
	FULL JOIN (
		SELECT touchpoint, sum(n0) / max(t0) AS w0, sum(n1) / max(t1) AS w1, 100 * sum(d0) / sum(n0) AS r0, 100 * sum(d1) / sum(n1) AS r1,
			100 * max(s0) / max(t0) AS whole0, 100 * max(s1) / max(t1) AS whole1
		FROM (SELECT *, sum(n0) OVER () AS t0, sum(n1) OVER () AS t1, sum(d0) OVER () AS s0, sum(d1) OVER () AS s1
			FROM (SELECT touchpoint, count(nps) FILTER (WHERE NOT later)::numeric AS n0, count(nps) FILTER (WHERE later)::numeric AS n1,
					sum(promoter - detractor) FILTER (WHERE NOT later)::numeric AS d0, sum(promoter - detractor) FILTER (WHERE later)::numeric AS d1
				FROM (SELECT *, day >= '2026-02-02' AS later FROM plain WHERE day BETWEEN '2025-12-29' AND '2026-03-01') AS days
				GROUP BY touchpoint) AS sums) AS shares
		GROUP BY touchpoint
	) AS c ON c.touchpoint = s.label,
	LATERAL (VALUES (round(s.rate, 8), round((r1 - r0) * (w0 + w1) / 2, 8)),
		(round(s.mix, 8), round((w1 - w0) * ((r0 + r1) / 2 - (whole0 + whole1) / 2), 8))) AS v;

-- The words of the helpline: in how many of its comments each stands.
INSERT INTO difference
SELECT 'words', term, comments, (SELECT count(*) FROM responses WHERE touchpoint = 'phone:helpline' AND comment ~* ('\m' || term || '\M'))
FROM journey_map_words('oracle', most => 8) WHERE touchpoint = 'phone:helpline' AND stage <> '(all)';

-- Events: how many customers paid within a day of a search, by way of product, basket and checkout.
INSERT INTO difference
SELECT 'funnel', stage, reached, plain
FROM (SELECT funnel_agg(journey, 'search > product > basket > checkout > payment', '1 day') AS f
		FROM (SELECT journey_agg(stage, at) AS journey FROM events GROUP BY customer) AS j) AS all_customers, funnel_steps(f)
	JOIN (
		SELECT 'payment' AS stage, count(DISTINCT a.customer) AS plain
		FROM events AS a
			JOIN events AS b ON b.customer = a.customer AND b.stage = 'product' AND b.at >= a.at
			JOIN events AS c ON c.customer = a.customer AND c.stage = 'basket' AND c.at >= b.at
			JOIN events AS d ON d.customer = a.customer AND d.stage = 'checkout' AND d.at >= c.at
			JOIN events AS e ON e.customer = a.customer AND e.stage = 'payment' AND e.at >= d.at AND e.at <= a.at + interval '1 day'
		WHERE a.stage = 'search'
	) AS plain USING (stage);

-- README and docs/pl: how many got from a search to the basket and to the payment within a week.
INSERT INTO difference
SELECT 'funnel of a week', stage, reached, plain
FROM (SELECT funnel_agg(customer, stage, at, 'search > basket > payment', '7 days') AS f FROM events) AS all_customers, funnel_steps(f)
	JOIN (
		SELECT 'search' AS stage, count(DISTINCT customer) AS plain FROM events WHERE stage = 'search'
		UNION ALL
		SELECT 'basket', count(DISTINCT a.customer)
		FROM events AS a JOIN events AS b USING (customer)
		WHERE a.stage = 'search' AND b.stage = 'basket' AND b.at >= a.at AND b.at <= a.at + interval '7 days'
		UNION ALL
		SELECT 'payment', count(DISTINCT a.customer)
		FROM events AS a JOIN events AS b USING (customer) JOIN events AS c USING (customer)
		WHERE a.stage = 'search' AND b.stage = 'basket' AND c.stage = 'payment'
			AND b.at >= a.at AND c.at >= b.at AND c.at <= a.at + interval '7 days'
	) AS plain USING (stage);

\o
\set QUIET on
SELECT * FROM difference WHERE extension IS DISTINCT FROM plain;
-- So that nothing to compare is no success.
SELECT 'only ' || count(*) || ' numbers were compared, with: ' || string_agg(DISTINCT what, ', ') FILTER (WHERE what NOT LIKE 'nps by %')
FROM difference HAVING count(*) < 10000 OR count(DISTINCT what) FILTER (WHERE what NOT LIKE 'nps by %') < 11;
