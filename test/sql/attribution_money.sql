--
-- Attribution in money, the models that share by the ends of a path or by its different touchpoints, the lookback and
-- the direct touchpoint: worked out by hand, and what is defined at the edges.
--
\set SHOW_CONTEXT never
\pset null (null)
SET timezone = 'UTC';
CREATE TEMP TABLE model AS
SELECT * FROM unnest('{first,last,linear,position,j_curve,inverse_j,time_decay,shapley,participation,last_non_direct,
                      markov}'::text[]) WITH ORDINALITY m(model, n);
-- the attribution of one journey
CREATE FUNCTION pg_temp.one(j journey, half_life interval DEFAULT NULL, lookback interval DEFAULT NULL,
	direct text DEFAULT NULL) RETURNS journey_attribution LANGUAGE sql
	RETURN (SELECT attribution_agg(v.j, 'order', half_life, lookback, direct) FROM (VALUES (one.j)) v(j));

-- what Adobe publishes for its models: an order of $50; search 9 days before, social 6, e-mail and display on the day
SELECT model, max(value) FILTER (WHERE touchpoint = 'search') AS search,
       max(value) FILTER (WHERE touchpoint = 'social') AS social,
       max(value) FILTER (WHERE touchpoint = 'email') AS email,
       max(value) FILTER (WHERE touchpoint = 'display') AS display, sum(value) AS sum
  FROM (SELECT model, n, touchpoint, round(value, 2) AS value
          FROM pg_temp.one('{search@2026-09-15, social@2026-09-18, email@2026-09-24#1, display@2026-09-24#2,
                                 order@2026-09-24#3=50}', '7 days') a, model,
               attribution_values(a, model) WHERE model <> 'last_non_direct') v
 GROUP BY model, n ORDER BY n;

-- Anna: ads > search > mail > order of 100; Ben: search > order of 20, mail > order without a value; Carla: ads, web;
-- Dora: ads > web > order of 30, sent back: web > order of -30; Eve: an order of 7 without a touch
CREATE TEMP TABLE journeys (customer text, j journey);
INSERT INTO journeys VALUES
	('Anna', '{ads@2026-03-01, search@2026-03-08, mail@2026-03-15, order@2026-03-22=100}'),
	('Ben', '{search@2026-03-02, order@2026-03-03=20, mail@2026-03-10, order@2026-03-12}'),
	('Carla', '{ads@2026-03-04, web@2026-03-05}'),
	('Dora', '{ads@2026-03-01, web@2026-03-06, order@2026-03-06=30, web@2026-04-06, order@2026-04-07=-30}'),
	('Eve', '{order@2026-03-06=7}'),
	('Fred', NULL);
CREATE TEMP TABLE a AS SELECT attribution_agg(j, 'order', '7 days', NULL, 'web') AS a FROM journeys;
SELECT model, touchpoint, c.credit, round(c.share, 2) AS share, v.value, round(v.share, 2) AS share_of_value
  FROM a, model, attribution_credits(a, model) c JOIN LATERAL attribution_values(a, model) v USING (touchpoint)
 WHERE model IN ('j_curve', 'inverse_j', 'shapley', 'participation', 'last_non_direct', 'last')
 ORDER BY n, touchpoint;
-- markov in money, by hand: of six paths three begin with ads, and one each with search, mail and web. What was earned:
-- behind mail a conversion is worth (100 + 0) / 2, behind search 20, behind web 30 / 2. A path that is at mail is worth
-- 50, at web 2/3 * 15 = 10, at search 1/2 * 20 + 1/2 * 50 = 35, at ads 1/3 * 35 + 2/3 * 10 = 55/3; all six 55 + 35 + 50
-- + 10 = 150. Without ads 95 are left; without search 20 + 50 + 10; without mail, where search is worth 10 and ads 10,
-- 30 + 10 + 10; without web 35 + 35 + 50. Lost are 55, 70, 100 and 30, which are 255 together.
-- What was refunded, the 30 behind web: all six paths 20 + 10; without ads 10, without web nothing: 20 and 30 of 50
SELECT touchpoint, round(value, 9) AS value,
       round(150 * CASE touchpoint WHEN 'ads' THEN 55 WHEN 'search' THEN 70 WHEN 'mail' THEN 100 ELSE 30 END / 255.0
             - 30 * CASE touchpoint WHEN 'ads' THEN 20 WHEN 'web' THEN 30 ELSE 0 END / 50.0, 9) AS by_hand
  FROM a, attribution_values(a, 'markov') WHERE touchpoint <> '(none)' ORDER BY touchpoint;
SELECT c.* FROM a, attribution_counts(a) c;
-- all of it, and its forms
SELECT a FROM a;
SELECT a::text::journey_attribution = a AS text, a::jsonb::journey_attribution = a AS json FROM a;
SELECT jsonb_pretty(attribution_agg('{ads@2026-03-01, order@2026-03-01=-2.5}', 'order', '1 day', '2 days', 'web')
                    ::jsonb);

-- without a value nothing is known of money: not 0, but NULL; a value of 0 is one
SELECT v.*, c.without_value, c.value FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02}') a,
       attribution_values(a, 'last') v, attribution_counts(a) c;
SELECT v.*, c.without_value, c.value FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02=0}') a,
       attribution_values(a, 'markov') v, attribution_counts(a) c;
-- values of touches and of null paths play no part
SELECT attribution_agg('{ads@2026-03-01=5, order@2026-03-02, ads@2026-03-03=7}', 'order');
-- no conversion; nothing at all; NULL
SELECT c.* FROM pg_temp.one('{ads@2026-03-01, ads@2026-03-02}') a, attribution_counts(a) c;
SELECT c.* FROM pg_temp.one('{}') a, attribution_counts(a) c;
SELECT count(*) AS rows, attribution_counts(NULL) AS counts FROM attribution_values(NULL, 'last');
-- refunds: shares are of what is left, so they may be below 0 and above 100; none of nothing
SELECT v.* FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02=50, mail@2026-03-03, order@2026-03-04=-10}')
       a, attribution_values(a, 'linear') v;
SELECT v.* FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02=50, mail@2026-03-03, order@2026-03-04=-50}')
       a, attribution_values(a, 'markov') v;

-- of several orders in one moment the first takes the touches: without a value, then the lowest
SELECT v.* FROM pg_temp.one('{z@2026-03-01, order@2026-03-01=30, order@2026-03-01=20, ads@2026-03-01}') a,
       attribution_values(a, 'linear') v;
SELECT v.* FROM pg_temp.one('{z@2026-03-01, order@2026-03-01=30, order@2026-03-01}') a,
       attribution_values(a, 'last') v;
-- and the same with stages before and behind it in the alphabet, at several moments
SELECT v.* FROM pg_temp.one('{a@2026-03-01, order@2026-03-01=5, z@2026-03-01, b@2026-03-02, order@2026-03-02=1,
                              order@2026-03-02=2, y@2026-03-02=9}') a, attribution_values(a, 'participation') v;

-- the lookback: a touch as old as it counts, an older one does not, and none left is no touch
CREATE TEMP TABLE late (j journey);
INSERT INTO late VALUES ('{ads@2026-03-01, mail@2026-03-02, search@2026-03-08T00:00:00Z, order@2026-03-09=10}'),
	('{ads@2026-02-01, order@2026-03-09=4}'), ('{social@2026-01-01, ads@2026-03-09}');
SELECT attribution_agg(j, 'order', NULL, '7 days') FROM late;
SELECT attribution_agg(j, 'order', NULL, '6 days 24 hours 1 microsecond') =
       attribution_agg(j, 'order', NULL, '7 days 1 microsecond') AS same,
       attribution_agg(j, 'order', NULL, '7 days' - interval '1 microsecond') FROM late;
SELECT attribution_agg(j, 'order', NULL, '1000 days')::text =
       replace(attribution_agg(j, 'order')::text, 'order', 'order lookback (1000 days)') AS same FROM late;
-- each order looks back from its own time, never past the one before
SELECT c.* FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02, mail@2026-03-03, order@2026-03-20,
                                  search@2026-03-25, order@2026-03-26}', NULL, '10 days') a,
       attribution_credits(a, 'last') c;

-- last_non_direct: the last one that is not direct; only direct ones; of simultaneous ones the mean of those that are
-- not, whatever they are called
SELECT c.credit
  FROM (VALUES ('{a@2026-03-01, web@2026-03-02, web@2026-03-03, order@2026-03-04}'::journey),
               ('{web@2026-03-01, web@2026-03-03, order@2026-03-04}'),
               ('{a@2026-03-01, z@2026-03-01, web@2026-03-01, zz@2026-03-01, web@2026-03-02, order@2026-03-02}'),
               ('{order@2026-03-02}')) v(name), pg_temp.one(name, NULL, NULL, 'web') a,
       LATERAL (SELECT string_agg(touchpoint || ' ' || credit, ', ' ORDER BY touchpoint) AS credit
                  FROM attribution_credits(a, 'last_non_direct')) c
 ORDER BY name::text;

-- one that nobody came by may be a slip of the pen: said once a query; last_non_direct is last
SELECT v.c, touchpoint, credit FROM (SELECT customer, pg_temp.one(j, NULL, NULL, 'wep') FROM journeys
                                      WHERE customer > 'Carla' AND j IS NOT NULL) v(c, a),
       attribution_credits(a, 'last_non_direct') ORDER BY c, touchpoint;
SELECT touchpoint, credit FROM pg_temp.one('{ads@2026-03-01, order@2026-03-02}', NULL, NULL, 'order') a,
       attribution_credits(a, 'last_non_direct');
-- no other model asks for it
SELECT model, count(*) FILTER (WHERE c IS DISTINCT FROM d) AS others
  FROM (SELECT attribution_agg(j, 'order', '1 day', NULL, 'web') AS with_web, attribution_agg(j, 'order', '1 day') AS a
          FROM journeys) v, model, attribution_credits(a, model) c
  JOIN LATERAL attribution_credits(with_web, model) d USING (touchpoint) WHERE model <> 'last_non_direct'
 GROUP BY model ORDER BY model;

-- a value of before these models: it reads, and knows what it knew; it does not go with others
SELECT a, (SELECT attribution_agg(a) FROM (VALUES (v.a)) w(a)) = a AS same, a + a AS twice FROM (
	SELECT 'goal {a 1 0 0.5 0.5, b 0 1 0.5 0.5} [^ > a 1, a > b 1, b > $ 1]'::journey_attribution AS a) v;
SELECT touchpoint, credit FROM attribution_credits('goal {a 1 0 0.5 0.5, b 0 1 0.5 0.5} [^ > a 1, a > b 1, b > $ 1]',
                                                   'markov');
SELECT attribution_credits('goal {a 1 0 0.5 0.5, b 0 1 0.5 0.5} [^ > a 1, a > b 1, b > $ 1]', model) FROM model
 WHERE model = 'shapley';
SELECT 'goal {a 1 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution +
       attribution_agg('{a@2026-01-01, goal@2026-01-02}', 'goal');
-- one without touchpoints goes with both
SELECT 'goal {a 1 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution + attribution_agg('{goal@2026-01-02=3}', 'goal') AS a,
       'goal {} [^ > $ 1]'::journey_attribution + attribution_agg('{a@2026-01-01, goal@2026-01-02=5}', 'goal') AS b;
SELECT m.model, v.* FROM (SELECT 'goal {a 1 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution +
                                 attribution_agg('{goal@2026-01-02=3}', 'goal') AS a) s, model m,
       attribution_values(a, model) v WHERE model IN ('shapley', 'j_curve', 'markov') ORDER BY n;
