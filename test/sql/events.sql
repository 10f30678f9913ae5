--
-- funnel_agg() and flow_agg() over raw events: what they give, and what they refuse
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
SELECT step, stage, reached, from_previous, dropped, mean_time FROM funnel_steps((SELECT funnel_agg(customer, stage, at, 'search > basket > payment', '1 day') FROM event));
SELECT step, stage, reached, from_previous, dropped, mean_time FROM funnel_steps((SELECT funnel_agg(customer, stage, at, 'search > basket > payment', NULL) FROM event));
SELECT from_stage, to_stage, transitions, mean_time FROM flow_edges((SELECT flow_agg(customer, stage, at) FROM event));
-- any type that becomes one of the three: integer, varchar, date, timestamp; and stages and touchpoints by their text
SELECT count(DISTINCT f::text) AS funnels FROM (
	SELECT funnel_agg(customer, stage, at, 'search > basket > payment', '1 day') AS f FROM event
	UNION ALL SELECT funnel_agg(customer::int, stage::varchar, at, 'search > basket > payment', '24 hours') FROM event
	UNION ALL SELECT funnel_agg(customer::smallint, stage, at::timestamp, 'search > basket > payment', '1 day') FROM event
	UNION ALL SELECT funnel_agg(customer::varchar, stage::name::text, at, 'search > basket > payment', '1 day') FROM event
	UNION ALL SELECT funnel_agg(lpad(customer::text, 32, 'a')::uuid, stage, at, 'search > basket > payment', '1 day') FROM event) v;
-- groups, FILTER, DISTINCT and ORDER BY work as everywhere
SELECT customer % 2 = 0 AS even, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached
  FROM (SELECT customer % 2 AS customer, funnel_agg(customer, stage, at, 'search > basket > payment', NULL) AS f FROM event GROUP BY 1) v ORDER BY 1;
SELECT (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(a)) AS filtered, b = c AS ordered, (SELECT sum(transitions) FROM flow_edges(d)) AS twice, (SELECT sum(transitions) FROM flow_edges(e)) AS once
  FROM (SELECT funnel_agg(customer, stage, at, 'search > basket', NULL) FILTER (WHERE customer <> 1) AS a,
               funnel_agg(customer, stage, at, 'search > basket', NULL ORDER BY at DESC) AS b, funnel_agg(customer, stage, at, 'search > basket', NULL ORDER BY at) AS c,
               flow_agg(customer, stage, at) AS d, flow_agg(DISTINCT customer, stage, at) AS e FROM event, generate_series(1, 2)) v;
-- path and window from a table, one per group; as parameters
SELECT path, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached
  FROM (SELECT path, funnel_agg(customer, stage, at, path, within) AS f FROM event, (VALUES ('search > basket'::journey_path, interval '1 day'), ('search & help', NULL)) p(path, within) GROUP BY path) v ORDER BY path::text COLLATE "C";
PREPARE asked(journey_path, interval) AS SELECT funnel_agg(customer, stage, at, $1, $2) FROM event;
SET plan_cache_mode = force_generic_plan;
EXECUTE asked('search > basket', '1 day');
EXECUTE asked('search > basket', NULL);
EXECUTE asked('basket', '0');
RESET plan_cache_mode;

-- customers are who they are, bytewise: case, spaces, accents, an empty name; nothing is NULL but NULL
SELECT from_stage, to_stage, transitions FROM flow_edges((SELECT flow_agg(customer, 'a', '2026-01-01') FROM (VALUES ('x'), ('X'), ('x '), (''), ('é'), (E'e\u0301'), ('x')) v(customer)));
SELECT from_stage, to_stage, transitions FROM flow_edges((SELECT flow_agg(customer, 'a', '2026-01-01') FROM (VALUES (0), (-1), (9223372036854775807), (-9223372036854775808), (0)) v(customer)));
SELECT from_stage, to_stage, transitions FROM flow_edges((SELECT flow_agg(customer::uuid, 'a', '2026-01-01') FROM (VALUES ('00000000-0000-0000-0000-000000000000'), ('ffffffff-ffff-ffff-0000-000000000000'), ('00000000-0000-0000-ffff-ffffffffffff'), ('ffffffff-ffff-ffff-ffff-ffffffffffff'), ('00000000-0000-0000-0000-000000000000')) v(customer)));
-- simultaneous visits: in the order of the bytes of their stages, as those of a journey
SELECT from_stage, to_stage, transitions FROM flow_edges((SELECT flow_agg(1, stage, '2026-01-01') FROM unnest(ARRAY['b', 'C', 'a', 'ż', 'B']) stage));

-- NULL: rows without customer, stage or time are left out; none at all is NULL; who never starts is counted at no step
SELECT funnel_agg(customer, stage, at, 'a', NULL) AS funnel, flow_agg(customer, stage, at) AS flow
  FROM (VALUES (1, 'a', timestamptz '2026-01-01'), (NULL, 'a', '2026-01-01'), (1, NULL, '2026-01-01'), (1, 'a', NULL)) v(customer, stage, at);
SELECT funnel_agg(customer, stage, at, 'a', NULL) AS funnel, flow_agg(customer, stage, at) AS flow
  FROM (VALUES (NULL::int, 'a', timestamptz '2026-01-01'), (1, NULL, '2026-01-01'), (1, 'a', NULL)) v(customer, stage, at);
SELECT funnel_agg(customer, stage, at, 'a', NULL) IS NULL AS funnel, flow_agg(customer, stage, at) IS NULL AS flow FROM event WHERE false;
SELECT funnel_agg(customer, stage, at, 'nowhere > ever', '1 day') AS funnel FROM event;

-- without a longest time: as with NULL, for each type of customer; a limit is another funnel
SELECT count(*) AS forms, count(DISTINCT f::text) AS funnels, min(f::text) AS f FROM (
	SELECT funnel_agg(customer, stage, at, 'search > basket > payment') AS f FROM event
	UNION ALL SELECT funnel_agg(customer, stage, at, 'search > basket > payment', NULL) FROM event
	UNION ALL SELECT funnel_agg(customer::int, stage::varchar, at, 'search > basket > payment'::journey_path) FROM event
	UNION ALL SELECT funnel_agg(customer::text, stage, at, 'search > basket > payment') FROM event
	UNION ALL SELECT funnel_agg(lpad(customer::text, 32, 'a')::uuid, stage, at, 'search > basket > payment') FROM event
	UNION ALL SELECT funnel_agg(j, 'search > basket > payment') FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer) v) v;
PREPARE unlimited(journey_path) AS SELECT funnel_agg(customer, stage, at, $1) FROM event;
SET plan_cache_mode = force_generic_plan;
EXECUTE unlimited('search > basket');
EXECUTE unlimited('basket');
RESET plan_cache_mode;

-- what no visit was seen to: of anybody, at any time; an excluded label is no step
SELECT path, (SELECT array_agg(step || ' ' || stage || ' ' || reached || CASE WHEN seen THEN '' ELSE ' unseen' END ORDER BY step) FROM funnel_steps(f)) AS steps, f = g AND f::text = g::text AS as_of_journeys, f::text
  FROM unnest(ARRAY['search > Basket > payment', 'Search > basket > payment', 'search > help? > Help? > payment', 'search >[!Help] help', 'payment > help > nowhere',
                    '^search > help', 'search >> nothing', 'search & basket & payments', 'searches & nothing?', 'payment|nothing > search|help']) path,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '1 hour') AS f FROM event) e,
       LATERAL (SELECT funnel_agg(j, path::journey_path, '1 hour') AS g FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer) v) j;

-- a text that is no label is a stage that no path asks for: for the very next visit it is a visit as well
CREATE TABLE untidy AS TABLE event;
INSERT INTO untidy SELECT customer, junk, at + interval '30 seconds' FROM event, unnest(ARRAY['', E'\n', E'search\x7f', repeat('x', 256), repeat('ż', 100000)]) junk WHERE stage = 'search';
CREATE TABLE tidied AS SELECT customer, CASE WHEN stage IN ('search', 'basket', 'payment', 'help') THEN stage ELSE 'junk' END AS stage, at FROM untidy;
SELECT path, (SELECT array_agg(reached ORDER BY step) FROM funnel_steps(f)) AS reached, f = g AS same, f = j AS as_of_journeys, f = h AS as_without
  FROM unnest(ARRAY['search > basket', 'search >[!help] basket', '^search > basket$', 'search >> basket', 'search >> help', 'search >> basket?', 'search$']) path,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '7 days') AS f FROM untidy) f,
       LATERAL (SELECT funnel_agg(customer::text, stage, at, path::journey_path, '7 days') AS g FROM tidied) g,
       LATERAL (SELECT funnel_agg(customer, stage, at, path::journey_path, '7 days') AS h FROM event) h,
       LATERAL (SELECT funnel_agg(visits, path::journey_path, '7 days') AS j FROM (SELECT journey_agg(stage, at) AS visits FROM tidied GROUP BY customer) v) j;

-- Errors
SELECT call, pg_temp.error_of('SELECT ' || call || ' FROM event', ' | ') FROM unnest(ARRAY[
	$$funnel_agg(customer, stage, at, NULL, '1 day')$$,
	$$funnel_agg(customer, stage, at, '', '1 day')$$,
	$$funnel_agg(customer, stage, at, 'a > b', '-1 second')$$,
	$$funnel_agg(customer, stage, at, 'a > b', '1 month')$$,
	$$funnel_agg(customer, stage, at, CASE WHEN customer = 5 THEN 'a > c' ELSE 'a > b' END::journey_path, '1 day')$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer = 5 THEN NULL ELSE interval '1 day' END)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer < 5 THEN NULL ELSE interval '1 day' END)$$,
	$$funnel_agg(customer, stage, at, 'a > b', CASE WHEN customer < 5 THEN interval '24 hours' ELSE '1 day' END)$$,
	$$funnel_agg(customer, stage, at, '"" > b', NULL)$$,
	$$funnel_agg(customer, stage, at, CASE WHEN customer = 5 THEN 'a > c' ELSE 'a > b' END::journey_path)$$,
	$$funnel_agg(customer, stage, at, NULL)$$,
	$$flow_agg(customer, '', at)$$,
	$$flow_agg(customer, stage || chr(10), at)$$,
	$$funnel_agg(customer, stage, 'infinity', 'a > b', NULL)$$,
	$$funnel_agg(customer, stage, at, 'a > b', NULL) OVER ()$$,
	$$flow_agg(customer, repeat('ż', 128), at)$$,
	$$flow_agg(customer, stage, '-infinity')$$,
	$$flow_agg(customer, stage, at) OVER (ORDER BY at)$$,
	$$flow_agg(customer::numeric, stage, at)$$]) call;
-- one path and one window also where nobody saw both: each partition is aggregated by itself, as by a worker
CREATE TABLE parted (LIKE event) PARTITION BY RANGE (customer);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (3);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (3) TO (10);
INSERT INTO parted TABLE event;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT call, pg_temp.plan_has('SELECT ' || call || ' FROM parted', 'Finalize.*Append.*Partial') AS in_parts, pg_temp.error_of('SELECT ' || call || ' FROM parted', ' | ') FROM unnest(ARRAY[
	$$funnel_agg(customer, stage, at, 'search > basket', '1 day')$$,
	$$funnel_agg(customer, stage, at, CASE WHEN customer < 3 THEN 'search > basket' ELSE 'help > payment' END::journey_path, '1 day')$$,
	$$funnel_agg(customer::text, stage, at, CASE WHEN customer < 3 THEN '^search > basket' ELSE 'search > basket' END::journey_path, '1 day')$$,
	$$funnel_agg(customer, stage, at, 'search > basket', CASE WHEN customer < 3 THEN interval '1 day' ELSE '2 days' END)$$,
	$$funnel_agg(customer, stage, at, 'search > basket', CASE WHEN customer < 3 THEN interval '1 day' ELSE '24 hours' END)$$,
	$$funnel_agg(customer, stage, at, 'search > basket', CASE WHEN customer < 3 THEN interval '1 day' END)$$,
	$$funnel_agg(customer, stage, at, CASE WHEN customer < 3 THEN 'search > basket' ELSE 'help > payment' END::journey_path)$$]) call;
SELECT path, pg_temp.plan_has(format('SELECT funnel_agg(customer, CASE stage WHEN ''help'' THEN '''' ELSE stage END, at, %L) FROM parted', path), 'Finalize.*Append.*Partial') AS in_parts, f::text AS whole, p = f AS same
  FROM unnest(ARRAY['search > basket', '^search >> basket']) path,
       LATERAL (SELECT funnel_agg(customer, CASE stage WHEN 'help' THEN '' ELSE stage END, at, path::journey_path) AS f FROM event) f,
       LATERAL (SELECT funnel_agg(customer, CASE stage WHEN 'help' THEN '' ELSE stage END, at, path::journey_path) AS p FROM parted) p;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;
-- nobody can call the state functions: PostgreSQL has more than one way to say that a literal is no internal value
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') ~ '^(42883|0A000) ' AS refused FROM unnest(ARRAY[
	$$cxjourney_internal.flow_events_accum(NULL, 1::bigint, 'a', now())$$,
	$$cxjourney_internal.funnel_events_accum(NULL, 1::bigint, 'a', now(), 'a > b', NULL)$$,
	$$cxjourney_internal.funnel_events_accum(NULL, 1::bigint, 'a', now(), 'a > b')$$,
	$$cxjourney_internal.funnel_events_final(NULL)$$,
	$$cxjourney_internal.flow_events_final(NULL)$$,
	$$cxjourney_internal.events_combine(NULL, NULL)$$,
	$$cxjourney_internal.events_serialize(NULL)$$,
	$$cxjourney_internal.events_deserialize('\x00', NULL)$$]) call;

-- every function is marked as parallel safe, and takes no part in windows
SELECT count(*) AS aggregates, bool_and(proparallel = 's') AS parallel_safe, bool_and(aggfinalmodify = 'w') AS read_write, bool_and(aggcombinefn <> 0) AS merges
  FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid WHERE proname IN ('funnel_agg', 'flow_agg') AND aggtranstype = 'internal'::regtype;
