--
-- The operator ~ and furthest() on journeys; the matcher itself is compared with
-- all chains by brute force in test/unit/match_test.c.
--
SET timezone = 'UTC';
CREATE TEMP TABLE one AS
SELECT '{search@2026-01-01, basket@2026-01-02, search@2026-01-02T12:00Z, payment@2026-01-04, delivery@2026-01-09,
	return@2026-01-09}'::journey AS j;
SELECT path, j ~ path::journey_path AS takes_it
  FROM one, unnest(ARRAY[
	'search', 'nowhere', 'search > payment', 'payment > search', 'basket >> search', 'search >> payment',
	'search >> search', 'search > search', 'payment > payment',
	'^search > delivery', '^basket', 'return$', 'delivery$', 'search$',
	'search > basket >[2 days] payment', 'search > basket >[1 day] payment',
	'basket >[!search] payment', 'search >[!basket] payment',
	'search > nowhere? > payment', 'nowhere|basket > payment|nowhere',
	'return > delivery', 'delivery > return', 'return >[0 s] delivery',
	'payment & search & basket', 'payment &[!basket] search', 'search &[!basket] search',
	'search & payment &[!return] delivery', 'search &[!delivery] payment & return',
	'return &[!search|payment] delivery', 'search & search', 'search & search & search',
	'^search >> basket >> search >> payment >> delivery >> return$']) path;
-- a shortest time, with all starts: the payment after the first search, 3 days, or after the second, 36 hours
SELECT path, j ~ path::journey_path AS takes_it
  FROM one, unnest(ARRAY[
	'search >[>= 3 days] payment', 'search >[>= 3 days 1 us] payment', 'search >[>= 1 day, 36 hours] payment',
	'search >[>= 37 hours, 71 hours] payment', 'search >[>= 2 days, !search] payment',
	'basket >>[>= 12 hours] search', 'basket >>[>= 13 hours] search', 'delivery >[>= 1 us] return',
	'search > basket? >[>= 3 days] payment', 'search > basket >[>= 3 days] payment',
	'^search >[>= 8 days] return$', 'search >[>= 1 day] payment >[>= 5 days] delivery']) path;
-- the same in plain SQL, of random journeys in hours, some of them simultaneous
CREATE TEMP TABLE log AS
SELECT c, v.i, chr(97 + abs(hashint4(v.i * 31 + c)) % 3) AS stage, abs(hashint4(v.i * 7 + c * 101)) % 12 AS t
  FROM generate_series(1, 400) c, generate_series(1, 6) v(i);
CREATE INDEX ON log (c);
ANALYZE log;
CREATE TEMP TABLE logged AS
SELECT c, journey_agg(stage, timestamptz '2026-01-01' + t * interval '1 hour') AS j FROM log GROUP BY c;
SELECT least, most, count(*) AS journeys, count(*) FILTER (WHERE plain) AS found,
       count(*) FILTER (WHERE plain <> taken) AS wrong
  FROM (SELECT least, most,
               j ~ format('a >[>= %s hours, %s hours] b >[>= 1 hour, !c] a', least, most)::journey_path AS taken,
               EXISTS (SELECT FROM log x JOIN log y ON y.c = x.c AND y.stage = 'b' AND y.t - x.t BETWEEN least AND most
                                     JOIN log z ON z.c = x.c AND z.stage = 'a' AND z.i <> x.i AND z.t - y.t >= 1
                        WHERE x.c = logged.c AND x.stage = 'a'
                          AND NOT EXISTS (SELECT FROM log e
                                           WHERE e.c = x.c AND e.stage = 'c' AND e.t > y.t AND e.t < z.t)) AS plain
          FROM logged, (VALUES (0, 3), (1, 4), (2, 12), (4, 4), (6, 9)) w(least, most)) v
 GROUP BY least, most ORDER BY least, most;
-- in any order with an exclusion: of two places the one way or the other, and in plain SQL nothing strictly between
SELECT count(*) FILTER (WHERE plain) AS found, count(*) FILTER (WHERE plain <> j ~ 'a &[!c] b') AS wrong,
       count(*) FILTER (WHERE plain <> (j ~ 'a >[!c] b' OR j ~ 'b >[!c] a')) AS not_as_arrows,
       count(*) FILTER (WHERE plain <> (j ~ 'a & b')) > 30 AS makes_a_difference
  FROM (SELECT j, EXISTS (SELECT FROM log x JOIN log y ON y.c = x.c AND y.stage = 'b'
                           WHERE x.c = logged.c AND x.stage = 'a'
                             AND NOT EXISTS (SELECT FROM log e WHERE e.c = x.c AND e.stage = 'c'
                                                AND e.t > least(x.t, y.t) AND e.t < greatest(x.t, y.t))) AS plain
          FROM logged) v;
-- many paths in one call, and one path for many journeys
SELECT count(*) FILTER (WHERE journey_agg ~ path) AS taken, count(*) AS paths
  FROM (SELECT journey_agg('s' || i % 5, timestamptz '2026-01-01' + i * interval '1 hour')
          FROM generate_series(1, 20) i) v,
       unnest('{s1 > s2,s2 > s1,s1 >[1 hour] s2,s1 >[1 hour] s3,s4 >> s0}'::journey_path[]) path;
SELECT j ~ NULL IS NULL AS null_path FROM one;
SELECT NULL::journey ~ 'a' IS NULL AS null_journey;
SELECT '{}' ~ 'a'::journey_path AS of_empty_journey;
SELECT path, furthest(j, path)
  FROM one, unnest(ARRAY[
	'search > basket > payment > delivery', 'delivery > payment', 'search > nowhere', 'nowhere',
	'search > basket|payment', journey_path(ARRAY['search', 'return', 'refund'])]::journey_path[]) path;
-- journeys of stages and of touchpoints
CREATE TEMP TABLE staged AS
SELECT journey_agg(stage, at) AS j
  FROM (VALUES ('zakup'::journey_stage, timestamptz '2026-01-02'), ('świadomość', '2026-01-01'),
               (NULL, '2026-01-01')) v(stage, at);
SELECT j FROM staged;
SELECT furthest(j, journey_path(ARRAY['awareness', 'purchase', 'loyalty'])) FROM staged;
SELECT j ~ 'awareness > loyalty' AS takes_it FROM staged;
CREATE TEMP TABLE touched AS
SELECT journey_agg(touchpoint, at, seq) AS j, journey_agg(touchpoint, at) AS without_seq
  FROM (VALUES ('WEB:basket'::journey_touchpoint, timestamptz '2026-01-02', 2),
               ('store:desk', '2026-01-02', 1)) v(touchpoint, at, seq);
SELECT j FROM touched;
SELECT without_seq ~ 'web:basket > store:desk' AS takes_it FROM touched;
-- an enum keeps its order through enum_range
CREATE TYPE pg_temp.own_stage AS ENUM ('lead', 'trial', 'customer', 'fan');
SELECT furthest(journey_agg(stage::text, at), journey_path(enum_range(NULL::pg_temp.own_stage)::text[]))
  FROM (VALUES ('customer'::pg_temp.own_stage, timestamptz '2026-01-02'), ('lead', '2026-01-03')) v(stage, at);
SELECT j::jsonb FROM (VALUES ('{a@2026-01-01, "say ""hi"""@2026-01-02T10:00:00.5Z#-7}'::journey), ('{}')) v(j);
