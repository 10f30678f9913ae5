-- Stored values of every type, indexes over them, and a journey map and a journey table with a partitioned source, for the
-- tests of dumps and upgrades.
CREATE TABLE visits AS
SELECT (n % 50)::bigint AS customer, (ARRAY['find', 'buy', 'use'])[1 + n / 7 % 3] AS stage,
	timestamptz '2026-01-01 00:00:00+00' + n * interval '1 hour' AS at, n % 11 AS score
FROM generate_series(1, 2000) AS n;

CREATE TABLE journeys AS SELECT customer, journey_agg(stage, at, NULL, CASE WHEN customer % 2 = 0 AND stage = 'buy' THEN score * 9.99 END) AS journey
FROM visits GROUP BY customer;
CREATE INDEX ON journeys USING gin (journey);
CREATE INDEX ON journeys USING hash (journey);
CREATE UNIQUE INDEX ON journeys (journey, customer);

CREATE TABLE stored AS
SELECT customer % 5 AS part, rating, breakdown, terms, flow, funnel, attribution, survival, gaps, cohorts, lifecycle,
	contrast, drivers, duration, stage, touchpoint, path
FROM (SELECT part, rating_agg(rating) AS rating, breakdown_agg(stage, rating * 0.5) AS breakdown, term_agg(terms) AS terms
		FROM (SELECT customer % 5 AS part, stage, rating_agg(score, '[0,10]') AS rating,
				term_agg(comment_terms('żółw ' || stage, 'pl', true)) AS terms FROM visits GROUP BY 1, 2) AS s
		GROUP BY 1) AS r
JOIN (SELECT customer % 5 AS customer, flow_agg(journey) AS flow, funnel_agg(journey, 'find >> buy') AS funnel,
		attribution_agg(journey, 'buy', '7 days', '30 days', 'use') AS attribution,
		survival_agg(journey, 'find', 'buy', '2026-02-20 00:00:00+00') AS survival,
		gap_agg(journey, 'use', '2026-02-20 00:00:00+00') AS gaps,
		cohort_agg(journey, 'find', 'buy', 'week', 9, 'Europe/Warsaw', '2026-03-20') AS cohorts,
		lifecycle_agg(journey, 'buy', 'week', 'Europe/Warsaw', '2026-03-20') AS lifecycle,
		contrast_agg(journey, 'find > buy', '30 days', '10 days', '2026-02-20 00:00:00+00') AS contrast
	FROM journeys GROUP BY 1) AS j ON r.part = j.customer
JOIN (SELECT customer % 5 AS customer, driver_agg(score, ARRAY[length(stage), customer % 7]) AS drivers FROM visits GROUP BY 1) AS d
	USING (customer)
CROSS JOIN (SELECT duration_agg(at - timestamptz '2026-01-01 00:00:00+00') AS duration FROM visits) AS t
CROSS JOIN (VALUES (3::journey_stage, journey_touchpoint 'Web: Shop', journey_path 'find > buy')) AS v(stage, touchpoint, path);
CREATE INDEX ON stored (rating);
CREATE INDEX ON stored (breakdown);
CREATE INDEX ON stored (survival);
CREATE INDEX ON stored (contrast);
CREATE INDEX ON stored USING hash (funnel);

CREATE TABLE answers (at timestamptz, stage text, nps integer, csat numeric, comment text) PARTITION BY RANGE (at);
CREATE TABLE answers_2025 PARTITION OF answers FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE answers_2026 PARTITION OF answers FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', nps => 'nps', csat => 'csat',
	comment => 'comment', timezone => 'Europe/Warsaw', stages => ARRAY['find', 'buy', 'use'], minimum => 10);
SELECT create_journey_table('paths', 'answers', customer => 'nps', stage => 'stage', at => 'at', seq => 'csat::bigint');
INSERT INTO answers SELECT at - interval '30 days', stage, score, 1 + score % 5, 'no. ' || score FROM visits;
SELECT refresh_journey_map('shop') > 0, refresh_journey_table('paths') > 0;
INSERT INTO answers VALUES ('2026-03-01', 'use', 9, 5, 'pending'), ('2026-03-02', 'use', NULL, 5, 'nobody');
INSERT INTO shop_notes (kind, stage, note, noted_at) VALUES ('change', 'buy', 'a new till', '2026-02-01');
INSERT INTO shop_notes (kind, note) VALUES ('persona', '"I have no time"');
INSERT INTO shop_targets (segment, stage, metric, target) VALUES
	(NULL, 'buy', 'nps', 20), (NULL, NULL, 'nps', 30), ('(all)', 'buy', 'csat', 60.5);
