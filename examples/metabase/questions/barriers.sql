-- Table: where the journey loses most. "metric" is a text variable with the default nps; "segment" is one that may be left empty.
SELECT segment, stage, touchpoint, answers, value, rest, impact
  FROM metabase.barriers
 WHERE metric = {{metric}}
   [[AND segment = {{segment}}]]
 ORDER BY impact DESC;
