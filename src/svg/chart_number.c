/*
 * chart_number.c
 *		How numbers, lengths of time and texts stand in charts; see chart.h.
 */
#include "postgres.h"

#include <math.h>

#include "datatype/timestamp.h"
#include "utils/builtins.h"

#include "shared/compat.h"
#include "svg/chart.h"
#include "svg/svg_text.h"

/* Rounded as round() does. */
char *
chart_numeric(const Chart *chart, Numeric value, int decimals)
{
	Datum		rounded = DirectFunctionCall2(numeric_round, NumericGetDatum(value),
											  Int32GetDatum(decimals));

	return svg_number(chart->language, DatumGetCString(DirectFunctionCall1(numeric_out, rounded)));
}

/* Never "-0". */
char *
chart_double(const Chart *chart, double value, int decimals)
{
	char	   *number = psprintf("%.*f", decimals, value);

	if (number[0] == '-' && strspn(number + 1, "0.") == strlen(number + 1))
		number++;
	return svg_number(chart->language, number);
}

/* With a plus sign where it is one. */
char *
chart_signed(const Chart *chart, double value, int decimals)
{
	bool		is_plus = value * pow(10, decimals) >= 0.5;

	return psprintf("%s%s", is_plus ? "+" : "", chart_double(chart, value, decimals));
}

/* The largest unit that there are two of, days of 24 hours at most. */
ChartUnit
chart_unit(const Chart *chart, uint64 microseconds)
{
	static const ChartUnit units[][2] = {
		{{USECS_PER_DAY, "days", "days"}, {USECS_PER_DAY, "dni", "dniach"}},
		{{USECS_PER_HOUR, "h", "hours"}, {USECS_PER_HOUR, "h", "godzinach"}},
		{{USECS_PER_MINUTE, "min", "minutes"}, {USECS_PER_MINUTE, "min", "minutach"}},
		{{USECS_PER_SEC, "s", "seconds"}, {USECS_PER_SEC, "s", "sekundach"}}
	};
	int			i = 0;

	while (i < 3 && microseconds < 2 * units[i][0].microseconds)
		i++;
	return units[i][chart->language->polish ? 1 : 0];
}

/* In that unit, to the nearest one. */
char *
chart_duration(const Chart *chart, uint64 microseconds)
{
	ChartUnit	unit = chart_unit(chart, microseconds);
	uint64		count = (microseconds + unit.microseconds / 2) / unit.microseconds;

	return psprintf("%s %s", svg_count(chart->language, (int64) count), unit.name);
}

/* How wide a text is at most, in any of the usual fonts. */
int
chart_text_width(const TextStyle *style, const char *text)
{
	return (int) ceil(svg_width(text, strlen(text), style->bold) * style->size);
}
