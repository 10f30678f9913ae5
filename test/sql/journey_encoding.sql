--
-- Stages, touchpoints and the catalog in databases of other encodings: Polish
-- names work where the encoding has the letters, and are a clear error or NULL
-- where it has not.
--
\set SHOW_CONTEXT never
\set VERBOSITY sqlstate
\pset null (null)
\set home :DBNAME
SET client_min_messages = error;
DROP DATABASE IF EXISTS cx_latin2;
DROP DATABASE IF EXISTS cx_latin1;
DROP DATABASE IF EXISTS cx_ascii;
DROP DATABASE IF EXISTS cx_euc_jp;
CREATE DATABASE cx_latin2 ENCODING 'LATIN2' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE DATABASE cx_latin1 ENCODING 'LATIN1' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE DATABASE cx_euc_jp ENCODING 'EUC_JP' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE DATABASE cx_ascii ENCODING 'SQL_ASCII' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;

-- LATIN2 has all Polish letters
\c cx_latin2
SET client_encoding = 'UTF8';
CREATE EXTENSION cxjourney;
SELECT name::journey_stage FROM unnest(ARRAY['Świadomość', 'ROZWAŻANIE', 'lojalność', 'purchase']) name;
SELECT stage_label(i::journey_stage, 'pl') AS label, octet_length(stage_label(i::journey_stage, 'pl')) AS bytes
  FROM generate_series(1, 7) i;
-- only ASCII letters of a channel are lower-cased outside UTF-8
SELECT t, octet_length(t::text) AS bytes FROM (VALUES ('ŻABKA:Półka'::journey_touchpoint)) v(t);
SELECT touchpoint, name_pl FROM touchpoint_catalog('e-commerce');
SELECT count(*) FROM touchpoint_catalog('Bankowość');
CREATE TEMP TABLE sent AS SELECT 'sklep:półka'::journey_touchpoint AS t, 'świadomość'::journey_stage AS s;
\copy sent TO 'results/journey_encoding.bin' (FORMAT binary)
CREATE TEMP TABLE received (t journey_touchpoint, s journey_stage);
\copy received FROM 'results/journey_encoding.bin' (FORMAT binary)
SELECT * FROM received;

-- LATIN1 has not
\c cx_latin1
SET client_encoding = 'UTF8';
CREATE EXTENSION cxjourney;
SELECT 'swiadomosc'::journey_stage, 'zakup'::journey_stage, 'Réception:Salle à manger'::journey_touchpoint;
SELECT U&'caf\00e9'::journey_stage;
SELECT stage_label('decision', 'pl'), stage_label('awareness', 'en');
SELECT stage_label('awareness', 'pl');
SELECT touchpoint, name_en, name_pl FROM touchpoint_catalog('e-commerce');
SELECT touchpoint, name_pl FROM touchpoint_catalog('hospitality') WHERE name_pl LIKE 'Pok%';
CREATE TEMP TABLE received (t journey_touchpoint, s journey_stage);
\copy received FROM 'results/journey_encoding.bin' (FORMAT binary)

-- EUC_JP, in which bytes of UTF-8 are none: the install script is read in it
\c cx_euc_jp
SET client_encoding = 'UTF8';
CREATE EXTENSION cxjourney;
SELECT t, place(t), octet_length(t::text) AS bytes FROM (VALUES ('Web:支払い'::journey_touchpoint)) v(t);
SELECT path, '{検索@2026-01-05, 支払い@2026-01-06}' ~ path AS matches
  FROM (VALUES ('検索 > 支払い'::journey_path)) v(path);

-- in SQL_ASCII bytes are what they are, here UTF-8
\c cx_ascii
SET client_encoding = 'SQL_ASCII';
CREATE EXTENSION cxjourney;
SELECT 'Świadomość'::journey_stage, stage_label('awareness', 'pl'), 'ŻABKA:Półka'::journey_touchpoint;
SELECT E'\xb6wiadomo\xb6\xe6'::journey_stage = 'awareness' AS latin2_bytes;
SELECT count(*), count(name_pl) FROM touchpoint_catalog('e-commerce');

\c :home
DROP DATABASE cx_latin2;
DROP DATABASE cx_latin1;
DROP DATABASE cx_ascii;
DROP DATABASE cx_euc_jp;
