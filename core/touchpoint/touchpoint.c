/*
 * touchpoint.c
 *		Reading and writing touchpoints, and which channels are online; see
 *		touchpoint.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "touchpoint/touchpoint.h"

/* The text form taken apart at its first colon, or TOUCHPOINT_NO_COLON. */
TouchpointStatus
touchpoint_split(const char *text, size_t length, TouchpointParts *parts)
{
	const char *colon = memchr(text, ':', length);

	if (colon == NULL)
		return TOUCHPOINT_NO_COLON;
	parts->channel = text;
	parts->channel_length = (size_t) (colon - text);
	parts->place = colon + 1;
	parts->place_length = length - parts->channel_length - 1;
	return TOUCHPOINT_OK;
}

/* Control characters of ASCII, and in UTF-8 also U+0080 to U+009F */
static bool
has_control(const char *text, size_t length, bool utf8)
{
	const unsigned char *at = (const unsigned char *) text;

	for (size_t i = 0; i < length; i++)
	{
		if (at[i] < 0x20 || at[i] == 0x7F)
			return true;
		if (utf8 && at[i] == 0xC2 && i + 1 < length && at[i + 1] < 0xA0)
			return true;
	}
	return false;
}

/* Trim both parts, then check them: every touchpoint from outside comes here. */
TouchpointStatus
touchpoint_validate(TouchpointParts *parts, bool utf8)
{
	parts->channel_length = fold_trim(&parts->channel, parts->channel_length);
	parts->place_length = fold_trim(&parts->place, parts->place_length);
	if (parts->channel_length == 0)
		return TOUCHPOINT_NO_CHANNEL;
	if (parts->place_length == 0)
		return TOUCHPOINT_NO_PLACE;
	if (parts->channel_length > TOUCHPOINT_MAX_CHANNEL)
		return TOUCHPOINT_LONG_CHANNEL;
	if (parts->place_length > TOUCHPOINT_MAX_PLACE)
		return TOUCHPOINT_LONG_PLACE;
	if (memchr(parts->channel, ':', parts->channel_length) != NULL)
		return TOUCHPOINT_COLON_IN_CHANNEL;
	if (has_control(parts->channel, parts->channel_length, utf8) ||
		has_control(parts->place, parts->place_length, utf8))
		return TOUCHPOINT_CONTROL;
	return TOUCHPOINT_OK;
}

/*
 * Write the text form of valid parts, the channel in lower case; at most
 * TOUCHPOINT_MAX_TEXT bytes.  Returns how many.
 */
size_t
touchpoint_write(const TouchpointParts *parts, bool utf8, char *text)
{
	size_t		length = parts->channel_length;

	memcpy(text, parts->channel, length);
	fold_lower(text, length, utf8);
	text[length++] = ':';
	memcpy(text + length, parts->place, parts->place_length);
	return length + parts->place_length;
}

typedef struct KnownChannel
{
	const char *name;
	bool		online;
} KnownChannel;

/*
 * Online is what reaches the customer's screen over a network; offline is a
 * place, a voice, paper and broadcasting.  Names that people use for both, such
 * as "mail" and "display", are left out.  In the order of their bytes.
 */
static const KnownChannel known_channels[] = {
	{"app", true},
	{"atm", false},
	{"billboard", false},
	{"blog", true},
	{"branch", false},
	{"call center", false},
	{"call centre", false},
	{"call-center", false},
	{"call-centre", false},
	{"chat", true},
	{"chatbot", true},
	{"counter", false},
	{"courier", false},
	{"e-mail", true},
	{"email", true},
	{"event", false},
	{"forum", true},
	{"helpline", false},
	{"hotel", false},
	{"ivr", false},
	{"kiosk", false},
	{"letter", false},
	{"marketplace", true},
	{"messenger", true},
	{"mobile", true},
	{"newsletter", true},
	{"office", false},
	{"offline", false},
	{"online", true},
	{"outdoor", false},
	{"packaging", false},
	{"phone", false},
	{"portal", true},
	{"pos", false},
	{"post", false},
	{"press", false},
	{"print", false},
	{"product", false},
	{"push", true},
	{"radio", false},
	{"restaurant", false},
	{"search", true},
	{"shelf", false},
	{"shop", false},
	{"showroom", false},
	{"sms", true},
	{"social", true},
	{"social media", true},
	{"social-media", true},
	{"store", false},
	{"telephone", false},
	{"tv", false},
	{"video", true},
	{"web", true},
	{"webinar", true},
	{"website", true},
};

typedef struct ChannelKey
{
	const char *name;			/* not terminated */
	size_t		length;
} ChannelKey;

static int
compare_channel(const void *key, const void *known)
{
	const ChannelKey *channel = key;
	const char *name = ((const KnownChannel *) known)->name;
	size_t		length = strlen(name);
	size_t		common = channel->length < length ? channel->length : length;
	int			order = memcmp(channel->name, name, common);

	return order != 0 ? order : (channel->length > length) - (channel->length < length);
}

/* Is a channel, in lower case, online?  False for a channel that the table does not have. */
bool
touchpoint_is_online(const char *channel, size_t length, bool *online)
{
	ChannelKey	key = {channel, length};
	const KnownChannel *known;

	known = bsearch(&key, known_channels, sizeof(known_channels) / sizeof(known_channels[0]),
					sizeof(known_channels[0]), compare_channel);
	if (known == NULL)
		return false;
	*online = known->online;
	return true;
}
