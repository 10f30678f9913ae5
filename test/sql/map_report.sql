--
-- The report of a journey map: what stands in the page is what the answers say, by plain SQL over them and by the
-- functions that draw; every label stays a text; nothing is read that its reader may not read.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA map_report_test;
SET search_path = map_report_test, public;
SET timezone = 'UTC';

-- Two months of a shop whose courier is bad, and got worse in the second; one persona would like to be a script.
CREATE TABLE answers AS
SELECT i, timestamptz '2026-01-01 12:00Z' + (i % 59) * interval '1 day' AS at, stage, place,
	CASE WHEN i / 6 % 3 = 0 THEN '<script>' ELSE 'old & "wise"' END AS persona,
	CASE WHEN place LIKE '%courier' THEN pg_temp.random_int(i, 1, CASE WHEN i % 59 < 31 THEN 9 ELSE 5 END)
		ELSE 4 + pg_temp.random_int(i, 2, 7) END AS nps, 1 + pg_temp.random_int(i, 3, 10) AS happy,
	CASE WHEN i % 4 > 0 THEN NULL WHEN place LIKE '%courier' THEN '<b>Late</b> again' ELSE 'fine &amp; well' END AS said
  FROM generate_series(1, 1200) AS i, LATERAL (
	SELECT (ARRAY['find', 'buy', 'get'])[1 + i % 3] AS stage,
		(ARRAY['web:site', 'app:"x"', '</td><img src=x>courier'])[1 + i % 3] AS place) AS v;
CREATE TABLE moves AS
SELECT c AS customer, stage, timestamptz '2026-01-01 00:00Z' + (c % 50) * interval '1 day' + n * interval '1 hour'
	AS at
  FROM generate_series(1, 90) AS c, unnest('{find,look,buy,get}'::text[]) WITH ORDINALITY AS s(stage, n)
 WHERE c % n = 0;
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', csat => 'happy', csat_scale => '[1,10]', csat_satisfied_from => 9, comment => 'said', bucket => 'day',
	timezone => 'Europe/Warsaw', stages => '{find,buy,get}');
SELECT create_journey_map('empty', 'answers', at => 'NULL::timestamptz', stage => 'stage', nps => 'nps',
	comment => 'said');
SELECT create_journey_map('moods', 'answers', at => 'at', stage => 'stage', emotion => 'nps / 5 - 1',
	bucket => 'month');
SELECT create_journey_table('paths', 'moves', customer => 'customer', stage => 'stage', at => 'at');
INSERT INTO shop_targets (metric, target) VALUES ('nps', 10);
CREATE TABLE summary AS SELECT driver_agg(nps, ARRAY[happy, i % 5]) AS drivers FROM answers;

CREATE TABLE page AS
SELECT 'whole' AS name, journey_map_report('shop') AS html, 'en' AS language
UNION ALL SELECT 'february', journey_map_report('shop', period => '[2026-02-01,2026-02-28]', journeys => 'paths',
	drivers => drivers, driver_names => '{<i>,b}'), 'en' FROM summary
UNION ALL SELECT 'persona', journey_map_report('shop', '<script>', '[2026-02-01,2026-02-28]', 'PL', '</title><b>',
	'paths', 'find > get', '2 days'), 'pl'
UNION ALL SELECT 'empty', journey_map_report('empty', journeys => 'paths'), 'en'
UNION ALL SELECT 'moods', journey_map_report('moods', language => 'pl'), 'pl';

-- What a page has, as XML, by an XPath; h is HTML and s is SVG.
CREATE FUNCTION pg_temp.parts(html text, path text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT btrim(regexp_replace((xpath('string(/*)', element))[1]::text, '\s+', ' ', 'g'))
	  FROM unnest(xpath(path, xmlparse(DOCUMENT html),
		'{{h,http://www.w3.org/1999/xhtml},{s,http://www.w3.org/2000/svg}}')) WITH ORDINALITY AS u(element, n)
	 ORDER BY n $$;
SELECT name, string_agg(part, ' | ' ORDER BY n) AS headings
  FROM page, pg_temp.parts(html, '//h:h2') WITH ORDINALITY AS p (part, n)
 GROUP BY name ORDER BY name;
SELECT name, count(*) AS pictures FROM page, pg_temp.parts(html, '//s:svg') GROUP BY name ORDER BY name;
SELECT name, (SELECT string_agg(part, ' | ') FROM pg_temp.parts(html, '//h:title | //h:h1') AS part) AS title,
	substring(html, '<html [^>]*lang="(..)"') = language AS has_language FROM page ORDER BY name;

-- Nothing that runs, and nothing from outside; labels are texts.
SELECT string_agg(DISTINCT tag[1] COLLATE "C", ' ') AS elements
  FROM page, regexp_matches(html, '<([a-z!][a-zA-Z0-9]*)', 'g') AS tag;
SELECT string_agg(DISTINCT attribute[1] COLLATE "C", ' ') AS attributes
  FROM page, regexp_matches(html, '<[a-z][^>]*>', 'g') AS tag, regexp_matches(tag[1], ' ([^ ="]+)="', 'g') AS attribute
 WHERE attribute[1] !~ '^(c?[xy]|[rd]|r[xy]|font-.*|stroke.*|fill.*|text-anchor|transform|viewBox|width|height)$';
SELECT strpos(html, 'default-src ''none''') > 0 AS runs_nothing FROM page WHERE name = 'whole';

-- The scores of the whole, against plain SQL.
SELECT part FROM page, pg_temp.parts(html, '//h:section[@class="brief"]//h:li') AS part WHERE name = 'february';
SELECT part FROM page, pg_temp.parts(html, '//h:div[@class="card"]/*') AS part WHERE name = 'february';
WITH half AS (
	SELECT at >= '2026-01-31 23:00Z' AS is_after, count(nps) AS n, 100.0 * (count(*) FILTER (WHERE nps >= 9)
		- count(*) FILTER (WHERE nps <= 6)) / count(nps) AS nps,
		100.0 * count(*) FILTER (WHERE happy >= 9) / count(happy) AS csat
	  FROM answers GROUP BY is_after)
SELECT b.n, round(a.nps, 1) AS nps, round(a.nps - b.nps, 1) AS change, round(a.csat, 1) AS csat,
	round(a.csat - b.csat, 1) AS change FROM half AS a, half AS b WHERE a.is_after AND NOT b.is_after;
-- The numbers in the manner of the language
SELECT part FROM page, pg_temp.parts(html, '//h:div[@class="card"][1]/*') AS part WHERE name = 'persona';

-- The tables are those of the functions: cells, barriers, words.
SELECT count(*) AS cells, count(*) FILTER (WHERE EXISTS (SELECT FROM page, pg_temp.parts(html,
		'//h:table[@class="list"]//h:tr[h:td]') AS part WHERE name = 'february' AND part = replace(format(
			'%s %s to %s %s %s to %s %s %s', round(nps, 1), round(nps_low, 1), round(nps_high, 1), round(csat, 1),
			round(csat_low, 1), round(csat_high, 1), to_char(emotion, 'FMSG0.0'), responses), '-', U&'\2212'))) AS there
  FROM journey_map_cells('shop', period => '[2026-02-01,2026-02-28]');
SELECT part FROM page, pg_temp.parts(html, '//h:table[@class="list"]//h:tr') AS part WHERE name = 'february';
SELECT part FROM page, pg_temp.parts(html, '//h:table[@class="barriers"]//h:tr') AS part WHERE name = 'february';
SELECT stage, touchpoint, metric, round(value, 1) AS value, round(rest, 1) AS rest, round(impact, 1) AS impact,
	responses, p_value < 0.001 AS sure
  FROM journey_map_barriers('shop', period => '[2026-02-01,2026-02-28]') WHERE part_of IS NULL;
SELECT part FROM page, pg_temp.parts(html, '//h:table[@class="terms"]//h:tr') AS part WHERE name = 'february';
SELECT stage, string_agg(format('%s (%s)', term, comments), ', ' ORDER BY z DESC, term) AS words
  FROM journey_map_words('shop', period => '[2026-02-01,2026-02-28]', most => 6)
 WHERE p_value < 0.01 AND touchpoint <> '(all)' GROUP BY stage ORDER BY stage;

-- Charts are those that the functions draw of the answers themselves.
CREATE FUNCTION pg_temp.has(page_name text, picture text) RETURNS boolean LANGUAGE sql AS $$
	SELECT strpos(html, picture) > 0 FROM page WHERE name = page_name $$;
CREATE TABLE days AS
SELECT day, to_char(day, 'YYYY-MM-DD') AS label, rating_agg(nps, '[0,10]') AS nps, rating_agg(happy, '[1,10]') AS csat,
	rating_agg(nps, '[0,10]') FILTER (WHERE persona = '<script>') AS persona
  FROM generate_series(timestamp '2026-01-01', '2026-02-28', '1 day') AS day
  LEFT JOIN answers ON (at AT TIME ZONE 'Europe/Warsaw')::date = day GROUP BY day;
SELECT pg_temp.has('february', control_svg(array_agg(nps ORDER BY day), array_agg(label ORDER BY day))) AS nps,
	pg_temp.has('february', control_svg(array_agg(csat ORDER BY day), array_agg(label ORDER BY day), 'csat',
		satisfied_from => 9)) AS csat,
	pg_temp.has('persona', control_svg(array_agg(persona ORDER BY day), array_agg(label ORDER BY day),
		language => 'pl')) AS persona,
	pg_temp.has('persona', control_svg(array_agg(nps ORDER BY day), array_agg(label ORDER BY day), language => 'pl'))
		AS everybody FROM days;
WITH place AS (
	SELECT place, rating_agg(nps, '[0,10]') FILTER (WHERE at < '2026-01-31 23:00Z') AS before,
		rating_agg(nps, '[0,10]') FILTER (WHERE at >= '2026-01-31 23:00Z') AS after FROM answers GROUP BY place)
SELECT pg_temp.has('february', shift_svg(breakdown_agg(place, before), breakdown_agg(place, after))) AS shift,
	pg_temp.has('whole', 'What moved') AS without_a_period FROM place;
WITH journey AS (
	SELECT journey_agg(stage, at) FILTER (WHERE at >= '2026-01-31 23:00Z') AS j, journey_agg(stage, at) AS whole
	  FROM moves GROUP BY customer)
SELECT pg_temp.has('february', funnel_svg(funnel_agg(j, 'find > buy > get', NULL))) AS stages_of_the_map,
	pg_temp.has('persona', funnel_svg(funnel_agg(j, 'find > get', '2 days'), 'pl')) AS given_path,
	pg_temp.has('february', flow_svg(flow_agg(collapse(j)))) AS flow,
	pg_temp.has('empty', flow_svg(flow_agg(collapse(whole)))) AS all_time FROM journey;
SELECT pg_temp.has('february', driver_svg(drivers, '{<i>,b}')) AS drivers FROM summary;
SELECT pg_temp.has('persona', 'To podróże wszystkich klientów') AS says_so,
	pg_temp.has('february', 'These are the journeys of all customers') AS of_all;

-- A change that was noted of the whole begins a new baseline, as in the view; one of a place, of another persona, and
-- one at no time do not.
INSERT INTO shop_notes (kind, segment, stage, note, noted_at) VALUES
	('change', NULL, NULL, 'New courier', '2026-01-25 10:00 Europe/Warsaw'),
	('change', '<script>', NULL, 'Another one', '2026-02-04 00:00 Europe/Warsaw'),
	('change', NULL, 'buy', 'New button', '2026-02-10'), ('idea', NULL, NULL, 'No change', '2026-02-12'),
	('change', NULL, NULL, 'Some day', 'infinity');
SELECT name, strpos(html, cxjourney_internal.control_svg_at(array_agg(CASE name WHEN 'persona' THEN d.persona
	ELSE d.nps END ORDER BY day), array_agg(label ORDER BY day), 'nps', NULL, NULL, 'en', NULL, false,
	array_agg(label = ANY (changes) ORDER BY day))) > 0 AS drawn
  FROM days AS d, (VALUES ('whole', journey_map_report('shop'), '{2026-01-26}'::text[]),
	('persona', journey_map_report('shop', '<script>'), '{2026-01-26,2026-02-04}')) AS v(name, html, changes)
 GROUP BY name, html ORDER BY name;
-- the first of a baseline is its own centre
SELECT segment, string_agg(to_char(bucket AT TIME ZONE 'Europe/Warsaw', 'YYYY-MM-DD'), ' ' ORDER BY bucket) AS begins
  FROM shop_control WHERE segment IN ('(all)', '<script>') AND (stage, touchpoint, metric) = ('(all)', '(all)', 'nps')
   AND value = centre AND bucket > '2026-01-10' GROUP BY segment ORDER BY segment;
-- in longer buckets from the first one on that begins no sooner
CREATE TABLE long AS SELECT timestamptz '2026-01-01 12:00Z' + i * interval '1 day' AS at, 'buy' AS stage, i % 11 AS nps
  FROM generate_series(0, 149) AS i;
SELECT create_journey_map('years', 'long', at => 'at', stage => 'stage', nps => 'nps', bucket => 'day');
INSERT INTO years_notes (kind, note, noted_at) VALUES ('change', 'In the week', '2026-03-04'),
	('change', 'When one begins', '2026-04-06'), ('change', 'Before all', '2025-04-06'),
	('change', 'To come', '2027-04-06');
SELECT DISTINCT regexp_matches(journey_map_report('years'), 'new limits from ([-0-9]+) on', 'g') AS changes
 ORDER BY 1;
DELETE FROM shop_notes;

-- More than 100 buckets are drawn in longer ones; more than 15 drivers by the other method.
SELECT bucket, days, (cxjourney_internal.journey_map_grain(jsonb_build_object('bucket', bucket), '2026-01-01 00:00Z',
	timestamptz '2026-01-01 00:00Z' + days * interval '1 day')).*
  FROM (VALUES ('hour', 4), ('hour', 5), ('day', 99), ('day', 100), ('day', 699), ('week', 700), ('month', 3039),
	('month', 3040), ('quarter', 9130), ('year', 3000000)) AS v(bucket, days);
SELECT strpos(journey_map_report('moods', drivers => s), driver_svg(s, method => 'johnson')) > 0 AS johnson
  FROM (SELECT driver_agg(i, ARRAY(SELECT pg_temp.random_int(i, k, 9) FROM generate_series(1, 16) AS k)) AS s
	  FROM generate_series(1, 100) AS i) AS v;
-- Of 17 barriers 15 are shown, those with most to gain, and then how many more there are.
CREATE TABLE many_answers AS SELECT timestamptz '2026-01-01' AS at, format('stage %s', s) AS stage,
	CASE WHEN s < 20 THEN 9 + i % 2 ELSE (i + s) % 7 END AS nps
  FROM generate_series(1, 36) AS s, generate_series(1, 30 + s) AS i;
SELECT create_journey_map('many', 'many_answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT count(*) AS barriers FROM journey_map_barriers('many');
SELECT count(*) AS shown, count(*) FILTER (WHERE b.stage IS NOT NULL) AS with_most_impact
  FROM pg_temp.parts(journey_map_report('many'), '//h:table[@class="barriers"]//h:tr/h:td[1]') AS part
  LEFT JOIN (SELECT stage FROM journey_map_barriers('many') ORDER BY impact DESC LIMIT 15) AS b
	ON starts_with(part, b.stage || ' /');
SELECT part FROM pg_temp.parts(journey_map_report('many'), '//h:table[@class="barriers"]/following-sibling::h:p')
	AS part;
-- Labels that no breakdown has
SELECT octet_length(cxjourney_internal.journey_map_chart_label(repeat(name, n))) AS bytes,
	left(cxjourney_internal.journey_map_chart_label(repeat(name, n)), 10) AS label
  FROM (VALUES ('', 1), ('a', 255), ('a', 256), (U&'\017C', 200), (E'a\tb\x7f', 1)) AS v(name, n);

-- NULL and errors
SELECT journey_map_report(NULL) IS NULL AS no_name, journey_map_report('shop', language => NULL) IS NULL AS no_language;
-- of no answers there are no drivers, whatever their names; of no journeys no funnel
SELECT journey_map_report('shop', driver_names => '{one,two}') = journey_map_report('shop') AS names_alone,
	journey_map_report('shop', drivers => driver_agg(nps, ARRAY[happy]), driver_names => '{one,two}')
		= journey_map_report('shop') AS no_answers FROM answers WHERE false;
CREATE VIEW nobody AS SELECT journey FROM paths WHERE false;
SELECT string_agg(part, ' | ') AS headings
  FROM pg_temp.parts(journey_map_report('shop', journeys => 'nobody', path => 'find > get'), '//h:h2') AS part;
SELECT pg_temp.error_of(format('SELECT journey_map_report(%s)', arguments), ' | ')
  FROM (VALUES (1, $$'nowhere'$$), (2, $$'shop', 'nobody'$$), (3, $$'shop', period => '[2026-01-01,2026-01-01)'$$),
	(4, $$'shop', language => 'de'$$), (5, $$'shop', path => 'a > b'$$), (6, $$'shop', within => '1 day'$$),
	(7, $$'shop', journeys => 'answers'$$), (8, $$'moods', language => 'de'$$),
	(9, $$'shop', drivers => (SELECT drivers FROM summary), driver_names => '{one}'$$)) AS v(n, arguments) ORDER BY n;

-- With the rights of the reader alone. Comments are left out, and said to be, where he may not read them.
SELECT count(*) AS functions, count(*) FILTER (WHERE prosecdef) AS with_rights_of_another
  FROM pg_proc WHERE proname ~ '^journey_map_(report|page|trend_chart|shift_chart|journey|driver_chart|may_read)';
CREATE ROLE regress_report_reader;
GRANT USAGE ON SCHEMA map_report_test TO regress_report_reader;
GRANT SELECT ON shop_totals, shop_summaries, shop_targets, shop_definition, shop_comments, shop_barriers
	TO regress_report_reader;
SET ROLE regress_report_reader;
SELECT pg_temp.message_of($$SELECT journey_map_report('shop')$$) AS without_notes;
RESET ROLE;
GRANT SELECT ON shop_notes TO regress_report_reader;
SET ROLE regress_report_reader;
SELECT substring(journey_map_report('shop') FROM 'What customers wrote[^<]*') AS comments,
	strpos(journey_map_report('shop'), 'class="terms"') AS words;
SELECT pg_temp.message_of($$SELECT journey_map_report('shop', journeys => 'paths')$$) AS journeys;
RESET ROLE;
GRANT SELECT ON answers, paths TO regress_report_reader;
SET ROLE regress_report_reader;
SELECT strpos(journey_map_report('shop', journeys => 'paths'), 'class="terms"') > 0 AS words;
RESET ROLE;
DROP SCHEMA map_report_test CASCADE;
DROP ROLE regress_report_reader;
