--
-- JSON that is no form of the type it is read as: each is a clear error that says what is missing or wrong, and where.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned

SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('rating_summary', '{"scale": [1, 5]}'), ('rating_summary', '{"scale": [1, 5], "counts": [0, 2, 5, 9]}'),
	('rating_summary', '{"scale": [1, 5], "counts": [0, 2, 5, 9, "4"]}'),
	('rating_summary', '{"scale": 5, "counts": [0, 2, 5, 9, 4]}'),
	('rating_summary', '{"scale": [1, 2, 5], "counts": [0, 2, 5, 9, 4]}'),
	('rating_summary', '{"scale": [0, 1], "counts": [1, 2], "mean": 3}'),
	('rating_summary', '{"scale": [0, 1], "counts": [1, 2], "weights": [1, 2]}'),
	('rating_summary', '{"scale": [0, 1], "counts": [1, 2], "weights": [1], "squared_weights": [1, 2]}'),
	('rating_summary', '{"scale": [0, 1], "counts": [1, 2.5]}'),
	('rating_summary', '{"scale": [0, 1], "counts": [1, -2]}'),
	('rating_summary', '{"scale": '), ('rating_summary', '[{}]'), ('rating_summary', '{}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('rating_breakdown', '{"labels": [{"label": "a", "counts": [1, 2]}]}'), ('rating_breakdown', '{"scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"counts": [1, 2]}], "scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"label": 1, "counts": [1, 2]}], "scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"label": "a", "counts": [1, 2, 3]}], "scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"label": "a", "counts": [1, 2], "weights": [1, 2]}], "scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"label": "a", "counts": [1, "2"]}], "scale": [0, 1]}'),
	('rating_breakdown', '{"labels": [{"label": "a", "counts": [1, 2]}], "scale": [0, 1], "mean": 1}'),
	('rating_breakdown', '{"labels": {"a": [1, 2]}, "scale": [0, 1]}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('journey', '{"visits": [{"stage": "a"}]}'),
	('journey', '{"visits": [{"stage": 1, "at": "2026-01-05T10:00:00Z"}]}'),
	('journey', '{"visits": [{"stage": null, "at": "2026-01-05T10:00:00Z"}]}'),
	('journey', '{"visits": [{"stage": "a", "at": "2026-01-05T10:00:00Z, b@2026-01-05T10:00:00Z"}]}'),
	('journey', '{"visits": [{"stage": "a", "at": "2026-01-05T10:00:00Z", "seq": "1"}]}'),
	('journey', '{"visits": [{"stage": "a", "at": "2026-01-05T10:00:00Z", "sec": 1}]}'),
	('journey', '{"visits": [{"stage": "", "at": "2026-01-05T10:00:00Z"}]}'),
	('journey', '{"visits": [{}]}'), ('journey', '{"visits": [[]]}'),
	('journey', '{"stage": "a", "at": "2026-01-05T10:00:00Z"}'),
	('journey', '{"visits": [{"stage": "a", "at": "yesterday"}]}'),
	('journey', '{"visits": [{"stage": "a"')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('journey_flow', '{"edges": [{"from": false, "to": "a", "transitions": 1}]}'),
	('journey_flow', '{"edges": [{"from": null, "to": "a", "transitions": 1}]}'),
	('journey_flow', '{"edges": [{"from": "a", "to": "b", "transitions": 1}]}'),
	('journey_flow', '{"edges": [{"from": "a", "to": "b", "transitions": 1, "microseconds": 5}]}'),
	('journey_flow', '{"edges": [{"from": "a", "to": "b", "transitions": 1, "microseconds": 5, '
	                 '"sketch": "5+1], x > y = 1 in 1us [1+1"}]}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('journey_cohorts', '{"start": "a"}'),
	('journey_cohorts', '{"start": "a", "returning": "b", "unit": "day or", "periods": 1, "timezone": null, '
	                    '"until": true, "cohorts": []}'),
	('journey_cohorts', '{"start": "a", "returning": "b", "unit": "day", "periods": 1, "timezone": false, '
	                    '"until": true, "cohorts": []}'),
	('journey_cohorts', '{"start": "a", "returning": "b", "unit": "day", "periods": 1, "timezone": null, '
	                    '"until": true, "cohorts": [{"cohort": null, "streak": [], "returned": [1], "later": [1]}]}'),
	('journey_lifecycle', '{"stage": "a", "unit": "month", "timezone": "UTC", "periods": []}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('duration_summary', '{"count": 3}'), ('duration_summary', '{"count": 3, "microseconds": 121, "sketch": 5}'),
	('duration_summary', '{"count": 4, "microseconds": 121, "sketch": "40+21"}'), ('duration_summary', '{"counts": 3}'),
	('term_summary', '{"terms": []}'), ('term_summary', '{"terms": [], "comments": 1}'),
	('term_summary', '{"terms": [{"term": "a", "comments": 2}], "comments": 1}'),
	('term_summary', '{"terms": [{"term": 1, "comments": 1}], "comments": 1}'),
	('term_summary', '{"terms": [{"term": null, "comments": 1}], "comments": 1}'),
	('term_summary', '{"terms": [{"term": "", "comments": 1}], "comments": 1}'),
	('term_summary', '{"terms": {}, "comments": 1}'),
	('term_summary', '{"terms": [{"term": "a", "comments": "1"}], "comments": 1}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('journey_funnel', '{"path": "a > b", "steps": [{"reached": 2}]}'),
	('journey_funnel', '{"path": "a > b; 1, 1", "steps": []}'), ('journey_funnel', '{"path": "a > \"b", "steps": []}'),
	('journey_funnel', '{"path": "a >", "steps": [{"reached": 2}]}'),
	('journey_funnel', '{"path": "a > b", "within": null, "steps": [{"reached": 2}, {"reached": 1}]}'),
	('journey_funnel', '{"path": "a > b", "steps": {"reached": 2}}'),
	('journey_funnel', '{"path": "a > b", "steps": [2, 1]}'),
	('journey_funnel', '{"path": "a > b", "unseen": ["b"], "steps": [{"reached": 2}, {"reached": 0}]}'),
	('journey_funnel', '{"path": "a > b", "unseen": [], "steps": [{"reached": 2}, {"reached": 0}]}')) v(type, json);
SELECT type, json, pg_temp.detail_of(format('SELECT %L::%s', json, type)) FROM (VALUES
	('journey_attribution', '{"goal": "a", "steps": []}'),
	('journey_attribution', '{"goal": null, "touchpoints": [], "steps": []}'),
	('journey_attribution', '{"goal": "a", "touchpoints": [], "steps": [{"from": true, "to": "b", "count": 1}]}'),
	('journey_attribution', '{"goal": "a", "half_life": "7 days", "touchpoints": [{"touchpoint": "b", "first": 0, '
	                        '"last": 0, "linear": 0, "position": 0}], "steps": []}')) v(type, json);
