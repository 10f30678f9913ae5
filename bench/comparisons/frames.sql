-- Moving frames: the score of each answer and the 29 before it.
--@ data answers
--@ let moving
SELECT id, nps_agg(nps) OVER (ORDER BY id ROWS 29 PRECEDING) AS nps FROM answers
--@ let by_hand
SELECT id, 100.0 * (count(*) FILTER (WHERE nps >= 9) OVER w - count(*) FILTER (WHERE nps <= 6) OVER w)
	/ nullif(count(nps) OVER w, 0) AS nps FROM answers WINDOW w AS (ORDER BY id ROWS 29 PRECEDING)
--@ setup
CREATE UNIQUE INDEX IF NOT EXISTS answers_id ON answers (id);
--@ question frames: NPS of the last 30 answers, at each answer
--@ postgres nps_agg OVER: serial | default
SELECT count(nps) FROM (:moving) v
--@ postgres FILTER OVER: serial | default
SELECT count(nps) FROM (:by_hand) v
--@ floor count OVER: serial
SELECT count(n) FROM (SELECT count(*) OVER (ORDER BY id ROWS 29 PRECEDING) AS n FROM answers) v
--@ duckdb FILTER OVER: 1 | 2
SELECT count(nps) FROM (:by_hand) v
--@ check the first million frames differ
SELECT a.id, a.nps, b.nps FROM (:moving LIMIT 1000000) a JOIN (:by_hand LIMIT 1000000) b USING (id)
 WHERE a.nps IS DISTINCT FROM b.nps LIMIT 5
--@ target Moving frames: nps_agg OVER/serial <= 0.5 FILTER OVER/serial
--@ target Moving frames, default settings: nps_agg OVER/default <= 0.5 FILTER OVER/default
