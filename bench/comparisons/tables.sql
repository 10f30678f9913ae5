-- What it costs to read a journey table, which is exact at any moment, instead of journeys that were stored once: when
-- all that was written is folded, and when 10,000 visits have been written since, in a statement each.
--@ data events
--@ setup
SET client_min_messages = warning;
CREATE TABLE settled_visit AS TABLE event;
CREATE TABLE fresh_visit AS TABLE event WITH NO DATA;
INSERT INTO fresh_visit SELECT * FROM event ORDER BY at, customer, stage LIMIT :events - 10000;
SELECT create_journey_table('settled', 'settled_visit', customer => 'customer', stage => 'stage', at => 'at') \g /dev/null
SELECT create_journey_table('fresh', 'fresh_visit', customer => 'customer', stage => 'stage', at => 'at') \g /dev/null
DO $$
DECLARE
	visit record;
BEGIN
	FOR visit IN SELECT * FROM event ORDER BY at, customer, stage OFFSET (SELECT count(*) FROM fresh_visit) LOOP
		INSERT INTO fresh_visit VALUES (visit.customer, visit.stage, visit.at);
	END LOOP;
END
$$;
VACUUM ANALYZE settled_rollup;
VACUUM ANALYZE fresh_rollup;
VACUUM ANALYZE fresh_pending;
--@ let path
'stage1 > stage2 > stage3 > stage4 > stage5', '7 days'
--@ question tables: The same funnel over a journey table
--@ postgres stored: default | serial
SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(j, :path) FROM customer_journey))
--@ postgres journey table: default | serial
SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(journey, :path) FROM settled))
--@ postgres journey table, 10,000 pending: default | serial
SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(journey, :path) FROM fresh))
--@ check not 10,000 visits are pending
SELECT pending FROM (SELECT count(*) AS pending FROM fresh_pending) AS v WHERE pending <> 10000
--@ target Funnel, journey table: journey table/default <= 1.2 stored/default
--@ target Funnel, journey table: journey table/serial <= 1.2 stored/serial
--@ target Funnel, journey table, 10,000 pending: journey table, 10,000 pending/default <= 1.5 stored/default
--@ target Funnel, journey table, 10,000 pending: journey table, 10,000 pending/serial <= 1.5 stored/serial
