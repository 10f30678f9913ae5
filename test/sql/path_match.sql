--
-- The operator ~ and furthest() on journeys; the matcher itself is compared with
-- all chains by brute force in test/unit/match_test.c.
--
SET timezone = 'UTC';
CREATE TEMP TABLE one AS SELECT '{search@2026-01-01, basket@2026-01-02, search@2026-01-02T12:00Z, payment@2026-01-04, delivery@2026-01-09, return@2026-01-09}'::journey AS j;
SELECT path, j ~ path::journey_path AS takes_it
  FROM one, unnest(ARRAY['search', 'nowhere', 'search > payment', 'payment > search', 'basket >> search', 'search >> payment', 'search >> search',
	'search > search', 'payment > payment', '^search > delivery', '^basket', 'return$', 'delivery$', 'search$', 'search > basket >[2 days] payment', 'search > basket >[1 day] payment',
	'basket >[!search] payment', 'search >[!basket] payment', 'search > nowhere? > payment', 'nowhere|basket > payment|nowhere', 'return > delivery', 'delivery > return', 'return >[0 s] delivery',
	'payment & search & basket', 'search & search', 'search & search & search', '^search >> basket >> search >> payment >> delivery >> return$']) path;
-- many paths in one call, and one path for many journeys
SELECT count(*) FILTER (WHERE journey_agg ~ p.path) FROM (SELECT journey_agg('s' || i % 5, timestamptz '2026-01-01' + i * interval '1 hour') FROM generate_series(1, 20) i) v, (VALUES ('s1 > s2'::journey_path), ('s2 > s1'), ('s1 >[1 hour] s2'), ('s1 >[1 hour] s3'), ('s4 >> s0')) p(path);
SELECT j ~ NULL IS NULL AS null_path, NULL::journey ~ 'a' IS NULL AS null_journey, '{}' ~ 'a'::journey_path AS empty FROM one;
SELECT furthest(j, 'search > basket > payment > delivery'), furthest(j, 'delivery > payment'), furthest(j, 'search > nowhere'), furthest(j, 'nowhere'), furthest(j, 'search > basket|payment'), furthest(j, journey_path(ARRAY['search', 'return', 'refund'])) FROM one;
-- journeys of stages and of touchpoints
SELECT journey_agg(stage, at), furthest(journey_agg(stage, at), journey_path(ARRAY['awareness', 'purchase', 'loyalty'])), journey_agg(stage, at) ~ 'awareness > loyalty'
  FROM (VALUES ('zakup'::journey_stage, timestamptz '2026-01-02'), ('świadomość', '2026-01-01'), (NULL, '2026-01-01')) v(stage, at);
SELECT journey_agg(touchpoint, at, seq), journey_agg(touchpoint, at) ~ 'web:basket > store:desk'
  FROM (VALUES ('WEB:basket'::journey_touchpoint, timestamptz '2026-01-02', 2), ('store:desk', '2026-01-02', 1)) v(touchpoint, at, seq);
-- an enum keeps its order through enum_range
CREATE TYPE pg_temp.own_stage AS ENUM ('lead', 'trial', 'customer', 'fan');
SELECT furthest(journey_agg(stage::text, at), journey_path(enum_range(NULL::pg_temp.own_stage)::text[])) FROM (VALUES ('customer'::pg_temp.own_stage, timestamptz '2026-01-02'), ('lead', '2026-01-03')) v(stage, at);
SELECT j::jsonb FROM (VALUES ('{a@2026-01-01, "say ""hi"""@2026-01-02T10:00:00.5Z#-7}'::journey), ('{}')) v(j);
