/*
 * cohorts_text.c
 *		Printing and reading the text forms; see cohorts_text.h.
 */
#include "cohorts/cohorts_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/time_text.h"

#define DAY			(INT64_C(86400) * 1000000)
#define NOTHING		"(none)"

static const char *const cohort_names[COHORTS_COUNTS] = {
	"streak", "returned", "later", "ended", "ended_returned"
};
static const char *const lifecycle_names[] = {"new", "returning", "resurrected", "dormant"};

/* Enough bytes for a row, the final zero included. */
size_t
cohorts_text_row_bound(const CohortsQuestion *q)
{
	return COHORTS_ITEM_CHARS + COHORTS_COUNTS * ((size_t) q->periods + 1) * (INT64_CHARS + 2);
}

static char *
print_label(char *out, const JourneyLabel *label)
{
	if (label->length == 0)
		return stpcpy(out, NOTHING);
	out += journey_label_print(label->text, label->length, out);
	*out = '\0';
	return out;
}

/* A day as its date, an hour as its instant. */
static char *
print_key(char *out, const CohortsQuestion *q, int64_t key)
{
	if (q->zone.length == 0)
		return stpcpy(out, NOTHING);
	if (q->unit == COHORTS_HOUR)
		return journey_print_time(out, key);
	(void) journey_print_time(out, key * DAY);
	out = strchr(out, 'T');
	*out = '\0';
	return out;
}

/* What was asked; all printers return where they end, and terminate. */
char *
cohorts_print_head(char *out, const CohortsQuestion *q)
{
	out = print_label(out, &q->start);
	if (cohorts_is_lifecycle(q))
	{
		out += sprintf(out, " by %s in ", cohorts_unit_names[q->unit]);
		out = stpcpy(print_label(out, &q->zone), " open from ");
		return print_key(out, q, q->open_from);
	}
	out = stpcpy(out, " > ");
	out = print_label(out, &q->returning);
	out += sprintf(out, " by %s for %d periods in ", cohorts_unit_names[q->unit], q->periods);
	out = print_label(out, &q->zone);
	return stpcpy(out, (q->flags & COHORTS_UNTIL) != 0 ? " until known" : " until unknown");
}

static char *
print_counts(char *out, const char *name, const int64_t *counts, int32_t periods)
{
	while (periods > 0 && counts[periods] == 0)
		periods--;
	out += sprintf(out, " %s [%" PRId64, name, counts[0]);
	for (int32_t i = 1; i <= periods; i++)
		out += sprintf(out, ", %" PRId64, counts[i]);
	return stpcpy(out, "]");
}

/* A key with its counts, as cohorts_cumulate() gives them. */
char *
cohorts_print_row(char *out, const CohortsQuestion *q, const CohortsRow *row)
{
	out = print_key(out, q, row->key);
	for (int kind = 0; kind < cohorts_kinds(q); kind++)
	{
		if (cohorts_is_lifecycle(q))
			out += sprintf(out, " %s %" PRId64, lifecycle_names[kind], row->counts[kind][0]);
		else
			out = print_counts(out, cohort_names[kind], row->counts[kind], q->periods);
	}
	return out;
}

static bool
read_key(CohortsTextReader *r, int64_t *key)
{
	const char *at;

	*key = COHORTS_NO_KEY;
	if (r->question.zone.length == 0)
		return text_scan_expect(&r->scan, NOTHING, "\"(none)\", the cohort without a time zone");
	text_scan_space(&r->scan);
	at = r->scan.at;
	if (!journey_parse_time(&at, key))
		return text_scan_fail(&r->scan, "a date, or the time of an hour");
	if (r->question.unit != COHORTS_HOUR)
	{
		if (*key % DAY != 0)
			return text_scan_fail(&r->scan, "a date without a time");
		*key /= DAY;
	}
	r->scan.at = at;
	return true;
}

static bool
read_unit(CohortsTextReader *r)
{
	if (!text_scan_expect(&r->scan, "by", "\"by\" and a unit"))
		return false;
	for (uint8_t unit = 0; unit < COHORTS_UNITS; unit++)
		if (text_scan_accept(&r->scan, cohorts_unit_names[unit]))
		{
			r->question.unit = unit;
			return true;
		}
	return text_scan_fail(&r->scan, "hour, day, week, month, quarter or year");
}

static bool
read_zone(CohortsTextReader *r)
{
	if (!text_scan_expect(&r->scan, "in", "\"in\" and a time zone"))
		return false;
	r->zone.length = 0;
	if (!text_scan_accept(&r->scan, NOTHING) &&
		!text_scan_label(&r->scan, r->utf8, &r->zone, "a time zone or (none)"))
		return false;
	r->question.zone = text_label(&r->zone);
	return true;
}

static bool
read_until(CohortsTextReader *r)
{
	if (!text_scan_expect(&r->scan, "until", "\"until known\" or \"until unknown\""))
		return false;
	if (text_scan_accept(&r->scan, "known"))
		r->question.flags |= COHORTS_UNTIL;
	else if (!text_scan_accept(&r->scan, "unknown"))
		return text_scan_fail(&r->scan, "\"known\" or \"unknown\"");
	return true;
}

static bool
read_cohorts_head(CohortsTextReader *r)
{
	int64_t		periods;

	if (!text_scan_expect(&r->scan, ">", "\">\" and the stage that is a return") ||
		!text_scan_label(&r->scan, r->utf8, &r->returning, "the stage that is a return"))
		return false;
	r->question.returning = text_label(&r->returning);
	if (!read_unit(r) ||
		!text_scan_expect(&r->scan, "for", "\"for\" and the number of periods") ||
		!text_scan_number(&r->scan, 1, COHORTS_MAX_PERIODS, &periods,
						  "a number of periods from 1 to 10000") ||
		!text_scan_expect(&r->scan, "periods", "\"periods\"") || !read_zone(r))
		return false;
	r->question.periods = (int32_t) periods;
	return read_until(r);
}

static bool
read_lifecycle_head(CohortsTextReader *r)
{
	r->question.flags = COHORTS_LIFECYCLE;
	if (!read_unit(r) || !read_zone(r))
		return false;
	if (r->question.zone.length == 0)
		return text_scan_problem(&r->scan, "A lifecycle without a time zone before this");
	return text_scan_expect(&r->scan, "open", "\"open from\" and a date") &&
		text_scan_expect(&r->scan, "from", "\"from\" and a date") &&
		read_key(r, &r->question.open_from);
}

/* Begin to read: the question; the text must end with a zero byte. */
bool
cohorts_text_begin(CohortsTextReader *r, const char *text, size_t length, bool utf8,
				   bool lifecycle)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
	if (!text_scan_label(&r->scan, utf8, &r->start, "the stage that is the start"))
		return false;
	r->question.start = text_label(&r->start);
	if (!(lifecycle ? read_lifecycle_head(r) : read_cohorts_head(r)))
		return false;
	if (cohorts_check_question(&r->question) != COHORTS_OK)
		return text_scan_problem(&r->scan, lifecycle ?
								 "Unit and day of a lifecycle that do not fit before this" :
								 "Months, quarters and years need a time zone, before this");
	return true;
}

static bool
read_count(CohortsTextReader *r, int64_t *count)
{
	return text_scan_number(&r->scan, 0, INT64_MAX, count, "a number of customers");
}

static bool
read_counts(CohortsTextReader *r, const char *name, int64_t *counts)
{
	int32_t		n = 0;

	memset(counts, 0, ((size_t) r->question.periods + 1) * sizeof(int64_t));
	if (!text_scan_expect(&r->scan, name, name) || !text_scan_expect(&r->scan, "[", "\"[\""))
		return false;
	do
	{
		if (n > r->question.periods)
			return text_scan_problem(&r->scan, "More counts than periods");
		if (!read_count(r, &counts[n++]))
			return false;
	} while (text_scan_accept(&r->scan, ","));
	return text_scan_expect(&r->scan, "]", "\",\" or \"]\"");
}

static bool
read_row(CohortsTextReader *r, CohortsRow *row)
{
	if (!read_key(r, &row->key))
		return false;
	if (r->any && row->key <= r->key)
		return text_scan_problem(&r->scan, "Periods do not ascend before this");
	r->any = true;
	r->key = row->key;
	for (int kind = 0; kind < cohorts_kinds(&r->question); kind++)
	{
		if (!cohorts_is_lifecycle(&r->question))
		{
			if (!read_counts(r, cohort_names[kind], row->counts[kind]))
				return false;
		}
		else if (!text_scan_expect(&r->scan, lifecycle_names[kind], lifecycle_names[kind]) ||
				 !read_count(r, row->counts[kind]))
			return false;
	}
	return true;
}

/* The next row into the arrays of cohorts_row_in(), to the end of the text. */
TextItem
cohorts_text_row(CohortsTextReader *r, CohortsRow *row)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	if ((item == TEXT_ITEM && !read_row(r, row)) || (item == TEXT_END && !text_scan_end(&r->scan)))
		return TEXT_ERROR;
	return item;
}
