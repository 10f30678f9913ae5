-- For Power BI: a star of plain columns over the journey map shop_journey. Run it in psql as the owner of the map, with the
-- schema of the map in the search_path; replace shop_journey by the name of your map. What counts as satisfied, the time zone
-- and the scales are those of its definition. Power BI imports the schema "powerbi".
--
-- NPS, CSAT and CES can't be added up, but what they are made of can. So "scores" has counts, and the measures of
-- measures.dax divide them, exact for whatever is on the axis or in a filter. Whole numbers are bigint, and numbers with
-- decimals are rounded: System.Decimal, which Power BI reads numeric into, holds 28 digits.
CREATE SCHEMA powerbi;
COMMENT ON SCHEMA powerbi IS 'What Power BI imports: facts "scores", dimension "places", and the lists "barriers" and "comments".';

CREATE VIEW powerbi.scores AS
SELECT (s.bucket AT TIME ZONE d.timezone)::date AS begins, s.segment, s.stage, s.touchpoint,
	coalesce(responses(s.nps), 0) AS nps_answers, coalesce(promoters(s.nps), 0) AS promoters,
	coalesce(detractors(s.nps), 0) AS detractors,
	coalesce(responses(s.csat), 0) AS csat_answers,
	coalesce((SELECT sum(h.responses)::bigint FROM histogram(s.csat) AS h
		WHERE CASE WHEN d.csat_satisfied_from IS NULL THEN csat_satisfied(h.score, d.csat_scale)
			ELSE h.score >= d.csat_satisfied_from END), 0) AS satisfied,
	coalesce(responses(s.ces), 0) AS ces_answers,
	coalesce((SELECT sum(h.score * h.responses)::bigint FROM histogram(s.ces) AS h), 0) AS ces_sum
  FROM shop_journey_summaries AS s CROSS JOIN shop_journey_definition AS d;
COMMENT ON VIEW powerbi.scores IS 'Counts of answers by bucket of the map, segment, stage and touchpoint; all counts may be summed.';
COMMENT ON COLUMN powerbi.scores.begins IS 'First day of the bucket, such as the Monday of a week, in the time zone of the map';
COMMENT ON COLUMN powerbi.scores.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN powerbi.scores.stage IS 'Stage of the journey';
COMMENT ON COLUMN powerbi.scores.touchpoint IS 'Touchpoint, such as web:checkout; (none) when it is not known';
COMMENT ON COLUMN powerbi.scores.nps_answers IS 'Answers from 0 to 10';
COMMENT ON COLUMN powerbi.scores.promoters IS 'Answers of 9 and 10';
COMMENT ON COLUMN powerbi.scores.detractors IS 'Answers from 0 to 6';
COMMENT ON COLUMN powerbi.scores.csat_answers IS 'Answers to the satisfaction question';
COMMENT ON COLUMN powerbi.scores.satisfied IS 'Those of them that count as satisfied, by the rule of the map: 4 and 5 of 1 to 5';
COMMENT ON COLUMN powerbi.scores.ces_answers IS 'Answers to the effort question';
COMMENT ON COLUMN powerbi.scores.ces_sum IS 'Their sum';

CREATE VIEW powerbi.places AS
SELECT segment, stage, stage_position, touchpoint, responses AS answers, round(nps, 1) AS nps, round(nps_low, 1) AS nps_low,
	round(nps_high, 1) AS nps_high, round(csat, 1) AS csat, round(ces, 2) AS ces, round(emotion, 2) AS emotion, enough
  FROM shop_journey;
COMMENT ON VIEW powerbi.places IS 'Segments, stages and touchpoints, with their scores of all time.';
COMMENT ON COLUMN powerbi.places.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN powerbi.places.stage IS 'Stage of the journey';
COMMENT ON COLUMN powerbi.places.stage_position IS 'Order of the stage in the journey, from 1: sort "stage" by this column';
COMMENT ON COLUMN powerbi.places.touchpoint IS 'Touchpoint, such as web:checkout; (none) when it is not known';
COMMENT ON COLUMN powerbi.places.answers IS 'Questionnaires with at least one score';
COMMENT ON COLUMN powerbi.places.nps IS 'NPS in points, -100 to 100';
COMMENT ON COLUMN powerbi.places.nps_low IS 'Lower end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN powerbi.places.nps_high IS 'Upper end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN powerbi.places.csat IS 'CSAT: percent who are satisfied, by the rule of the map';
COMMENT ON COLUMN powerbi.places.ces IS 'CES: mean on the scale of the map, from 1 (difficult) to 7 (easy) if it names no other';
COMMENT ON COLUMN powerbi.places.emotion IS 'Emotion, -2 (very unhappy) to 2 (very happy)';
COMMENT ON COLUMN powerbi.places.enough IS 'Whether there are enough answers to say anything';

CREATE VIEW powerbi.barriers AS
SELECT segment, stage, touchpoint, metric, responses AS answers, round(value, 1) AS value, round(rest, 1) AS rest,
	round(impact, 2) AS impact, round(p_value::numeric, 6) AS p_value
  FROM shop_journey_barriers;
COMMENT ON VIEW powerbi.barriers IS 'Places that are worse than the rest of the journey beyond chance.';
COMMENT ON COLUMN powerbi.barriers.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN powerbi.barriers.stage IS 'Stage of the journey; (all): the touchpoint wherever it occurs';
COMMENT ON COLUMN powerbi.barriers.touchpoint IS 'Touchpoint; (all): the whole stage';
COMMENT ON COLUMN powerbi.barriers.metric IS 'nps, csat or ces';
COMMENT ON COLUMN powerbi.barriers.answers IS 'Answers of this metric there';
COMMENT ON COLUMN powerbi.barriers.value IS 'NPS in points, CSAT in percent or mean CES there';
COMMENT ON COLUMN powerbi.barriers.rest IS 'The same of the rest of the journey';
COMMENT ON COLUMN powerbi.barriers.impact IS 'What the whole would gain if this place were like the rest, in units of the metric';
COMMENT ON COLUMN powerbi.barriers.p_value IS 'How likely chance alone makes such a difference, 0 to 1, corrected for looking at all places';

CREATE VIEW powerbi.comments AS
SELECT (c.at AT TIME ZONE d.timezone)::date AS day, c.segment, c.stage, c.touchpoint, c.nps, c.csat, c.ces, c.comment, c.barrier
  FROM shop_journey_comments AS c CROSS JOIN shop_journey_definition AS d;
COMMENT ON VIEW powerbi.comments IS 'What customers wrote.';
COMMENT ON COLUMN powerbi.comments.day IS 'Day of the answer, in the time zone of the map';
COMMENT ON COLUMN powerbi.comments.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN powerbi.comments.stage IS 'Stage of the journey';
COMMENT ON COLUMN powerbi.comments.touchpoint IS 'Touchpoint, such as web:checkout; (none) when it is not known';
COMMENT ON COLUMN powerbi.comments.nps IS 'The answer from 0 to 10';
COMMENT ON COLUMN powerbi.comments.csat IS 'The answer to the satisfaction question';
COMMENT ON COLUMN powerbi.comments.ces IS 'The answer to the effort question';
COMMENT ON COLUMN powerbi.comments.comment IS 'The words of the customer';
COMMENT ON COLUMN powerbi.comments.barrier IS 'Whether the place is a barrier';
