#!/usr/bin/env python3
"""Posts the alarms of journey maps to a webhook (Slack, Teams, or a service of your own).

    listener.py "host=db dbname=shop user=cx_alerts" https://hooks.example.com/services/...

refresh_journey_map sends NOTIFY journey_map when its control charts have new alarms, which it writes to NAME_alarms_sent.
This program then posts a line for each as {"text": "..."}; one that the webhook refuses is tried again with the next. Those of
the hour before it began may come a second time, rather than never. It needs the package python3-psycopg, and
GRANT SELECT ON NAME_alarms, NAME_alarms_sent TO cx_alerts.
"""
import http.client
import json
import sys
import urllib.request

import psycopg
from psycopg import sql

ALARMS = """SELECT bucket, stage, touchpoint, metric, signal, value, low, high
  FROM {} JOIN {} USING (bucket, segment, stage, touchpoint, metric, signal)
 WHERE segment = '(all)' AND sent_at > %s - interval '1 hour' ORDER BY stage, touchpoint, metric"""


def post(webhook, text):
    request = urllib.request.Request(webhook, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=30).close()


def main(database, webhook):
    told = set()
    with psycopg.connect(database, autocommit=True) as listening, psycopg.connect(database, autocommit=True) as reading:
        listening.execute("LISTEN journey_map")
        began = reading.execute("SELECT now()").fetchone()[0]
        for notification in listening.notifies():
            schema, name = (json.loads(notification.payload)[key] for key in ("schema", "map"))
            query = sql.SQL(ALARMS).format(*(sql.Identifier(schema, name + end) for end in ("_alarms", "_alarms_sent")))
            for bucket, stage, touchpoint, metric, signal, value, low, high in reading.execute(query, [began]).fetchall():
                text = f"{name}: {metric.upper()} {signal} at {stage}, {touchpoint}: {value:.1f} (usual: {low:.1f} to {high:.1f})"
                alarm = (schema, name, bucket, stage, touchpoint, metric, signal)
                try:
                    alarm in told or post(webhook, text)
                    told.add(alarm)
                except (OSError, http.client.HTTPException) as error:  # the latter: an answer that is no HTTP
                    print(f"not posted ({str(error).strip()}): {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
