-- Reports of maps that are out of the ordinary: an empty one, one without segments, touchpoints and comments on another
-- scale, a wide one, and one whose texts try to break out. psql variable "to": the directory that the pages are written into.
SET client_min_messages = warning;
CREATE SCHEMA odd;
SET search_path = odd, sample_shop, public;
CREATE TABLE answers (at timestamptz, stage text, place text, persona text, nps integer, csat integer, words text);
SELECT create_journey_map('empty', 'answers', at => 'at', stage => 'stage', nps => 'nps', comment => 'words');
SELECT create_journey_map('plain', 'answers', at => 'at', stage => 'stage', csat => 'csat', csat_scale => '[1,10]', csat_satisfied_from => 9);
SELECT create_journey_map('hostile', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona', nps => 'nps',
	comment => 'words', bucket => 'month');
SELECT create_journey_map('wide', 'answers', at => 'at', stage => $$'Etap podróży klienta nr ' || (nps + 1)$$,
	touchpoint => $$'Punkt styku o dość długiej nazwie nr ' || nps % 4$$, nps => '(nps * 7 + csat) % 11', csat => 'nps % 5 + 1', ces => 'csat % 7 + 1',
	bucket => 'month');
\o :to/report-empty.html
\pset tuples_only on
\pset format unaligned
SELECT journey_map_report('empty', title => '');
\o
CREATE TABLE labels AS SELECT n, label FROM unnest(ARRAY['</section><script>window.hacked = 1</script>', '"><img src=x onerror="window.hacked = 2">',
	'it''s "bold" & <b>&amp;</b> &#60;', ']]> <!-- --> </style>', 'Doświadczenie żółtych łosi', U&'\202Eturned', repeat('W', 90),
	U&'\5BA2\6237\65C5\7A0B\5730\56FE']) WITH ORDINALITY AS u (label, n);
INSERT INTO answers
SELECT timestamptz '2026-01-01 12:00Z' + (k * 181 / 5000) * interval '1 day', s.label, p.label, l.label, (hashint4(k * 31) & 1023) % 11,
	1 + (hashint4(k * 57) & 1023) % 10, CASE WHEN k % 3 = 0 THEN '<b>' || p.n || 'wort</b> "&amp; ' || s.n || 'nie' END
FROM generate_series(1, 5000) AS k JOIN labels AS s ON s.n = 1 + k % 8 JOIN labels AS p ON p.n = 1 + k / 8 % 8 JOIN labels AS l ON l.n = 1 + k % 3;
INSERT INTO hostile_notes (kind, note) SELECT 'persona', label FROM labels;
CREATE TABLE journeys AS SELECT k, journey_agg(label, timestamptz '2026-04-01 00:00Z' + n * k * interval '1 min') AS journey
FROM labels, generate_series(1, 300) AS k WHERE k % n = 0 GROUP BY k;
\o :to/report-hostile.html
SELECT journey_map_report('hostile', label, '[2026-04-01,2026-06-30]', title => label || label, journeys => 'journeys',
	drivers => (SELECT driver_agg(nps, ARRAY[csat, hashint4(csat) % 3]) FROM answers), driver_names => ARRAY[label, label])
FROM labels WHERE n = 2;
\o :to/report-plain.html
SELECT journey_map_report('plain', language => 'pl');
\o :to/report-wide.html
SELECT journey_map_report('wide', NULL, '[2026-04-01,2026-06-30]', 'pl', 'Mapa podróży z jedenastoma etapami');
\o
