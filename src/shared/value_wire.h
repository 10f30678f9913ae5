/*
 * value_wire.h
 *		What the binary forms of several types have in common.  No byte of a message
 *		is trusted, and nothing is allocated for what it merely claims: 22P03.
 */
#ifndef VALUE_WIRE_H
#define VALUE_WIRE_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "base/label.h"
#include "base/uint128.h"

#pragma GCC visibility push(hidden)

extern void value_receive_version(StringInfo buf, const char *type, int known);
extern int	value_receive_flags(StringInfo buf, const char *type, int known);
extern uint32 value_receive_count(StringInfo buf, const char *type, uint32 most, int each);
extern Uint128 value_receive_wide(StringInfo buf);
extern void value_send_wide(StringInfo buf, Uint128 value);
extern int	value_receive_length(StringInfo buf, const char *type);
extern JourneyLabel value_receive_label(StringInfo buf, const char *type);
extern void value_send_label(StringInfo buf, const JourneyLabel *label);

#pragma GCC visibility pop

#endif							/* VALUE_WIRE_H */
