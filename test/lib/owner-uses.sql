-- What the owner of a database, who is no superuser, does in a server where the extension was just installed. Run by a
-- superuser; prints one line.
\set ON_ERROR_STOP on
CREATE ROLE shop_owner LOGIN;
CREATE DATABASE shop OWNER shop_owner TEMPLATE template0;
\connect shop
SET ROLE shop_owner;
CREATE EXTENSION cxjourney;
CREATE SCHEMA maps;
SET search_path = maps, public;
CREATE TABLE answers (at timestamptz, stage text, nps integer);
SELECT create_journey_map('journey', 'answers', at => 'at', stage => 'stage', nps => 'nps') AS made \gset
INSERT INTO answers SELECT '2026-01-05', 'buy', x FROM generate_series(0, 10) AS x;
\pset tuples_only on
\pset format unaligned
SELECT round(nps_agg(answers.nps), 4), (SELECT nps FROM journey), stage_label('purchase', 'pl')
  FROM answers;
