/*
 * time_text.h
 *		Times of visits as text: ISO 8601 in UTC, free of every setting.
 */
#ifndef TIME_TEXT_H
#define TIME_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* What a timestamptz holds: 4714-11-24 BC to the end of 294276. */
#define JOURNEY_MIN_TIME	(-INT64_C(211813488000000000))
#define JOURNEY_END_TIME	INT64_C(9223371331200000000)

#define JOURNEY_TIME_CHARS	40

#pragma GCC visibility push(hidden)

extern char *journey_print_time(char *out, int64_t at);
extern void journey_civil_day(int64_t days, int *month, int *day);
extern bool journey_parse_time(const char **text, int64_t *at);

#pragma GCC visibility pop

#endif							/* TIME_TEXT_H */
