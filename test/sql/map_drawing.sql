-- The pictures of a journey map, drawn from made-up cells: what journey_map_cells() does is replaced until the end of
-- the transaction.
\set VERBOSITY terse
SET client_min_messages = warning;
BEGIN;
CREATE TABLE made_up (
	map text, segment text, stage text, stage_position integer, touchpoint text, responses bigint,
	nps numeric, nps_low numeric, nps_high numeric, csat numeric, csat_low numeric, csat_high numeric,
	ces numeric, ces_low numeric, ces_high numeric, emotion numeric, invalid bigint, enough boolean,
	barrier boolean, barrier_metric text, impact numeric, nps_target numeric, nps_gap numeric, csat_target numeric,
	csat_gap numeric,
	ces_target numeric, ces_gap numeric, row_number integer GENERATED ALWAYS AS IDENTITY
);
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_cells_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT touchpoint text, OUT responses bigint,
	OUT nps numeric, OUT nps_low numeric, OUT nps_high numeric, OUT csat numeric, OUT csat_low numeric,
	OUT csat_high numeric,
	OUT ces numeric, OUT ces_low numeric, OUT ces_high numeric, OUT emotion numeric, OUT invalid bigint,
	OUT enough boolean,
	OUT barrier boolean, OUT barrier_metric text, OUT impact numeric, OUT nps_target numeric, OUT nps_gap numeric,
	OUT csat_target numeric, OUT csat_gap numeric, OUT ces_target numeric, OUT ces_gap numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT stage, stage_position, touchpoint, responses, nps, nps_low, nps_high, csat, csat_low, csat_high, ces,
		ces_low, ces_high, emotion, invalid, enough, barrier, barrier_metric, impact, nps_target, nps_gap,
		csat_target, csat_gap, ces_target, ces_gap
	FROM made_up WHERE map = $1 AND made_up.segment IS NOT DISTINCT FROM $2 ORDER BY row_number
$$;
CREATE TABLE made_up_scores (map text, segment text, stage text, stage_position integer, metric text, responses bigint,
	value numeric, low numeric, high numeric, change numeric, change_p_value double precision, enough boolean,
	target numeric, gap numeric, barrier boolean, impact numeric);
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_scores_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT metric text, OUT responses bigint, OUT value numeric,
	OUT low numeric,
	OUT high numeric, OUT change numeric, OUT change_p_value double precision, OUT enough boolean,
	OUT target numeric, OUT gap numeric, OUT barrier boolean, OUT impact numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT stage, stage_position, metric, responses, value, low, high, change, change_p_value, enough, target, gap,
		barrier, impact
	FROM made_up_scores WHERE map = $1 AND made_up_scores.segment IS NOT DISTINCT FROM $2 ORDER BY stage_position
$$;

-- Barriers that are touchpoints at all of their stages.
CREATE TABLE made_up_barriers (map text, segment text, touchpoint text, metric text, impact numeric);
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_barriers_steps(name text, segment text, period daterange,
	OUT stage text, OUT touchpoint text, OUT metric text, OUT responses bigint, OUT value numeric, OUT rest numeric,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision, OUT rank bigint,
	OUT part_of text, OUT dispersion numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT '(all)', touchpoint, metric, 100::bigint, 0::numeric, 0::numeric, 0::numeric, impact, 0::double precision,
		1::bigint, NULL::text, NULL::numeric
	FROM made_up_barriers WHERE map = $1 AND made_up_barriers.segment IS NOT DISTINCT FROM $2
$$;

-- The other tables of a map that a picture reads.
CREATE PROCEDURE make_tables(map text)
LANGUAGE plpgsql
AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I AS SELECT text ''week'' AS bucket, text ''Europe/Warsaw'' AS timezone,
		''{search,basket,delivery,returns}''::text[] AS stages', map || '_definition');
	EXECUTE format('CREATE TABLE %I (id integer GENERATED ALWAYS AS IDENTITY, segment text, stage text, touchpoint text,
		kind text, note text, noted_at timestamptz)', map || '_notes');
	EXECUTE format('CREATE TABLE %I (bucket timestamptz, segment text, first_at timestamptz, last_at timestamptz)',
		map || '_summaries');
END
$$;

-- A small map: a barrier, a touchpoint with few answers, one without emotion.
INSERT INTO made_up VALUES
	('shop', NULL, 'search', 1, 'web', 1234, 33.64, 30.06, 36.95, NULL, NULL, NULL, 5.455, 5.394, 5.516, 0.8, 0, true,
		false, NULL, NULL),
	('shop', NULL, 'search', 1, 'app', 12, 10, -31.25, 48.75, NULL, NULL, NULL, NULL, NULL, NULL, 0.2, 0, false, false,
		NULL, NULL),
	('shop', NULL, 'delivery', 3, 'courier', 800, -20.5, -25.1, -15.9, NULL, NULL, NULL, 4, 3.9, 4.1, -1.4, 0, true,
		true, 'nps', 3.25),
	('shop', NULL, 'returns', 4, 'web', 40, 0, -20, 20, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, true, false, NULL,
		NULL);
SELECT journey_map_mermaid('shop');

-- What the SVG says, element by element. Its CSAT was never asked, so it is not there.
CREATE FUNCTION pg_temp.texts(svg text) RETURNS TABLE (part text)
LANGUAGE sql
AS $$
	SELECT part::text
	FROM unnest(xpath('//s:text/text()', xmlparse(document svg), '{{s,http://www.w3.org/2000/svg}}')) WITH ORDINALITY
		AS u(part, n)
	ORDER BY n
$$;
SELECT * FROM pg_temp.texts(journey_map_svg('shop'));
SELECT * FROM pg_temp.texts(journey_map_svg('shop', language => 'PL'));
SELECT xpath('/s:svg/s:title/text()', xml, ns) AS title, xpath('/s:svg/s:desc/text()', xml, ns) AS description,
	xpath('/s:svg/@role', xml, ns) AS role
FROM (SELECT xmlparse(document journey_map_svg('shop')) AS xml,
	'{{s,http://www.w3.org/2000/svg}}'::text[] AS ns) AS picture;

-- Scores: emotion -2 .. 2 is 1 .. 5, and what lies outside is clamped.
INSERT INTO made_up (map, stage, stage_position, touchpoint, emotion, enough)
SELECT 'scores', 'all', 1, e::text, e, true FROM unnest('{-9,-2,-1.51,-1.5,-0.51,-0.5,0,0.49,0.5,1.5,2,9}'::numeric[])
	AS e;
SELECT journey_map_mermaid('scores');

-- What the map itself calls (all) and (none) is said in words.
INSERT INTO made_up (map, stage, stage_position, touchpoint, emotion, enough)
VALUES ('plain', 'search', 1, '(all)', 1, true), ('plain', '(none)', 2, '(none)', 1, true);
SELECT part FROM unnest('{en,pl}'::text[]) AS language, pg_temp.texts(journey_map_svg('plain', NULL, NULL, language))
WHERE part ~ '^(All|Wsz|\()';

-- Hostile labels.
CREATE TABLE hostile (label text);
INSERT INTO hostile VALUES
	('</svg><script>alert(1)</script>'), ('"; DROP TABLE made_up; --'), ('it''s <b>"bold"</b> & &amp; &#60;'),
	(']]> <!-- -->'),
	('title of the page'), ('Section 2'), ('JOURNEY'), ('accTitle: x'), ('accDescr { x }'), (U&'\00A0\3000title x'),
	('%% comment %%{init: {}}%%'),
	('a: 5: b'), ('a; b # c'), (E'one\ntwo\r\n\tthree'), ('---'), (''), ('   '), (NULL),
	(U&'\0001\0008\000B\001B\007F\0085\FFFE\FFFF\+01FFFFx'), (U&'\202E\2066turned'),
	(U&'z\0301\0302\0303\0304\0305\0306\0307'),
	('Doświadczenie żółtych łosi'), (U&'\0645\0631\062D\0628\0627 (web) 5'), (U&'\5BA2\6237\65C5\7A0B'),
	(U&'\+01F469\200D\+01F680 ok'),
	(repeat('W', 500)), (repeat('long words ', 100)), ('ﬂ°°60¶ß'), ('style a:#b;');
INSERT INTO made_up (map, stage, stage_position, touchpoint, responses, nps, nps_low, nps_high, emotion, enough,
	barrier, barrier_metric, impact)
SELECT '"; DROP TABLE x; --', label, row_number() OVER (), label, 100, 1, 0, 2, 1, true, true, label, 1 FROM hostile;
INSERT INTO made_up_scores SELECT map, segment, stage, stage_position, 'nps', 100, 1, 0, 2, 1, 0.5, true FROM made_up
WHERE map = '"; DROP TABLE x; --' AND stage IS NOT NULL;
\pset format unaligned
SELECT journey_map_mermaid('"; DROP TABLE x; --');
\pset format aligned

-- Each of them, in every place: well-formed, without any element that does not belong there, and without control
-- characters.
INSERT INTO made_up (map, segment, stage, stage_position, touchpoint, responses, nps, nps_low, nps_high, emotion,
	enough, barrier, barrier_metric, impact)
SELECT 'h' || row_number() OVER (), label, label, 1, label, 100, 1, 0, 2, 1, true, true, label, 1 FROM hostile;
DO $$
DECLARE
	map text;
BEGIN
	FOR map IN SELECT 'h' || i FROM generate_series(1, (SELECT count(*) FROM hostile)) AS i LOOP
		CALL make_tables(map);
		EXECUTE format('INSERT INTO %I (stage, touchpoint, kind, note, noted_at)
			SELECT stage, label, kind, label, ''2026-01-01 12:00Z''
			FROM hostile, unnest(ARRAY[label, NULL, ''elsewhere'']) AS stage,
				unnest(''{does,thinks,feels,barrier,idea,change,other}''::text[]) AS kind', map || '_notes');
		EXECUTE format('INSERT INTO %I (segment, kind, note) SELECT segment, ''persona'', note FROM hostile,
			(SELECT DISTINCT segment FROM made_up WHERE map = %L) AS s,
			unnest(ARRAY[label, concat(''"'', label, ''"'')]) AS note', map || '_notes', map);
	END LOOP;
END
$$;
CREATE TABLE pictures AS
SELECT map, segment, language, journey_map_svg(map, segment, NULL, language, segment) AS svg,
	journey_map_mermaid(map, segment, NULL, language, segment) AS mermaid
FROM (SELECT DISTINCT map, segment FROM made_up WHERE map <> 'scores') AS maps, unnest('{en,pl}'::text[]) AS language;
SELECT count(*) AS pictures, count(*) FILTER (WHERE xml_is_well_formed_document(svg)) AS well_formed,
	count(*) FILTER (WHERE svg ~ U&'[\0001-\0008\000B-\001F\007F-\009F\202A-\202E\2066-\2069]')
		AS with_control_characters
FROM pictures;
SELECT string_agg(DISTINCT tag[1] COLLATE "C", ' ') AS elements
FROM pictures, regexp_matches(svg, '<([^ />]+)', 'g') AS tag;
SELECT string_agg(DISTINCT attribute[1] COLLATE "C", ' ') AS attributes
FROM pictures, regexp_matches(svg, '<[^>]*>', 'g') AS tag, regexp_matches(tag[1], '([^ ="]+)="', 'g') AS attribute;

-- Without its entities, every line of a diagram is one of these, and no label begins with a keyword.
CREATE TABLE lines AS
SELECT regexp_replace(line, '#\d+;', '~', 'g') AS line
FROM pictures, regexp_split_to_table(rtrim(mermaid, E'\n'), '\n') AS line;
SELECT DISTINCT CASE
		WHEN line = 'journey' THEN line
		WHEN line ~ '^    title [^:;#%]+$' THEN 'title'
		WHEN line ~ '^    accDescr: [^:;#%]+$' THEN 'description'
		WHEN line ~ '^    section [^:;#%]+$' THEN 'section'
		WHEN line ~ '^        [^:;#%]+: [1-5]: [^:;#%,]+$' THEN 'task'
		ELSE 'something else: ' || line
	END AS kind
FROM lines ORDER BY kind;
SELECT count(*) AS keywords FROM lines
WHERE line ~* '^    (title|section) \s*(journey|title|section|acctitle|accdescr)'
	OR line ~* '^        \s*(journey|title|section|acctitle|accdescr)';

-- Notes: a stage that has only notes is a column, at its place in the journey; those of another persona are left out,
-- and named where all are shown.
INSERT INTO made_up SELECT 'shop', 'students', stage, stage_position, touchpoint, responses FROM made_up
WHERE map = 'shop' AND segment IS NULL;
CALL make_tables('shop');
INSERT INTO shop_notes (segment, stage, touchpoint, kind, note, noted_at) VALUES
	(NULL, 'search', NULL, 'does', 'compares prices', NULL),
	('students', 'search', 'app', 'thinks', 'too expensive', NULL),
	('families', 'search', NULL, 'feels', 'in a hurry', NULL),
	(NULL, 'advocacy', NULL, 'idea', 'ask for reviews', NULL),
	(NULL, 'basket', NULL, 'idea', 'show the delivery day', NULL),
	(NULL, NULL, NULL, 'change', 'new carrier', '2026-02-28 23:30Z');
SELECT part FROM pg_temp.texts(journey_map_svg('shop'))
WHERE part ~ '(search|basket|delivery|prices|expensive|students|hurry|reviews|carrier|advocacy|Whole)';
SELECT part FROM pg_temp.texts(journey_map_svg('shop', 'students'))
WHERE part ~ '(prices|expensive|hurry|reviews|carrier|advocacy|Segment)';

-- The days of the first and the last answer, in the time zone of the map: of a segment and a period, whatever the
-- buckets are.
INSERT INTO shop_summaries VALUES ('2025-12-29 00:00 Europe/Warsaw', 'students', '2025-12-31 22:30Z',
	'2026-01-02 12:00Z'),
	('2026-03-23 00:00 Europe/Warsaw', 'students', '2026-03-24 08:00Z', '2026-03-24 23:30Z'),
	('2025-12-22 00:00 Europe/Warsaw', '(all)', '2025-12-23 23:30Z', '2025-12-23 23:30Z');
SELECT part FROM (VALUES (NULL), ('students'), ('(none)')) AS s(segment),
	pg_temp.texts(journey_map_svg('shop', segment)) WHERE part ~ 'Answers:';
SELECT part FROM unnest('{[2025-12-29\,2026-01-04],[2026-01-05\,),[2025-12-22\,2026-03-22]}'::daterange[]) AS period,
	pg_temp.texts(journey_map_svg('shop', NULL, period)) WHERE part ~ 'Answers:';

-- What the whole and its stages score: a tile for each metric, a box for each stage, with a dash where there are no
-- answers.
CREATE FUNCTION pg_temp.part(svg text, part text) RETURNS TABLE (texts text)
LANGUAGE sql
AS $$
	SELECT array_to_string(xpath('//s:text/text()', element, '{{s,http://www.w3.org/2000/svg}}'), ' | ')
	FROM unnest(xpath(format('//s:g[@data-part="%s"]', part), xmlparse(document svg),
		'{{s,http://www.w3.org/2000/svg}}'))
		WITH ORDINALITY AS u(element, n)
	ORDER BY n
$$;
SELECT count(*) AS none FROM unnest('{headline,score}'::text[]) AS kind, pg_temp.part(journey_map_svg('shop'), kind);
INSERT INTO made_up_scores VALUES ('shop', NULL, NULL, 0, 'nps', 1234567, 33.64, 33.1, 34.2, NULL, NULL, true),
	('shop', NULL, NULL, 0, 'ces', 20, 5.455, 5.1, 5.8, NULL, NULL, false),
	('shop', NULL, 'search', 1, 'nps', 1246, -100, -100, -99.9, NULL, NULL, true),
	('shop', NULL, 'delivery', 3, 'ces', 20, 5.455, 5.1, 5.8, NULL, NULL, false);
SELECT kind, texts FROM unnest('{headline,score}'::text[]) AS kind, pg_temp.part(journey_map_svg('shop'), kind);
SELECT texts FROM pg_temp.part(journey_map_svg('shop', language => 'pl'), 'headline');
SELECT xpath('/s:svg/s:desc/text()', xmlparse(document journey_map_svg('shop')),
	'{{s,http://www.w3.org/2000/svg}}') AS description;
SELECT substring(journey_map_mermaid('shop', language => language) FROM 'title[^\n]*') AS title
FROM unnest('{en,pl}'::text[]) AS language;
-- and the change since the period before, whose direction an arrow and a sign say; what rounds to nothing has neither
UPDATE made_up_scores SET change = CASE WHEN stage_position = 0 THEN CASE metric WHEN 'nps' THEN 4.24 ELSE -0.004 END
	ELSE -12.34 END,
	change_p_value = CASE metric WHEN 'nps' THEN 0.04 ELSE 0.05 END;
SELECT kind, texts FROM unnest('{headline,score}'::text[]) AS kind,
	pg_temp.part(journey_map_svg('shop', language => 'pl'), kind);
SELECT (xpath('string(/*)', element))[1] AS text, (xpath('/*/@font-weight', element))[1] AS weight
FROM unnest(xpath('//s:g[@data-part]/s:text', xmlparse(document journey_map_svg('shop')),
	'{{s,http://www.w3.org/2000/svg}}')) AS element
WHERE (xpath('string(/*)', element))[1]::text ~ '^[=\u25B2\u25BC]';
SELECT part FROM pg_temp.texts(journey_map_svg('shop')) WHERE part ~ 'period';
-- and goals: whether they are reached, and how far they are; of a metric that no stage has a goal for there is no line
UPDATE made_up_scores SET target = CASE metric WHEN 'nps' THEN 33.60 ELSE 5.50 END,
	gap = CASE metric WHEN 'nps' THEN 0.04 ELSE -0.045 END WHERE stage_position = 0;
UPDATE made_up_scores SET target = 30, gap = -130 WHERE stage = 'search';
SELECT kind, texts FROM unnest('{headline,score}'::text[]) AS kind, pg_temp.part(journey_map_svg('shop'), kind);
SELECT texts FROM pg_temp.part(journey_map_svg('shop', language => 'pl'), 'headline');
SELECT kind, count(*) AS marks, count(*) FILTER (WHERE element::text LIKE '%fill="#ffffff"%') AS short
FROM unnest('{headline,score}'::text[]) AS kind, unnest(xpath(format('//s:g[@data-part="%s"]/s:circle', kind),
	xmlparse(document journey_map_svg('shop')), '{{s,http://www.w3.org/2000/svg}}')) AS element
GROUP BY kind ORDER BY kind;
SELECT part FROM pg_temp.texts(journey_map_svg('shop')) WHERE part ~ 'goal';
SELECT (xpath('/s:svg/s:desc/text()', xmlparse(document journey_map_svg('shop')),
	'{{s,http://www.w3.org/2000/svg}}'))[1] AS description;
-- A whole stage that is a barrier (of one touchpoint it is that one), and a touchpoint at all of its stages; of several
-- metrics the first. One that is a barrier by itself stays so.
UPDATE made_up_scores SET barrier = true, impact = CASE stage WHEN 'search' THEN 2.34 ELSE 9 END
WHERE stage IN ('search', 'delivery');
INSERT INTO made_up_scores SELECT map, segment, stage, stage_position, 'ces', 20, 4, 3, 5, NULL, NULL, false, NULL,
	NULL, true, 0.2
FROM made_up_scores WHERE stage = 'search';
INSERT INTO made_up_barriers VALUES ('shop', NULL, 'web', 'csat', 0.456), ('shop', NULL, 'web', 'ces', 0.2),
	('shop', NULL, 'courier', 'ces', 0.1);
SELECT kind, texts FROM unnest('{score,card}'::text[]) AS kind, pg_temp.part(journey_map_svg('shop'), kind)
WHERE texts ~ '(Barrier|Overall)';
SELECT part FROM pg_temp.texts(journey_map_svg('shop', language => 'pl')) WHERE part ~ '(Bariera$|Ogółem|razem)';
SELECT (xpath('/s:svg/s:desc/text()', xmlparse(document journey_map_svg('shop')),
	'{{s,http://www.w3.org/2000/svg}}'))[1] AS description;
DELETE FROM made_up_barriers;
DELETE FROM made_up_scores;

-- The persona: its notes in the order of their writing, what it says in italics; of just this segment, or of none.
SELECT count(*) AS none FROM pg_temp.part(journey_map_svg('shop'), 'persona');
INSERT INTO shop_notes (segment, kind, note) VALUES ('students', 'persona', 'Has no money: 5 euros # a day'),
	('students', 'persona', '"How much is it with the delivery?"'), ('families', 'persona', 'Buys once a week'),
	(NULL, 'persona', 'Wants it today'), ('students', 'persona', 'Says "no" to shops');
SELECT segment, part FROM (VALUES (NULL), ('students')) AS s(segment), LATERAL (
	SELECT array_to_string(xpath('//s:text/text()', element, '{{s,http://www.w3.org/2000/svg}}'), ' | ') AS part
	FROM unnest(xpath('//s:g[@data-part="persona"]', xmlparse(document journey_map_svg('shop', segment)),
		'{{s,http://www.w3.org/2000/svg}}')) AS element) AS p;
SELECT (xpath('string(/*)', element))[1] AS italic
FROM unnest(xpath('//s:g[@font-style="italic"]//s:text', xmlparse(document journey_map_svg('shop', 'students')),
	'{{s,http://www.w3.org/2000/svg}}')) AS element;
SELECT count(*) AS elsewhere FROM pg_temp.texts(journey_map_svg('shop')) WHERE part ~ '(money|delivery[?]|week)';
SELECT (xpath('/s:svg/s:desc/text()', xmlparse(document journey_map_svg('shop', 'students')),
	'{{s,http://www.w3.org/2000/svg}}'))[1] AS description;
SELECT line FROM regexp_split_to_table(journey_map_mermaid('shop', 'students'), '\n') AS line WHERE line ~ 'accDescr';
-- nine of them; each in four lines
INSERT INTO shop_notes (segment, kind, note) SELECT 'families', 'persona', repeat('wants more ', n * n * 2)
FROM generate_series(1, 11) AS n;
SELECT count(*) AS lines, count(*) FILTER (WHERE texts LIKE '%…') AS cut,
	max(texts) FILTER (WHERE texts ~ '^[+]') AS rest
FROM (SELECT unnest(xpath('//s:g[@data-part="persona"]//s:text/text()',
	xmlparse(document journey_map_svg('shop', 'families')),
	'{{s,http://www.w3.org/2000/svg}}'))::text AS texts) AS t;

-- Goals, drawn below the metric they are for; in the units of the metric.
UPDATE made_up SET nps_target = 30, nps_gap = nps - 30, ces_target = 4.50, ces_gap = ces - 4.5
WHERE map = 'shop' AND segment IS NULL AND stage IN ('search', 'delivery');
SELECT part FROM pg_temp.texts(journey_map_svg('shop')) WITH ORDINALITY AS t(part, n)
WHERE n > (SELECT min(n) FROM pg_temp.texts(journey_map_svg('shop')) WITH ORDINALITY AS t(part, n) WHERE part = 'web')
	ORDER BY n LIMIT 30;
SELECT DISTINCT part COLLATE "C" FROM pg_temp.texts(journey_map_svg('shop', language => 'pl'))
WHERE part ~ '^(Cel|osi|brak)' ORDER BY 1;

-- Stages of the canonical journey are translated, whatever the case; others are not, even if they are canonical in
-- Polish.
INSERT INTO made_up (map, stage, stage_position, touchpoint, emotion, enough)
SELECT 'canonical', stage, n, 'web', 1, n < 3 FROM
	unnest('{awareness,Advocacy,PURCHASE,decyzja,basket,Awareness}'::text[]) WITH ORDINALITY AS u(stage, n);
SELECT journey_map_mermaid('canonical', language => 'pl', title => 'Sklep: mapa');
SELECT part FROM unnest('{pl,en}'::text[]) AS language,
	pg_temp.texts(journey_map_svg('canonical', language => language, title => '<Sklep>'))
WHERE part ~* '(sklep|promocja|zakup|decyzja|basket|wiadomo|awareness|purchase|advocacy)';

-- A touchpoint stands in one row in all its stages, those of one stage in what is left; packed where that would take
-- too many rows.
CREATE FUNCTION pg_temp.rows(svg text) RETURNS TABLE (y integer, cards text)
LANGUAGE sql
AS $$
	SELECT dense_rank() OVER (ORDER BY y), string_agg(title, ' ' ORDER BY x)
	FROM (SELECT ((xpath('//@y', rect))[1]::text)::integer AS y, ((xpath('//@x', rect))[1]::text)::integer / 228 AS x,
			(xpath('string(/*/*[1])', element))[1]::text || '@'
				|| ((xpath('//@x', rect))[1]::text)::integer / 228 AS title
		FROM unnest(xpath('//s:g[@data-part="card"]', xmlparse(document svg), '{{s,http://www.w3.org/2000/svg}}'))
			AS element,
			LATERAL (SELECT (xpath('/s:g/s:rect[1]', element, '{{s,http://www.w3.org/2000/svg}}'))[1] AS rect) AS r)
				AS card
	GROUP BY y ORDER BY y
$$;
INSERT INTO made_up (map, stage, stage_position, touchpoint, responses, emotion, enough)
SELECT 'rows', 's' || n, n, unnest(string_to_array(cards, ' ')), 100, 1, true
FROM unnest('{app web,phone web,app mail phone,web}'::text[]) WITH ORDINALITY AS s(cards, n);
SELECT * FROM pg_temp.rows(journey_map_svg('rows'));
INSERT INTO made_up (map, stage, stage_position, touchpoint, responses, emotion, enough)
SELECT 'many rows', 's' || row_number() OVER (), row_number() OVER (), unnest(ARRAY['t' || a, 't' || b]), 100, 1, true
FROM generate_series(1, 6) AS a, generate_series(1, 6) AS b WHERE a < b;
SELECT y, length(cards) > 0 AS cards FROM pg_temp.rows(journey_map_svg('many rows'));

-- A long word makes the name of a stage or touchpoint smaller before it is cut in two.
INSERT INTO made_up (map, stage, stage_position, touchpoint, emotion, enough)
VALUES ('long', 'Decision', 1, 'Short', 1, true),
	('long', 'Entscheidungsfindung', 2, 'Suchmaschinenoptimierung', 1, true),
	('long', repeat('w', 30), 3, repeat('m', 20), 1, true);
SELECT (xpath('string(/*)', element))[1] AS name, (xpath('/*/@font-size', element))[1] AS size
FROM unnest(xpath('//s:g[@data-part="stage" or @data-part="card"]/s:g/s:text',
	xmlparse(document journey_map_svg('long')),
	'{{s,http://www.w3.org/2000/svg}}')) AS element;

-- No answers, NULLs, another language.
SELECT part FROM pg_temp.texts(journey_map_svg('nothing'));
SELECT journey_map_mermaid('nothing');
SELECT journey_map_svg(NULL) IS NULL AS svg, journey_map_svg('shop', language => NULL) IS NULL AS language,
	journey_map_mermaid(NULL) IS NULL AS mermaid,
	journey_map_mermaid('shop', language => NULL) IS NULL AS mermaid_language;
\set VERBOSITY default
SELECT journey_map_svg('shop', language => 'de');
SELECT journey_map_mermaid('shop', language => '');
ROLLBACK;
