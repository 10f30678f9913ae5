/*
 * drivers_report.h
 *		All that is said of the drivers of a summary, by drivers() and by driver_svg().
 */
#ifndef DRIVERS_REPORT_H
#define DRIVERS_REPORT_H

#include "drivers/drivers_datum.h"
#include "drivers/drivers_fit.h"

/* The lowest and the highest answer that a question has; the highest is NaN if none is said. */
typedef struct DriverScale
{
	double		low;
	double		high;
} DriverScale;

/* All that drivers() says, from which a row is made for each driver. */
typedef struct DriverReport
{
	DriverSummary *s;
	DriverMoments moments;
	DriverFit	fit;
	DriverWork	work;
	double		critical;		/* of Student's t */
	double		importance[DRIVERS_MAX];
	DriverScale scales[DRIVERS_MAX];
	text	   *names[DRIVERS_MAX];
} DriverReport;

#pragma GCC visibility push(hidden)

extern void drivers_elements_arg(FunctionCallInfo fcinfo, int argno, const DriverSummary *s,
								 const char *what, Datum **values, bool **nulls);
extern bool drivers_johnson_arg(FunctionCallInfo fcinfo);
extern void drivers_report_names(FunctionCallInfo fcinfo, DriverReport *r);
extern void drivers_report_fit(FunctionCallInfo fcinfo, DriverReport *r, double level);

#pragma GCC visibility pop

#endif							/* DRIVERS_REPORT_H */
