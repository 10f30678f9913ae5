-- Maps for the browser: made-up cells behind journey_map_cells(), 7 stages of 6 touchpoints with long Polish labels, and
-- labels that try to break out. psql variable "to": the directory that the pictures are written into.
SET client_min_messages = warning;
CREATE TABLE made_up (
	map text, segment text, stage text, stage_position integer, touchpoint text, responses bigint,
	nps numeric, nps_low numeric, nps_high numeric, csat numeric, csat_low numeric, csat_high numeric,
	ces numeric, ces_low numeric, ces_high numeric, emotion numeric, invalid bigint, enough boolean,
	barrier boolean, barrier_metric text, impact numeric, nps_target numeric, nps_gap numeric, csat_target numeric, csat_gap numeric,
	ces_target numeric, ces_gap numeric, row_number integer GENERATED ALWAYS AS IDENTITY
);
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_cells_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT touchpoint text, OUT responses bigint,
	OUT nps numeric, OUT nps_low numeric, OUT nps_high numeric, OUT csat numeric, OUT csat_low numeric, OUT csat_high numeric,
	OUT ces numeric, OUT ces_low numeric, OUT ces_high numeric, OUT emotion numeric, OUT invalid bigint, OUT enough boolean,
	OUT barrier boolean, OUT barrier_metric text, OUT impact numeric, OUT nps_target numeric, OUT nps_gap numeric,
	OUT csat_target numeric, OUT csat_gap numeric, OUT ces_target numeric, OUT ces_gap numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT stage, stage_position, touchpoint, responses, nps, nps_low, nps_high, csat, csat_low, csat_high, ces, ces_low, ces_high,
		emotion, invalid, enough, barrier, barrier_metric, impact, nps_target, nps_gap, csat_target, csat_gap, ces_target, ces_gap
	FROM made_up WHERE map = $1 AND made_up.segment IS NOT DISTINCT FROM $2 ORDER BY row_number
$$;

-- The widest numbers that there may be, for the whole and each stage.
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_scores_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT metric text, OUT responses bigint, OUT value numeric, OUT low numeric,
	OUT high numeric, OUT change numeric, OUT change_p_value double precision, OUT enough boolean,
	OUT target numeric, OUT gap numeric, OUT barrier boolean, OUT impact numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT m.stage, m.position, s.*, m.position = 4, CASE WHEN m.position = 4 THEN 123.4 END FROM (SELECT DISTINCT stage, stage_position AS position FROM made_up WHERE map = $1
			AND made_up.segment IS NOT DISTINCT FROM $2 UNION ALL SELECT NULL, 0) AS m,
		(VALUES ('nps', 123456789::bigint, -100.0, -100.0, -100.0, -200.0, 0.001::double precision, true, 100.0, -200.0),
			('csat', 123456789, 100, 100, 100, 100, 0.5, true, 99.9, 0.1), ('ces', 1234, 4.85, 4.81, 4.89, -0.15, 0.001, false, NULL, NULL)) AS s
$$;

-- Barriers that are touchpoints at all of their stages.
CREATE TABLE made_up_barriers (map text, segment text, touchpoint text, metric text, impact numeric);
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_barriers_steps(name text, segment text, period daterange,
	OUT stage text, OUT touchpoint text, OUT metric text, OUT responses bigint, OUT value numeric, OUT rest numeric,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision, OUT rank bigint,
	OUT part_of text, OUT dispersion numeric) RETURNS SETOF record
LANGUAGE sql STABLE
AS $$
	SELECT '(all)', touchpoint, metric, 100::bigint, 0::numeric, 0::numeric, 0::numeric, impact, 0::double precision, 1::bigint,
		NULL::text, NULL::numeric
	FROM made_up_barriers WHERE map = $1 AND made_up_barriers.segment IS NOT DISTINCT FROM $2
$$;

-- The other tables of a map that a picture reads.
CREATE PROCEDURE make_tables(map text)
LANGUAGE plpgsql
AS $$
BEGIN
	EXECUTE format('CREATE TABLE %I AS SELECT text ''week'' AS bucket, text ''Europe/Warsaw'' AS timezone, ''{search,basket,delivery,returns}''::text[] AS stages', map || '_definition');
	EXECUTE format('CREATE TABLE %I (id integer GENERATED ALWAYS AS IDENTITY, segment text, stage text, touchpoint text, kind text, note text, noted_at timestamptz)', map || '_notes');
	EXECUTE format('CREATE TABLE %I (bucket timestamptz, segment text, first_at timestamptz, last_at timestamptz)', map || '_summaries');
END
$$;


CREATE TABLE stages (stage text, position integer, touchpoints text[]);
INSERT INTO stages VALUES
	('Świadomość', 1, '{Reklama w mediach społecznościowych,Wyszukiwarka internetowa,Polecenie znajomego,Artykuł na blogu,Reklama telewizyjna i radiowa,Stoisko w galerii handlowej}'),
	('Rozważanie zakupu i porównywanie ofert', 2, '{Strona produktu,Porównywarka cen,Opinie innych klientów,Konsultacja telefoniczna z doradcą,Czat na żywo,Wizyta w salonie sprzedaży}'),
	('Decyzja', 3, '{Koszyk,Konfigurator produktu,Kalkulator rat,Rozmowa z doradcą w sklepie stacjonarnym,Oferta przesłana e-mailem,Kod rabatowy}'),
	('Zakup', 4, '{Płatność kartą,Płatność BLIK,Formularz zamówienia,Potwierdzenie zamówienia,Faktura elektroniczna,Rejestracja konta klienta}'),
	('Doświadczenie i użytkowanie', 5, '{Dostawa kurierem,Odbiór w paczkomacie,Rozpakowanie przesyłki,Instrukcja obsługi urządzenia,Infolinia obsługi klienta i pomoc techniczna,Zwrot towaru i reklamacja}'),
	('Lojalność', 6, '{Program lojalnościowy,Newsletter,Aplikacja mobilna,Kupony urodzinowe,Serwis pogwarancyjny,Najdłuższaznanaludzkościnazwapunktustykubezjednejspacji w autoryzowanym punkcie naprawczym producenta}'),
	('Promocja', 7, '{Wystawienie opinii,Polecenie znajomemu,Media społecznościowe,Konkurs dla klientów,Program ambasadorski,Udostępnienie zdjęcia}');

-- The widest numbers there are: -100.0 to -100.0, and a count in the millions.
CREATE FUNCTION fill(map text, segment text, stage text, stage_position integer, touchpoint text, n bigint) RETURNS void
LANGUAGE sql
AS $$
	INSERT INTO made_up VALUES (map, segment, stage, stage_position, touchpoint, CASE WHEN n % 7 = 0 THEN 12 ELSE 1234567 * n END,
		-100 + 4 * n, -100 + 4 * n, -99.9 + 4 * n, 100 - n, 100 - n, 100, 1.23 + n / 10.0, 1.2 + n / 10.0, 1.3 + n / 10.0,
		(n * 37 % 41 - 20) / 10.0, 0, n % 7 <> 0, n % 5 = 0 AND n % 7 <> 0, (ARRAY['nps', 'csat', 'ces'])[1 + n % 3], n / 3.0)
$$;
SELECT count(fill('Sklep internetowy: mapa podróży klienta', NULL, stage, position, touchpoint, 6 * (position - 1) + number))
FROM stages, unnest(touchpoints) WITH ORDINALITY AS u(touchpoint, number);

CALL make_tables('Sklep internetowy: mapa podróży klienta');
INSERT INTO "Sklep internetowy: mapa podróży klienta_summaries" (bucket, first_at, last_at) VALUES ('2025-01-06', '2025-01-07', '2025-01-12'), ('2025-12-29', '2025-12-29', '2025-12-30');
INSERT INTO made_up_barriers VALUES ('Sklep internetowy: mapa podróży klienta', NULL, 'Newsletter', 'csat', 99.9),
	('Sklep internetowy: mapa podróży klienta', NULL, 'Newsletter', 'ces', 0.15);
UPDATE made_up SET nps_target = 30, nps_gap = nps - 30, ces_target = 5.5, ces_gap = ces - 5.5 WHERE stage_position IN (3, 5);
INSERT INTO "Sklep internetowy: mapa podróży klienta_notes" (stage, touchpoint, kind, note, noted_at)
SELECT stage, CASE WHEN n % 2 = 0 THEN touchpoints[n] END, kind,
	repeat('Kurier nie dzwoni, paczka wraca do sortowni i klient musi po nią jechać na drugi koniec miasta. ', n), timestamptz '2026-03-01 12:00Z'
FROM stages, unnest('{does,thinks,feels,barrier,idea,change}'::text[]) WITH ORDINALITY AS u(kind, number),
	generate_series(1, ((number * 7 + position * 3) % 4)::integer) AS n
UNION ALL
SELECT NULL, NULL, 'persona', note, timestamptz '2026-03-01 12:00Z' FROM unnest(ARRAY['Chce kupić szybko i bez zakładania konta', 'Porównuje ceny na telefonie, stojąc w sklepie',
	repeat('Kupuje dla całej rodziny, więc liczy się dla niej dostawa wszystkiego naraz i łatwy zwrot. ', 9), 'Najdłuższaznanaludzkościcechapersonybezjednejspacjiktórasięniemieściwwierszu',
	'„Jeśli przesyłka się spóźni, nie wrócę”.', '„Nie chcę dzwonić”.', 'x', '"ok"', '«Bon»', 'jeszcze jedna', 'i ostatnia']) AS note
UNION ALL
SELECT NULL, NULL, kind, 'Jeden numer sprawy we wszystkich kanałach', timestamptz '2026-03-01 12:00Z' FROM unnest('{feels,idea,change}'::text[]) AS kind;

-- What a label is, and what is to be seen of it.
CREATE TABLE labels (id integer GENERATED ALWAYS AS IDENTITY, label text, seen text);
INSERT INTO labels (label, seen) SELECT label, label FROM unnest(ARRAY[
	'</svg><script>window.hacked = 1</script>', '<img src=x onerror="window.hacked = 2">', '"; DROP TABLE x; --', 'it''s "bold" & <b>&amp;</b> &#60;',
	']]> <!-- -->', 'title of the page', 'Section 2', 'JOURNEY', 'accTitle: x', 'accDescr { x }', '%% comment %%{init: {}}%%', 'a: 5: b, c',
	'a; b # c #35; d', '---', 'style a:#b;', '[link](javascript:alert)', '`code` *bold* _it_', '${1+1} {{x}}',
	'Doświadczenie żółtych łosi', U&'\5BA2\6237\65C5\7A0B\5730\56FE\5BA2\6237\65C5\7A0B\5730\56FE\5BA2\6237\65C5\7A0B\5730\56FE',
	U&'\0645\0631\062D\0628\0627 \0628\0643\0645 (web) 5', U&'\05E9\05DC\05D5\05DD web: 5', U&'\0928\092E\0938\094D\0924\0947',
	U&'\+01F469\200D\+01F680 ok', repeat('W', 90), repeat('lW.', 30)]) AS label;
INSERT INTO labels (label, seen) VALUES
	(E'one\ntwo\r\n\tthree', 'one two three'), ('', '(none)'), (NULL, '(none)'), (U&'\0001\0008\000B\001Bx\FFFE', 'x'), (U&'\202Eturned', 'turned'),
	(U&'\00A0\3000title x', 'title x');
SELECT count(fill('hostile', label, label, 1, label, id)), count(fill('hostile', 'all', label, id, label, id)) FROM labels;
SELECT count(fill('narrow', NULL, 'one', 1, 'alone', 1));
-- 12 stages in many alphabets, and 30 touchpoints, some at several of them.
SELECT count(fill('wide', NULL, stage, position::integer, touchpoint, 3 * position + n))
FROM unnest(ARRAY['Discover', 'Porównanie ofert', U&'\8003\616E\3059\308B', U&'\0645\0642\0627\0631\0646\0629', 'Entscheidungsfindung',
		U&'\+01F6D2 Checkout', U&'\041E\043F\043B\0430\0442\0430', U&'\914D\9001\4E2D', 'Onboarding', U&'\05EA\05DE\05D9\05DB\05D4', 'Renouvellement', 'Leave'])
		WITH ORDINALITY AS s(stage, position),
	LATERAL (SELECT n, (ARRAY['Website', 'Mobile app', 'Newsletter', U&'\5E97\8217', U&'\0645\062A\062C\0631', U&'\+01F4DE Hotline',
			'Außendienst', 'Chat'])[1 + (n * 5 + position) % 8] AS touchpoint FROM generate_series(1, 2 + position % 3) AS n) AS t;
INSERT INTO made_up_barriers VALUES ('wide', NULL, U&'\5E97\8217', 'nps', 2.5);
CALL make_tables('wide');
INSERT INTO wide_notes (kind, note, noted_at) SELECT 'persona', note, '2026-03-01 12:00Z'
FROM unnest(ARRAY[U&'\5BB6\65CF\306E\305F\3081\306B\5B89\5168\306A\3082\306E\3092\9078\3073\305F\3044', U&'"\0644\0627 \0623\0631\064A\062F \0627\0644\0627\0646\062A\0638\0627\0631"', 'Wants one number to call']) AS note;
-- and 3 stages
SELECT count(fill('three', NULL, stage, position::integer, touchpoint, 4 + n + position))
FROM unnest('{Find,Buy,Use}'::text[]) WITH ORDINALITY AS s(stage, position), unnest('{Web,App,Store}'::text[]) WITH ORDINALITY AS t(touchpoint, n);
CALL make_tables('hostile');
INSERT INTO hostile_notes (segment, stage, kind, note, noted_at)
SELECT label, NULL, 'persona', said, timestamptz '2026-03-01 12:00Z' FROM labels, unnest(ARRAY[label, concat('"', label, '"')]) AS said
UNION ALL
SELECT NULL, stage, kind, label, timestamptz '2026-03-01 12:00Z' FROM labels, unnest(ARRAY[label, NULL]) AS stage, unnest('{does,barrier,change}'::text[]) AS kind;

\pset tuples_only on
\pset format unaligned
CREATE TABLE pictures AS
SELECT 'polish' AS file, journey_map_svg(name, language => 'pl') AS svg, journey_map_mermaid(name, language => 'pl') AS mermaid,
	(SELECT json_agg(touchpoint) FROM made_up WHERE map = name) AS labels
FROM (VALUES ('Sklep internetowy: mapa podróży klienta')) AS map(name)
UNION ALL SELECT 'narrow', journey_map_svg('narrow'), journey_map_mermaid('narrow'), '["alone"]'
UNION ALL SELECT file, journey_map_svg(file), journey_map_mermaid(file), (SELECT json_agg(touchpoint) FROM made_up WHERE map = file) FROM unnest('{wide,three}'::text[]) AS file
UNION ALL SELECT 'empty', journey_map_svg('empty'), journey_map_mermaid('empty'), '[]'
UNION ALL SELECT 'hostile', journey_map_svg('hostile', 'all'), journey_map_mermaid('hostile', 'all'), (SELECT json_agg(seen ORDER BY id) FROM labels)
UNION ALL SELECT 'hostile' || id, journey_map_svg('hostile', label), journey_map_mermaid('hostile', label), json_build_array(seen) FROM labels WHERE label IS NOT NULL;
SELECT format($sql$
\o %1$s/%2$s.svg
SELECT svg FROM pictures WHERE file = %2$L;
\o %1$s/%2$s.mmd
SELECT mermaid FROM pictures WHERE file = %2$L;
\o %1$s/%2$s.json
SELECT labels FROM pictures WHERE file = %2$L;
$sql$, :'to', file) FROM pictures
\g (format=unaligned tuples_only=on) :to/write.sql
\i :to/write.sql
