-- A year of answers from the customers of a shop, the same on every machine: each number is computed from the row's
-- number, nothing is random. What is hidden in it: delivery is the weak stage, in November a carrier failed, returning
-- something is hard work, and people who call are less happy than people on the web.

CREATE TYPE shop_stage AS ENUM ('search', 'basket', 'payment', 'delivery', 'returns');

CREATE TABLE responses (
	id			bigint PRIMARY KEY,
	answered_on	date NOT NULL,
	channel		text NOT NULL,
	stage		shop_stage NOT NULL,
	customer	bigint NOT NULL,
	nps			smallint,	-- how likely to recommend us, 0 to 10
	csat		smallint,	-- how satisfied, 1 to 5
	ces			smallint	-- "it was easy", 1 to 7
);

COMMENT ON TABLE responses IS 'One answered questionnaire per row; NULL where a question was left out';

-- A number from 0 up to 1 that depends on nothing but the row and the question.
CREATE FUNCTION pg_temp.dice(n bigint, question integer) RETURNS double precision
LANGUAGE sql IMMUTABLE
AS $$ SELECT (hashint8extended(n, question) & 2147483647) / 2147483648.0::double precision $$;

-- About normally distributed around 0 with a standard deviation of 1.
CREATE FUNCTION pg_temp.spread(n bigint, question integer) RETURNS double precision
LANGUAGE sql IMMUTABLE
AS $$
	SELECT (pg_temp.dice(n, question) + pg_temp.dice(n, question + 1) + pg_temp.dice(n, question + 2) - 1.5) * 2
$$;

-- The nearest whole number on the scale; a share of the customers leaves the question out.
CREATE FUNCTION pg_temp.answer(n bigint, question integer, value double precision, lowest integer, highest integer, left_out double precision)
RETURNS smallint
LANGUAGE sql IMMUTABLE
AS $$
	SELECT CASE
		WHEN pg_temp.dice(n, question) >= left_out THEN least(greatest(round(value), lowest), highest)::smallint
	END
$$;

INSERT INTO responses
WITH visit AS (
	SELECT n,
		date '2025-01-01' + floor(365 * pg_temp.dice(n, 1))::integer AS answered_on,
		('{web,web,web,web,app,app,app,store,store,phone}'::text[])[1 + floor(10 * pg_temp.dice(n, 2))::integer] AS channel,
		('{search,search,search,search,basket,basket,payment,payment,payment,delivery,delivery,delivery,returns}'::shop_stage[])
			[1 + floor(13 * pg_temp.dice(n, 3))::integer] AS stage,
		1 + floor(12000 * pg_temp.dice(n, 4))::bigint AS customer
	FROM generate_series(1, 50000) AS n
), experience AS (
	SELECT *,
		CASE stage WHEN 'search' THEN 0.2 WHEN 'basket' THEN 0.4 WHEN 'payment' THEN 0.3 WHEN 'delivery' THEN -0.8 ELSE -0.3 END
		+ CASE channel WHEN 'app' THEN 0.2 WHEN 'store' THEN 0.4 WHEN 'phone' THEN -0.9 ELSE 0 END
		+ CASE WHEN stage = 'delivery' AND extract(month FROM answered_on) = 11 THEN -2.4 ELSE 0 END AS quality,
		CASE stage WHEN 'returns' THEN -1.2 ELSE 0 END AS ease
	FROM visit
)
SELECT n, answered_on, channel, stage, customer,
	pg_temp.answer(n, 10, 8.5 + quality + 1.9 * pg_temp.spread(n, 20), 0, 10, 0.15),
	pg_temp.answer(n, 11, 4.1 + 0.5 * quality + 0.9 * pg_temp.spread(n, 30), 1, 5, 0.30),
	pg_temp.answer(n, 12, 5.4 + 0.6 * quality + ease + 1.2 * pg_temp.spread(n, 40), 1, 7, 0.45)
FROM experience
ORDER BY answered_on, n;

ANALYZE responses;

-- Where customers were in the shop, and when: they search, come back to the search, leave the basket behind, buy again.
CREATE TABLE visits (
	customer	bigint NOT NULL,
	at			timestamptz NOT NULL,
	stage		shop_stage NOT NULL
);

COMMENT ON TABLE visits IS 'One visit of a customer to a stage of the shop per row';

-- Each round is an attempt to buy something; every stage is reached by a share of those who reached the one before.
INSERT INTO visits
WITH attempt AS (
	SELECT customer, round,
		timestamptz '2025-01-01 08:00+01' + 250 * interval '1 day' * pg_temp.dice(customer, 50) + (round - 1) * interval '40 days' AS started,
		pg_temp.dice(customer, 60 + round) AS luck, pg_temp.dice(customer, 70 + round) AS patience, 0.3 + 2 * pg_temp.dice(customer, 90 + round) AS slowness
	FROM generate_series(1, 4000) AS customer, generate_series(1, 3) AS round
	WHERE round = 1 OR pg_temp.dice(customer, 80 + round) < 0.3
), step (stage, hours, least_luck, most_patience) AS (
	VALUES ('search'::shop_stage, 0, 0, 1), ('search', 20, 0.1, 0.4), ('basket', 26, 0.38, 1), ('search', 40, 0.38, 0.35),
		('basket', 45, 0.48, 0.33), ('payment', 50, 0.58, 1), ('delivery', 110, 0.6, 1), ('returns', 250, 0.9, 0.8)
)
SELECT customer, started + hours * slowness * interval '1 hour', stage
FROM attempt JOIN step ON luck >= least_luck AND patience <= most_patience
ORDER BY 2, 1;

ANALYZE visits;
