/*
 * csat_code.h
 *		What the codes of support tools say about a customer: satisfied, not
 *		satisfied, or nothing, because nobody answered.
 *
 * Sources:
 *	Zendesk		developer.zendesk.com, Satisfaction Ratings: the score of a rating is
 *				offered, unoffered, good or bad; the filters of the list also know
 *				good and bad with and without a comment, and received, which is both.
 *				Its own rate is good / (good + bad).
 *	Freshdesk	developers.freshdesk.com, Satisfaction Ratings, shows 103, 101 and
 *				-102 without saying what they are.  The constants in public code that
 *				reads them: 103, 102, 101 extremely, very and just happy, 100 neutral,
 *				-101, -102, -103 unhappy likewise.  Its own rate is happy / all rated.
 */
#ifndef CSAT_CODE_H
#define CSAT_CODE_H

#include <stddef.h>
#include <stdint.h>

typedef enum CsatCode
{
	CSAT_SATISFIED,
	CSAT_NOT_SATISFIED,
	CSAT_NO_ANSWER,
	CSAT_EITHER,				/* a filter that takes good and bad ratings together */
	CSAT_PADDED,				/* a code with white space before or behind it */
	CSAT_NUMBER,				/* a rating in digits, of a survey of another kind */
	CSAT_UNKNOWN
} CsatCode;

#pragma GCC visibility push(hidden)

extern CsatCode zendesk_csat_code(const char *score, size_t length);
extern CsatCode freshdesk_csat_code(int32_t rating);

#pragma GCC visibility pop

#endif							/* CSAT_CODE_H */
