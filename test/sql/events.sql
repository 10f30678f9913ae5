--
-- funnel_agg() and flow_agg() over raw events, by hand; events_property.sql compares them with the same over journeys.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_events;
SET search_path = journey_events, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';
CREATE TABLE event (customer bigint, stage text, at timestamptz);
INSERT INTO event VALUES
	(1, 'search', '2026-01-01 10:00'), (1, 'basket', '2026-01-01 10:05'), (1, 'payment', '2026-01-01 10:15'),
	(2, 'payment', '2026-01-02 09:00'), (2, 'search', '2026-01-02 10:00'), (2, 'basket', '2026-01-04 10:00'),
	(3, 'search', '2026-01-03 10:00'), (3, 'help', '2026-01-03 10:01'),
	(4, 'help', '2026-01-03 11:00'), (5, 'basket', '2026-01-03 12:00');

-- five customers: three search, two of them go to the basket, within a day one, who pays after ten minutes
SELECT step, stage, reached, from_previous, dropped, mean_time
  FROM funnel_steps((SELECT funnel_agg(customer, stage, at, 'search > basket > payment', '1 day') FROM event));
SELECT step, stage, reached, from_previous, dropped, mean_time
  FROM funnel_steps((SELECT funnel_agg(customer, stage, at, 'search > basket > payment', NULL) FROM event));
SELECT from_stage, to_stage, transitions, mean_time
  FROM flow_edges((SELECT flow_agg(customer, stage, at) FROM event));
-- any type that becomes one of the three: integer, varchar, date, timestamp; and stages and touchpoints by their text
SELECT count(DISTINCT f::text) AS funnels FROM (
	SELECT funnel_agg(customer, stage, at, 'search > basket > payment', '1 day') AS f FROM event
	UNION ALL
	SELECT funnel_agg(customer::int, stage::varchar, at, 'search > basket > payment', '24 hours') FROM event
	UNION ALL
	SELECT funnel_agg(customer::smallint, stage, at::timestamp, 'search > basket > payment', '1 day') FROM event
	UNION ALL
	SELECT funnel_agg(customer::varchar, stage::name::text, at, 'search > basket > payment', '1 day') FROM event
	UNION ALL
	SELECT funnel_agg(lpad(customer::text, 32, 'a')::uuid, stage, at, 'search > basket > payment', '1 day')
	  FROM event) v;
-- groups, FILTER, DISTINCT and ORDER BY work as everywhere
SELECT customer % 2 = 0 AS even, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached
  FROM (SELECT customer % 2 AS customer, funnel_agg(customer, stage, at, 'search > basket > payment', NULL) AS f
          FROM event GROUP BY 1) v
 ORDER BY 1;
SELECT array_agg(reached ORDER BY step) AS filtered
  FROM (SELECT funnel_agg(customer, stage, at, 'search > basket', NULL) FILTER (WHERE customer <> 1) AS f
          FROM event, generate_series(1, 2)) v,
       funnel_steps(f);
SELECT funnel_agg(customer, stage, at, 'search > basket', NULL ORDER BY at DESC)
       = funnel_agg(customer, stage, at, 'search > basket', NULL ORDER BY at) AS ordered
  FROM event, generate_series(1, 2);
SELECT (SELECT sum(transitions) FROM flow_edges(twice)) AS twice,
       (SELECT sum(transitions) FROM flow_edges(once)) AS once
  FROM (SELECT flow_agg(customer, stage, at) AS twice, flow_agg(DISTINCT customer, stage, at) AS once
          FROM event, generate_series(1, 2)) v;
-- path and window from a table, one per group; as parameters
SELECT path, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached
  FROM (SELECT path, funnel_agg(customer, stage, at, path, within) AS f
          FROM event, (VALUES ('search > basket'::journey_path, interval '1 day'),
                              ('search & help', NULL)) p(path, within)
         GROUP BY path) v
 ORDER BY path::text COLLATE "C";
PREPARE asked(journey_path, interval) AS SELECT funnel_agg(customer, stage, at, $1, $2) FROM event;
SET plan_cache_mode = force_generic_plan;
EXECUTE asked('search > basket', '1 day');
EXECUTE asked('search > basket', NULL);
EXECUTE asked('basket', '0');
RESET plan_cache_mode;

-- customers are who they are, bytewise: case, spaces, accents, an empty name; nothing is NULL but NULL
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(customer, 'a', '2026-01-01')
                     FROM unnest(ARRAY['x', 'X', 'x ', '', 'é', E'e\u0301', 'x']) customer));
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(customer, 'a', '2026-01-01')
                     FROM unnest(ARRAY[0, -1, 9223372036854775807, -9223372036854775808, 0]) customer));
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(customer::uuid, 'a', '2026-01-01')
                     FROM unnest(ARRAY['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-0000-000000000000',
                                       '00000000-0000-0000-ffff-ffffffffffff', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
                                       '00000000-0000-0000-0000-000000000000']) customer));
-- simultaneous visits: in the order of the bytes of their stages, as those of a journey
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(1, stage, '2026-01-01') FROM unnest(ARRAY['b', 'C', 'a', 'ż', 'B']) stage));

-- NULL: rows without customer, stage or time are left out; none at all is NULL; who never starts is counted at no step
SELECT funnel_agg(customer, stage, at, 'a', NULL) AS funnel, flow_agg(customer, stage, at) AS flow
  FROM (VALUES (1, 'a', timestamptz '2026-01-01'), (NULL, 'a', '2026-01-01'), (1, NULL, '2026-01-01'),
               (1, 'a', NULL)) v(customer, stage, at);
SELECT funnel_agg(customer, stage, at, 'a', NULL) AS funnel, flow_agg(customer, stage, at) AS flow
  FROM (VALUES (NULL::int, 'a', timestamptz '2026-01-01'), (1, NULL, '2026-01-01'),
               (1, 'a', NULL)) v(customer, stage, at);
SELECT funnel_agg(customer, stage, at, 'a', NULL) IS NULL AS funnel, flow_agg(customer, stage, at) IS NULL AS flow
  FROM event WHERE false;
SELECT funnel_agg(customer, stage, at, 'nowhere > ever', '1 day') AS funnel FROM event;

-- without a longest time: as with NULL, for each type of customer; a limit is another funnel
SELECT count(*) AS forms, count(DISTINCT f::text) AS funnels, min(f::text) AS f FROM (
	SELECT funnel_agg(customer, stage, at, 'search > basket > payment') AS f FROM event
	UNION ALL
	SELECT funnel_agg(customer, stage, at, 'search > basket > payment', NULL) FROM event
	UNION ALL
	SELECT funnel_agg(customer::int, stage::varchar, at, 'search > basket > payment'::journey_path) FROM event
	UNION ALL
	SELECT funnel_agg(customer::text, stage, at, 'search > basket > payment') FROM event
	UNION ALL
	SELECT funnel_agg(lpad(customer::text, 32, 'a')::uuid, stage, at, 'search > basket > payment') FROM event
	UNION ALL
	SELECT funnel_agg(j, 'search > basket > payment')
	  FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer) v) v;
PREPARE unlimited(journey_path) AS SELECT funnel_agg(customer, stage, at, $1) FROM event;
SET plan_cache_mode = force_generic_plan;
EXECUTE unlimited('search > basket');
EXECUTE unlimited('basket');
RESET plan_cache_mode;

-- what no visit was seen to: of anybody, at any time; an excluded label is no step
SELECT path,
       (SELECT array_agg(step || ' ' || stage || ' ' || reached || CASE WHEN seen THEN '' ELSE ' unseen' END
                         ORDER BY step)
          FROM funnel_steps(f)) AS steps,
       f = g AS as_of_journeys, f::text = g::text AS same_text, f::text
  FROM unnest(ARRAY['search > Basket > payment', 'Search > basket > payment', 'search > help? > Help? > payment',
                    'search >[!Help] help', 'payment > help > nowhere', '^search > help', 'search >> nothing',
                    'search & basket & payments', 'searches & nothing?', 'payment|nothing > search|help']) path,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '1 hour') AS f FROM event) e,
       LATERAL (SELECT funnel_agg(j, path::journey_path, '1 hour') AS g
                  FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer) v) j;

-- a text that is no label is a stage that no path asks for: for the very next visit it is a visit as well
CREATE TABLE untidy AS TABLE event;
INSERT INTO untidy
SELECT customer, junk, at + interval '30 seconds'
  FROM event, unnest(ARRAY['', E'\n', E'search\x7f', repeat('x', 256), repeat('ż', 100000)]) junk
 WHERE stage = 'search';
CREATE TABLE tidied AS
SELECT customer, CASE WHEN stage IN ('search', 'basket', 'payment', 'help') THEN stage ELSE 'junk' END AS stage, at
  FROM untidy;
SELECT path, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached,
       f = g AS same, f = j AS as_of_journeys, f = h AS as_without
  FROM unnest(ARRAY['search > basket', 'search >[!help] basket', '^search > basket$', 'search >> basket',
                    'search >> help', 'search >> basket?', 'search$']) path,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '7 days') AS f FROM untidy) f,
       LATERAL (SELECT funnel_agg(customer::text, stage, at, path::journey_path, '7 days') AS g FROM tidied) g,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '7 days') AS h FROM event) h,
       LATERAL (SELECT funnel_agg(visits, path::journey_path, '7 days') AS j
                  FROM (SELECT journey_agg(stage, at) AS visits FROM tidied GROUP BY customer) v) j;
-- and also where each partition is aggregated by itself, as by a worker
CREATE TABLE parted (LIKE event) PARTITION BY RANGE (customer);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (3);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (3) TO (10);
INSERT INTO parted SELECT customer, CASE stage WHEN 'help' THEN '' ELSE stage END, at FROM event;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT path,
       pg_temp.plan_has(format('SELECT funnel_agg(customer, stage, at, %L) FROM parted', path),
                        'Finalize.*Append.*Partial') AS in_parts,
       f::text AS whole, p = f AS same
  FROM unnest(ARRAY['search > basket', '^search >> basket']) path,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path) AS f
                  FROM (SELECT * FROM parted OFFSET 0) v) f,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path) AS p FROM parted) p;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- every function is marked as parallel safe, and takes no part in windows
SELECT count(*) AS aggregates,
       bool_and(proparallel = 's') AS parallel_safe,
       bool_and(aggfinalmodify = 'w') AS read_write,
       bool_and(aggcombinefn <> 0) AS merges
  FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid
 WHERE proname IN ('funnel_agg', 'flow_agg') AND aggtranstype = 'internal'::regtype;
