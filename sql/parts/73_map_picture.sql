--
-- Pictures of the journey map
--

CREATE FUNCTION cxjourney_internal.journey_map_mermaid_steps(name text, segment text, period daterange, language text,
	title text) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_mermaid' LANGUAGE C STABLE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_mermaid_steps(text, text, daterange, text, text) IS
'Internal: what journey_map_mermaid does.';

CREATE FUNCTION journey_map_mermaid(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	language text DEFAULT 'en', title text DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_mermaid(text, text, daterange, text, text) IS
'The journey map as a Mermaid user journey: a section per stage in the order of the journey, a task per touchpoint '
'with its emotion as a score from 1 (very unhappy) to 5 (very happy), 3 where there is none, and the segment as the '
'actor (Customer for the whole map). A warning sign marks barriers, behind a section that of the whole stage, "(few '
'answers)" touchpoints with too few to say anything. Behind the title stand the scores of the whole; the notes of '
'the persona are its accDescr. '
'Unless a title is given it is the name of the map; shop_journey is written "Shop journey". Language of '
'the fixed texts and of canonical stages: en (English) or pl (Polish), in any letter case; error 22023 for another '
'one. Every label is escaped. NULL for a NULL name or language; segment NULL is the whole map, period NULL all '
'time. Needs the right to read what journey_map_cells reads, NAME_notes and NAME_summaries; error 42P01 without '
'such a map, 22023 for a segment that it does not have and for a period that is not of whole buckets.';

CREATE FUNCTION cxjourney_internal.journey_map_svg_steps(name text, segment text, period daterange, language text,
	title text) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_svg' LANGUAGE C STABLE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_svg_steps(text, text, daterange, text, text) IS
'Internal: what journey_map_svg does.';

CREATE FUNCTION journey_map_svg(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	language text DEFAULT 'en', title text DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_svg(text, text, daterange, text, text) IS
'The journey map as a self-contained SVG picture: stages as columns in the order of the journey, the emotion curve '
'from -2 to +2, touchpoints with NPS, CSAT and CES, their 95 percent intervals, their goals and the number of '
'answers, barriers with what removing them would add, and the notes (with a segment, its own and those of none). '
'Whole stages and the whole journey have their scores from journey_map_scores, with the change since the period '
'before: an arrow with the sign, bold where its p-value is below 0.05, and their goals: a disc with a tick when '
'reached, else a ring. Notes of the kind persona stand at its head, those in quotation marks in italics. '
'Below the title stand the days of the first and the last answer that is shown. Unless a title is given it is the '
'name of the map; shop_journey is written "Shop journey". Language of the fixed texts and of canonical stages: en '
'(English) or pl (Polish), in any letter case; error 22023 for another one. Every label is escaped. NULL for a NULL '
'name or language; segment NULL is the whole map, period NULL all time. Needs the right to read what '
'journey_map_cells reads, NAME_notes and NAME_summaries; error 42P01 without such a map, 22023 for a segment that '
'it does not have and for a period that is not of whole buckets.';
