-- For Metabase: a table for each chart, over the journey map shop_journey. Run it in psql as the owner of the map, with the
-- schema of the map in the search_path; replace shop_journey by the name of your map. Metabase shows the comments as the
-- descriptions of tables and columns (Admin, Databases, "Sync database schema now").
CREATE SCHEMA metabase;
COMMENT ON SCHEMA metabase IS 'The customer journey for Metabase';

CREATE VIEW metabase.journey AS
SELECT segment, stage, stage_position AS position, touchpoint, responses AS answers, round(nps, 1) AS nps,
	round(nps_low, 1) AS nps_low, round(nps_high, 1) AS nps_high, round(csat, 1) AS csat, round(ces, 2) AS ces,
	round(emotion, 2) AS emotion
  FROM shop_journey
 WHERE enough;
COMMENT ON VIEW metabase.journey IS 'Each stage and touchpoint with enough answers, in the order of "position".';
COMMENT ON COLUMN metabase.journey.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN metabase.journey.stage IS 'Stage of the journey';
COMMENT ON COLUMN metabase.journey.position IS 'Order of the stage in the journey, from 1';
COMMENT ON COLUMN metabase.journey.touchpoint IS 'Touchpoint, such as web:checkout; (none) when it is not known';
COMMENT ON COLUMN metabase.journey.answers IS 'Questionnaires with at least one score';
COMMENT ON COLUMN metabase.journey.nps IS 'NPS in points, -100 to 100';
COMMENT ON COLUMN metabase.journey.nps_low IS 'Lower end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN metabase.journey.nps_high IS 'Upper end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN metabase.journey.csat IS 'CSAT: percent who are satisfied, by the rule of the map';
COMMENT ON COLUMN metabase.journey.ces IS 'CES: mean on the scale of the map, from 1 (difficult) to 7 (easy) if it names no other';
COMMENT ON COLUMN metabase.journey.emotion IS 'Emotion, -2 (very unhappy) to 2 (very happy)';

CREATE VIEW metabase.months AS
SELECT (date_trunc('month', s.bucket AT TIME ZONE d.timezone))::date AS month, coalesce(s.segment, '(all)') AS segment,
	responses(rating_agg(s.nps)) AS answers, round(nps_agg(s.nps), 1) AS nps,
	round(lower(nps_interval(rating_agg(s.nps))), 1) AS nps_low,
	round(upper(nps_interval(rating_agg(s.nps))), 1) AS nps_high,
	round(csat(rating_agg(s.csat), d.csat_satisfied_from), 1) AS csat, round(ces_agg(s.ces), 2) AS ces
  FROM shop_journey_summaries AS s CROSS JOIN shop_journey_definition AS d
 GROUP BY 1, d.csat_satisfied_from, GROUPING SETS ((s.segment), ())
HAVING grouping(s.segment) = 1 OR s.segment <> '(all)';
COMMENT ON VIEW metabase.months IS 'The scores of each month, of all and by segment; a week belongs to the month in which it begins.';
COMMENT ON COLUMN metabase.months.month IS 'First day of the month, in the time zone of the map';
COMMENT ON COLUMN metabase.months.segment IS 'Segment of the customer; (all): all of them together, (none) for NULL';
COMMENT ON COLUMN metabase.months.answers IS 'Answers from 0 to 10';
COMMENT ON COLUMN metabase.months.nps IS 'NPS in points, -100 to 100';
COMMENT ON COLUMN metabase.months.nps_low IS 'Lower end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN metabase.months.nps_high IS 'Upper end of the 95 percent interval of the NPS, in points';
COMMENT ON COLUMN metabase.months.csat IS 'CSAT: percent who are satisfied, by the rule of the map';
COMMENT ON COLUMN metabase.months.ces IS 'CES: mean on the scale of the map, from 1 (difficult) to 7 (easy) if it names no other';

CREATE VIEW metabase.barriers AS
SELECT segment, stage, touchpoint, metric, responses AS answers, round(value, 1) AS value, round(rest, 1) AS rest,
	round(impact, 2) AS impact
  FROM shop_journey_barriers;
COMMENT ON VIEW metabase.barriers IS 'Places that are worse than the rest of the journey beyond chance.';
COMMENT ON COLUMN metabase.barriers.segment IS 'Segment of the customer; (all) when the map has none, (none) for NULL';
COMMENT ON COLUMN metabase.barriers.stage IS 'Stage of the journey; (all): the touchpoint wherever it occurs';
COMMENT ON COLUMN metabase.barriers.touchpoint IS 'Touchpoint; (all): the whole stage';
COMMENT ON COLUMN metabase.barriers.metric IS 'nps, csat or ces';
COMMENT ON COLUMN metabase.barriers.answers IS 'Answers of this metric there';
COMMENT ON COLUMN metabase.barriers.value IS 'NPS in points, CSAT in percent or mean CES there';
COMMENT ON COLUMN metabase.barriers.rest IS 'The same of the rest of the journey';
COMMENT ON COLUMN metabase.barriers.impact IS 'What the whole would gain if this place were like the rest, in units of the metric';
