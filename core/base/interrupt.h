/*
 * interrupt.h
 *		What long loops of the core do now and then: ask whether they should go on.
 *
 * A value may have millions of labels, and whoever cancels a query does not wait for the
 * end of a loop over them.  The hook is set once, by src/shared/cxjourney.c; unit tests
 * have none.  It may leave by longjmp(), since the core keeps no memory of its own and
 * only fills what its caller has allocated.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <stddef.h>
#include <stdint.h>

/* Steps of a loop between two calls, each of them mostly below a microsecond. */
#define INTERRUPT_STEPS 4096

#pragma GCC visibility push(hidden)

extern void (*interrupt_hook) (void);

#pragma GCC visibility pop

/* In step i of a loop, counted from 0. */
static inline void
interrupt_in_step(size_t i)
{
	if ((i + 1) % INTERRUPT_STEPS == 0 && interrupt_hook != NULL)
		interrupt_hook();
}

#endif							/* INTERRUPT_H */
