--
-- Every type of the extension as JSON and back: to_jsonb, row_to_json, json_agg give structure, jsonb_populate_record
-- reads it again. The forms below are written by hand.
--
\pset format unaligned

CREATE TEMP TABLE form (type regtype, value text, json jsonb);
INSERT INTO form VALUES
	('rating_summary', '[1,5]{0,2,5,9,4}', '{"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}'),
	('rating_summary', '[-1,0]{3:2.5:2.125,1:0.25:0.0625}',
	 '{"scale": [-1, 0], "counts": [3, 1], "weights": [2.5, 0.25], "squared_weights": [2.125, 0.0625]}'),
	('rating_breakdown', '{}', '{"labels": []}'),
	('rating_breakdown', '{"(null)" = [0, 7], "a = [1]" = [3, 1], (null) = [0, 4]} on [-1, 0]',
	 '{"labels": [{"label": "(null)", "counts": [0, 7]}, {"label": "a = [1]", "counts": [3, 1]},
	              {"label": null, "counts": [0, 4]}], "scale": [-1, 0]}'),
	('rating_breakdown', '{app = [3, 1] weights [2.5, 0.25] squares [2.125, 0.0625]} on [0, 1]',
	 '{"labels": [{"label": "app", "counts": [3, 1], "weights": [2.5, 0.25], "squared_weights": [2.125, 0.0625]}],
	   "scale": [0, 1]}'),
	('cxjourney_internal.csat_state', '[1,3]{1,1,2}>=3', '"[1,3]{1,1,2}>=3"'),
	('journey_stage', 'loyalty', '"loyalty"'),
	('journey_touchpoint', 'web:checkout', '"web:checkout"'),
	('journey_path', 'a > "b c"', '"a > \"b c\""'),
	('journey', '{}', '{"visits": []}'),
	('journey', '{"a ""b"" {}@,#"@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#-12, '
	            '"\n"@-0043-01-07T09:30:00Z#9223372036854775807}',
	 '{"visits": [{"stage": "\\n", "at": "-0043-01-07T09:30:00Z", "seq": 9223372036854775807},
	              {"stage": "a \"b\" {}@,#", "at": "2026-01-05T10:00:00Z"},
	              {"stage": "purchase", "at": "2026-01-07T09:30:00.5Z", "seq": -12}]}'),
	('journey', '{buy@2026-01-05T10:00:00Z=19.99, buy@2026-01-06T10:00:00Z#-12=-0.0001, see@2026-01-07T10:00:00Z}',
	 '{"visits": [{"stage": "buy", "at": "2026-01-05T10:00:00Z", "value": 19.99},
	              {"stage": "buy", "at": "2026-01-06T10:00:00Z", "seq": -12, "value": -0.0001},
	              {"stage": "see", "at": "2026-01-07T10:00:00Z"}]}'),
	('journey_flow', '{}', '{"edges": []}'),
	('journey_flow', '{(start) > "(start)" = 1, "(start)" > "a = ""b""" = 1 in 1000000us [954+1], '
	                 '"a = ""b""" > (end) = 1}',
	 '{"edges": [{"from": null, "to": "(start)", "transitions": 1},
	             {"from": "(start)", "to": "a = \"b\"", "transitions": 1, "microseconds": 1000000, "sketch": "954+1"},
	             {"from": "a = \"b\"", "to": null, "transitions": 1}]}'),
	('driver_summary', '{0 drivers, 0 responses, 3 left out}', '{"drivers": 0, "responses": 0, "left_out": 3}'),
	('driver_summary', '{1 drivers, 2 responses, 0 left out, sums [0.5, -4], products [4.25, 1, 10]}',
	 '{"drivers": 1, "responses": 2, "left_out": 0, "sums": [0.5, -4], "products": [4.25, 1, 10]}'),
	('driver_summary', '{0 drivers, 0 responses, 1 left out, weights 0, squared weights 0}',
	 '{"drivers": 0, "responses": 0, "left_out": 1, "weights": 0, "squared_weights": 0}'),
	('driver_summary', '{1 drivers, 2 responses, 0 left out, weights 1.5, squared weights 1.25, sums [2, 2], '
	                   'products [3, 3, 3]}',
	 '{"drivers": 1, "responses": 2, "left_out": 0, "weights": 1.5, "squared_weights": 1.25, "sums": [2, 2],
	   "products": [3, 3, 3]}'),
	('duration_summary', '{}', '{}'),
	('duration_summary', '{3 in 121us [40+21]}', '{"count": 3, "microseconds": 121, "sketch": "40+21"}'),
	('journey_survival', '{[]}', '{"waits": []}'),
	('journey_survival', '{gaps of "from a" [5: 2 + 1 in 15us, 9: 0 + 1 in 9us]}',
	 '{"gaps_of": "from a", "waits": [{"bucket": 5, "reached": 2, "censored": 1, "microseconds": 15},
	                                  {"bucket": 9, "reached": 0, "censored": 1, "microseconds": 9}]}'),
	('journey_survival', '{from "to ""b""" to to []}', '{"from": "to \"b\"", "to": "to", "waits": []}'),
	('journey_contrast', '{a > b; within 9 days; landmark 1 day; too recent 0, early 0, reached 0, missed 0; []}',
	 '{"path": "a > b", "within": "9 days", "landmark": "1 day", "too_recent": 0, "converted_early": 0, "reached": 0,
	   "missed": 0, "stages": []}'),
	('journey_contrast', '{"a; b" > c >[!"; within "] d; within 9 days 01:00:00; landmark 1 day; too recent 3, '
	 'early 4, reached 5, missed 6; ["= 1 + ""2" = 5 + 0, c:d = 1 + 6]}',
	 '{"path": "\"a; b\" > c >[!\"; within \"] d", "within": "9 days 01:00:00", "landmark": "1 day",
	   "too_recent": 3, "converted_early": 4, "reached": 5, "missed": 6,
	   "stages": [{"stage": "= 1 + \"2", "reached": 5, "missed": 0}, {"stage": "c:d", "reached": 1, "missed": 6}]}'),
	('term_summary', '{} in 0 comments', '{"terms": [], "comments": 0}'),
	('term_summary', '{" \" = 1, "'' :" = 1, "a ""b"" } in {:, =" = 2, nie = 2, żółw = 1} in 3 comments',
	 '{"terms": [{"term": " \\", "comments": 1}, {"term": "'' :", "comments": 1},
	             {"term": "a \"b\" } in {:, =", "comments": 2}, {"term": "nie", "comments": 2},
	             {"term": "żółw", "comments": 1}], "comments": 3}'),
	('journey_funnel', '{"a; b" > c; 2, 1 in 1000000us [954+1]}',
	 '{"path": "\"a; b\" > c",
	   "steps": [{"reached": 2}, {"reached": 1, "microseconds": 1000000, "sketch": "954+1"}]}'),
	('journey_funnel', '{a > b > c > d; within 1 day; unseen 3, 4; 2, 1 in 1000000us [954+1], 0, 0}',
	 '{"path": "a > b > c > d", "within": "1 day", "unseen": [3, 4],
	   "steps": [{"reached": 2}, {"reached": 1, "microseconds": 1000000, "sketch": "954+1"}, {"reached": 0},
	             {"reached": 0}]}'),
	('journey_funnel', '{a > b > c; within 1 day; total 12us [12+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}',
	 '{"path": "a > b > c", "within": "1 day", "total_microseconds": 12, "total_sketch": "12+1",
	   "steps": [{"reached": 1}, {"reached": 1, "microseconds": 5, "sketch": "5+1"},
	             {"reached": 1, "microseconds": 7, "sketch": "7+1"}]}'),
	('journey_funnel', '{a > b > c?; 3 worth 59.97, 1 worth -0.5 in 5us [5+1], 0}',
	 '{"path": "a > b > c?",
	   "steps": [{"reached": 3, "value": 59.97}, {"reached": 1, "value": -0.5, "microseconds": 5, "sketch": "5+1"},
	             {"reached": 0}]}'),
	('journey_funnel', '{a > [2 hours, !b] c?; within 7 days; 2, 0}',
	 '{"path": "a >[02:00:00, !b] c?", "within": "7 days", "steps": [{"reached": 2}, {"reached": 0}]}'),
	('journey_cohorts', 'a > "a > b" by week for 2 periods in (none) until unknown {}',
	 '{"start": "a", "returning": "a > b", "unit": "week", "periods": 2, "timezone": null, "until": false, '
	 '"cohorts": []}'),
	('journey_cohorts', '"(none)" > b by week for 2 periods in (none) until unknown '
	                    '{(none) streak [9, 3] returned [2, 3] later [5, 3]}',
	 '{"start": "(none)", "returning": "b", "unit": "week", "periods": 2, "timezone": null, "until": false,
	   "cohorts": [{"cohort": null, "streak": [9, 3], "returned": [2, 3], "later": [5, 3]}]}'),
	('journey_cohorts', 'a > b by hour for 1 periods in Europe/Warsaw until known '
	                    '{2026-10-25T00:00:00Z streak [9, 3] returned [2, 3] later [5, 3] ended [9] '
	                    'ended_returned [2]}',
	 '{"start": "a", "returning": "b", "unit": "hour", "periods": 1, "timezone": "Europe/Warsaw", "until": true,
	   "cohorts": [{"cohort": "2026-10-25T00:00:00Z", "streak": [9, 3], "returned": [2, 3], "later": [5, 3],
	                "ended": [9], "ended_returned": [2]}]}'),
	('journey_lifecycle', '"a by" by month in "Etc/GMT+5" open from 2026-03-01 '
	                      '{-0043-03-01 new 9 returning 0 resurrected 1 dormant 2}',
	 '{"stage": "a by", "unit": "month", "timezone": "Etc/GMT+5", "open_from": "2026-03-01",
	   "periods": [{"period": "-0043-03-01", "new": 9, "returning": 0, "resurrected": 1, "dormant": 2}]}'),
	('journey_attribution', '"$" {} []', '{"goal": "$", "touchpoints": [], "steps": []}'),
	('journey_attribution', 'buy (7 days) {"^" 1 0 0.5 0.5 0.4, mail 0 1 0.5 0.5 0.6} '
	                        '["^" > mail 1, mail > $ 1, mail > ! 1, ^ > "^" 1, ^ > mail 1, ^ > $ 2]',
	 '{"goal": "buy", "half_life": "7 days",
	   "touchpoints": [{"touchpoint": "^", "first": 1, "last": 0, "linear": 0.5, "position": 0.5, "time_decay": 0.4},
	                   {"touchpoint": "mail", "first": 0, "last": 1, "linear": 0.5, "position": 0.5,
	                    "time_decay": 0.6}],
	   "steps": [{"from": null, "to": true, "count": 2}, {"from": null, "to": "^", "count": 1},
	             {"from": null, "to": "mail", "count": 1}, {"from": "^", "to": "mail", "count": 1},
	             {"from": "mail", "to": true, "count": 1}, {"from": "mail", "to": false, "count": 1}]}'),
	('journey_attribution', 'buy (1 day) lookback (30 days) direct "web {" values (3, 5, 0) {ads 1 0 0.5 0.5 0.25; '
	                        '0.5 1 -1 direct 1: -10 0 -5 -5 -4 -10 10.5 0 0 decay -2.5 direct -10, mail 0 1 0.5 0.5 '
	                        '0.75; 0.5 1 1 direct 0: 0 -10 -5 -5 -6 -10 -10.5 0 10 decay -7.5 direct 0} '
	                        '[^ > $ 2, ^ > ads 1, ads > mail 1, mail > $ 1]',
	 '{"goal": "buy", "half_life": "1 day", "lookback": "30 days", "direct": "web {", "with_value": 3,
	   "untouched_earned": 5, "untouched_refunded": 0,
	   "touchpoints": [{"touchpoint": "ads", "first": 1, "last": 0, "linear": 0.5, "position": 0.5, "time_decay": 0.25,
	                    "shapley": 0.5, "participation": 1, "pairs": -1, "last_non_direct": 1, "first_value": -10,
	                    "last_value": 0, "linear_value": -5, "position_value": -5, "shapley_value": -4,
	                    "participation_value": -10, "pairs_value": 10.5, "earned": 0, "refunded": 0,
	                    "time_decay_value": -2.5, "last_non_direct_value": -10},
	                   {"touchpoint": "mail", "first": 0, "last": 1, "linear": 0.5, "position": 0.5, "time_decay": 0.75,
	                    "shapley": 0.5, "participation": 1, "pairs": 1, "last_non_direct": 0, "first_value": 0,
	                    "last_value": -10, "linear_value": -5, "position_value": -5, "shapley_value": -6,
	                    "participation_value": -10, "pairs_value": -10.5, "earned": 0, "refunded": 10,
	                    "time_decay_value": -7.5, "last_non_direct_value": 0}],
	   "steps": [{"from": null, "to": true, "count": 2}, {"from": null, "to": "ads", "count": 1},
	             {"from": "ads", "to": "mail", "count": 1}, {"from": "mail", "to": true, "count": 1}]}');
-- every type that has values is there
SELECT t.typname AS missing
  FROM pg_type t
  JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney'
 WHERE t.typtype = 'b' AND t.typcategory <> 'A' AND t.oid NOT IN (SELECT type FROM form);

CREATE FUNCTION pg_temp.forms(type regtype, value text, as_json jsonb, OUT to_jsonb boolean, OUT cast_to_jsonb boolean,
	OUT in_a_row boolean, OUT back boolean, OUT from_jsonb boolean,
	OUT from_json boolean, OUT from_text boolean) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TEMP TABLE one (value %1$s, list %1$s[])', type);
	EXECUTE format('INSERT INTO one SELECT v, ARRAY[v, NULL] FROM (SELECT %L::%s) x(v)', value, type);
	SELECT to_jsonb(o.value) = as_json,
	       row_to_json(o)::jsonb
	       = jsonb_build_object('value', as_json, 'list', jsonb_build_array(as_json, NULL))
	  INTO to_jsonb, in_a_row FROM one AS o;
	SELECT count(*) = 2 AND bool_and(p.value::text = o.value::text AND p.list::text = o.list::text) INTO back
	  FROM one AS o, LATERAL (
		SELECT (jsonb_populate_record(NULL::one, to_jsonb(o))).*
		UNION ALL SELECT (json_populate_record(NULL::one, row_to_json(o))).*) p;
	IF type NOT IN ('journey_stage'::regtype, 'journey_touchpoint', 'journey_path',
	                'cxjourney_internal.csat_state') THEN
		EXECUTE format('SELECT value::jsonb = $1, ($1::%1$s)::text = value::text, ($1::json::%1$s)::text = value::text,
		                       ($1::text::%1$s)::text = value::text FROM one', type)
		   INTO cast_to_jsonb, from_jsonb, from_json, from_text USING as_json;
	END IF;
	DROP TABLE one;
END $$;
SELECT type, value, f.*
  FROM form, pg_temp.forms(type, value, json) f ORDER BY type::text COLLATE "C", value COLLATE "C";
SELECT json_agg(s) FROM (VALUES ('[0,1]{1,2}'::rating_summary), (NULL)) v(s);
-- the keys may come in any order and with any white space; numbers may be written in other ways
SELECT E' { "counts"\n:[1 ,2e0], "scale":[0,1] } '::rating_summary AS summary,
       E'\t{"visits":[ {"at": "2026-01-05 10:00:00+00", "stage": "a"} ]}'::journey AS journey,
       '{"edges": [{"to": null, "transitions": 1, "from": "a"},
                   {"to": "a", "transitions": 1, "from": null}]}'::journey_flow AS flow;
-- a text form that begins like JSON is none
SELECT '{"a b" > c; 1, 0}'::journey_funnel AS funnel, '{"a b"@2026-01-05T10:00:00Z}'::journey AS journey,
       '{"a:b" > (end) = 1, (start) > "a:b" = 1}'::journey_flow AS flow,
       '"a b" {} []'::journey_attribution AS attribution;

-- random values, with labels of every character that means something somewhere
CREATE TEMP TABLE label AS
SELECT n, l
  FROM unnest(ARRAY['a', 'b c', '"', '""', '\', '\"', '(start)', '(end)', '{', '}', '[]', ', ', '^', '$', '!', '>', '=',
                    '@', '#', ';', 'świadomość', '😀', 'x y"z', 'within 7 days', '''']) WITH ORDINALITY v(l, n);
CREATE TEMP TABLE random_journey AS
SELECT k, journey_agg(l, timestamptz '2026-01-01 00:00Z'
                         + make_interval(secs => abs(hashint8extended(i, k)) % 1000000 / 1000.0),
                      abs(hashint8extended(i, -k)) % 3) AS j
  FROM generate_series(1, 300) k, generate_series(1, k % 17) i, label
 WHERE n = 1 + abs(hashint8extended(i, k * 7)) % 25 GROUP BY k;
CREATE TEMP TABLE random_value AS
SELECT k % 20 AS part,
       funnel_agg(j, '"b c" > "\\"? > a | ">"', '1 day') AS funnel, funnel_agg(j, 'a & "(end)"', NULL) AS any_order,
       flow_agg(j) AS flow, attribution_agg(j, '$') AS attribution, attribution_agg(j, ', ', '10 seconds') AS decayed,
       attribution_agg((SELECT journey_agg(stage, at, step, step - 2.5) FROM steps(j)), 'a', '2 minutes', '9 minutes',
                       '">"') AS money,
       duration_agg(duration(j)) AS duration, journey_agg(j) AS journey,
       survival_agg(j, '"', '(end)', '2026-01-01 00:03Z') AS survival, gap_agg(j, '\', '2026-01-01 00:03Z') AS gaps,
       contrast_agg(j, '"b c" > "\\"? > a | ">"', '2 minutes', '1 minute', '2026-01-01 00:05Z') AS contrast,
       rating_agg(visits(j)::integer % 11, '[0,10]') AS summary,
       rating_agg(visits(j)::integer % 11, '[0,10]', k / 7.0) AS weighted,
       breakdown_agg(first_stage(j), ('[0,2]{1,0,' || k || '}')::rating_summary) AS breakdown,
       breakdown_agg(first_stage(j), '[0,2]{1,0,5}'::rating_summary * (k / 7.0)) AS weighted_breakdown
  FROM random_journey GROUP BY part;
SELECT count(*) AS rows, count(*) FILTER (WHERE p::text IS DISTINCT FROM r::text) AS wrong
  FROM random_value r, jsonb_populate_record(NULL::random_value, to_jsonb(r)) p;
SELECT count(*) AS rows, count(*) FILTER (WHERE p::text IS DISTINCT FROM r::text) AS wrong
  FROM random_journey r, json_populate_record(NULL::random_journey, row_to_json(r)) p;
-- what the readers say is in the JSON
SELECT bool_and((SELECT sum((e ->> 'transitions')::bigint) FROM jsonb_array_elements(flow::jsonb -> 'edges') e
                  WHERE e ->> 'from' = '\' AND e ->> 'to' IS NOT NULL)
                IS NOT DISTINCT FROM
                (SELECT sum(transitions) FROM flow_edges(flow)
                  WHERE from_stage = '\' AND (to_stage <> '(end)' OR mean_time IS NOT NULL))) AS flow,
       bool_and((SELECT array_agg((s ->> 'reached')::bigint ORDER BY n)
                   FROM jsonb_array_elements(to_jsonb(funnel) -> 'steps') WITH ORDINALITY v(s, n))
                = ARRAY(SELECT reached FROM funnel_steps(funnel) ORDER BY step)) AS funnel,
       bool_and((SELECT array_agg(l ->> 'label' ORDER BY n)
                   FROM jsonb_array_elements(to_jsonb(breakdown) -> 'labels') WITH ORDINALITY v(l, n))
                = ARRAY(SELECT label FROM breakdown(breakdown))) AS breakdown,
       bool_and((to_jsonb(duration) ->> 'count')::bigint = duration_count(duration)) AS duration,
       bool_and(jsonb_array_length(to_jsonb(journey) -> 'visits') = visits(journey)) AS journey
  FROM random_value;
