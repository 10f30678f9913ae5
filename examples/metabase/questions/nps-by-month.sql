-- Line chart: month by nps, with nps_low and nps_high. "segment" is a text variable with the default (all): all of them together.
SELECT month, nps, nps_low, nps_high
  FROM metabase.months
 WHERE segment = {{segment}}
 ORDER BY month;
