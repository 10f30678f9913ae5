--
-- Codes of the tools that answers come from. COST makes a condition on the name of a field go before them, where codes
-- and other texts stand in one column: WHERE zendesk_csat(value) IS NOT NULL AND field_name = 'satisfaction_score'.
--

CREATE FUNCTION zendesk_csat(score text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zendesk_csat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION zendesk_csat(text) IS
'Whether a satisfaction score of Zendesk is a satisfied customer: true for good, false for bad, each also with '
'_with_comment or _without_comment behind it; NULL, which is no answer, for offered, unoffered, a text without '
'characters and NULL. Letter case does not count. So csat_agg(zendesk_csat(score)) is 100 * good / (good + bad), as '
'Zendesk counts. Error 22023 for any other text, such as received, which is both, a score with white space around it, '
'and the numbers of the surveys of 2 to 5 points: csat_agg(rating, ''[1,5]'') is for those. Codes: '
'developer.zendesk.com, Satisfaction Ratings.';

CREATE FUNCTION freshdesk_csat(rating integer) RETURNS boolean
	AS 'MODULE_PATHNAME', 'freshdesk_csat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION freshdesk_csat(integer) IS
'Whether a satisfaction rating of Freshdesk is a happy customer: true for 101, 102 and 103, false for 100, which is '
'neutral, and for -101, -102 and -103; NULL for NULL. So csat_agg(freshdesk_csat(rating)) is 100 * happy / rated, '
'with the neutral ones among the rated, as Freshdesk counts. Error 22003 for any other number. The codes are those '
'that public code reading developers.freshdesk.com, Satisfaction Ratings, names.';

