-- Whether the hash and GIN indexes of stored-values.sql find what a scan of the table finds; B-trees are amcheck's. A line for
-- each: whether it was used, and whether all rows were found by it. Changes nothing.
\ir ../helpers.sql
\set ECHO none
\pset format unaligned
BEGIN;
SET LOCAL enable_seqscan = off;
-- it would be used in the place of the hash index
DROP INDEX journeys_journey_customer_idx;

\set of 'FROM journeys AS o'
\set found 'SELECT count(*) FROM journeys AS i WHERE i.journey = o.journey'
\set scanned 'SELECT count(*) FROM journeys AS i WHERE i.journey::text = o.journey::text'
\set used 'SELECT (' :found ') ' :of
SELECT 'journeys_journey_idx1', pg_temp.plan_has(:'used', '"journeys_journey_idx1"'),
	count(*) = 50 AND bool_and((:found) = (:scanned)) :of;

\set of 'FROM stored AS o'
\set found 'SELECT count(*) FROM stored AS i WHERE i.funnel = o.funnel'
\set scanned 'SELECT count(*) FROM stored AS i WHERE i.funnel::text = o.funnel::text'
\set used 'SELECT (' :found ') ' :of
SELECT 'stored_funnel_idx', pg_temp.plan_has(:'used', '"stored_funnel_idx"'),
	count(*) = 5 AND bool_and((:found) = (:scanned)) :of;

\set of 'FROM (VALUES (journey_path ''^buy''), (''find > buy''), (''buy & use''), (''nobody'')) AS o (path)'
\set found 'SELECT count(*) FROM journeys AS i WHERE i.journey ~ o.path'
\set scanned 'SELECT count(*) FILTER (WHERE i.journey ~ o.path) FROM journeys AS i'
\set used 'SELECT (' :found ') ' :of
SELECT 'journeys_journey_idx', pg_temp.plan_has(:'used', '"journeys_journey_idx"'),
	count(*) = 4 AND bool_and((:found) = (:scanned)) :of;
ROLLBACK;
