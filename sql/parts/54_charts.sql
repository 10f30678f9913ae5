--
-- Pictures of summaries and funnels
--

CREATE FUNCTION rating_svg(summary rating_summary, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_svg(rating_summary, text, text, boolean) IS
'The answers as a self-contained SVG picture, with percent of the answers at each score; on 0..10 also the NPS with '
'its 95 percent interval and the shares of detractors, passives and promoters, on other scales the mean with its '
'interval. Weighted answers count with their weights. Language of the texts: en (English) or pl (Polish), in any '
'letter case; error 22023 for another one. Without a title there is a plain one. With slide it is a page of 1280 by '
'720. NULL for a NULL summary, language or slide.';

CREATE FUNCTION funnel_svg(funnel journey_funnel, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION funnel_svg(journey_funnel, text, text, boolean) IS
'The funnel as a self-contained SVG picture: a bar for each step of the path, with the number of customers who '
'reached it, their percent of the first step and of the step before, and the time that half of those took. Language '
'of the texts: en (English) or pl (Polish), in any letter case; error 22023 for another one. Without a title there '
'is a plain one. With slide it is a page of 1280 by 720. NULL for a NULL funnel, language or slide.';

CREATE FUNCTION survival_svg(survival journey_survival, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION survival_svg(journey_survival, text, text, boolean) IS
'The waits as a self-contained SVG picture: the percent that has arrived by each time, as survival_curve has it, with '
'its 95 percent limits, the times by which a quarter, half and three quarters had arrived, and how many were still on '
'their way. Language of the texts: en (English) or pl (Polish), in any letter case; error 22023 for another one. '
'Without a title there is a plain one. With slide it is a page of 1280 by 720. NULL for a NULL survival, language or '
'slide.';

CREATE FUNCTION flow_svg(flow journey_flow, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false, most integer DEFAULT 8) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_svg(journey_flow, text, text, boolean, integer) IS
'The flow as a self-contained SVG picture, a Sankey diagram with arrows and numbers: from the stages that were left, '
'with what began as (start), to those that came next, with what ended as (end). Where each stage begins with a '
'position, as in ''-1 search'', and each transition leads to the next position, the positions are the columns, at most '
'7 of them around 0. Of each column the most stages with most transitions are drawn, 1 to 50, else error 22023, and '
'the others as one. Language of the texts: en (English) or pl (Polish), in any letter case; error 22023 for another '
'one. Without a title there is a plain one. With slide it is a page of 1280 by 720. NULL for NULL but the title.';

CREATE FUNCTION cohort_svg(cohorts journey_cohorts, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cohort_svg(journey_cohorts, text, text, boolean) IS
'The cohorts as a self-contained SVG picture: a row for each cohort, of which the newest 30 are drawn, 15 on a slide, '
'and one for all of them; a cell for each of the first periods, as many as have room, with the share of cohort_table, '
'in whole percent, the darker the higher; with a dashed edge where the period is not over for some customers, who do '
'not count, and none where it is over for nobody. Language of the texts: en (English) or pl (Polish), in any letter '
'case; error 22023 for another one. Without a title there is a plain one. With slide it is a page of 1280 by 720. '
'NULL for NULL cohorts, language or slide.';

CREATE FUNCTION driver_svg(summary driver_summary, names text[] DEFAULT NULL, method text DEFAULT 'lmg',
	language text DEFAULT 'en', title text DEFAULT NULL, slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION driver_svg(driver_summary, text[], text, text, text, boolean) IS
'The drivers as a self-contained SVG picture, the most important first: a bar of the importance that drivers() gives '
'by the method, in percent of the variance of the outcome, and the coefficient with its 95 percent interval. Bars are '
'in the ratio of the importances, but what stands beside 0.0% is a mark, or nothing where the importance is 0. Names, '
'method and their errors are those of drivers(), and so is the NOTICE about collinear ones. Language of the texts: en '
'(English) or pl (Polish), in any letter case; error 22023 for another one. Without a title there is a plain one. With '
'slide it is a page of 1280 by 720. NULL for NULL but names and title.';

CREATE FUNCTION control_svg(buckets rating_summary[], labels text[] DEFAULT NULL, metric text DEFAULT 'nps',
	baseline rating_summary DEFAULT NULL, satisfied_from integer DEFAULT NULL, language text DEFAULT 'en',
	title text DEFAULT NULL, slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION control_svg(rating_summary[], text[], text, rating_summary, integer, text, text, boolean) IS
'The control chart of a metric (nps, csat or ces) over buckets of time as a self-contained SVG picture: values, '
'centre, limits, moving average, and each signal as a diamond, as control_chart(buckets, metric, baseline, '
'satisfied_from => ...) gives them. Labels are those of the buckets, in the same order, else their positions. Buckets '
'that are NULL or have no answers leave a gap. Language of the texts: en (English) or pl (Polish), in any letter '
'case. Without a title there is a plain one. With slide it is a page of 1280 by 720. NULL for NULL buckets, metric, '
'language or slide. Error 22023 for another language, for another number of labels than of buckets, and as '
'control_chart; 2202E for an array of several dimensions.';

CREATE FUNCTION cxjourney_internal.control_svg_at(buckets rating_summary[], labels text[], metric text,
	baseline rating_summary, satisfied_from integer, language text, title text, slide boolean, changes boolean[])
	RETURNS text
	AS 'MODULE_PATHNAME', 'control_svg_at' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.control_svg_at(rating_summary[], text[], text, rating_summary, integer, text,
	text, boolean, boolean[]) IS
'Internal to the journey map: control_svg with changes, a flag for each bucket: where it is true there is a line, and '
'a chart of its own begins, with a baseline of its own. One before all values changes nothing. NULL is none. Error '
'22023 for another number of flags than of buckets.';

CREATE FUNCTION trend_svg(buckets rating_summary[], labels text[] DEFAULT NULL, metric text DEFAULT 'nps',
	satisfied_from integer DEFAULT NULL, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION trend_svg(rating_summary[], text[], text, integer, text, text, boolean) IS
'A metric (nps, csat or ces) over buckets of time as a self-contained SVG picture: a line, with the 95 percent '
'intervals of nps_interval, csat_interval or ces_interval as a band. Labels are those of the buckets, in the same '
'order, else their positions. Buckets that are NULL or have no answers leave a gap. Language of the texts: en '
'(English) or pl (Polish), in any letter case. Without a title there is a plain one. With slide it is a page of 1280 '
'by 720. NULL for NULL buckets, metric, language or slide. Error 22023 for another language or metric, for another '
'number of labels than of buckets, for different scales, for weighted beside unweighted answers, for NPS on another '
'scale than 0..10 and for CSAT without a rule; 2202E for an array of several dimensions.';

CREATE FUNCTION shift_svg(before rating_breakdown, after rating_breakdown, metric text DEFAULT 'nps',
	satisfied_from integer DEFAULT NULL, language text DEFAULT 'en', title text DEFAULT NULL,
	slide boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION shift_svg(rating_breakdown, rating_breakdown, text, integer, text, text, boolean) IS
'What moved a metric (nps, csat or ces) as a self-contained SVG picture: for each label a bar of the rate of '
'nps_shift, csat_shift or ces_shift, with its 95 percent interval, and one of the mix, in points, with metric and '
'share before and after; the 12 labels that moved it most, and the others as one. Language of the texts: en (English) '
'or pl (Polish), in any letter case; error 22023 for another one. Without a title there is a plain one. With slide it '
'is a page of 1280 by 720. NULL for NULL but satisfied_from and title. Other errors as those functions.';
