-- What each client asks, in blocks with an empty line between them: a line with the name and the parameters, which are all
-- handed over as text, in the order of their use, and the query. See answers.txt.

-- metrics: [1,5]; delivery
SELECT nps_agg(nps) AS nps, csat_agg(csat, $1::int4range) AS csat, ces_agg(ces) AS ces, count(*) AS answers
  FROM responses WHERE stage = $2::shop_stage

-- summary: [0,10]; 2026-02-03; basket
SELECT s AS summary, counts(s) AS counts, scale(s) AS scale, nps_interval(s) AS margin, responses(s) AS responses
  FROM (SELECT rating_agg(nps, $1::int4range) AS s FROM responses
         WHERE answered_on = $2::date AND stage = $3::shop_stage) AS one_day

-- parameter: [9,10]; [0,10]{0,0,0,1,0,0,0,0,0,0,2}
SELECT nps(s) AS nps, mean(s) AS mean, share(s, $1::int4range) AS share, quantile(s, 0.5) AS median
  FROM (SELECT $2::rating_summary AS s) AS given

-- limits: [1,2]{9223372036854775806,1}
SELECT responses(s) AS responses, mean(s) AS mean, standard_deviation(s) AS deviation, counts(s) AS counts
  FROM (SELECT $1::rating_summary AS s) AS given

-- journeys: basket; return; search > basket > checkout
SELECT customer, started_at(j) AS started, duration(j) AS took, visits(j, $1) AS baskets, first_visit(j, $2) AS returned, j
  FROM customer_journey WHERE j ~ $3::journey_path ORDER BY customer COLLATE "C"

-- steps: Emil
SELECT step, stage, at, until, stay FROM customer_journey, steps(j) WHERE customer = $1 ORDER BY step

-- funnel: search > basket > checkout > "gift card"? > payment; 1 hour
SELECT step, stage, optional, reached, from_previous, dropped, mean_time, p50_time
  FROM (SELECT funnel_agg(j, $1::journey_path, $2::interval) AS f FROM customer_journey) AS everybody, funnel_steps(f)
 ORDER BY step

-- flow: basket
SELECT to_stage, transitions, share, mean_time
  FROM (SELECT flow_agg(j) AS f FROM customer_journey) AS everybody, flow_edges(f)
 WHERE from_stage = $1 ORDER BY to_stage COLLATE "C"

-- map: delivery
SELECT segment, touchpoint, responses, nps, nps_low, nps_high, csat, ces, emotion, enough, nps_target, stage_position
  FROM shop WHERE stage = $1 ORDER BY touchpoint COLLATE "C"

-- barriers: nps; courier:door
SELECT stage, value, rest, impact, rank FROM shop_barriers WHERE metric = $1 AND touchpoint = $2

-- reach: payment; basket
SELECT stage, round(probability::numeric, 6)::double precision AS probability
  FROM (SELECT flow_agg(j) AS f FROM customer_journey) AS everybody, flow_reach(f, $1) WHERE stage <= $2 ORDER BY stage

-- nothing: nobody
SELECT nps_agg(nps) AS nps, rating_agg(nps, '[0,10]') AS summary, counts(rating_agg(nps, '[0,10]')) AS counts,
       nps_interval(rating_agg(nps, '[0,10]')) AS margin, count(nps) AS answers,
       (SELECT journey_agg(stage, at) FROM six_customers WHERE customer = $1) AS j,
       (SELECT duration(journey_agg(stage, at)) FROM six_customers WHERE id < 0) AS took
  FROM responses WHERE id < 0

-- json: Fay
SELECT j::jsonb AS visits FROM customer_journey WHERE customer = $1

-- kept: [1,5]{0,0,1,2,3}; {"a b"@2026-01-01T00:00:00Z, c@2026-01-01T00:00:01.5Z}; a > b; purchase; web:shop
INSERT INTO kept (summary, j, path, stage, touchpoint)
VALUES ($1::rating_summary, $2::journey, $3::journey_path, $4::journey_stage, $5::journey_touchpoint)
RETURNING summary, j, path, stage, touchpoint

-- untyped: [0,10]; search > basket; 1 hour; payment > return
SELECT (SELECT rating_agg(nps, $1) FROM responses) AS summary,
       (SELECT funnel_agg(j, $2, $3) FROM customer_journey) AS funnel,
       (SELECT count(*) FROM customer_journey WHERE j ~ $4) AS returned

-- kinds:
SELECT * FROM kinds
