-- All of it at once: a journey map. It is kept up to date by the table itself, and read like any view.

SELECT create_journey_map('shop_journey', 'responses', at => 'answered_on', stage => 'stage', touchpoint => 'channel',
	nps => 'nps', csat => 'csat', ces => 'ces', bucket => 'week');

-- What people know about the journey beside the numbers.

INSERT INTO shop_journey_notes (stage, touchpoint, kind, note) VALUES
	('search', NULL, 'does', 'Compares three shops on the phone'),
	('search', NULL, 'thinks', 'Which of these is the right size for me?'),
	('basket', NULL, 'does', 'Leaves it for a day and waits for a discount'),
	('basket', NULL, 'idea', 'Show the delivery day already here'),
	('payment', NULL, 'feels', 'Relief'),
	('delivery', NULL, 'thinks', 'I was at home all day. Why did nobody ring?'),
	('delivery', NULL, 'feels', 'Angry: nobody can say where the parcel is'),
	('delivery', 'phone', 'barrier', 'Twenty minutes in the queue, and the agent sees no tracking'),
	('delivery', NULL, 'idea', 'A time slot of one hour, and a message when it changes'),
	('returns', NULL, 'does', 'Prints a label at work'),
	('returns', NULL, 'barrier', 'No printer at home'),
	('returns', NULL, 'idea', 'A code for the parcel machine instead of a label');

-- And what was done about it, and when.

INSERT INTO shop_journey_notes (stage, kind, note, noted_at) VALUES ('delivery', 'change', 'Back to the old carrier', '2025-12-01');

-- Every stage and touchpoint, in the order of the journey. The emotion goes from -2 to 2.

SELECT stage, touchpoint, responses, round(nps, 1) AS nps, round(csat, 1) AS csat, round(ces, 2) AS ces, round(emotion, 1) AS emotion
FROM shop_journey
ORDER BY stage_position, touchpoint;

-- The barriers: what is worse than the rest beyond chance, and how many points the whole would gain without it. Here
-- for the NPS, the greatest gain first.

SELECT stage, touchpoint, round(value, 1) AS nps, round(rest, 1) AS rest, round(impact, 2) AS impact, to_char(p_value, '9.9EEEE') AS p_value
FROM shop_journey_barriers
WHERE metric = 'nps'
ORDER BY impact DESC;
