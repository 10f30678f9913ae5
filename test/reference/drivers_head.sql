--
-- Drivers against R to 1e-9.
-- Written by test/reference/make_drivers_reference.R; do not edit.
--
CREATE TEMP TABLE answers (sample text, outcome double precision, drivers double precision[], weight double precision);
CREATE TEMP TABLE said (sample text, level double precision, driver text, mean double precision,
	correlation double precision, coefficient double precision, std_error double precision, low double precision,
	high double precision, p_value double precision, lmg double precision, johnson double precision);
CREATE TEMP TABLE said_of_all (sample text, r_squared double precision, adjusted_r_squared double precision,
	std_error double precision);
