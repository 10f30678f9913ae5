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
	'payment & search & basket', 'search & search', 'search & search & search',
	'^search >> basket >> search >> payment >> delivery >> return$']) path;
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
