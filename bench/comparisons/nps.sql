-- The Net Promoter Score of all answers: one group.
--@ data answers
--@ let by_hand
100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score)
--@ let by_hand_nps
100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps)
--@ question narrow: The NPS of all answers, a table of one column
--@ postgres nps_agg: serial | default
SELECT 'nps', nps_agg(score) FROM scores
--@ postgres FILTER: serial | default
SELECT 'nps', :by_hand FROM scores
--@ floor count(*): serial | default
SELECT count(*) FROM scores
--@ floor count(score): serial | default
SELECT count(score) FROM scores
--@ duckdb FILTER: 1 | 2
SELECT 'nps', :by_hand FROM scores
--@ clickhouse countIf: 1 | 2
SELECT 'nps', 100.0 * (toInt64(countIf(score >= 9)) - toInt64(countIf(score <= 6))) / count(score) FROM scores
--@ target NPS, one group, a narrow table: nps_agg/serial <= 1.0 count(score)/serial
--@ target NPS, one group, a narrow table: nps_agg/serial <= 0.75 FILTER/serial
--@ target NPS, one group, a narrow table, default settings: nps_agg/default <= 0.75 FILTER/default

--@ question realistic: The NPS of all answers, a realistic row
--@ postgres nps_agg: serial | default
SELECT 'nps', nps_agg(nps) FROM answers
--@ postgres FILTER: serial | default
SELECT 'nps', :by_hand_nps FROM answers
--@ floor count(*): serial | default
SELECT count(*) FROM answers
--@ floor count(nps): serial | default
SELECT count(nps) FROM answers
--@ duckdb FILTER: 1 | 2
SELECT 'nps', :by_hand_nps FROM answers
--@ clickhouse countIf: 1 | 2
SELECT 'nps', 100.0 * (toInt64(countIf(nps >= 9)) - toInt64(countIf(nps <= 6))) / count(nps) FROM answers
--@ target NPS, one group, a realistic row: nps_agg/serial <= 1.0 count(nps)/serial
--@ target NPS, one group, a realistic row: nps_agg/serial <= 0.85 FILTER/serial
--@ target NPS, one group, a realistic row, default settings: nps_agg/default <= 0.85 FILTER/default
