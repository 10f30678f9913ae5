--
-- The live journey map: what the comments on its tables and views say
--

-- Of a map; those of a journey table are in journey_table_relation_texts and journey_table_column_texts.
CREATE FUNCTION cxjourney_internal.journey_map_relation_texts(OUT part text, OUT kind text, OUT shared text,
	OUT text text) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	VALUES
		('rollup_table', 'TABLE', 'sums',
			'Answers of journey map {map} by bucket and cell, and in the bucket -infinity by cell for all time, as '
			'of the last refresh. Read NAME_summaries instead, which is exact.'),
		('batches_table', 'TABLE', 'sums',
			'Sums of what statements added to or removed from the source of journey map {map} beyond their first 8 '
			'rows since the last refresh, and of updates of more than 8 rows.'),
		('pending_table', 'TABLE', 'sums',
			'Answers that statements added to or removed from the source of journey map {map} since the last refresh, '
			'the first 8 of each, not yet judged.'),
		('summaries_table', 'VIEW', 'sums',
			'What journey map {map} holds by bucket and cell, exact at any time, as summaries that can be merged.'),
		('totals_table', 'VIEW', 'sums',
			'What journey map {map} holds by cell, exact at any time, as summaries that can be merged.'),
		('notes_table', 'TABLE', 'notes_table',
			'What people know about the places of journey map {map}: what customers do, think and feel, barriers, '
			'ideas, and changes that were made.'),
		('targets_table', 'TABLE', 'targets_table',
			'The goals of journey map {map}, one for each segment, stage and metric. The nearest counts: that of a '
			'segment comes before that of all.'),
		('alarms_sent_table', 'TABLE', 'charts',
			'Alarms of journey map {map} that refresh_journey_map has told of. Those of earlier buckets than the last '
			'complete one may be deleted.'),
		('definition_table', 'TABLE', 'definition_table',
			'The definition of journey map {map}, one row. stages, minimum, least_impact and language take effect at '
			'once, the rest only with rebuild_journey_map.'),
		('map', 'VIEW', 'views',
			'The journey map {map}: how customers find each touchpoint at each stage, by segment, over all time.'),
		('personas_table', 'VIEW', 'views',
			'The personas (segments) of journey map {map}: who they are, from its notes, and what each scores over the '
			'whole journey and all time, with its goals for that. The segment (all) is all of them together.'),
		('trend_table', 'VIEW', 'views',
			'Journey map {map} by segment and bucket. For all segments together merge the summaries: SELECT bucket, '
			'nps_agg(nps) FROM NAME_summaries GROUP BY bucket.'),
		('trend_places_table', 'VIEW', 'views',
			'Journey map {map} by segment, stage, touchpoint and bucket, in the columns of NAME_trend. For whole '
			'stages or touchpoints merge the summaries of NAME_summaries.'),
		('channels_table', 'VIEW', 'views', 'How far apart the channels are at each stage of journey map {map}.'),
		('barriers_table', 'VIEW', 'views',
			'Places of journey map {map} that are worse than the rest of the journey of their segment, with p < 0.05 '
			'after Holm''s correction over all tests of the map, and the least impact of the map or more; a whole '
			'stage or touchpoint is one when it is so, with a third of its impact or more, whichever of its places is '
			'left out, and part_of names it at these. NPS comes before CSAT before CES, and of each what has the '
			'greatest impact.'),
		('changes_table', 'VIEW', 'views',
			'Changes noted in NAME_notes of journey map {map}, each metric before against after. The bucket of the '
			'change itself is on neither side.'),
		('comments_table', 'VIEW', 'views',
			'What customers wrote on journey map {map}, and whether the place is a barrier, read from the source with '
			'the rights of the reader; where an expression of the map depends on settings such as TimeZone, also with '
			'the settings of the reader, which must then be those of the map. Empty when the map has no comment.'),
		('control_table', 'VIEW', 'charts',
			'Control charts of journey map {map}: each metric of each place, bucket by bucket, against its baseline, '
			'the first 20 buckets with answers since the last change that was noted there or for the whole.'),
		('alarms_table', 'VIEW', 'charts',
			'What the last complete bucket with answers signals in the control charts of journey map {map}.')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_relation_texts() IS
'Internal to the journey map: its tables and views, what each is, and under which name texts of columns are kept that '
'it shares with others.';

-- A column such as nps_low takes the text of *_low.
CREATE FUNCTION cxjourney_internal.journey_map_column_texts(OUT part text, OUT col text, OUT text text)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	VALUES
		('sums', 'removed', 'True: answers that are no longer in the source; false: answers that were added.'),
		('sums', 'bucket',
			'Start of the hour, day, week, month, quarter or year in the time zone of the map; -infinity in the '
			'rollup is all time.'),
		('sums', 'segment',
			'Segment of the customer; (all) when the map has none, (none) for NULL. Cut to 200 characters.'),
		('sums', 'stage', 'Stage of the journey. Cut to 200 characters.'),
		('sums', 'touchpoint', 'Touchpoint; (all) when the map has none, (none) for NULL. Cut to 200 characters.'),
		('sums', 'responses', 'Rows of the source with at least one valid answer.'),
		('sums', 'invalid',
			'Answers outside their scale, or fractions (but for the emotion); they enter nothing else.'),
		('sums', 'nps', 'Answers to the NPS question, NULL without any.'),
		('sums', 'csat', 'Answers to the satisfaction question, NULL without any.'),
		('sums', 'ces', 'Answers to the effort question, NULL without any.'),
		('sums', 'emotion_responses', 'Measured emotions.'),
		('sums', 'emotion_sum', 'Sum of the measured emotions, each rounded to 4 decimals.'),
		('sums', 'first_at',
			'Time of the first valid answer of the bucket; one that was removed since the last rebuild_journey_map '
			'may still count.'),
		('sums', 'last_at', 'Time of the last one, likewise.'),
		('pending_table', 'at', 'Time of the answer.'),
		('pending_table', 'nps', 'Answer to the NPS question.'),
		('pending_table', 'csat', 'Answer to the satisfaction question.'),
		('pending_table', 'ces', 'Answer to the effort question.'),
		('pending_table', 'emotion', 'Measured emotion.'),
		('notes_table', 'id', 'Number of the note.'),
		('notes_table', 'segment', 'Segment (persona) it is about; NULL is all.'),
		('notes_table', 'stage', 'Stage it is about; NULL is all.'),
		('notes_table', 'touchpoint', 'Touchpoint it is about; NULL is all.'),
		('notes_table', 'kind',
			'does, thinks, feels, barrier, idea, change or persona (its goals, and what it says in quotation marks).'),
		('notes_table', 'note', 'What was noted.'),
		('notes_table', 'noted_at', 'When it was noted; of a change, when it was made.'),
		('notes_table', 'days', 'Of a change: how many days before and after it are compared, in whole buckets.'),
		('notes_table', 'author', 'Who noted it.'),
		('targets_table', 'segment', 'Segment (persona) the goal is for; NULL is all that have none of their own.'),
		('targets_table', 'stage', 'Stage the goal is for; NULL is the whole journey.'),
		('targets_table', 'metric', 'nps, csat or ces.'),
		('targets_table', 'target', 'The goal, in units of the metric.'),
		('targets_table', 'id', 'Number of the goal.'),
		('definition_table', 'source', 'Table that holds the answers.'),
		('definition_table', 'at', 'Expression for the time of an answer.'),
		('definition_table', 'stage', 'Expression for the stage.'),
		('definition_table', 'touchpoint', 'Expression for the touchpoint; NULL: none.'),
		('definition_table', 'nps', 'Expression for the answer to the NPS question, 0 to 10; NULL: none.'),
		('definition_table', 'csat', 'Expression for the answer to the satisfaction question; NULL: none.'),
		('definition_table', 'ces', 'Expression for the answer to the effort question; NULL: none.'),
		('definition_table', 'segment', 'Expression for the segment; NULL: none.'),
		('definition_table', 'emotion', 'Expression for a measured emotion, -2 to 2; NULL: it is derived.'),
		('definition_table', 'comment', 'Expression for what the customer wrote; NULL: none.'),
		('definition_table', 'language', 'Language of the comments: pl, en or simple, as comment_terms takes it.'),
		('definition_table', 'bucket', 'hour, day, week, month, quarter or year.'),
		('definition_table', 'timezone', 'Time zone in which buckets begin.'),
		('definition_table', 'csat_scale', 'Scale of the satisfaction question.'),
		('definition_table', 'csat_satisfied_from', 'Lowest score that counts as satisfied; NULL: the rule of csat().'),
		('definition_table', 'ces_scale', 'Scale of the effort question.'),
		('definition_table', 'ces_low_is_easy', 'True when a low score means little effort.'),
		('definition_table', 'stages',
			'Stages in the order of the journey; others come after them by name. NULL: all by name.'),
		('definition_table', 'minimum', 'Answers below which a cell is marked and never called a barrier.'),
		('definition_table', 'least_impact',
			'Impact below which nothing is called a barrier: points of NPS and of CSAT; of CES a tenth of it counts, '
			'whatever its scale: 0.5 is 0.05 of CES.'),
		('definition_table', 'depends_on_settings',
			'Whether an expression depends on settings such as TimeZone, which the trigger then pins.'),
		('definition_table', 'rollup', 'The table NAME_rollup, whatever it is called now.'),
		('definition_table', 'batches', 'The table NAME_batches, whatever it is called now.'),
		('definition_table', 'pending', 'The table NAME_pending, whatever it is called now.'),
		('definition_table', 'notes', 'The table NAME_notes, whatever it is called now.'),
		('definition_table', 'targets', 'The table NAME_targets, whatever it is called now.'),
		('definition_table', 'alarms_sent', 'The table NAME_alarms_sent, whatever it is called now.'),
		('definition_table', 'alarms_until',
			'Written by refresh_journey_map: the start of the bucket that ran when it last looked for alarms.'),
		('views', 'segment', 'Segment of the customer; (all) when the map has none, (none) for NULL.'),
		('views', 'stage', 'Stage of the journey.'),
		('views', 'touchpoint', 'Touchpoint; (all) when the map has none, (none) for NULL.'),
		('views', 'responses', 'Rows of the source with at least one valid answer.'),
		('views', 'enough', 'Whether responses reach the minimum of the map.'),
		('views', 'p_value', 'Two-sided p-value, 0 to 1.'),
		('views', '*', '*, NULL without answers.'),
		('views', '*_low', 'Lower end of the 95 percent interval of *.'),
		('views', '*_high', 'Upper end of the 95 percent interval of *.'),
		('views', 'bucket', 'Start of the bucket.'),
		('views', '*_change', '* minus that of the bucket before, of those with answers.'),
		('views', '*_p_value', 'Two-sided p-value of the change of *.'),
		('map', 'emotion',
			'-2 (bad) to +2 (good): the mean of measured emotions, or else of NPS / 50, (CSAT - 50) / 25 and CES '
			'stretched to -2..2.'),
		('map', 'invalid', 'Answers outside their scale, or fractions (but for the emotion); they enter nothing else.'),
		('map', '*_responses', 'Valid answers behind *.'),
		('map', '*_target', 'Goal for * at this stage, from NAME_targets: that of the segment, or else that of all.'),
		('map', '*_gap', 'How far * is from the goal; negative is short of it.'),
		('map', 'stage_position', 'Place of the stage in the journey, from 1.'),
		('personas_table', 'segment',
			'Segment of the customer; (all): all of them together, or when the map has none; (none) for NULL.'),
		('personas_table', '*_target',
			'Goal for * over the whole journey, from NAME_targets: that of the segment, or else that of all.'),
		('personas_table', '*_gap', 'How far * is from the goal; negative is short of it.'),
		('personas_table', 'persona',
			'Notes of the kind persona about the segment ((all): about none), in the order of their writing, one a '
			'line.'),
		('channels_table', 'channel', 'The touchpoint up to the colon, in lower case; all of it without a colon.'),
		('channels_table', '*_difference', '* of the channel minus that of the other channels at this stage.'),
		('channels_table', '*_p_value', 'Two-sided p-value of that difference.'),
		('channels_table', '*_spread', 'Highest minus lowest * of the channels at this stage.'),
		('barriers_table', 'stage', 'Stage of the journey; (all): the touchpoint at all of its stages.'),
		('barriers_table', 'touchpoint',
			'Touchpoint; (all): all of the stage, or when the map has none; (none) for NULL.'),
		('barriers_table', 'metric', 'nps, csat or ces.'),
		('barriers_table', 'responses', 'Valid answers to this metric here.'),
		('barriers_table', 'value', 'The metric here.'),
		('barriers_table', 'rest', 'The metric over the rest of the journey of the segment.'),
		('barriers_table', 'difference', 'value minus rest.'),
		('barriers_table', 'impact',
			'By how much the metric of the segment would get better if this place were brought up to the rest.'),
		('barriers_table', 'p_value',
			'Two-sided p-value, corrected by Holm''s method; of a whole stage or touchpoint the greatest of those of '
			'all of it and of it without each of its places.'),
		('barriers_table', 'rank',
			'Place by impact among the barriers of the segment in this metric, from 1: with very many answers small '
			'differences are significant too, and impact says which of them matter.'),
		('barriers_table', 'part_of',
			'stage, touchpoint: the place is a part of a whole stage or touchpoint that is a barrier in this metric, '
			'too (the one with the greater impact, if both are); NULL: it is none, or the row is of a whole.'),
		('barriers_table', 'dispersion',
			'How many times as much its buckets scatter as their answers explain (Laney''s factor, over all of them); '
			'p_value is then too certain. NULL for up to 1.1 and for fewer than 20 buckets with answers.'),
		('changes_table', 'id', 'Number of the note.'),
		('changes_table', 'changed_at', 'When the change was made.'),
		('changes_table', 'note', 'What was changed.'),
		('changes_table', 'metric', 'nps, csat or ces.'),
		('changes_table', 'before', 'The metric before.'),
		('changes_table', 'after', 'The metric after.'),
		('changes_table', 'difference', 'after minus before.'),
		('changes_table', 'low', 'Lower end of its 95 percent interval.'),
		('changes_table', 'high', 'Upper end of its 95 percent interval.'),
		('changes_table', 'responses_before', 'Valid answers before.'),
		('changes_table', 'responses_after', 'Valid answers after.'),
		('changes_table', 'segment', 'Segment it is about; NULL is all.'),
		('changes_table', 'stage', 'Stage it is about; NULL is all.'),
		('changes_table', 'touchpoint', 'Touchpoint it is about; NULL is all.'),
		('comments_table', 'at', 'Time of the answer.'),
		('comments_table', 'nps', 'The answer to the NPS question, as given.'),
		('comments_table', 'csat', 'The answer to the satisfaction question, as given.'),
		('comments_table', 'ces', 'The answer to the effort question, as given.'),
		('comments_table', 'comment', 'What the customer wrote.'),
		('comments_table', 'barrier',
			'Whether the place is in NAME_barriers now, by itself, as part of its whole stage or of its touchpoint.'),
		('comments_table', 'barrier_metric', 'By which metric: nps, else csat, else ces; NULL where it is no barrier.'),
		('charts', 'bucket', 'Start of the bucket.'),
		('charts', 'segment',
			'Segment of the customer; (all): all of them together, or when the map has none; (none) for NULL.'),
		('charts', 'stage', 'Stage of the journey; (all): the whole of the segment.'),
		('charts', 'touchpoint',
			'Touchpoint; (all): the whole of the segment, or when the map has none; (none) for NULL.'),
		('charts', 'metric', 'nps, csat or ces.'),
		('charts', 'responses', 'Valid answers to this metric in the bucket.'),
		('charts', 'value', 'The metric in the bucket.'),
		('charts', 'centre', 'The metric over the buckets of the baseline.'),
		('charts', 'low', 'Lower limit of the value: 3 standard errors, times the dispersion of the baseline.'),
		('charts', 'high', 'Upper limit of the value.'),
		('charts', 'ewma', 'Moving average: 0.2 times the value and 0.8 times the average of the bucket before.'),
		('charts', 'ewma_low', 'Lower limit of the moving average.'),
		('charts', 'ewma_high', 'Upper limit of the moving average.'),
		('charts', 'signal',
			'above, below: the value is outside its limits; rising, falling: the average is; run: 8 values lie on one '
			'side of the centre; NULL: nothing.'),
		('charts', 'provisional', 'Whether there are fewer than 20 buckets yet; then nothing signals.'),
		('charts', 'sent_at', 'When refresh_journey_map told of it.')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_column_texts() IS
'Internal to the journey map: what the columns of its tables and views hold; part is a table or view, or a name that '
'several share.';

-- All texts in one query, as there are hundreds of columns.
CREATE FUNCTION cxjourney_internal.journey_map_all_texts(map jsonb, OUT kind text, OUT part text, OUT col text,
	OUT text text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH relation AS (
		SELECT t.part, t.kind, t.shared, t.text FROM cxjourney_internal.journey_map_relation_texts() AS t
		 WHERE map ->> 'kind' = 'journey map'
		UNION ALL SELECT t.part, t.kind, NULL, t.text FROM cxjourney_internal.journey_table_relation_texts() AS t
		 WHERE map ->> 'kind' = 'journey table'),
	member AS MATERIALIZED (
		SELECT r.part, r.shared, a.attname::text AS col,
		       regexp_replace(a.attname, '^(nps|csat|ces)', '*') AS of_metric
		  FROM relation AS r
		  JOIN pg_attribute AS a ON a.attrelid = (map ->> r.part)::regclass AND a.attnum > 0 AND NOT a.attisdropped),
	own AS (
		SELECT DISTINCT ON (m.part, m.col) m.part, m.col, CASE WHEN t.col = m.col THEN t.text
			ELSE replace(t.text, '*', upper(split_part(m.col, '_', 1))) END AS text
		  FROM member AS m LEFT JOIN cxjourney_internal.journey_map_column_texts() AS t
			ON t.part IN (m.part, m.shared) AND t.col IN (m.col, m.of_metric)
		 WHERE map ->> 'kind' = 'journey map'
		 ORDER BY m.part, m.col, t.col = m.col DESC, t.part = m.part DESC)
	SELECT r.kind, r.part, NULL, cxjourney_internal.journey_map_sql(r.text, map) FROM relation AS r
	UNION ALL SELECT 'COLUMN', own.part, own.col, own.text FROM own
	UNION ALL SELECT 'COLUMN', m.part, m.col, cxjourney_internal.journey_table_column_text(m.part, m.col)
	  FROM member AS m WHERE map ->> 'kind' = 'journey table'
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_all_texts(jsonb) IS
'Internal to the journey map: what each of its tables and views is, with the column NULL, and what each of their '
'columns holds, NULL where that is not known; its own text comes before one that is shared.';

CREATE FUNCTION cxjourney_internal.journey_map_describe(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	described record;
BEGIN
	FOR described IN SELECT * FROM cxjourney_internal.journey_map_all_texts(map) LOOP
		EXECUTE cxjourney_internal.journey_map_sql(CASE WHEN described.col IS NULL
				THEN 'COMMENT ON {kind} {relation} IS {text:literal}'
				ELSE 'COMMENT ON {kind} {relation}.{col:name} IS {text:literal}' END::text,
			to_jsonb(described) || jsonb_build_object('relation', map -> described.part));
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_describe(jsonb) IS
'Internal to the journey map: comments on its tables and views and their columns.';
