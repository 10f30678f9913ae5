-- Number: the NPS of a period, straight from the answers. "from" and "to" are date variables.
SELECT round(nps_agg(nps), 1) AS nps
  FROM responses
 WHERE true
   [[AND answered_at >= {{from}}]]
   [[AND answered_at < {{to}}]];
