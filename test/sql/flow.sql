--
-- journey_flow: what follows what, by hand; flow_property.sql compares it with plain SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_flow_test;
SET search_path = journey_flow_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- By hand: three customers; one left without a visit, one unknown
CREATE TABLE small AS SELECT n, j::journey FROM (VALUES
	(1, '{search@2026-01-05T10:00:00Z, basket@2026-01-05T10:00:00.000010Z, payment@2026-01-05T10:00:00.000050Z}'),
	(2, '{search@2026-01-06T10:00:00Z, search@2026-01-06T10:00:00.000004Z, basket@2026-01-06T10:00:00.000034Z}'),
	(3, '{search@2026-01-07T10:00:00Z}'),
	(4, '{}'),
	(5, NULL)) v(n, j);
CREATE VIEW small_flow AS SELECT flow_agg(j) AS f FROM small;
SELECT f FROM small_flow;
SELECT from_stage, to_stage, transitions, round(share, 2) AS share, mean_time, median_time
  FROM small_flow, flow_edges(f);
SELECT n.* FROM small_flow, flow_next(f, '(start)') n;
-- of 4 that leave search 2 go to basket
SELECT stage, round(share, 6) AS share FROM small_flow, flow_next(f, 'search');
SELECT count(*) AS none FROM small_flow, flow_next(f, 'nowhere');
SELECT count(*) AS none FROM small_flow, flow_next(f, '(end)');
-- one NOTICE names the nearest label, whatever the case; nothing to name, nothing said; no error
SELECT r.* FROM small_flow, flow_reach(f, 'PAYMENTS') r;
SELECT asked, n.*
  FROM small_flow, unnest(ARRAY['Search', 'serach', 'payment|basket', '"(start)"', '']) asked, flow_next(f, asked) n;
SELECT count(*) AS none FROM small_flow, flow_next(f, repeat('x', 256));
SELECT count(*) AS none FROM flow_next('{}', 'search'), flow_reach('{}', 'search');
SELECT n.*
  FROM (SELECT flow_agg('{ŚWIADOMOŚĆ@2026-01-01, "(end)"@2026-01-02, bb@2026-01-03,
                          ab@2026-01-04}'::journey) AS f) s,
       unnest(ARRAY['świadomość', 'świadomosc', '(end', 'cb']) asked, flow_next(f, asked) n;
-- said once in a query, however many groups lack it
SELECT count(*)
  FROM (SELECT i, flow_agg(j) AS f FROM small, generate_series(1, 50) i WHERE n = 2 GROUP BY i) s,
       flow_reach(f, 'payment');
-- each group its own
SELECT g, r.*
  FROM (SELECT n % 2 AS g, flow_agg(j) AS f FROM small WHERE n < 3 GROUP BY g) s, flow_reach(f, 'payment') r
 ORDER BY g, stage COLLATE "C";
-- from search: 2 of 3 that leave it go to basket, and 1 of 2 there to payment
SELECT stage, round(probability::numeric, 9) AS probability FROM small_flow, flow_reach(f, 'payment');
SELECT stage, probability FROM small_flow, flow_reach(f, '(end)');
SELECT stage, probability FROM small_flow, flow_reach(f, 'nowhere');
SELECT stage, probability FROM small_flow, flow_reach(f, '(start)');
-- without self-loops
SELECT flow_agg(collapse(j)) FROM small;
SELECT flow_mermaid(flow_agg(j)) FROM small;
SELECT flow_mermaid(flow_agg(j), 2) FROM small;
-- nothing is NULL, an empty flow is a value
SELECT flow_agg(j) IS NULL AS no_visit FROM small WHERE n >= 4;
SELECT flow_agg(j) IS NULL AS no_row FROM small WHERE false;
SELECT flow_agg(f) IS NULL AS no_flow FROM (VALUES (NULL::journey_flow)) v(f);
SELECT flow_agg(f) IS NULL AS empty_flow FROM (VALUES ('{}'::journey_flow), ('{ }')) v(f);
SELECT '{}'::journey_flow + '{}' AS sum, flow_mermaid('{}') AS drawn;
SELECT (SELECT count(*) FROM flow_edges('{}')) AS edges, (SELECT count(*) FROM flow_next('{}', '(start)')) AS next,
       (SELECT count(*) FROM flow_reach('{}', 'a')) AS reach;
SELECT flow_mermaid(NULL) IS NULL AS null_for_null, flow_mermaid(NULL, 5) IS NULL AS null_with_limit;
-- sums, and what is another flow
SELECT f = (SELECT flow_agg(j) FROM small WHERE n < 3) + (SELECT flow_agg(j) FROM small WHERE n = 3) AS added
  FROM small_flow;
SELECT count(*) AS different
  FROM (SELECT f FROM small_flow
        UNION SELECT flow_agg(j) FROM small WHERE n <> 4
        UNION SELECT flow_agg(j) FROM small WHERE n <> 3) s;
SELECT f <> (SELECT flow_agg(j) FROM small WHERE n < 3) AS other FROM small_flow;

-- Labels that need care: those of the outside, quotes, brackets, what Mermaid reads
CREATE TABLE odd AS
SELECT flow_agg(j) AS f
  FROM (SELECT journey_agg(label, timestamptz '2026-01-01' + n * interval '1 minute', n) AS j
          FROM unnest(ARRAY['(start)', '(end)', '"(start)"', '"(end)', 'say "hi"; #1 [x] {y} |z| <b>',
                            '1. `a` --> B & C', 'świadomość', '漢字', 'web:checkout', 'end', 'other', 'a > b = 1'])
               WITH ORDINALITY AS v(label, n)) v;
SELECT f FROM odd;
SELECT f::text::journey_flow = f AS reads_back FROM odd;
SELECT from_stage, to_stage, transitions FROM odd, flow_edges(f);
SELECT asked, n.*
  FROM odd, unnest(ARRAY['(start)', '"(start)"', '""(start)""', '(end)', '"(end)"', '""(end)"', '"(end)', 'end']) asked,
       flow_next(f, asked) n;
SELECT flow_mermaid(f) FROM odd;
-- what would turn the direction of the rest of its line is left out; of nothing else a space is left
SELECT regexp_replace(flow_mermaid(flow_agg(j)), '^.*\n(    n1.*)    n3.*$', '\1') AS nodes
  FROM (SELECT journey_agg(label, '2026-01-01') AS j FROM unnest(ARRAY[U&'a\202Eb \2066c', U&'\202E']) AS label) AS two;
SELECT stage, probability FROM odd, flow_reach(f, '"(end)"');

-- A circle without a way in or out, which only text can bring, is nothing singular
SELECT goal, r.*
  FROM unnest(ARRAY['a', 'b', '(end)']) goal,
       flow_reach('{(start) > a = 1, a > (end) = 1, b > c = 5 in 0us [0:5], c > b = 5 in 0us [0:5]}', goal) r;
-- a stage that is left once in 10^18 times, either way
SELECT r.*
  FROM flow_reach('{(start) > a = 2, a > a = 4000000000000000000 in 0us [0:4000000000000000000],
                    a > b = 1 in 7us [7:1], a > (end) = 1, b > (end) = 1}', 'b') r;
-- the longest time
SELECT from_stage, to_stage, mean_time, median_time
  FROM flow_edges('{(start) > a = 1, a > a = 1000000000000000000
                    in 18374686479671623680000000000000000000us [3775:1000000000000000000], a > (end) = 1}')
 WHERE mean_time IS NOT NULL;
SELECT flow_agg(j) FROM (VALUES ('{a@-4713-11-24, b@294276-12-31T23:59:59.999999Z}'::journey)) v(j);
-- ten thousand stages
CREATE TABLE long AS
SELECT flow_agg(j) AS f
  FROM (SELECT journey_agg('stage ' || to_char(i, 'FM00000'), timestamptz '2026-01-01' + i * interval '1 hour') AS j
          FROM generate_series(1, 10000) i) v;
SELECT count(*) AS edges, sum(transitions) FROM long, flow_edges(f);
SELECT f::text::journey_flow = f AS reads_back,
       f + f = (SELECT flow_agg(f) FROM (SELECT f FROM long UNION ALL SELECT f FROM long) t) AS added
  FROM long;
SELECT count(*) FILTER (WHERE probability = 1) AS reach, count(*) FILTER (WHERE probability = 0) AS never
  FROM long, flow_reach(f, 'stage 00300');
SELECT pg_temp.error_of('SELECT flow_reach(f, ''stage 09999'') FROM long', ' | ');
SELECT length(flow_mermaid(f)) > 200000 AS all, flow_mermaid(f, 2) FROM long;
