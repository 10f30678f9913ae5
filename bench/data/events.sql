-- Events in the order in which they happened, ten for a customer.
--
-- Customers begin on some day of 90 and move on from stage1 to stage5 within 14 days, back and forth now and then; every
-- fourth visit is to a stage aside. Times are multiples of 5 ms, so that ClickHouse, whose windowFunnel computes in 31
-- bits, sees the same ones.
--@ setup
CREATE UNLOGGED TABLE event AS
	SELECT customer, 'stage' || CASE WHEN aside < 2 THEN 6 + i % 3
	                                 ELSE 1 + least(4, greatest(0, (5 * way + 2 * drift - 1)::int)) END AS stage,
	       timestamptz '2026-01-01 00:00:00Z' + floor(17280000 * (90 * begins + 14 * way)) * interval '5 ms' AS at
	  FROM (SELECT i, customer, hashint8(i + 77777777) & 7 AS aside,
	               (hashint8(i + 555555555)::bigint + 2147483648) / 4294967296.0::float8 AS way,
	               (hashint8(i + 5555555555)::bigint + 2147483648) / 4294967296.0::float8 AS drift,
	               (hashint8(customer)::bigint + 2147483648) / 4294967296.0::float8 AS begins
	          FROM (SELECT i, (hashint8(i)::bigint & 2147483647) % (:events / 10) AS customer
	                  FROM generate_series(1, :events) AS i) AS w) AS v
	 ORDER BY at;
VACUUM ANALYZE event;

-- The same with what helps plain SQL most: both indexes cover.
CREATE UNLOGGED TABLE event_indexed AS TABLE event;
CREATE INDEX ON event_indexed (customer, at, stage);
CREATE INDEX ON event_indexed (stage, customer, at);
VACUUM ANALYZE event_indexed;

CREATE UNLOGGED TABLE customer_journey AS SELECT customer, journey_agg(stage, at) AS j FROM event GROUP BY customer;
VACUUM ANALYZE customer_journey;
--@ export event.csv
SELECT customer, stage, (200 * extract(epoch FROM at - '2026-01-01 00:00:00Z'))::bigint FROM event
--@ duckdb
CREATE TABLE event AS SELECT customer, stage, TIMESTAMP '2026-01-01' + to_microseconds(5000 * tick) AS "at"
	FROM read_csv(':work/event.csv', header = false, columns = {customer: 'BIGINT', stage: 'VARCHAR', tick: 'BIGINT'});
CREATE VIEW event_indexed AS FROM event;
--@ clickhouse
CREATE TABLE event (customer UInt64, stage String, tick UInt32) ENGINE = MergeTree PARTITION BY tuple() ORDER BY customer
INSERT INTO event FROM event.csv
