--
-- funnel_depth(): how far one customer got; the core is compared with all chains
-- by brute force in test/unit/chain_test.c.
--
SET timezone = 'UTC';
CREATE TEMP TABLE one AS
SELECT '{search@2026-01-01, basket@2026-01-02, search@2026-01-05, basket@2026-01-06, payment@2026-01-07,
         delivery@2026-01-09, return@2026-01-09}'::journey AS j;
SELECT path, funnel_depth(j, path::journey_path) AS unlimited,
       funnel_depth(j, path::journey_path, '2 days') AS two_days,
       funnel_depth(j, path::journey_path, '0') AS zero
  FROM one, unnest(ARRAY[
	'search', 'nowhere', 'nowhere > search', 'search > nowhere',
	'search > basket > payment > delivery', 'search > payment > basket', 'search > search > search',
	'search > basket? > payment', 'nowhere? > search > basket', 'basket? > nowhere',
	'search >> payment', 'search >> basket >> payment', 'basket >[1 day] payment', 'search >[!basket] payment',
	'delivery > return', 'return > delivery',
	'^search > payment', '^basket > payment', 'search > basket > payment$', 'search > payment > delivery$',
	'payment$', 'return$',
	'payment & search & basket', 'payment & search & search & nowhere', 'basket & nowhere?',
	'nowhere|search > basket|payment > payment|nowhere']) path;
-- bounds are included, to the microsecond, and the best start counts, not the first
SELECT w AS within, funnel_depth('{a@2026-01-01, b@2026-01-02, a@2026-01-03T00:00:00.000001Z, b@2026-01-10,
                                   c@2026-01-10T00:00:01Z}', 'a > b > c', w::interval)
  FROM unnest(ARRAY['6 days 23:59:59', '7 days', '7 days 00:00:00.999999', '7 days 00:00:01', '8 days', '168 hours',
                    NULL]) w;
-- the order among simultaneous visits does not matter, that by seq does
SELECT funnel_depth('{a@2026-01-01, b@2026-01-01, c@2026-01-01}', 'c > b > a', '0') AS simultaneous,
       funnel_depth('{a@2026-01-01#1, b@2026-01-01#2, c@2026-01-01#3}', 'c > b > a', '0') AS by_seq;
-- many paths and windows in one call
SELECT p.path, p.within, array_agg(funnel_depth(j, p.path, p.within) ORDER BY n)
  FROM (SELECT n, journey_agg('s' || i % 5, timestamptz '2026-01-01' + i * interval '1 hour') AS j
          FROM generate_series(1, 8) n, generate_series(1, n) i GROUP BY n) v,
       (VALUES ('s1 > s2 > s3'::journey_path, '1 day'::interval), ('s1 > s2 > s3', '1 hour'),
               ('s4 > s0 > s1 > s2', NULL), ('s3 > s2', '4 hours')) p(path, within)
 GROUP BY 1, 2 ORDER BY 1, 2;
-- NULL
SELECT funnel_depth(NULL, 'a') IS NULL AS null_journey,
       funnel_depth(NULL, 'a', '-1 day') IS NULL AS null_journey_bad_window,
       funnel_depth(j, NULL) IS NULL AS null_path,
       funnel_depth(j, 'search', NULL) AS null_within,
       funnel_depth('{}', 'a > b', '1 day') AS empty
  FROM one;
-- arguments by their names, and a path of an array
SELECT funnel_depth(journey => j, path => 'search > payment', within => '6 days') AS named,
       funnel_depth(j, journey_path(ARRAY['basket', 'payment'])) AS from_array
  FROM one;
-- the longest of all journeys, and errors
SELECT funnel_depth(j, 'a > b', '106751991 days') AS longest, funnel_depth(j, 'a > b') AS unlimited
  FROM (VALUES ('{a@-4712-01-01T00:00:00Z, b@294276-12-31T00:00:00Z}'::journey)) v(j);
SELECT funnel_depth(j, 'search', '-1 second') FROM one;
SELECT funnel_depth(j, 'search', '1 month') FROM one;
SELECT funnel_depth(j, 'search', '106751992 days') FROM one;
SELECT funnel_depth(j, '') FROM one;
