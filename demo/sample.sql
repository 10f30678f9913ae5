-- The sample of README.md and of every guide in docs/: a year and a half of a shop, in a schema of its own, sample_shop.
-- psql loads it in a second or two from the top of the source tree: \i demo/sample.sql
-- Loading it again makes it anew, as it was on the first day, without what was made in its schema: \i demo/map.sql makes
-- the map of the demo again. DROP SCHEMA sample_shop CASCADE removes it.
--
-- Nothing is random: each number is computed from the number of its row, so it is the same on every machine. Answers,
-- visits and touches are drawn independently of one another. What is hidden in them:
--   responses  The courier is the weak point, less so since another one came on 15 April 2026; in February 2026 the
--              parcels were late. Seniors cannot pay in the app. Returns are laborious, on the phone they annoy as well.
--              The shop in Zakopane is worse than the others, and fewer are asked there. Customers who come often are
--              happier.
--   events     From April 2026 on something is wrong with the payment in the app.
--   touches    Ads and social media bring new customers, newsletters go to those there are. In PL social media is stronger.
\set sample_stop :ON_ERROR_STOP
\set sample_quiet :QUIET
\set ON_ERROR_STOP on

DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'cxjourney') THEN
		RAISE 'extension cxjourney is not in database "%"', current_database()
			USING HINT = 'CREATE EXTENSION cxjourney;';
	END IF;
	IF coalesce(obj_description(to_regnamespace('sample_shop'), 'pg_namespace') <> 'Sample data of cxjourney', to_regnamespace('sample_shop') IS NOT NULL) THEN
		RAISE 'there is a schema "sample_shop" that this sample did not make'
			USING HINT = 'Load the sample in another database, or rename that schema.';
	END IF;
	-- The schema of the extension may be any.
	PERFORM set_config('search_path', format('sample_shop, %s, public', extnamespace::regnamespace), false),
		set_config('timezone', 'UTC', false)
	FROM pg_extension WHERE extname = 'cxjourney';
END
$$;

\set QUIET on
BEGIN;
SET LOCAL client_min_messages = warning;
DROP SCHEMA IF EXISTS sample_shop CASCADE;
CREATE SCHEMA sample_shop;
COMMENT ON SCHEMA sample_shop IS 'Sample data of cxjourney';

-- A whole number from 0 to sides - 1 that depends on nothing but the row and the question.
CREATE FUNCTION sample_shop.dice(n bigint, question integer, sides integer) RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$ SELECT ((hashint8extended(n, question) & 2147483647) % sides)::integer $$;

-- Where the shop is.
CREATE TABLE sample_shop.shops (
	shop	text PRIMARY KEY,
	region	text NOT NULL
);
INSERT INTO sample_shop.shops VALUES ('Gdynia', 'north'), ('Torun', 'north'), ('Krakow', 'south'), ('Zakopane', 'south');

-- What customers answered: a questionnaire per row, in the order of their time. NULL where a question was left out.
CREATE TYPE sample_shop.shop_stage AS ENUM ('search', 'basket', 'payment', 'delivery', 'returns');
CREATE TABLE sample_shop.responses (
	id			bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	answered_at	timestamptz NOT NULL,
	answered_on	date GENERATED ALWAYS AS ((answered_at AT TIME ZONE 'Europe/Warsaw')::date) STORED,
	customer	bigint NOT NULL,
	persona		text,
	shop		text REFERENCES sample_shop.shops,
	stage		sample_shop.shop_stage NOT NULL,
	touchpoint	text,		-- channel:place
	channel		text GENERATED ALWAYS AS (split_part(touchpoint, ':', 1)) STORED,
	nps			smallint,	-- how likely to recommend us, 0 to 10
	csat		smallint,	-- how satisfied, 1 to 5
	ces			smallint,	-- "it was easy", 1 to 7
	comment		text,
	weight		numeric		-- how many customers the answer stands for
);
INSERT INTO sample_shop.responses (answered_at, customer, persona, shop, stage, touchpoint, nps, csat, ces, comment, weight)
WITH visit AS (
	SELECT i, timestamptz '2025-01-01 00:00+01' + i * interval '982 seconds' AS at,
		1 + sample_shop.dice(i, 1, 4000) * sample_shop.dice(i, 2, 4000) / 4000 AS customer,
		(ARRAY['Gdynia', 'Gdynia', 'Gdynia', 'Torun', 'Krakow', 'Krakow', 'Zakopane'])[1 + sample_shop.dice(i, 3, 7)] AS shop,
		(ARRAY['search', 'search', 'search', 'basket', 'basket', 'payment', 'payment', 'delivery', 'delivery', 'returns'])
			[1 + sample_shop.dice(i, 4, 10)] AS stage,
		1 + sample_shop.dice(i, 5, 2) AS way
	FROM generate_series(0, 47999) AS i
), place AS (
	SELECT *, (ARRAY['students', 'students', 'families', 'families', 'families', 'seniors'])[1 + sample_shop.dice(customer, 3, 6)] AS persona,
		CASE stage WHEN 'delivery' THEN (ARRAY['courier:door', 'locker:pickup'])[way]
			WHEN 'returns' THEN (ARRAY['web:returns', 'phone:helpline'])[way]
			ELSE (ARRAY['web:', 'app:'])[way] || stage END AS touchpoint
	FROM visit
), experience AS (
	SELECT *, at >= '2026-02-01 00:00+01' AND at < '2026-03-01 00:00+01' AND stage = 'delivery' AS late,
		CASE WHEN touchpoint = 'app:payment' AND persona = 'seniors' THEN 3 WHEN stage = 'returns' THEN 1 ELSE 0 END AS effort,
		CASE stage WHEN 'search' THEN 0 WHEN 'delivery' THEN 2 ELSE 1 END AS importance,
		sample_shop.dice(i, 6, 3) - 1 AS luck
	FROM place
), feeling AS (
	SELECT *, (customer < 500)::integer - (shop = 'Zakopane')::integer - (touchpoint = 'phone:helpline')::integer - 2 * late::integer
		- CASE WHEN touchpoint <> 'courier:door' THEN 0 WHEN at < '2026-04-15 00:00+02' THEN 2 ELSE 1 END AS mood
	FROM experience
)
SELECT at, customer, persona, shop, stage::sample_shop.shop_stage, touchpoint,
	CASE WHEN sample_shop.dice(i, 7, 3) > 0 THEN least(10, greatest(0, 6 + mood + importance * luck + sample_shop.dice(i, 8, 6))) END,
	CASE WHEN sample_shop.dice(i, 9, 5) > 0 THEN least(5, greatest(1, 3 + mood + luck + sample_shop.dice(i, 10, 4))) END,
	CASE WHEN sample_shop.dice(i, 11, 4) > 0 THEN least(7, greatest(1, 3 + mood - effort + sample_shop.dice(i, 12, 5))) END,
	CASE WHEN sample_shop.dice(i, 13, 12) > 0 THEN NULL
		WHEN late THEN (ARRAY['Nine days late, and no message', 'It came when I no longer needed it'])[1 + sample_shop.dice(i, 14, 2)]
		WHEN touchpoint = 'courier:door' AND mood < 0 THEN
			(ARRAY['Nobody rang the bell', 'The parcel lay in the rain', 'I waited all day for nothing'])[1 + sample_shop.dice(i, 14, 3)]
		WHEN effort > 1 THEN (ARRAY['The code in the text message was too small to read', 'It asked for my card three times'])[1 + sample_shop.dice(i, 14, 2)]
		WHEN touchpoint = 'phone:helpline' THEN (ARRAY['Twenty minutes in the queue', 'I had to say everything twice'])[1 + sample_shop.dice(i, 14, 2)]
		WHEN shop = 'Zakopane' AND mood < 0 THEN 'Sold out again'
		ELSE (ARRAY['All fine', 'Quick', 'Nice shop'])[1 + sample_shop.dice(i, 14, 3)] END,
	CASE shop WHEN 'Zakopane' THEN 1.9 ELSE 0.7 END + 0.1 * sample_shop.dice(i, 15, 3)
FROM feeling
ORDER BY at;

-- What six customers did, few enough to follow each of them. The rows lie in no order.
CREATE TABLE sample_shop.six_customers (
	id			bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer	text NOT NULL,
	stage		text,
	at			timestamptz
);
INSERT INTO sample_shop.six_customers (customer, stage, at)
SELECT customer, stage, at
FROM (VALUES
	('Anna',  'search',    timestamptz '2026-03-02 09:00'),
	('Anna',  'basket',    '2026-03-02 09:05'),
	('Anna',  'checkout',  '2026-03-02 09:07'),
	('Anna',  'payment',   '2026-03-02 09:08'),
	('Anna',  'delivery',  '2026-03-04 14:00'),
	('Ben',   'search',    '2026-03-02 20:00'),
	('Ben',   'search',    '2026-03-02 20:10'),
	('Ben',   'basket',    '2026-03-02 20:12'),
	('Ben',   'search',    '2026-03-07 18:00'),
	('Ben',   'basket',    '2026-03-07 18:03'),
	('Carla', 'search',    '2026-03-03 12:00'),
	('Carla', 'basket',    '2026-03-03 12:04'),
	('Carla', 'checkout',  '2026-03-03 12:05'),
	('Carla', 'payment',   '2026-03-03 12:06'),
	('Carla', 'delivery',  '2026-03-06 10:00'),
	('Carla', 'return',    '2026-03-09 16:00'),
	('Carla', 'refund',    '2026-03-11 09:30'),
	('Dora',  'search',    '2026-03-01 08:00'),
	('Dora',  'search',    '2026-03-01 08:03'),
	('Dora',  'basket',    '2026-03-01 08:10'),
	('Dora',  'search',    '2026-03-01 08:30'),
	('Dora',  'basket',    '2026-03-01 08:35'),
	('Dora',  'checkout',  '2026-03-01 08:36'),
	('Dora',  'payment',   '2026-03-01 08:40'),
	('Dora',  'delivery',  '2026-03-03 11:00'),
	('Dora',  'return',    '2026-03-06 17:00'),
	('Dora',  'refund',    '2026-03-10 09:00'),
	('Dora',  'search',    '2026-03-20 19:00'),
	('Dora',  'basket',    '2026-03-20 19:02'),
	('Dora',  'checkout',  '2026-03-20 19:03'),
	('Dora',  'gift card', '2026-03-20 19:03:30'),
	('Dora',  'payment',   '2026-03-20 19:04'),
	('Dora',  'delivery',  '2026-03-23 15:00'),
	('Emil',  'search',    '2026-03-05 21:00'),
	('Emil',  'basket',    '2026-03-05 21:30'),
	('Emil',  'checkout',  '2026-03-05 21:31'),
	('Emil',  'payment',   '2026-03-05 21:35'),
	('Emil',  'delivery',  '2026-03-09 12:00'),
	('Fay',   'basket',    '2026-03-08 10:00'),
	('Fay',   NULL,        '2026-03-08 10:01')) AS e(customer, stage, at)
ORDER BY md5(customer || coalesce(stage, '') || at);

-- What six thousand customers did in half a year, in the order of time.
CREATE TABLE sample_shop.customers (
	customer	bigint PRIMARY KEY,
	device		text NOT NULL
);
INSERT INTO sample_shop.customers
SELECT n, CASE WHEN sample_shop.dice(n, 1, 100) < 60 THEN 'web' ELSE 'app' END FROM generate_series(1, 6000) AS n;

CREATE TABLE sample_shop.events (
	id			bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	customer	bigint NOT NULL REFERENCES sample_shop.customers,
	stage		text NOT NULL,
	at			timestamptz NOT NULL
);
-- Where customers go from each stage: a dice of 100 that shows low to high - 1. All else leaves. It takes a third of the
-- seconds to five thirds of them.
INSERT INTO sample_shop.events (customer, stage, at)
WITH RECURSIVE ways (stage, device, since_april, next, low, high, seconds) AS (VALUES
	('search',   NULL,  NULL,  'search',   0,  30, 240),
	('search',   NULL,  NULL,  'product',  30, 78, 120),
	('product',  NULL,  NULL,  'search',   0,  22, 180),
	('product',  NULL,  NULL,  'basket',   22, 62, 300),
	('product',  NULL,  NULL,  'product',  62, 72, 150),
	('basket',   NULL,  NULL,  'checkout', 0,  58, 240),
	('basket',   NULL,  NULL,  'search',   58, 72, 400),
	('checkout', 'web', NULL,  'payment',  0,  66, 150),
	('checkout', 'app', false, 'payment',  0,  64, 120),
	('checkout', 'app', true,  'payment',  0,  44, 200),
	('checkout', NULL,  NULL,  'basket',   66, 76, 200),
	('checkout', 'web', NULL,  'support',  76, 84, 3600),
	('checkout', 'app', false, 'support',  76, 86, 3600),
	('checkout', 'app', true,  'support',  48, 66, 3600),
	('support',  NULL,  NULL,  'checkout', 0,  45, 5400),
	('support',  NULL,  NULL,  'basket',   45, 55, 7200),
	('payment',  NULL,  NULL,  'delivery', 0,  97, 200000),
	('delivery', NULL,  NULL,  'return',   0,  12, 500000),
	('delivery', NULL,  NULL,  'search',   12, 37, 1000000),
	('delivery', NULL,  NULL,  'support',  37, 42, 90000)
), walk AS (
	SELECT customer, device, 1 AS step, 'search' AS stage,
		timestamptz '2026-01-01 00:00Z' + sample_shop.dice(customer, 2, 86400 * 181) * interval '1 second' AS at
	FROM sample_shop.customers
	UNION ALL
	SELECT w.customer, w.device, w.step + 1, n.next,
		w.at + (n.seconds / 3 + sample_shop.dice(w.customer * 1000 + w.step, 4, n.seconds * 4 / 3)) * interval '1 second'
	FROM walk AS w
	JOIN ways AS n ON n.stage = w.stage AND coalesce(n.device = w.device, true)
		AND coalesce(n.since_april = (w.at >= '2026-04-01 00:00Z'), true)
		AND sample_shop.dice(w.customer * 1000 + w.step, 3, 100) BETWEEN n.low AND n.high - 1
)
SELECT customer, stage, at FROM walk ORDER BY at, customer;

-- What led to an order: the touches of five thousand customers, and their orders with what they were worth.
CREATE TABLE sample_shop.touches (
	customer	bigint NOT NULL,
	country		text NOT NULL,
	touch		text NOT NULL,
	at			timestamptz NOT NULL,
	order_value	numeric(8,2)	-- of an order, in euros; NULL for all else
);
-- Where customers go from each touch, as above; days are on average.
INSERT INTO sample_shop.touches
WITH RECURSIVE ways (touch, country, next, low, high, days) AS (VALUES
	('start',      'DE', 'search',     0,  40, 1), ('start',      'PL', 'search',     0,  25, 1),
	('start',      'DE', 'ads',        40, 70, 1), ('start',      'PL', 'ads',        25, 50, 1),
	('start',      'DE', 'social',     70, 82, 1), ('start',      'PL', 'social',     50, 82, 1),
	('start',      NULL, 'comparison', 82, 95, 1), ('start',      NULL, 'order',      95, 100, 1),
	('ads',        NULL, 'ads',        0,  15, 3), ('ads',        NULL, 'search',     15, 37, 3),
	('ads',        NULL, 'newsletter', 37, 44, 9), ('ads',        NULL, 'order',      44, 49, 2),
	('search',     NULL, 'search',     0,  15, 2), ('search',     NULL, 'comparison', 15, 32, 2),
	('search',     NULL, 'newsletter', 32, 40, 9), ('search',     NULL, 'order',      40, 55, 1),
	('social',     NULL, 'social',     0,  20, 3), ('social',     NULL, 'ads',        20, 28, 4),
	('social',     NULL, 'search',     28, 45, 4), ('social',     NULL, 'order',      45, 48, 3),
	('comparison', NULL, 'search',     0,  14, 2), ('comparison', NULL, 'ads',        14, 24, 3),
	('comparison', NULL, 'order',      24, 48, 1),
	('newsletter', NULL, 'newsletter', 0,  22, 9), ('newsletter', NULL, 'search',     22, 32, 3),
	('newsletter', NULL, 'order',      32, 55, 3),
	('order',      NULL, 'newsletter', 0,  45, 20), ('order',     NULL, 'search',     45, 60, 40),
	('order',      NULL, 'order',      60, 82, 45)
), walk AS (
	SELECT customer, CASE WHEN sample_shop.dice(customer, 1, 100) < 55 THEN 'DE' ELSE 'PL' END AS country, 1 AS step, 'start' AS touch,
		timestamptz '2026-01-01 00:00Z' + sample_shop.dice(customer, 2, 86400 * 181) * interval '1 second' AS at
	FROM generate_series(1, 5000) AS customer
	UNION ALL
	SELECT w.customer, w.country, w.step + 1, n.next,
		w.at + (n.days * 28800 + sample_shop.dice(w.customer * 1000 + w.step, 4, n.days * 115200)) * interval '1 second'
	FROM walk AS w
	JOIN ways AS n ON n.touch = w.touch AND coalesce(n.country = w.country, true)
		AND sample_shop.dice(w.customer * 1000 + w.step, 3, 100) BETWEEN n.low AND n.high - 1
)
SELECT customer, country, touch, at,
	CASE touch WHEN 'order' THEN 9.99 + sample_shop.dice(customer * 1000 + step, 5, 60) * (1 + sample_shop.dice(customer * 1000 + step, 6, 5)) END
FROM walk WHERE touch <> 'start' AND at < '2026-07-01 00:00Z'
ORDER BY at, customer;

DROP FUNCTION sample_shop.dice;
COMMIT;

ANALYZE sample_shop.shops, sample_shop.responses, sample_shop.six_customers, sample_shop.customers, sample_shop.events, sample_shop.touches;

SELECT table_name AS "table", to_char(rows, '999,990') AS rows, what
FROM (VALUES
	(1, 'responses', (SELECT count(*) FROM responses), 'answered questionnaires: scores, comments, weights'),
	(2, 'shops', (SELECT count(*) FROM shops), 'where they were answered'),
	(3, 'events', (SELECT count(*) FROM events), 'what customers did in the shop'),
	(4, 'customers', (SELECT count(*) FROM customers), 'who did it, and on which device'),
	(5, 'touches', (SELECT count(*) FROM touches), 'what led to an order, and what it was worth'),
	(6, 'six_customers', (SELECT count(*) FROM six_customers), 'events of six of them, to follow by eye')) AS t(place, table_name, rows, what)
ORDER BY place;

\set QUIET :sample_quiet
\set ON_ERROR_STOP :sample_stop
