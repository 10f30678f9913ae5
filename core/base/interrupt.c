/*
 * interrupt.c
 *		The hook of interrupt.h.
 */
#include "base/interrupt.h"

void		(*interrupt_hook) (void) = NULL;
