#!/usr/bin/env python3
"""Posts the alarms of journey maps to a webhook (Slack, Teams, or a service of your own).

    listener.py "host=db dbname=shop user=cx_alerts" https://hooks.example.com/services/...

refresh_journey_map sends NOTIFY journey_map when its control charts have new alarms, which it writes to NAME_alarms_sent.
This program posts one line for each of them as {"text": "..."}. It needs the package python3-psycopg, and
GRANT SELECT ON NAME_alarms, NAME_alarms_sent TO cx_alerts. What was told while nobody listened can be read in the latter.
"""
import json
import sys
import urllib.request

import psycopg
from psycopg import sql

NEW_ALARMS = """SELECT stage, touchpoint, metric, signal, value, low, high, sent_at
  FROM {alarms} JOIN {sent} USING (bucket, segment, stage, touchpoint, metric, signal)
 WHERE segment = '(all)' AND sent_at > %s ORDER BY sent_at, stage, touchpoint, metric"""


def post(webhook, text):
    request = urllib.request.Request(webhook, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=30).close()


def main(database, webhook):
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("LISTEN journey_map")
        told_until = connection.execute("SELECT now()").fetchone()[0]
        for notification in connection.notifies():
            schema, name = (json.loads(notification.payload)[key] for key in ("schema", "map"))
            query = sql.SQL(NEW_ALARMS).format(alarms=sql.Identifier(schema, name + "_alarms"), sent=sql.Identifier(schema, name + "_alarms_sent"))
            for stage, touchpoint, metric, signal, value, low, high, sent_at in connection.execute(query, [told_until]).fetchall():
                post(webhook, f"{name}: {metric.upper()} {signal} at {stage}, {touchpoint}: {value:.1f} (usual: {low:.1f} to {high:.1f})")
                told_until = sent_at


if __name__ == "__main__":
    main(*sys.argv[1:])
