-- A year and a half of answers from the customers of a shop: one row per questionnaire, NULL where a question was left out.

SELECT answered_on, stage, touchpoint, nps, csat, ces, comment FROM responses WHERE id BETWEEN 40 AND 45 ORDER BY id;

-- The three numbers for the whole time. An answer that was not given counts nowhere.
--   NPS   percent of promoters (9, 10) less percent of detractors (0 to 6): from -100 to 100
--   CSAT  percent of satisfied customers (4 and 5 of 5)
--   CES   mean of "it was easy", 1 to 7: high is good

SELECT count(*) AS questionnaires,
	round(nps_agg(nps), 1) AS nps,
	round(csat_agg(csat), 1) AS csat,
	round(ces_agg(ces), 2) AS ces
FROM responses;

-- Where does it hurt? They are ordinary aggregates, so GROUP BY does the rest. Delivery loses the customers' favour,
-- and returning something is hard work (CES).

SELECT stage, count(*) AS questionnaires,
	round(nps_agg(nps), 1) AS nps,
	round(csat_agg(csat), 1) AS csat,
	round(ces_agg(ces), 2) AS ces
FROM responses
GROUP BY stage
ORDER BY stage;

-- When did it start? Something happened in February 2026.

SELECT to_char(answered_on, 'YYYY-MM') AS month,
	round(nps_agg(nps), 1) AS nps,
	round(csat_agg(csat), 1) AS csat,
	round(ces_agg(ces), 2) AS ces
FROM responses
GROUP BY month
ORDER BY month;

-- FILTER tells delivery from the rest: the other stages had a February like any other month.

SELECT to_char(answered_on, 'YYYY-MM') AS month,
	round(nps_agg(nps) FILTER (WHERE stage = 'delivery'), 1) AS nps_delivery,
	round(nps_agg(nps) FILTER (WHERE stage <> 'delivery'), 1) AS nps_elsewhere
FROM responses
WHERE answered_on >= '2025-11-01'
GROUP BY month
ORDER BY month;

-- The worst touchpoints first: the courier, and the helpline.

SELECT touchpoint, round(nps_agg(nps), 1) AS nps
FROM responses
GROUP BY touchpoint
ORDER BY nps_agg(nps)
LIMIT 4;

-- Real tables hold codes such as 11 for "don't know". Counting 11 as a promoter would flatter the result without a
-- word, so it is an error that says what to do.

SELECT nps_agg(score) FROM (VALUES (10), (7), (3), (11)) AS answers(score);

SELECT round(nps_agg(score) FILTER (WHERE score BETWEEN 0 AND 10), 1) AS nps
FROM (VALUES (10), (7), (3), (11)) AS answers(score);

-- Results can be stored and merged. One small value per day and stage ...

CREATE TABLE scores_by_day AS
SELECT answered_on, stage, rating_agg(nps, '[0,10]') AS ratings
FROM responses
GROUP BY answered_on, stage;

SELECT answered_on, stage, responses(ratings), round(nps(ratings), 1) AS nps
FROM scores_by_day
ORDER BY answered_on, stage
LIMIT 5;

-- ... gives every quarter exactly, as if it had been computed from all the answers. The average of the daily numbers is
-- something else: in it the few answers about returns weigh as much as the many about search.

SELECT quarter, nps_from_answers, nps_from_stored, average_of_averages
FROM (
	SELECT to_char(answered_on, 'YYYY "Q"Q') AS quarter, round(nps_agg(nps), 4) AS nps_from_answers
	FROM responses
	GROUP BY quarter
) AS answers
JOIN (
	SELECT to_char(answered_on, 'YYYY "Q"Q') AS quarter, round(nps_agg(ratings), 4) AS nps_from_stored,
		round(avg(nps(ratings)), 4) AS average_of_averages
	FROM scores_by_day
	GROUP BY quarter
) AS stored USING (quarter)
ORDER BY quarter;
