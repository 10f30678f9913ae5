-- Reading a journey map: 100 million answers in 365 days of 50 cells, as they lie in its rollup.
--@ setup
SET client_min_messages = warning;
-- Two maps alike; one will have 10,000 answers that wait for the next refresh.
CREATE PROCEDURE make_map(name text)
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, stage text,
		touchpoint text, nps smallint, csat smallint, ces smallint)', name || '_source');
	PERFORM create_journey_map(name, (name || '_source')::regclass, at => 'at', stage => 'stage', touchpoint => 'touchpoint',
		nps => 'nps', csat => 'csat', ces => 'ces');
	EXECUTE format($sql$INSERT INTO %I
		SELECT false, timestamptz '2026-01-01 00:00+00' + d * interval '24 hours', '(all)', 'stage ' || c / 8, 'web:' || c, 5480, 0,
		       rating_summary('[0,10]', ARRAY[400,400,400,400,400,400,500,500,680 - 400 * (c %% 2),700 + d %% 7 * (c %% 2),
				700 + 400 * (c %% 2)]::bigint[]),
		       rating_summary('[1,5]', ARRAY[1000,1000,1000 - 500 * (c %% 2),1480,1000 + 500 * (c %% 2)]::bigint[]),
		       rating_summary('[1,7]', ARRAY[700 - 600 * (c %% 2),700,700,700,700,980,1000 + 600 * (c %% 2)]::bigint[]), 0, 0
		  FROM generate_series(0, 364) AS d, generate_series(0, 49) AS c$sql$, name || '_batches');
	PERFORM refresh_journey_map(name);
END $$;
CALL make_map('shop');
CALL make_map('late');
DO $$
BEGIN
	FOR i IN 1 .. 10000 LOOP
		INSERT INTO late_source (at, stage, touchpoint, nps, csat, ces)
		VALUES (timestamptz '2026-01-01 00:00+00' + i % 365 * interval '1 day', 'stage ' || i % 50 / 8, 'web:' || i % 50,
			i % 11, 1 + i % 5, 1 + i % 7);
	END LOOP;
END $$;
-- Answers to ten days, and the refresh that takes them in.
CALL make_map('refreshed');
CREATE FUNCTION write_and_refresh(answers int) RETURNS bigint
	LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO refreshed_source (at, stage, touchpoint, nps, csat, ces)
	SELECT timestamptz '2026-05-01' + i % 10 * interval '1 day', 'stage 1', 'web:8', 7, 4, 5 FROM generate_series(1, answers) AS i;
	RETURN refresh_journey_map('refreshed');
END $$;
VACUUM ANALYZE;
--@ let quarter
period => '[2026-04-01,2026-06-30]'
--@ question read: Reading a map of 100 million answers
--@ floor the map: default
SELECT count(shop) FROM shop
--@ floor barriers: default
SELECT count(v) FROM (SELECT * FROM shop_barriers OFFSET 0) v
--@ floor channels: default
SELECT count(v) FROM (SELECT * FROM shop_channels OFFSET 0) v
--@ floor trend: default
SELECT count(v) FROM (SELECT * FROM shop_trend OFFSET 0) v
--@ floor alarms: default
SELECT count(v) FROM (SELECT * FROM shop_alarms OFFSET 0) v
--@ floor control charts: default
SELECT count(v) FROM (SELECT * FROM shop_control OFFSET 0) v
--@ floor control chart of one place: default
SELECT count(v) FROM (SELECT * FROM shop_control WHERE stage = 'stage 1' AND touchpoint = 'web:8' AND metric = 'nps' OFFSET 0) v
--@ floor trend of all places: default
SELECT count(v) FROM (SELECT * FROM shop_trend_places OFFSET 0) v
--@ floor cells of a quarter: default
SELECT count(v) FROM (SELECT * FROM journey_map_cells('shop', :quarter) OFFSET 0) v
--@ floor barriers of a quarter: default
SELECT count(v) FROM (SELECT * FROM journey_map_barriers('shop', :quarter) OFFSET 0) v
--@ floor what moved it, by touchpoint: default
SELECT count(v) FROM (SELECT * FROM journey_map_shift('shop', '[2026-01-01,2026-03-31]', '[2026-04-01,2026-06-30]') OFFSET 0) v
--@ floor picture: default
SELECT length(journey_map_svg('shop', :quarter))
--@ floor 100 answers written and refreshed: default
SELECT write_and_refresh(100)
--@ target Map of 100 million answers, barriers: barriers/default <= 100 ms
--@ target Map of 100 million answers, control charts: control charts/default <= 100 ms
--@ target Map of 100 million answers, what moved it: what moved it, by touchpoint/default <= 100 ms

--@ question pending: The same with 10,000 answers that wait for the next refresh
--@ floor the map: default
SELECT count(late) FROM late
--@ floor barriers: default
SELECT count(v) FROM (SELECT * FROM late_barriers OFFSET 0) v
--@ floor trend: default
SELECT count(v) FROM (SELECT * FROM late_trend OFFSET 0) v
--@ floor what moved it, by touchpoint: default
SELECT count(v) FROM (SELECT * FROM journey_map_shift('late', '[2026-01-01,2026-03-31]', '[2026-04-01,2026-06-30]') OFFSET 0) v
