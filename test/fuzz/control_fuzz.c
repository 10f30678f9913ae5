/*
 * control_fuzz.c
 *		Control charts of summaries: each line of a text is the summary of a bucket.
 */
#include "fuzz.h"

#include <math.h>

#include "control/control.h"

#define MOST_BUCKETS	40

typedef struct Chart
{
	ControlState state;
	ControlRule rule;
	ControlBaseline baseline;
	ControlBucket buckets[MOST_BUCKETS];
	int			n;
} Chart;

static void
add(Chart *chart, const RatingSummary *s, RatingMetric metric)
{
	int32_t		from = s->low + (int32_t) fuzz_below(s->points);
	ControlMeasure measure;
	ControlBucket bucket;
	ControlRow	row;

	if (metric == METRIC_NPS && (s->low != NPS_LOW || s->points != NPS_POINTS))
		return;
	if (!control_bucket(s, metric, from, &bucket))
	{
		MUST(!control_measure(s, metric, from, &measure));
		return;
	}
	MUST(control_measure(s, metric, from, &measure));
	MUST(bucket.n > 0 && isfinite(bucket.value));
	MUST(measure.variance > 0 || (metric == METRIC_CSAT && from == s->low));
	chart->baseline.centre = measure.value;
	chart->baseline.variance = measure.variance;
	chart->buckets[chart->n++] = bucket;
	chart->baseline.dispersion = control_dispersion(chart->buckets, chart->n, &chart->baseline);
	MUST(chart->baseline.dispersion >= 1);
	control_add(&chart->state, &chart->rule, &bucket);
	row = control_read(&chart->state, &chart->rule, &chart->baseline, &bucket);
	MUST(row.low <= row.high && row.ewma_low <= row.ewma_high);
}

/* A line of the text, up to its end. */
static char *
next_line(const char **at)
{
	size_t		length = strcspn(*at, "\n");
	char	   *line = fuzz_text((const uint8_t *) *at, length);

	*at += length;
	*at += **at == '\n';
	return line;
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	Chart		chart = {.rule = {.lowest = -1e10,.highest = 1e10}};
	RatingMetric metric;
	const char *at;

	fuzz_begin(input, size);
	at = fuzz_text(input, size);
	metric = (RatingMetric) fuzz_below(3);
	chart.rule.lambda = fuzz_share() / 2 + 0.01;
	chart.rule.width = fuzz_share() * 5 + 0.1;
	control_start(&chart.state);
	while (*at != '\0' && chart.n < MOST_BUCKETS)
	{
		RatingSummary *s = fuzz_new(RATING_MAX_SIZE);
		RatingParseError error;

		if (rating_parse(next_line(&at), s, &error) &&
			rating_validate(s, rating_size(s->points, rating_is_weighted(s))) == RATING_OK)
			add(&chart, s, metric);
	}
	fuzz_forget();
	return 0;
}
