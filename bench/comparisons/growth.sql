-- Growth: the same funnel of raw events over a table and over one of fifty times as many; --growth says how many.
--@ setup
CREATE UNLOGGED TABLE grown AS
	SELECT (hashint8(i)::bigint & 2147483647) % (:growth / 10) AS customer, 'stage' || 1 + (hashint8(i + 77) & 1023) % 8 AS stage,
	       timestamptz '2026-01-01 00:00:00Z' + (i * 7776000.0 / :growth) * interval '1 second' AS at
	  FROM generate_series(1::bigint, :growth) AS i;
CREATE UNLOGGED TABLE not_grown AS SELECT customer % (:less / 10) AS customer, stage, at FROM grown LIMIT :less;
VACUUM ANALYZE grown;
VACUUM ANALYZE not_grown;
--@ let path
'stage1 > stage2 > stage3 > stage4 > stage5', '7 days'
--@ question growth: A funnel of raw events, :less and :growth of them
--@ memory
--@ floor funnel, :less: serial | default
SELECT step, reached FROM funnel_steps((SELECT funnel_agg(customer, stage, at, :path) FROM not_grown))
--@ floor funnel, :growth: serial | default
SELECT step, reached FROM funnel_steps((SELECT funnel_agg(customer, stage, at, :path) FROM grown))
--@ floor count(*), :less: serial
SELECT count(*) FROM not_grown
--@ floor count(*), :growth: serial
SELECT count(*) FROM grown
--@ target Growth, time for an event: funnel, :growth/serial per :growth <= 1.5 funnel, :less/serial per :less
--@ target Growth, time for an event, default plan: funnel, :growth/default per :growth <= 1.5 funnel, :less/default per :less
--@ target Growth, memory (work_mem is 4 MB): memory funnel, :growth/serial <= 12 MB
