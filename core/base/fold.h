/*
 * fold.h
 *		Letter case and white space of names, by one rule that depends on no
 *		locale, collation or setting, so that what is stored stays equal when
 *		an operating system changes its mind.
 */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>

#pragma GCC visibility push(hidden)

extern size_t fold_trim(const char **text, size_t length);
extern void fold_lower(char *text, size_t length, bool utf8);
extern bool fold_same(const char *text, size_t length, const char *name);

#pragma GCC visibility pop

#endif							/* FOLD_H */
