-- Writes a page of HTML: the journey map, the trend of its NPS, the funnel and the flow of the visits, all drawn by SQL.
-- Run by demo/run: psql -X -q -v report=FILE -f demo/report.sql. Everything that comes from a table goes through esc().
\set ON_ERROR_STOP on

CREATE FUNCTION pg_temp.esc(value text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
	SELECT replace(replace(replace(replace(value, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;')
$$;

-- A text of the pictures; NULL for none.
CREATE FUNCTION pg_temp.label(x numeric, y numeric, value text, anchor text DEFAULT 'start', style text DEFAULT '') RETURNS text
LANGUAGE sql IMMUTABLE STRICT
AS $$
	SELECT format('<text x="%s" y="%s" text-anchor="%s" class="%s">%s</text>', round(x, 1), round(y, 1), anchor, style, pg_temp.esc(value))
$$;

-- NPS per week: the line, and the band of its 95 percent interval.
CREATE FUNCTION pg_temp.trend_picture() RETURNS text
LANGUAGE sql
AS $$
	WITH week AS (
		SELECT bucket, nps, nps_low, nps_high, row_number() OVER (ORDER BY bucket) - 1 AS n, count(*) OVER () AS weeks
		FROM shop_journey_trend
		WHERE nps IS NOT NULL
	), frame AS (
		SELECT floor(min(nps_low) / 20) * 20 AS lowest, ceil(max(nps_high) / 20) * 20 AS highest FROM week
	), point AS (
		SELECT week.*, round(60 + 920.0 * n / greatest(weeks - 1, 1), 1) AS x,
			round(20 + 220 * (highest - nps) / (highest - lowest), 1) AS y,
			round(20 + 220 * (highest - nps_low) / (highest - lowest), 1) AS low,
			round(20 + 220 * (highest - nps_high) / (highest - lowest), 1) AS high
		FROM week, frame
	), grid AS (
		SELECT level, round(20 + 220 * (highest - level) / (highest - lowest), 1) AS y
		FROM frame, generate_series(lowest, highest, 20) AS level
	)
	SELECT '<svg viewBox="0 0 1000 280" role="img"><title>NPS per week with its 95% interval</title>'
		|| (SELECT string_agg(format('<path d="M60 %sH980" class="grid"/>', y) || pg_temp.label(50, y + 4, to_char(level, 'FM990'), 'end', 'soft'), '') FROM grid)
		|| format('<path d="M%sL%sz" class="band"/>', string_agg(x || ' ' || high, 'L' ORDER BY n), string_agg(x || ' ' || low, 'L' ORDER BY n DESC))
		|| format('<path d="M%s" class="line"/>', string_agg(x || ' ' || y, 'L' ORDER BY n))
		|| (SELECT string_agg(pg_temp.label(x, 264, to_char(bucket AT TIME ZONE 'UTC', 'Mon YYYY'), 'start', 'soft'), '') FROM point WHERE n % 13 = 0 AND n <= weeks - 4)
		|| string_agg(format('<circle cx="%s" cy="%s" r="3" class="dot"><title>%s: NPS %s (%s to %s)</title></circle>', x, y,
			to_char(bucket AT TIME ZONE 'UTC', 'YYYY-MM-DD'), round(nps, 1), round(nps_low, 1), round(nps_high, 1)), '' ORDER BY n)
		|| '</svg>'
	FROM point
$$;

-- The funnel of all journeys: a bar per step, and what was lost on the way to the next.
CREATE FUNCTION pg_temp.funnel_picture(path journey_path, within interval) RETURNS text
LANGUAGE sql
AS $$
	WITH journeys AS (
		SELECT journey_agg(stage, at) AS journey FROM events GROUP BY customer
	), steps AS (
		SELECT (funnel_steps(funnel_agg(journey, path, within))).* FROM journeys
	), bar AS (
		SELECT *, (step - 1) * 52 AS y, round(520.0 * reached / greatest(max(reached) OVER (), 1), 1) AS width FROM steps
	)
	SELECT format('<svg viewBox="0 0 1000 %s" role="img"><title>Funnel</title>', max(y) + 44)
		|| string_agg(pg_temp.label(110, y + 25, stage, 'end', 'strong')
			|| format('<rect x="124" y="%s" width="520" height="38" rx="5" class="track"/>', y)
			|| format('<rect x="124" y="%s" width="%s" height="38" rx="5" class="bar"/>', y, greatest(width, 2))
			|| pg_temp.label(664, y + 18, to_char(reached, 'FM999,999,990') || coalesce(' · ' || round(from_start, 1) || '% of the first', ''), 'start', 'strong')
			|| coalesce(pg_temp.label(664, y + 34, round(from_previous, 1) || '% of the step before, half within '
				|| to_char(p50_time, CASE WHEN p50_time >= '1 day' THEN 'FMDD "d" FMHH24 "h"' WHEN p50_time >= '1 hour' THEN 'FMHH24 "h"' ELSE 'FMMI "min"' END), 'start', 'soft'), ''),
			'' ORDER BY step)
		|| '</svg>'
	FROM bar
$$;

-- The flow: stages on a line, ways forward as arcs above it, ways back below; the wider, the more visits went that way.
CREATE FUNCTION pg_temp.flow_picture() RETURNS text
LANGUAGE sql
AS $$
	WITH journeys AS (
		SELECT collapse(journey_agg(stage, at)) AS journey FROM events GROUP BY customer
	), edge AS (
		SELECT (flow_edges(flow_agg(journey))).* FROM journeys
	), node AS (
		SELECT stage, 70 + 860.0 * (position - 1) / (count(*) OVER () - 1) AS x
		FROM unnest('{(start),search,product,basket,checkout,support,payment,delivery,return,(end)}'::text[]) WITH ORDINALITY AS u(stage, position)
	), arc AS (
		SELECT edge.*, source.x AS x1, target.x AS x2, abs(target.x - source.x) / 2 AS radius,
			greatest(1, 26.0 * transitions / max(transitions) OVER ()) AS width
		FROM edge JOIN node AS source ON source.stage = from_stage JOIN node AS target ON target.stage = to_stage
	)
	SELECT '<svg viewBox="0 0 1000 460" role="img"><title>Flow between the stages</title>'
		|| (SELECT string_agg(format('<path d="M%s 260A%s %s 0 0 1 %s 260" stroke-width="%s" class="arc%s"><title>%s → %s: %s (%s%%)</title></path>',
				round(x1, 1), round(radius, 1), round(radius * 0.6, 1), round(x2, 1), round(width, 1),
				CASE WHEN to_stage = '(end)' THEN ' away' WHEN x2 < x1 THEN ' back' ELSE '' END,
				pg_temp.esc(from_stage), pg_temp.esc(to_stage), to_char(transitions, 'FM999,999,990'), round(share, 1)), '' ORDER BY transitions DESC) FROM arc)
		|| (SELECT string_agg(format('<circle cx="%s" cy="260" r="9" class="node"/>', round(x, 1)) || pg_temp.label(x, 292, stage, 'middle', 'strong halo'), '') FROM node)
		|| (SELECT string_agg(pg_temp.label((x1 + x2) / 2, 260 - sign(x2 - x1) * radius * 0.6 + 4, to_char(transitions, 'FM999,999,990'), 'middle', 'soft halo'), '')
			FROM arc WHERE width > 2.5 AND (x2 > x1 OR radius > 80))	-- on a short way back it would lie upon the stages' names
		|| '</svg>'
$$;

\pset format unaligned
\pset tuples_only on
\o :report
SELECT $html$<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The journey of the shop's customers</title>
<style>
body { margin: 0; padding: 40px 24px; background: #eef1f4; color: #1b2430; font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif; }
main { max-width: 1320px; margin: 0 auto; }
h1 { font-size: 30px; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 0 0 2px; }
p { color: #526070; margin: 0 0 16px; }
section { background: #fff; border-radius: 12px; padding: 24px 28px; margin: 20px 0; }
svg { display: block; height: auto; }
section.map { padding: 0; overflow: hidden; }
section svg { width: 100%; }
.drawn text { font-size: 13px; fill: #1b2430; }
.drawn text.soft { fill: #526070; font-size: 12px; }
.drawn text.strong { font-weight: 600; }
.drawn text.halo { stroke: #fff; stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
.grid { stroke: #d5dbe3; }
.band { fill: #23415f; fill-opacity: .16; }
.line { fill: none; stroke: #23415f; stroke-width: 2.5; stroke-linejoin: round; }
.dot, .node, .bar { fill: #23415f; }
.track { fill: #f0f3f6; }
.arc { fill: none; stroke: #23415f; stroke-opacity: .55; }
.arc.back { stroke: #a85208; }
.arc.away { stroke: #8a96a4; stroke-opacity: .4; }
</style>
</head>
<body>
<main>
<h1>The journey of the shop's customers</h1>
<p>Made by SQL alone: see demo/report.sql. Point at a dot or an arc to read its numbers.</p>$html$;
SELECT '<section class="map">';
\ir picture.sql
SELECT '</section>';
SELECT '<section class="drawn"><h2>NPS, week by week</h2><p>The band is the 95% interval. In February 2026 the parcels were late.</p>' || pg_temp.trend_picture() || '</section>';
SELECT '<section class="drawn"><h2>From search to delivery</h2><p>How many of the customers who searched came to each step within 30 days.</p>'
	|| pg_temp.funnel_picture('search > product > basket > checkout > payment > delivery', '30 days') || '</section>';
SELECT '<section class="drawn"><h2>The ways between the stages</h2><p>Forward above the line, back below it; grey: the journey ends there.</p>'
	|| pg_temp.flow_picture() || '</section>';
SELECT '</main></body></html>';
\o
