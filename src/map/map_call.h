/*
 * map_call.h
 *		How the errors of a journey map speak to people.
 */
#ifndef MAP_CALL_H
#define MAP_CALL_H

/* A line of CONTEXT that begins so is kept; all others are inner workings. */
#define MAP_CONTEXT "argument \""

#endif							/* MAP_CALL_H */
