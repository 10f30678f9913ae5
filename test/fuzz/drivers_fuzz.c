/*
 * drivers_fuzz.c
 *		driver_summary: text, packed bytes, least squares and importance, sums of two and
 *		differences.
 */
#include "fuzz_type.h"

#include <math.h>

#include "drivers/drivers_fit.h"

static size_t
size_of(const DriverSummary *s)
{
	return drivers_size(s->drivers, drivers_weighted(s));
}

static FuzzValue
type_state(const char *text, size_t length)
{
	DriverSummary *s = fuzz_new(DRIVERS_MAX_SIZE);
	TextScan	scan;

	if (!drivers_parse(text, s, &scan))
	{
		MUST(scan.at >= text && scan.at <= text + length);
		return fuzz_none;
	}
	return fuzz_value(s, size_of(s));
}

static FuzzValue
type_pack(FuzzValue state)
{
	if (state.size < sizeof(DriverSummary) ||
		drivers_validate((DriverSummary *) state.bytes, state.size) != DRIVERS_OK)
		return fuzz_none;
	return fuzz_value(state.bytes, state.size);
}

static FuzzValue
type_repack(FuzzValue value)
{
	return type_pack(value);
}

static bool
type_valid(FuzzValue value)
{
	return type_pack(value).bytes != NULL;
}

static char *
type_print(FuzzValue value)
{
	const DriverSummary *s = (const DriverSummary *) value.bytes;
	char	   *text = fuzz_new(drivers_text_bound(s));
	size_t		length = drivers_print(s, text);

	MUST(length < drivers_text_bound(s) && length == strlen(text));
	return fuzz_text((uint8_t *) text, length);
}

static void
read_importance(const DriverMoments *m)
{
	double	   *importance = fuzz_new(DRIVERS_MAX * sizeof(double));
	double	   *r_squared;

	drivers_johnson(m, importance, fuzz_new(sizeof(DriverWork)));
	if (m->drivers > 6)
		return;
	r_squared = fuzz_new(drivers_lmg_room(m->drivers) * sizeof(double));
	drivers_lmg(m, importance, r_squared);
}

static void
type_read(FuzzValue value, bool valid)
{
	const DriverSummary *s = (const DriverSummary *) value.bytes;
	DriverMoments *m = fuzz_new(sizeof(DriverMoments));
	DriverFit  *fit = fuzz_new(sizeof(DriverFit));

	(void) valid;
	MUST(drivers_effective(s) >= 0);
	if (s->drivers == 0)
		return;
	drivers_moments(s, m);
	for (int i = 0; i <= m->drivers; i++)
		for (int j = 0; j < i; j++)
			MUST(!(fabs(m->correlation[i][j]) > 1 + 1e-6));
	drivers_fit(m, fit, fuzz_new(sizeof(DriverWork)));
	if (fit->known)
	{
		MUST(!(fit->r_squared < -1e-6 || fit->r_squared > 1 + 1e-6));
		read_importance(m);
	}
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	const DriverSummary *x = (const DriverSummary *) a.bytes;
	const DriverSummary *y = (const DriverSummary *) b.bytes;
	FuzzValue	sum = x->drivers == 0 ? fuzz_value(b.bytes, b.size) : fuzz_value(a.bytes, a.size);
	DriverSummary *s = (DriverSummary *) sum.bytes;
	DriverStatus status = drivers_mergeable(x, y);

	if (status == DRIVERS_OK)
		status = x->drivers == 0 ? drivers_add_left_out(s, x->left_out) : drivers_merge(s, y);
	return status == DRIVERS_OK ? sum : fuzz_none;
}

static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	FuzzValue	rest = fuzz_value(a.bytes, a.size);
	DriverSummary *s = (DriverSummary *) rest.bytes;

	if (drivers_subtract(s, (DriverSummary *) b.bytes) != DRIVERS_OK)
		return fuzz_none;
	return fuzz_value(s, size_of(s));
}
