--
-- Words of comments in databases of other encodings: the same terms, in the encoding of the database.
--
\set SHOW_CONTEXT never
\pset null (null)
\set home :DBNAME
SET client_min_messages = error;
DROP DATABASE IF EXISTS cx_terms_latin2;
DROP DATABASE IF EXISTS cx_terms_cyrillic;
DROP DATABASE IF EXISTS cx_terms_ascii;
CREATE DATABASE cx_terms_latin2 ENCODING 'LATIN2' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE DATABASE cx_terms_cyrillic ENCODING 'WIN1251' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE DATABASE cx_terms_ascii ENCODING 'SQL_ASCII' LOCALE_PROVIDER 'libc' LOCALE 'C' TEMPLATE template0;
CREATE TABLE sent AS
SELECT term_agg(comment_terms(c, 'pl', true)) AS s
  FROM unnest(ARRAY['Zażółć GĘŚLĄ jaźń', 'nie polecałbym, źle']) c;
SELECT s FROM sent;
\copy sent TO 'results/terms_encoding.bin' (FORMAT binary)

\c cx_terms_latin2
SET client_encoding = 'UTF8';
CREATE EXTENSION cxjourney;
SELECT term_agg(comment_terms(c, 'pl', true))
  FROM unnest(ARRAY['Zażółć GĘŚLĄ jaźń', 'nie polecałbym, źle']) c;
CREATE TABLE received (s term_summary);
\copy received FROM 'results/terms_encoding.bin' (FORMAT binary)
SELECT s FROM received;
-- words of another source keep their letters, here one byte each
CREATE TABLE other AS SELECT term_summary('''żółw'' ''mała łódź'''::tsvector) AS s;
SELECT s, s::json, octet_length(s::text) AS bytes FROM other;
SELECT s::text::term_summary = s AS reads_back FROM other;
SELECT s::jsonb::term_summary = s AS from_json FROM other;
SELECT t.* FROM terms(term_summary('''żółw'' ''łódź'''::tsvector), 5, 1) t;

-- letters of the encoding, folded: yo
\c cx_terms_cyrillic
SET client_encoding = 'UTF8';
CREATE EXTENSION cxjourney;
SELECT comment_terms('Ёлка ОЧЕНЬ плохо', 'simple', true);
SELECT octet_length(comment_terms('Ёлка')::text) AS bytes;

-- bytes are what they are: UTF-8 where they are that, letters where they are not
\c cx_terms_ascii
SET client_encoding = 'SQL_ASCII';
CREATE EXTENSION cxjourney;
SELECT comment_terms('Zażółć GĘŚLĄ jaźń, nie polecałbym', 'pl', true);
SELECT encode(convert_to(comment_terms(E'\xb6wiat OK \xff')::text, 'SQL_ASCII'), 'escape') AS latin2_bytes;
SELECT term_agg(comment_terms(E'\xb6wiat OK')) = term_agg(comment_terms(E'ok \xb6wiat')) AS equal;

\c :home
DROP TABLE sent;
DROP DATABASE cx_terms_latin2;
DROP DATABASE cx_terms_cyrillic;
DROP DATABASE cx_terms_ascii;
