/*
 * value_error.h
 *		Values from outside that are not valid: one message and one SQLSTATE for each way
 *		to be wrong, whatever the type.
 *
 *		22P02	text, or JSON, that cannot be read, with the place if there is one
 *		22P02	text that can be read, but says what is not possible
 *		54000	text of more than a value can hold
 *		22P03	a binary message
 *		XX001	a stored value that is damaged, or of a format that this library
 *				does not know, because a newer one wrote it or something else did
 *
 * What the types say themselves is why, for DETAIL, and how it is written, for HINT.
 */
#ifndef VALUE_ERROR_H
#define VALUE_ERROR_H

#include "postgres.h"

#include "nodes/nodes.h"

#include "base/text_scan.h"
#include "shared/compat.h"

#pragma GCC visibility push(hidden)

extern char *value_shown(const char *text, size_t length);

/* These return false where escontext takes the error. */
extern bool value_reject_text(const char *type, const TextScan *scan, const char *hint,
							  Node *escontext);
extern bool value_reject_form(const char *type, const char *text, const char *detail,
							  const char *hint, Node *escontext);
extern bool value_reject_content(const char *type, const char *text, const char *detail,
								 const char *hint, Node *escontext);
extern bool value_reject_scan(const char *type, const TextScan *scan, const char *detail,
							  const char *hint, Node *escontext);

pg_noreturn extern void value_reject_binary(const char *type, const char *detail);
pg_noreturn extern void value_reject_binary_text(const char *type, const TextScan *scan);
pg_noreturn extern void value_reject_version(const char *type, int version, int known);
pg_noreturn extern void value_reject_stored(const char *type);

#pragma GCC visibility pop

#endif							/* VALUE_ERROR_H */
