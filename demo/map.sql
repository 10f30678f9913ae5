-- All of it at once: a journey map. It is kept up to date by the table itself, and read like any view.

SELECT create_journey_map('shop_journey', 'responses', at => 'answered_at', stage => 'stage', touchpoint => 'touchpoint',
	nps => 'nps', csat => 'csat', ces => 'ces', comment => 'comment', bucket => 'week', timezone => 'Europe/Warsaw');

-- What people know about the journey beside the numbers.

INSERT INTO shop_journey_notes (stage, touchpoint, kind, note) VALUES
	('search', NULL, 'does', 'Compares three shops on the phone'),
	('search', NULL, 'thinks', 'Which of these is the right size for me?'),
	('basket', NULL, 'does', 'Leaves it for a day and waits for a discount'),
	('basket', NULL, 'idea', 'Show the delivery day already here'),
	('payment', NULL, 'feels', 'Relief'),
	('delivery', NULL, 'thinks', 'I was at home all day. Why did nobody ring?'),
	('delivery', NULL, 'feels', 'Angry: nobody can say where the parcel is'),
	('delivery', 'courier:door', 'barrier', 'The courier has no telephone number of the customer'),
	('delivery', NULL, 'idea', 'A time slot of one hour, and a message when it changes'),
	('returns', NULL, 'does', 'Prints a label at work'),
	('returns', NULL, 'barrier', 'No printer at home'),
	('returns', 'phone:helpline', 'barrier', 'Twenty minutes in the queue, and the agent sees no order'),
	('returns', NULL, 'idea', 'A code for the parcel machine instead of a label');

-- Who the customers are: what they want, and what they say.

INSERT INTO shop_journey_notes (kind, note) VALUES
	('persona', 'Wants it by the weekend, at home or on the way'),
	('persona', 'Shops on the phone in the evening, pays at the computer'),
	('persona', '"If nobody tells me when it comes, I order elsewhere."');

-- What it should be like: goals of the whole journey, and of stages.

INSERT INTO shop_journey_targets (stage, metric, target) VALUES
	(NULL, 'nps', 35), (NULL, 'csat', 72), (NULL, 'ces', 5), ('delivery', 'nps', 30), ('returns', 'nps', 30);

-- And what was done about it, and when.

INSERT INTO shop_journey_notes (stage, kind, note, noted_at) VALUES ('delivery', 'change', 'Another courier', '2026-04-15');

-- Every stage and touchpoint, in the order of the journey. The emotion goes from -2 to 2.

SELECT stage, touchpoint, responses, round(nps, 1) AS nps, round(csat, 1) AS csat, round(ces, 2) AS ces, round(emotion, 1) AS emotion
FROM shop_journey
ORDER BY stage_position, touchpoint;

-- The barriers: what is worse than the rest beyond chance, and how many points the whole would gain without it. Here
-- for the NPS, the greatest gain first.

SELECT stage, touchpoint, round(value, 1) AS nps, round(rest, 1) AS rest, round(impact, 2) AS impact, round(p_value::numeric, 4) AS p_value
FROM shop_journey_barriers
WHERE metric = 'nps'
ORDER BY impact DESC;

-- What do customers say there?

SELECT comment, count(*) AS times
FROM shop_journey_comments
WHERE touchpoint = 'courier:door' AND nps <= 6
GROUP BY comment
ORDER BY times DESC
LIMIT 3;

-- What customers did beside what they said: their journeys, kept up to date by the table of events itself.

SELECT create_journey_table('shop_paths', 'events', customer => 'customer', stage => 'stage', at => 'at');

SELECT stage, reached, round(from_previous, 1) AS from_previous
FROM funnel_steps((SELECT funnel_agg(journey, 'search > product > basket > checkout > payment', '30 days') FROM shop_paths));
