--
-- The type journey_touchpoint: text, parts, channels, order, storage; and the
-- catalog of touchpoints.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset null (null)

-- the channel in lower case, the place as it is, white space around both left out
SELECT input, t, channel(t), place(t), is_online(t)
  FROM unnest(ARRAY[
	'web:checkout', 'Web:Checkout', ' WEB : Basket Page ', E'\tapp:\nhome\r\n', 'store:Kraków, Rynek 12',
	'web:https://example.com/a?b=c', 'tv:20:00', 'call center:complaints', 'ŻABKA:Półka',
	'витрина:Москва', 'phone:客服', 'a:b', 'x::', 'x: : ', 'e-mail:Zażółć "gęślą" jaźń'
  ]) input, CAST(input AS journey_touchpoint) t;
SELECT journey_touchpoint('Web', 'Checkout') AS parts, journey_touchpoint(' APP ', ' a:b ') AS trimmed,
       journey_touchpoint('WEB:checkout') AS literal, 'WEB:checkout'::varchar::journey_touchpoint AS varchar;

-- which letters of a channel are lower-cased; the second column must be the same everywhere
SELECT kind, channel(journey_touchpoint(letters, 'x')) AS channel
  FROM (VALUES (1, 'ASCII', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ @[\]^_`{|}~0123456789'),
               (2, 'Polish', 'ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż'),
               (3, 'Latin-1', 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ ÐÑÒÓÔÕÖØÙÚÛÜÝÞ'),
               (3, 'Latin-1', 'ß×÷ÿ'),
               (4, 'Latin Extended-A', 'ĀĎĚĞĢĦĪĮİıĲĴĶĸĹĽŇŊ'),
               (5, 'Latin Extended-A', 'ŐŒŘŞŠŢŤŮŰŸŽſ ȘȚ'),
               (6, 'Greek', 'ΆΈΉΊΌΎΏΑΒΓΔΩ άω'),
               (7, 'Cyrillic', 'ЂЄІЇЁАБВГҐЯ яґӀ'),
               (8, 'others stay', '€ＷẞⅧ Ａ 客户')) v(i, kind, letters) ORDER BY i, letters COLLATE "C";

-- limits are in bytes, after trimming: 63 of channel, 191 of place
SELECT length(channel(t)) AS channel, length(place(t)) AS place, octet_length(t::text) AS bytes
  FROM (VALUES (journey_touchpoint(repeat('W', 63) || '  ', ' ' || repeat('p', 191))),
               (journey_touchpoint(repeat('Ż', 31), repeat('ą', 95)))) v(t);

-- a no-break space is no control character
SELECT E'web:\u00a0'::journey_touchpoint::text = E'web:\u00a0' AS no_break_space_is_no_control;

-- NULL in, NULL out
SELECT what, is_null
  FROM (VALUES ('from text', NULL::text::journey_touchpoint IS NULL),
               ('no channel', journey_touchpoint(NULL, 'x') IS NULL),
               ('no place', journey_touchpoint('x', NULL) IS NULL),
               ('channel', channel(NULL) IS NULL), ('place', place(NULL) IS NULL), ('online', is_online(NULL) IS NULL),
               ('to text', NULL::journey_touchpoint::text IS NULL),
               ('equal', (NULL::journey_touchpoint = 'a:b') IS NULL)) v(what, is_null);

-- online, offline, and what cannot be said
SELECT is_online(journey_touchpoint(channel, 'x')) AS online,
       string_agg(channel, ', ' ORDER BY channel COLLATE "C") AS channels
  FROM unnest(ARRAY[
	'app', 'atm', 'billboard', 'blog', 'branch', 'call center', 'call centre', 'call-center', 'call-centre',
	'chat', 'chatbot', 'counter', 'courier', 'e-mail', 'email', 'event', 'forum', 'helpline', 'hotel', 'ivr',
	'kiosk', 'letter', 'marketplace', 'messenger', 'mobile', 'newsletter', 'office', 'offline', 'online',
	'outdoor', 'packaging', 'phone', 'portal', 'pos', 'post', 'press', 'print', 'product', 'push', 'radio',
	'restaurant', 'search', 'shelf', 'shop', 'showroom', 'sms', 'social', 'social media', 'social-media',
	'store', 'telephone', 'tv', 'video', 'web', 'webinar', 'website', 'mail', 'display', 'we', 'webs',
	'website2', 'a', 'zzz', 'żabka'
  ]) channel GROUP BY 1 ORDER BY 1;

-- casts: explicit from text, to text also on assignment
CREATE TEMP TABLE assigned (t text);
INSERT INTO assigned VALUES ('Web:A'::journey_touchpoint);
SELECT t, t::journey_touchpoint::text = t AS same FROM assigned;

-- the order is that of the bytes, whatever the collation
SELECT t
  FROM unnest('{web:b,WEB:a,"web 2:a","web-shop:a",web:B,app:z,web:ą,web:aa,żabka:a}'::journey_touchpoint[]) t
 ORDER BY t;
CREATE TEMP TABLE pair AS
SELECT a, b, a::text COLLATE "C" AS x, b::text COLLATE "C" AS y
  FROM (SELECT ('w' || repeat('e', i % 4) || ':' || repeat('p', i % 3) || chr(97 + i % 5))::journey_touchpoint AS a
          FROM generate_series(1, 60) i) v,
       (SELECT ('w' || repeat('e', i % 4) || ':' || repeat('p', i % 3) || chr(97 + i % 5))::journey_touchpoint AS b
          FROM generate_series(1, 60) i) w;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a = b) <> (x = y) OR (a <> b) <> (x <> y) OR (a < b) <> (x < y) OR (a <= b) <> (x <= y)
                           OR (a > b) <> (x > y) OR (a >= b) <> (x >= y)) AS wrong,
       count(*) FILTER (WHERE cxjourney_internal.journey_touchpoint_cmp(a, b)
                           <> (x > y)::int - (x < y)::int) AS wrong_comparison
  FROM pair;
SELECT count(*) AS equal_pairs,
       count(*) FILTER (WHERE cxjourney_internal.journey_touchpoint_hash(a)
                           <> cxjourney_internal.journey_touchpoint_hash(b)) AS wrong_hash,
       count(*) FILTER (WHERE cxjourney_internal.journey_touchpoint_hash_extended(a, 7)
                           <> cxjourney_internal.journey_touchpoint_hash_extended(b, 7)) AS wrong_seeded_hash
  FROM pair WHERE a = b;
CREATE TEMP TABLE many AS SELECT ('web:' || i)::journey_touchpoint AS t FROM generate_series(1, 1000) i;
SELECT count(DISTINCT cxjourney_internal.journey_touchpoint_hash(t)) > 990 AS hash_spreads FROM many;
SELECT count(*) FILTER (WHERE (cxjourney_internal.journey_touchpoint_hash_extended(t, 0) & 4294967295)
                           <> (cxjourney_internal.journey_touchpoint_hash(t)::bigint & 4294967295)) AS other_low_half
  FROM many;

-- in tables: group, distinct, arrays, and the planner's use of the operator classes
CREATE TEMP TABLE event (id int, t journey_touchpoint);
INSERT INTO event
SELECT i, CASE WHEN i % 50 > 0
               THEN journey_touchpoint((ARRAY['Web', 'app', 'STORE'])[1 + i % 3], 'Place ' || i % 50) END
  FROM generate_series(1, 30000) i;
ANALYZE event;
SELECT count(DISTINCT t) AS different, count(t) AS not_null, count(*) FILTER (WHERE is_online(t)) AS online FROM event;
SELECT t, count(*) FROM event
 WHERE t IN ('web:Place 1', 'WEB:Place 2', 'web:place 3') OR t IS NULL GROUP BY t ORDER BY t;
SELECT DISTINCT t FROM event WHERE place(t) = 'Place 7' ORDER BY t DESC;
SELECT array_agg(DISTINCT t ORDER BY t) AS touchpoints FROM event WHERE id <= 3;
SELECT 'APP:Place 1' = ANY (array_agg(t)) AS is_any FROM event WHERE id <= 3;
CREATE INDEX event_t ON event (t);
CREATE INDEX event_channel ON event (channel(t));
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT name, pg_temp.plan_has(query, pattern) AS as_wanted
  FROM (VALUES
	('equal', $$SELECT id FROM event WHERE t = 'WEB:Place 4'$$, '"Index Scan".*event_t.*"Index Cond".*web:Place 4'),
	('between', $$SELECT id FROM event WHERE t >= 'web:A' AND t < 'web:b'$$, '"Index Scan".*event_t.*"Index Cond"'),
	('ordered', 'SELECT id FROM event ORDER BY t', '"Index Scan".*event_t'),
	('on channel', $$SELECT id FROM event WHERE channel(t) = 'web'$$, '"Index Scan".*event_channel')
  ) v(name, query, pattern);
SELECT pg_temp.plan_has('SELECT id FROM event ORDER BY t', '"Sort"') AS sorts;
SELECT count(*) AS equal FROM event WHERE t = 'WEB:Place 4';
SELECT count(*) AS on_channel FROM event WHERE channel(t) = 'web';
SELECT pg_relation_size('event_t') < 60 * 8192 AS index_keeps_each_touchpoint_once;
CREATE INDEX event_hash ON event USING hash (t) WHERE id <= 1000;
SELECT pg_temp.plan_has('SELECT id FROM event WHERE t = ''app:Place 1'' AND id <= 1000', 'event_hash') AS hash_index;
SELECT count(*) FROM event WHERE t = 'app:Place 1' AND id <= 1000;
RESET ALL;
CREATE TEMP TABLE owner (t journey_touchpoint PRIMARY KEY, name text);
INSERT INTO owner SELECT DISTINCT t, 'owner of ' || t::text FROM event WHERE t IS NOT NULL;
INSERT INTO owner VALUES ('WEB:Place 4', 'again');
ANALYZE owner;
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT pg_temp.plan_has('SELECT 1 FROM event JOIN owner USING (t)', '"Hash Join"') AS hash_join;
SELECT count(*), bool_and(name = 'owner of ' || t::text) AS right_owner FROM event JOIN owner USING (t);
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT pg_temp.plan_has('SELECT 1 FROM event JOIN owner USING (t)', '"Merge Join"') AS merge_join;
SELECT count(*), bool_and(name = 'owner of ' || t::text) AS right_owner FROM event JOIN owner USING (t);
RESET ALL;

-- storage: with a short header, without one, compressed, out of line; all read the same.
-- A touchpoint moves out only of a row that something else fills.
SET default_toast_compression = pglz;
CREATE TEMP TABLE stored (kind text, t journey_touchpoint, filler bytea);
ALTER TABLE stored ALTER filler SET STORAGE plain;
INSERT INTO stored SELECT 'short', journey_touchpoint('web', 'x'), '';
INSERT INTO stored SELECT 'compressed', journey_touchpoint('web', repeat('p', 191)), decode(repeat('00', 1950), 'hex');
ALTER TABLE stored ALTER t SET STORAGE external;
INSERT INTO stored SELECT 'external', journey_touchpoint('web', repeat('p', 191)), decode(repeat('00', 1950), 'hex');
ALTER TABLE stored ALTER t SET STORAGE plain;
INSERT INTO stored SELECT 'plain', journey_touchpoint('web', repeat('p', 191)), '';
SELECT kind, pg_column_size(t), pg_column_compression(t) IS NOT NULL AS compressed, length(t::text), channel(t),
       length(place(t)) AS place, is_online(t), octet_length(cxjourney_internal.journey_touchpoint_send(t)) AS sent,
       cxjourney_internal.journey_touchpoint_hash(t)
       = cxjourney_internal.journey_touchpoint_hash(t::text::journey_touchpoint) AS same_hash
  FROM stored ORDER BY kind;
SELECT pg_relation_size(reltoastrelid) > 0 AS some_out_of_line FROM pg_class WHERE oid = 'stored'::regclass;
SELECT a.kind, b.kind, a.t = b.t AS equal, a.t < b.t AS less, a.t::text = b.t::text AS equal_text
  FROM stored a JOIN stored b ON a.kind < b.kind ORDER BY 1, 2;
SELECT t::text = 'web:' || repeat('p', 191) AS long, count(*) FROM stored GROUP BY t ORDER BY t;

-- text and binary round trips of every stored shape
CREATE TEMP TABLE sent AS
SELECT kind, t FROM stored
UNION ALL VALUES ('null', NULL), ('spaces', ' Web : Mój  Koszyk : 2 '::journey_touchpoint);
\copy sent TO 'results/journey_touchpoint.bin' (FORMAT binary)
CREATE TEMP TABLE received (kind text, t journey_touchpoint);
\copy received FROM 'results/journey_touchpoint.bin' (FORMAT binary)
SELECT count(*) AS rows, count(r.t) AS touchpoints, count(*) FILTER (WHERE r.t <> s.t) AS different,
       count(*) FILTER (WHERE r.t::text::journey_touchpoint <> r.t) AS text_differs
  FROM received r LEFT JOIN stored s USING (kind);
SELECT t FROM received WHERE kind = 'spaces';
\copy received TO 'results/journey_touchpoint.txt'
CREATE TEMP TABLE reread (kind text, t journey_touchpoint);
\copy reread FROM 'results/journey_touchpoint.txt'
SELECT count(*) AS rows, count(*) FILTER (WHERE r.t IS DISTINCT FROM s.t) AS different
  FROM reread r JOIN received s USING (kind);
SELECT cxjourney_internal.journey_touchpoint_send('Web:ą');

--
-- The catalog
--
SELECT * FROM touchpoint_catalog('e-commerce');
SELECT * FROM touchpoint_catalog('Hospitality');
SELECT touchpoint, stage, name_en, name_pl
  FROM unnest(ARRAY['banking', 'telecommunications', 'fmcg']) WITH ORDINALITY i(industry, n),
       touchpoint_catalog(industry)
 ORDER BY n, stage, touchpoint;
SELECT industry, count(*) AS touchpoints, count(DISTINCT c.touchpoint) AS different, count(name_en) AS en,
       count(name_pl) AS pl, count(*) FILTER (WHERE channel <> channel(touchpoint)) AS wrong_channel,
       count(*) FILTER (WHERE is_online(touchpoint) IS NULL) AS unknown_channel,
       count(*) FILTER (WHERE is_online(touchpoint)) AS online
  FROM unnest(ARRAY['e-commerce', 'BANKING', 'Telecommunications', ' FMCG ', 'hospitality']) industry,
       touchpoint_catalog(industry) c
 GROUP BY industry ORDER BY lower(trim(industry));
-- by their Polish names the same, in any letter case, with or without diacritics
SELECT english, polish,
       (SELECT array_agg(c) FROM touchpoint_catalog(english) c)
       = (SELECT array_agg(c) FROM touchpoint_catalog(polish) c) AS same
  FROM (VALUES
	('e-commerce', 'Handel elektroniczny'), ('banking', 'Bankowość'), ('banking', 'BANKOWOŚĆ '),
	('banking', 'bankowosc'), ('telecommunications', 'Telekomunikacja'), ('fmcg', 'Dobra Szybkozbywalne'),
	('hospitality', 'HOTELARSTWO')
  ) v(english, polish);
-- the rows come in the order of the journey
SELECT industry, array_agg(stage ORDER BY n) = array_agg(stage ORDER BY stage, n) AS in_order
  FROM unnest(ARRAY['e-commerce', 'banking', 'telecommunications', 'fmcg', 'hospitality']) industry,
       ROWS FROM (touchpoint_catalog(industry)) WITH ORDINALITY c(touchpoint, channel, stage, name_en, name_pl, n)
 GROUP BY industry ORDER BY industry;
SELECT count(*) AS of_null FROM touchpoint_catalog(NULL);
-- a starting point for a table of one's own
CREATE TEMP TABLE my_touchpoints AS SELECT * FROM touchpoint_catalog('fmcg');
SELECT stage, count(*) FROM my_touchpoints GROUP BY stage ORDER BY stage;
