--
-- postgres_fdw: a server with the option  extensions 'cxjourney'  computes whole
-- aggregates where the answers are; without it the rows are fetched. This
-- database is its own foreign server here. Where that cannot be, rating_fdw_1.out
-- is what comes out.
--
\getenv test PG_ABS_SRCDIR
\i :test/loopback.sql
SET client_min_messages = warning;
SELECT pg_temp.loopback() AS loopback \gset
\if :loopback
\else
SELECT 'not tested: postgres_fdw is missing, was there before, or cannot connect' AS rating_fdw;
\quit
\endif

CREATE SCHEMA rating_fdw;
SET search_path = rating_fdw, public;

-- 3,000 answers: every third without NPS; channel post has no answers at all
CREATE TABLE answers AS
	SELECT i AS id, CASE WHEN i % 50 = 0 THEN 'post' WHEN i % 2 = 0 THEN 'app' ELSE 'web' END AS channel,
	       CASE WHEN i % 3 > 0 AND i % 50 > 0 THEN i * 7 % 11 END AS nps,
	       CASE WHEN i % 5 > 0 AND i % 50 > 0 THEN (1 + i * 3 % 5)::numeric END AS csat,
	       CASE WHEN i % 7 > 0 AND i % 50 > 0 THEN (1 + i * 5 % 7)::float8 END AS ces,
	       0.25 + i % 4 AS weight
	  FROM generate_series(1, 3000) i;
CREATE TABLE stored AS
	SELECT channel, id / 2 % 40 AS part, rating_agg(nps, '[0,10]') AS nps, rating_agg(csat, '[1,5]') AS csat,
	       rating_agg(ces, '[1,7]') AS ces, rating_agg(nps, '[0,10]', weight) AS weighted
	  FROM answers GROUP BY channel, part;
ANALYZE answers, stored;

CREATE SCHEMA knows;
CREATE SCHEMA fetches;
IMPORT FOREIGN SCHEMA rating_fdw LIMIT TO (answers, stored) FROM SERVER cx_knows INTO knows;
IMPORT FOREIGN SCHEMA rating_fdw LIMIT TO (answers, stored) FROM SERVER cx_fetches INTO fetches;
ANALYZE knows.answers, knows.stored, fetches.answers, fetches.stored;

CREATE FUNCTION compare(source text, call text,
	OUT shipped boolean, OUT shipped_without_option boolean, OUT equal boolean)
LANGUAGE plpgsql AS $$
DECLARE
	query text := format('SELECT channel, %s FROM %%s.%s GROUP BY channel', call, source);
	aggregate text := split_part(call, '(', 1) || '(';
BEGIN
	shipped := pg_temp.sends(format(query, 'knows'), aggregate);
	shipped_without_option := pg_temp.sends(format(query, 'fetches'), aggregate);
	equal := pg_temp.result(format(query, 'knows')) = pg_temp.result(format(query, 'rating_fdw'))
		AND pg_temp.result(format(query, 'fetches')) = pg_temp.result(format(query, 'rating_fdw'));
END
$$;

-- over answers
SELECT call, c.*
  FROM unnest(ARRAY[
	'nps_agg(nps)', 'nps_agg(nps::smallint)', 'nps_agg(nps::bigint)', 'nps_agg(nps, weight)',
	'nps_agg(nps) FILTER (WHERE csat > 2)', 'nps_agg(DISTINCT nps)', 'nps_agg(nps ORDER BY id)',
	'csat_agg(csat)', $$csat_agg(csat, '[1,7]')$$, $$csat_agg(csat, '[1,7]', 5)$$, 'csat_agg(nps > 6)',
	'ces_agg(ces)', $$ces_agg(ces, '[1,10]')$$, $$ces(rating_agg(ces, '[1,7]', weight))$$,
	$$rating_agg(nps, '[0,10]')$$, $$rating_agg(nps, '[0,10]', weight)$$, $$nps(rating_agg(nps, '[0,10]'))$$]) call,
	LATERAL compare('answers', call) c;

-- over stored summaries
SELECT call, c.*
  FROM unnest(ARRAY[
	'nps_agg(nps)', 'csat_agg(csat)', 'csat_agg(csat, 5)', 'ces_agg(ces)', 'rating_agg(nps)',
	'nps_agg(weighted)', 'rating_agg(weighted)']) call,
	LATERAL compare('stored', call) c;

-- readers and comparisons in conditions
SELECT pg_temp.sends('SELECT id FROM knows.answers WHERE csat_satisfied(csat)', 'csat_satisfied(') AS one_answer;
SELECT pg_temp.sends('SELECT part FROM knows.stored WHERE nps(nps) < 0', 'nps(') AS reader;
SELECT pg_temp.sends($$SELECT part FROM knows.stored WHERE nps = '[0,10]{0,0,0,0,0,0,0,0,0,0,0}'$$,
	'nps OPERATOR(') AS comparison;
SELECT pg_temp.sends('SELECT part FROM fetches.stored WHERE nps(nps) < 0', 'nps(') AS reader_without_option;
SELECT (SELECT count(*) FROM knows.answers WHERE csat_satisfied(csat))
       = (SELECT count(*) FROM answers WHERE csat >= 4) AS one_answer;
SELECT (SELECT count(*) FROM knows.stored WHERE nps(nps) < 0)
       = (SELECT count(*) FROM stored WHERE nps(nps) < 0) AS reader;

-- summaries travel both ways, weighted ones and NULL too
SELECT count(*) AS summaries, count(f.nps) AS with_nps,
       count(*) FILTER (WHERE f.nps IS DISTINCT FROM s.nps) AS other_nps,
       count(*) FILTER (WHERE f.csat IS DISTINCT FROM s.csat) AS other_csat,
       count(*) FILTER (WHERE f.ces IS DISTINCT FROM s.ces) AS other_ces,
       count(*) FILTER (WHERE f.weighted IS DISTINCT FROM s.weighted) AS other_weighted
  FROM knows.stored f JOIN stored s USING (channel, part);
INSERT INTO knows.stored SELECT channel || ' back', part, nps, csat, ces, weighted FROM knows.stored;
SELECT count(*) AS summaries, count(*) FILTER (WHERE a.nps IS DISTINCT FROM b.nps) AS other_nps,
       count(*) FILTER (WHERE a.weighted IS DISTINCT FROM b.weighted) AS other_weighted
  FROM stored a JOIN stored b ON b.channel = a.channel || ' back' AND b.part = a.part;
UPDATE knows.stored SET nps = nps + nps WHERE channel = 'app back';
SELECT sum(responses(b.nps)) = 2 * sum(responses(a.nps)) AS doubled
  FROM stored a JOIN stored b ON b.channel = a.channel || ' back' AND b.part = a.part WHERE a.channel = 'app';

-- Partitions on foreign servers. Groups that lie within one partition are whole aggregates; groups across partitions
-- would need partial ones, which postgres_fdw never ships. A summary from each of them, merged here, does it.
SET enable_partitionwise_aggregate = on;
CREATE TABLE spread (id integer, channel text, nps integer) PARTITION BY LIST (channel);
CREATE FOREIGN TABLE spread_web PARTITION OF spread FOR VALUES IN ('web') SERVER cx_knows
	OPTIONS (schema_name 'rating_fdw', table_name 'answers_web');
CREATE FOREIGN TABLE spread_app PARTITION OF spread FOR VALUES IN ('app') SERVER cx_knows
	OPTIONS (schema_name 'rating_fdw', table_name 'answers_app');
CREATE VIEW answers_web AS SELECT id, channel, nps FROM answers WHERE channel = 'web';
CREATE VIEW answers_app AS SELECT id, channel, nps FROM answers WHERE channel = 'app';
ANALYZE spread_web, spread_app;
SELECT query, pg_temp.sends(query, 'nps_agg(') OR pg_temp.sends(query, 'rating_agg(') AS shipped,
       pg_temp.result(query) = pg_temp.result(replace(query, 'spread', 'answers')) AS equal
  FROM unnest(ARRAY[
	$$SELECT channel, nps_agg(nps) FROM spread WHERE channel <> 'post' GROUP BY channel$$,
	$$SELECT nps_agg(nps) FROM spread WHERE channel <> 'post'$$,
	$$SELECT nps_agg(s) FROM (SELECT rating_agg(nps, '[0,10]') AS s FROM spread_web
		UNION ALL SELECT rating_agg(nps, '[0,10]') FROM spread_app) AS parts$$]) query;

RESET search_path;
DROP SCHEMA rating_fdw, knows, fetches CASCADE;
DROP EXTENSION postgres_fdw CASCADE;
SELECT count(*) AS left_behind FROM pg_foreign_server;
