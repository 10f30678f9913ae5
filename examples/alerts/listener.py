#!/usr/bin/env python3
"""Posts the alarms of journey maps to a webhook (Slack, Teams, or a service of your own).

    listener.py "host=db dbname=shop user=cx_alerts" https://hooks.example.com/services/...

refresh_journey_map sends NOTIFY journey_map when its control charts have new alarms, which it writes to NAME_alarms_sent.
This program then posts a line for each as {"text": "..."}. What goes wrong is written to standard error, and it goes on: an
alarm that the webhook does not take, a redirect included, is tried again with the next. It ends when a connection to the
database is lost, so let the service manager start it again (Restart=always); the alarms of the hour before it began may
then come a second time, rather than never. It needs the package python3-psycopg, and for each map
GRANT SELECT ON NAME_alarms, NAME_alarms_sent TO cx_alerts. That role should have no other rights: who can send NOTIFY
chooses what it reads.
"""
import json
import re
import signal
import sys
import urllib.request

import psycopg
from psycopg import sql

ALARMS = """SELECT bucket, stage, touchpoint, metric, signal, value, low, high
  FROM {} JOIN {} USING (bucket, segment, stage, touchpoint, metric, signal)
 WHERE segment = '(all)' AND sent_at > %s - interval '1 hour' ORDER BY stage, touchpoint, metric"""
SECONDS = 30


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None  # an error: a redirected POST would arrive as a GET without its text


def too_slow(*_):
    raise TimeoutError(f"no answer within {SECONDS} seconds")


def post(webhook, text):
    request = urllib.request.Request(webhook, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})
    signal.alarm(SECONDS)  # for all of it: urllib's timeout is for each read
    try:
        urllib.request.build_opener(NoRedirect).open(request).close()
    finally:
        signal.alarm(0)


def log(what, error, about):
    print(f"{what} ({' '.join(str(error).split())}): {about}", file=sys.stderr, flush=True)


def tell(webhook, reading, began, payload, told):
    schema, name = (json.loads(payload)[key] for key in ("schema", "map"))
    query = sql.SQL(ALARMS).format(*(sql.Identifier(schema, name + end) for end in ("_alarms", "_alarms_sent")))
    for bucket, stage, touchpoint, metric, kind, value, low, high in reading.execute(query, [began]).fetchall():
        text = f"{name}: {metric.upper()} {kind} at {stage}, {touchpoint}: {value:.1f} (usual: {low:.1f} to {high:.1f})"
        alarm = (schema, name, bucket, stage, touchpoint, metric, kind)
        try:
            alarm in told or post(webhook, text)
            told.add(alarm)
        except Exception as error:  # whatever a server may answer
            log("not posted", error, text)


def main(database, webhook):
    told = set()
    signal.signal(signal.SIGALRM, too_slow)
    with psycopg.connect(database, autocommit=True) as listening, psycopg.connect(database, autocommit=True) as reading:
        listening.execute("LISTEN journey_map")
        began = reading.execute("SELECT now()").fetchone()[0]
        for notification in listening.notifies():
            try:
                tell(webhook, reading, began, notification.payload, told)
            except Exception as error:  # anybody may send anything, and a map may be one that this role cannot read
                if reading.closed:
                    raise
                log("not read", error, repr(notification.payload))


if __name__ == "__main__":
    if len(sys.argv) != 3 or not re.fullmatch("https?://[!-~]+", sys.argv[2]):
        sys.exit('usage: listener.py "dbname=shop user=cx_alerts" https://hooks.example.com/...')
    main(*sys.argv[1:])
