/*
 * label_slip.h
 *		A label that nothing has may be a slip of the pen: which one was meant?
 */
#ifndef LABEL_SLIP_H
#define LABEL_SLIP_H

#include "postgres.h"

#include "fmgr.h"

#include "base/label.h"
#include "journey/journey.h"

#pragma GCC visibility push(hidden)

extern uint32 label_most_like(const JourneyLabel *label, const JourneyLabel *labels, uint32 count);
extern bool label_said_before(FunctionCallInfo fcinfo, const JourneyLabel *label);

#pragma GCC visibility pop

#endif							/* LABEL_SLIP_H */
