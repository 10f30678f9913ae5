-- Table: where the journey loses most. "metric" is a text variable with the default nps.
SELECT stage, touchpoint, answers, value, rest, impact
  FROM metabase.barriers
 WHERE metric = {{metric}}
   [[AND segment = {{segment}}]]
 ORDER BY impact DESC;
