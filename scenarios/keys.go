package scenarios

import "strings"

// Key is a key of the language.
type Key struct {
	// Path is where the key stands; * is a name that the user chooses.
	Path string
	// Form is what may be written there; empty for a section with keys of its own.
	Form string
	// Default is what holds when the key is left out, as it would be written.
	Default string
	// Otherwise says what holds when the key is left out, where there is no fixed
	// default. A key with neither is required.
	Otherwise string
	// Meaning is one sentence.
	Meaning string
}

// Keys is the whole language, key by key, in the order of the manual.
func Keys() []Key { return append([]Key(nil), keys...) }

// itsDefaults says that a section may be left out because each of its keys may.
const itsDefaults = "the defaults of its keys"

// keys is the one table of keys: what is read, what a missing key means, and
// what an unknown key is compared with.
var keys = []Key{
	{"name", "name", "", "the name of the file", "what the scenario is called in tables, charts and file names"},
	{"title", "text", "", "none", "one line about it for people"},
	{"extends", "name of a shipped scenario, or path of a file", "", "none", "the scenario that this one changes"},

	{"time", "", "", itsDefaults, "the stretch that is simulated"},
	{"time.zone", "time zone", "UTC", "", "the zone of every local time that names no other"},
	{"time.start", "date or date and time", "2026-01-05", "", "when the simulation starts"},
	{"time.length", "duration", "4w", "", "how long it goes on, warm-up included"},
	{"time.warmup", "duration", "", "1w if the length is two weeks or more, else 0s", "how much of the beginning is simulated but not measured"},
	{"time.interval", "15m, 30m or 60m", "30m", "", "the step of all time series"},

	{"run", "", "", itsDefaults, "how many trials answer the question"},
	{"run.replications", "number, or range such as 30..400", "30", "", "how often the stretch is simulated, with other random numbers each time"},
	{"run.precision", "such as 5% of breach_rate(first_reply), or 500 USD of cost, or a list", "", "all replications run", "stop within the range of replications once the half-width of each measure's interval is this share of it, or this much"},
	{"run.control", "none or arrivals", "none", "", "arrivals: correct the estimates by how many tickets came, against how many should come on average; the intervals get shorter"},
	{"run.seed", "whole number", "1", "", "the start of all random numbers: the same seed gives the same results"},

	{"calendars", "", "", "only always", "business hours, by name; always is built in"},
	{"calendars.*.zone", "time zone", "", "time.zone", "the zone of the hours"},
	{"calendars.*.hours", "map from days to hours", "", "", "when it is open in an ordinary week"},
	{"calendars.*.holidays", "country, date or list", "", "none", "public holidays on which it is closed"},
	{"calendars.*.closed", "date or list of dates", "", "none", "further dates on which it is closed"},
	{"calendars.*.special", "map from dates to hours", "", "none", "hours that replace those of the week on single dates"},
	{"calendars.*.breaks", "hours or list of hours", "", "none", "hours that are closed on every day"},

	{"tiers", "list of names", "customer", "", "the kinds of customers"},
	{"priorities", "list of names, highest first", "[urgent, high, normal, low]", "", "the priorities of tickets"},

	{"channels", "", "", "one channel, email", "how contacts reach the desk, by name"},
	{"channels.*.live", "true or false", "false", "", "whether the customer waits on the line and may leave"},
	{"channels.*.patience", "distribution", "", "for ever", "how long a live customer waits before leaving"},
	{"channels.*.short_abandon", "duration", "0s", "", "leaving within this time does not count in answer targets"},
	{"channels.*.concurrency", "whole number", "1", "", "how many contacts one agent serves at once"},
	{"channels.*.slowdown", "such as 25% per extra chat, or list", "0%", "", "how much longer a contact takes while its agent has others in hand: for every other one, or with one, with two and so on"},
	{"channels.*.callback", "percentage", "0%", "", "the share of those whose patience ends who stay in the queue to be called back"},
	{"channels.*.after_abandon", "", "", "who leaves is lost", "what live customers do after leaving"},
	{"channels.*.after_abandon.retry", "such as 40% after exponential(mean 10m)", "", "nobody", "the share that tries again, and after how long"},
	{"channels.*.after_abandon.switch", "such as 25% to email", "", "nobody", "the share that writes at once instead, and on which channel"},
	{"channels.*.after_abandon.most", "1 to 7", "3", "", "how often one customer tries again"},
	{"channels.*.chase", "", "", "nobody asks again", "how customers in writing ask again while they are not answered"},
	{"channels.*.chase.after", "distribution", "", "", "how long after writing, and after asking; with a Weibull shape above 1 ever more likely as they wait"},
	{"channels.*.chase.merged", "percentage", "100%", "", "the share that is seen to be the same matter; the others become tickets of their own"},
	{"channels.*.chase.handle", "distribution", "", "", "the agent time that each time costs"},
	{"channels.*.chase.most", "1 to 7", "3", "", "how often the customer of one ticket asks again"},

	{"issues", "", "", "", "what tickets are about, by name"},
	{"issues.*.priority", "name of a priority", "", "normal", "the priority that its tickets get"},
	{"issues.*.skill", "name", "", "anybody can do it", "the skill that an agent needs"},
	{"issues.*.handle", "distribution", "", "", "agent time of one touch"},
	{"issues.*.solved_at_first_touch", "percentage", "100%", "", "the share of tickets that the first touch solves"},
	{"issues.*.solved_later", "percentage", "", "as at the first touch", "the share that each later touch solves"},
	{"issues.*.customer_reply", "", "", "none; needed when some touch does not solve", "what the customer does when the agent had to ask back"},
	{"issues.*.customer_reply.after", "distribution", "", "", "how long the customer takes to answer"},
	{"issues.*.customer_reply.never", "percentage", "0%", "", "the share of questions that are never answered"},
	{"issues.*.customer_reply.close", "duration", "7d", "", "how long an unanswered ticket stays pending before it counts as solved"},
	{"issues.*.customer_reply.remind", "duration or list of durations", "", "no reminders", "when a silent customer is reminded, counted from the agent's reply; costs no agent time"},
	{"issues.*.customer_reply.wins", "percentage", "0%", "", "the share of those who would never answer that each reminder wins; they answer after a new delay"},
	{"issues.*.reopen", "percentage, or share and after", "0%", "", "the share of solved tickets that come back"},
	{"issues.*.reopen.share", "percentage", "", "", "the share of solved tickets that come back"},
	{"issues.*.reopen.after", "distribution", "exponential(mean 2d)", "", "how long after solving"},
	{"issues.*.hand_off", "", "", "none", "how tickets go to another team for a while; a list for several"},
	{"issues.*.hand_off.to", "name of a team", "", "", "the team that gets them; it need have neither the skill nor the channel"},
	{"issues.*.hand_off.share", "percentage", "", "", "the share of tickets that are handed off, or with any touch of the touches"},
	{"issues.*.hand_off.handle", "distribution", "", "", "agent time of the other team"},
	{"issues.*.hand_off.after", "first touch or any touch", "first touch", "", "the touches after which it happens; they solve nothing"},
	{"issues.*.hand_off.status", "on-hold or open", "on-hold", "", "the status of the ticket while the other team has it"},
	{"issues.*.hand_off.returns", "yes or no", "yes", "", "whether it comes back to those who had it; otherwise the other team replies and solves it"},

	{"demand", "", "", "", "the streams of tickets"},
	{"demand.*.stream", "name", "", "stream and its number", "what the stream is called"},
	{"demand.*.channel", "name of a channel", "", "the only channel", "the channel of its tickets"},
	{"demand.*.issue", "name of an issue, or map from names to percentages", "", "the only issue", "what its tickets are about"},
	{"demand.*.tier", "name of a tier, or map from names to percentages", "", "the only tier", "who its customers are"},
	{"demand.*.accounts", "map from names to a percentage, or to tier and share", "", "none", "single customers of interest and their share of the stream"},
	{"demand.*.accounts.*.tier", "name of a tier", "", "the only tier of the stream", "the tier that the customer belongs to"},
	{"demand.*.accounts.*.share", "percentage", "", "", "the share of the stream that comes from this customer"},
	{"demand.*.volume", "such as 900/day, 6000/week or 40/hour", "", "none; replay brings the tickets", "how many tickets come on ordinary days"},
	{"demand.*.profile", "", "", "flat", "the shape of the week"},
	{"demand.*.profile.hours", "list of 24, 48 or 96 weights", "", "flat", "the shape of the day; only the ratios matter"},
	{"demand.*.profile.days", "map from days to percentages", "", "100% each", "days that are busier or calmer than ordinary ones"},
	{"demand.*.growth", "such as 20%/year", "0%/year", "", "the trend of the volume"},
	{"demand.*.busyness", "", "", "no day is busier than planned", "chance that moves whole days"},
	{"demand.*.busyness.cv", "number", "", "", "the coefficient of variation of a gamma factor, one for each day"},
	{"demand.*.spikes", "name of a spike or list", "", "none", "the spikes that multiply this stream"},
	{"demand.*.from", "date", "", "the start", "the first day with tickets"},
	{"demand.*.until", "date", "", "the end", "the last day with tickets"},
	{"demand.*.replay", "", "", "tickets are drawn at random", "a history to replay instead of a volume"},
	{"demand.*.replay.file", "path, from the folder of this file", "", "", "the history: CSV, perhaps gzipped"},
	{"demand.*.replay.map", "", "", "the columns of Headroom's own log", "which column holds what"},
	{"demand.*.replay.map.id", "name of a column", "", "", "the ticket's identifier"},
	{"demand.*.replay.map.created", "name of a column", "", "", "when the ticket was created"},
	{"demand.*.replay.map.channel", "name of a column", "", "the stream's channel", "the ticket's channel"},
	{"demand.*.replay.map.issue", "name of a column", "", "the stream's issues, by their shares", "the ticket's issue"},
	{"demand.*.replay.map.tier", "name of a column", "", "the stream's tiers, by their shares", "the customer's tier"},
	{"demand.*.replay.map.priority", "name of a column", "", "the issue's priority", "the ticket's priority"},
	{"demand.*.replay.map.account", "name of a column", "", "none", "the customer; those that the scenario does not name are anonymous"},
	{"demand.*.replay.dates", "layout such as \"2006-01-02 15:04\"", "", "RFC 3339", "how the file writes 3:04 pm on 2 January 2006"},
	{"demand.*.replay.zone", "time zone", "", "time.zone", "the zone of dates that name none"},
	{"demand.*.replay.rows", "tickets or updates", "tickets", "", "whether a ticket has one row, or one for each update, of which the first counts"},
	{"demand.*.replay.missing", "text or list of texts", "", "only empty cells", "what the file writes where it knows nothing"},
	{"demand.*.replay.values", "", "", "the words of the scenario", "what the words of the file are called here, by channel, issue, tier, priority or account"},
	{"demand.*.replay.values.channel", "map from words to names", "", "none", "words for channels"},
	{"demand.*.replay.values.issue", "map from words to names", "", "none", "words for issues"},
	{"demand.*.replay.values.tier", "map from words to names", "", "none", "words for tiers"},
	{"demand.*.replay.values.priority", "map from words to names", "", "none", "words for priorities"},
	{"demand.*.replay.values.account", "map from words to names", "", "none", "words for accounts"},
	{"demand.*.replay.from", "date", "", "the first ticket", "the first day of the history that is replayed"},
	{"demand.*.replay.until", "date", "", "the last ticket", "the last day of the history that is replayed"},
	{"demand.*.replay.shift_to", "date", "", "no shift", "the day onto which the first replayed day is moved"},

	{"spikes", "", "", "none", "times of unusual demand, by name"},
	{"spikes.*.factor", "number of at least 1", "", "", "what the volume is multiplied by at the height"},
	{"spikes.*.start", "date or date and time", "", "", "when it begins to rise"},
	{"spikes.*.rise", "duration", "0s", "", "how long it rises, in a straight line"},
	{"spikes.*.hold", "duration", "", "", "how long it stays at its height"},
	{"spikes.*.fall", "duration", "0s", "", "how long it falls, in a straight line"},
	{"spikes.*.handle", "percentage", "0%", "", "how much longer its tickets take to handle"},

	{"bursts", "", "", "none", "incidents, each of which brings many tickets of one issue on top of the streams"},
	{"bursts.*.name", "name", "", "burst and its number", "what the burst is called"},
	{"bursts.*.stream", "name of a stream", "", "the only stream", "the stream whose channel and customers its tickets have; not one that replays a history"},
	{"bursts.*.issue", "name of an issue", "", "the only issue", "what its tickets are about"},
	{"bursts.*.at", "date or date and time", "", "at random, by rate", "when it happens"},
	{"bursts.*.rate", "such as 2/month", "", "once, at at", "how often it happens, at random times that are others in each replication"},
	{"bursts.*.tickets", "number", "", "", "the mean number of tickets that an incident brings"},
	{"bursts.*.over", "duration", "", "", "the time within which 95% of them come, most of them early"},

	{"deflection", "", "", "none", "bots, AI agents and help pages that customers meet before the desk"},
	{"deflection.*.name", "name", "", "deflection and its number", "what it is called"},
	{"deflection.*.match", "", "", "every ticket", "the tickets that meet it, as in a policy; the first deflection that matches"},
	{"deflection.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"deflection.*.match.issue", "name or list", "", "any", "only these issues"},
	{"deflection.*.match.channel", "name or list", "", "any", "only these channels"},
	{"deflection.*.match.priority", "name or list", "", "any", "only these priorities"},
	{"deflection.*.match.account", "name or list", "", "any", "only these customers"},
	{"deflection.*.hours", "name of a calendar", "always", "", "the hours in which it answers"},
	{"deflection.*.contains", "percentage", "", "", "the share of those who meet it whom it answers, so that they do not come to the desk"},
	{"deflection.*.handle", "duration or distribution", "0s", "", "the customer's time with it; who is passed on comes to the desk after that"},
	{"deflection.*.wrong", "percentage", "0%", "", "the share of its answers that are wrong, so that the customer comes back, to the desk"},
	{"deflection.*.back_after", "duration or distribution", "", "nobody comes back", "how long after a wrong answer the customer is back"},
	{"deflection.*.cost", "such as 0.40 USD/contact", "", "nothing", "what it costs each time that a customer meets it; beside the cost of staff, not in it"},
	{"deflection.*.replays", "true or false", "false", "", "whether the tickets of a replayed history meet it too, which have met whatever there was"},

	{"teams", "", "", "", "who works, by name"},
	{"teams.*.skills", "name or list", "", "every skill", "what its agents can do"},
	{"teams.*.channels", "name or list", "", "every channel", "the channels that they serve"},
	{"teams.*.takes", "everything or hand-offs", "everything", "", "hand-offs: it works on what is handed off to it and on nothing else, whatever its skills"},
	{"teams.*.cost", "such as 24 USD/h", "", "no cost", "what a paid hour of one agent costs"},
	{"teams.*.premiums", "", "", "none", "what hours cost on top"},
	{"teams.*.premiums.night", "percentage", "0%", "", "on top for hours in the night"},
	{"teams.*.premiums.weekend", "percentage", "0%", "", "on top for hours on Saturday and Sunday"},
	{"teams.*.premiums.overtime", "percentage", "0%", "", "on top for hours after the end of a shift"},
	{"teams.*.premiums.holiday", "percentage", "0%", "", "on top for hours on the team's holidays"},
	{"teams.*.night", "hours", "22:00-06:00", "", "the hours that count as night"},
	{"teams.*.shrinkage", "percentage, or planned and sickness", "0%", "", "the share of paid time in which an agent is not available"},
	{"teams.*.shrinkage.planned", "percentage", "0%", "", "the part that is known beforehand: leave, meetings, training"},
	{"teams.*.shrinkage.sickness", "percentage", "0%", "", "the share of days on which a person is sick, drawn for each person and day; paid"},
	{"teams.*.shrinkage.spell", "duration", "", "each day by itself", "for how long, on average, somebody who falls sick stays sick"},
	{"teams.*.attrition", "such as 30%/year", "0%/year", "", "how many of its people leave in a year; each at a random time"},
	{"teams.*.hiring", "", "", "nobody comes for those who leave", "who comes for those who leave"},
	{"teams.*.hiring.lead", "duration in days or weeks", "", "", "how long it takes from when somebody leaves until another one comes"},
	{"teams.*.ramp", "such as 60% to 100% in 6w, or 70% for 5d, or list", "", "newcomers are as fast as all", "how fast newcomers work, as a share of full speed, from their first day on"},
	{"teams.*.overtime", "", "", "none", "days on which people stay longer than their shift, as planned"},
	{"teams.*.overtime.*.name", "name", "", "overtime and its number", "what it is called"},
	{"teams.*.overtime.*.from", "date", "", "", "the first day"},
	{"teams.*.overtime.*.until", "date", "", "", "the last day"},
	{"teams.*.overtime.*.hours", "duration", "", "", "how much longer they stay"},
	{"teams.*.overtime.*.share", "percentage", "100%", "", "the share of each shift's people who stay"},
	{"teams.*.quality", "", "", "touches are not scored", "how good its touches are"},
	{"teams.*.quality.mean", "percentage", "", "", "the mean score of a touch"},
	{"teams.*.quality.sd", "percentage", "5%", "", "its standard deviation"},
	{"teams.*.zone", "time zone", "", "time.zone", "the zone of its shifts"},
	{"teams.*.holidays", "country, date or list", "", "none", "days on which no shift starts"},
	{"teams.*.at_shift_end", "finish or hand_back", "finish", "", "what happens to the ticket in hand"},
	{"teams.*.shifts", "", "", "", "the weekly patterns of work"},
	{"teams.*.shifts.*.name", "name", "", "shift and its number", "what the shift is called"},
	{"teams.*.shifts.*.heads", "number", "", "", "how many people are on the payroll for it"},
	{"teams.*.shifts.*.days", "days, such as mon-fri", "mon-sun", "", "the days on which it starts"},
	{"teams.*.shifts.*.hours", "hours, or always", "", "", "from when to when; always is a seat that is never empty"},
	{"teams.*.shifts.*.break", "such as 30m at 11:00 in 4 turns, or list", "", "none", "time off within the shift, paid; all at once, or crews in turns"},
	{"teams.*.shifts.*.from", "date", "", "no limit", "the first day on which it starts"},
	{"teams.*.shifts.*.until", "date", "", "no limit", "the last day on which it starts"},
	{"teams.*.shifts.*.part_time", "percentage", "", "everybody works on all of its days", "the share of its days on which each person works, in turns; so many are there, and paid"},
	{"teams.*.shifts.*.learning", "such as 70% for 5d, or 60% to 100% in 10d, or list", "", "they know it all", "how fast its people work from its first day on, as a share of full speed; and its newcomers, in place of ramp"},
	{"teams.*.shifts.*.hires", "list", "", "none", "people who join the shift for good"},
	{"teams.*.shifts.*.hires.*.on", "date", "", "", "their first day"},
	{"teams.*.shifts.*.hires.*.heads", "number", "", "", "how many they are"},
	{"teams.*.shifts.*.on_call", "", "", "its people are at work", "its people are not at work, but can be called for tickets for which nobody at work is free"},
	{"teams.*.shifts.*.on_call.match", "", "", "every ticket", "the tickets for which they are called, as in a policy; never live contacts"},
	{"teams.*.shifts.*.on_call.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"teams.*.shifts.*.on_call.match.issue", "name or list", "", "any", "only these issues"},
	{"teams.*.shifts.*.on_call.match.channel", "name or list", "", "any", "only these channels"},
	{"teams.*.shifts.*.on_call.match.priority", "name or list", "", "any", "only these priorities"},
	{"teams.*.shifts.*.on_call.match.account", "name or list", "", "any", "only these customers"},
	{"teams.*.shifts.*.on_call.responds_in", "duration", "", "", "how long it takes from the call until they are at work; paid"},
	{"teams.*.shifts.*.on_call.standby", "such as 5 USD/h", "", "no cost", "what an hour on call costs, besides the hours at work, which cost as overtime does"},
	{"teams.*.shifts.*.on_call.minimum", "duration", "0s", "", "the time that is paid for a call at least"},
	{"teams.*.shifts.*.holidays", "off, work or only", "off", "", "whether it starts on the team's holidays too, or on nothing but these"},

	{"slow_tools", "", "", "none", "times in which the desk's own tools are slow"},
	{"slow_tools.*.name", "name", "", "slow tool and its number", "what it is called"},
	{"slow_tools.*.from", "date or date and time", "", "", "when it begins"},
	{"slow_tools.*.until", "date or date and time", "", "", "when it is over"},
	{"slow_tools.*.handle", "percentage", "", "", "how much longer the touches take that an agent starts within it"},
	{"slow_tools.*.teams", "name or list", "", "every team", "whose tools are slow"},

	{"outages", "", "", "none", "times in which channels, or the systems of teams, are down"},
	{"outages.*.name", "name", "", "outage and its number", "what it is called"},
	{"outages.*.channels", "name or list", "", "none", "the channels on which no customer gets through"},
	{"outages.*.teams", "name or list", "", "none", "the teams whose system is down: they finish what they have in hand and start nothing"},
	{"outages.*.from", "date or date and time", "", "at random, by rate", "when it begins"},
	{"outages.*.until", "date or date and time", "", "as lasts says", "when it is over"},
	{"outages.*.rate", "such as 1/month", "", "once, from from until until", "how often it happens, at random times that are others in each replication"},
	{"outages.*.lasts", "duration or distribution", "", "until until", "how long it lasts, if it is at random"},
	{"outages.*.switch", "such as 40% to email", "", "nobody does", "the share of the customers who turn to another channel when they do not get through"},
	{"outages.*.contacts", "lost, or such as back within 1h", "lost", "", "what the others do: they are lost, or try again within that time after the end"},
	{"outages.*.planned", "true or false", "false", "", "planned maintenance does not count against availability"},

	{"burnout", "", "", "nothing is assumed", "an assumption about overload, which every result then names"},
	{"burnout.above", "percentage", "85%", "", "the occupancy of a team above which it is strained"},
	{"burnout.over", "duration", "", "", "the time that is looked back on, a whole number of intervals"},
	{"burnout.handle", "percentage", "0%", "", "how much longer the touches take that a strained team starts"},
	{"burnout.reopen", "such as +5 points", "+0 points", "", "how many more of a hundred tickets come back that a strained team solves, of issues that come back at all"},
	{"burnout.quality", "such as -3 points", "-0 points", "", "how much lower the quality of the touches is that a strained team ends"},

	{"routing", "", "", itsDefaults, "which agent gets a ticket, and which ticket an agent takes next"},
	{"routing.order", "fifo, priority, earliest_due or nearest_breach", "priority", "", "the order of the queue; live contacts come first whatever it is"},
	{"routing.agent", "least_loaded or longest_idle", "least_loaded", "", "which of the agents with room for it gets a ticket"},
	{"routing.owner", "duration", "", "not at all", "how long a follow-up waits for the agent who had the ticket, while he is at work, before anybody may take it"},
	{"routing.overflow", "map from teams", "", "none", "teams that help out, and when"},
	{"routing.overflow.*.skills", "name or list", "", "every skill", "only tickets that need these skills"},
	{"routing.overflow.*.channels", "name or list", "", "every channel", "only tickets of these channels"},
	{"routing.overflow.*.after", "duration", "", "however long they wait", "it takes such tickets as have waited for so long"},
	{"routing.overflow.*.waiting", "number", "", "however many wait", "it takes such tickets while so many of them wait, or more"},
	{"routing.reserve", "map from teams", "", "none", "agents that teams keep free"},
	{"routing.reserve.*.keep", "number", "", "", "how many idle agents take nothing else"},
	{"routing.reserve.*.for", "", "", "", "what they are kept free for, as in a policy"},
	{"routing.reserve.*.for.tier", "name or list", "", "any", "only customers of these tiers"},
	{"routing.reserve.*.for.issue", "name or list", "", "any", "only these issues"},
	{"routing.reserve.*.for.channel", "name or list", "", "any", "only these channels"},
	{"routing.reserve.*.for.priority", "name or list", "", "any", "only these priorities"},
	{"routing.reserve.*.for.account", "name or list", "", "any", "only these customers"},
	{"routing.interrupt", "list", "", "nobody is interrupted", "what may break off other work when nobody is free; live contacts are never broken off"},
	{"routing.interrupt.*.for", "", "", "", "the tickets that come first, as in a policy"},
	{"routing.interrupt.*.for.tier", "name or list", "", "any", "only customers of these tiers"},
	{"routing.interrupt.*.for.issue", "name or list", "", "any", "only these issues"},
	{"routing.interrupt.*.for.channel", "name or list", "", "any", "only these channels"},
	{"routing.interrupt.*.for.priority", "name or list", "", "any", "only these priorities"},
	{"routing.interrupt.*.for.account", "name or list", "", "any", "only these customers"},
	{"routing.interrupt.*.of", "", "", "", "the work that is broken off, and goes back to its place in the queue"},
	{"routing.interrupt.*.of.tier", "name or list", "", "any", "only customers of these tiers"},
	{"routing.interrupt.*.of.issue", "name or list", "", "any", "only these issues"},
	{"routing.interrupt.*.of.channel", "name or list", "", "any", "only these channels"},
	{"routing.interrupt.*.of.priority", "name or list", "", "any", "only these priorities"},
	{"routing.interrupt.*.of.account", "name or list", "", "any", "only these customers"},
	{"routing.interrupt.*.resume", "duration", "", "nothing", "agent time to find into it again"},

	{"sla", "", "", "nothing is promised", "what is promised"},
	{"sla.resolve", "strictest, first_match or all", "strictest", "", "which of several matching policies counts"},
	{"sla.change", "carry_elapsed, restart_at_change, freeze or back_date", "carry_elapsed", "", "what a corrected priority does to the clocks of a ticket"},
	{"sla.policies", "", "", "none", "the policies"},
	{"sla.policies.*.name", "name", "", "policy and its number", "what the policy is called"},
	{"sla.policies.*.match", "", "", "every ticket", "the tickets that it is for"},
	{"sla.policies.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"sla.policies.*.match.issue", "name or list", "", "any", "only these issues"},
	{"sla.policies.*.match.channel", "name or list", "", "any", "only these channels"},
	{"sla.policies.*.match.priority", "name or list", "", "any", "only these priorities"},
	{"sla.policies.*.match.account", "name or list", "", "any", "only these customers"},
	{"sla.policies.*.calendar", "name of a calendar", "always", "", "the hours in which its clocks run"},
	{"sla.policies.*.first_reply", "target", "", "no promise", "until an agent first replies"},
	{"sla.policies.*.resolution", "target", "", "no promise", "until the ticket is solved"},
	{"sla.policies.*.answer", "target", "", "no promise", "until a live customer is answered"},
	{"sla.policies.*.next_reply", "target", "", "no promise", "from a further message until an agent replies, in rounds"},
	{"sla.policies.*.periodic_update", "target", "", "no promise", "from each reply to the next, in rounds"},
	{"sla.policies.*.pausable_update", "target", "", "no promise", "the same, but not while the ticket is pending"},
	{"sla.policies.*.requester_wait", "target", "", "no promise", "until the ticket is solved, but not while it is pending"},
	{"sla.policies.*.agent_work", "target", "", "no promise", "until the ticket is solved, while it is new or open"},
	{"sla.policies.*.group_ownership", "target", "", "no promise", "from the assignment to a group until another gets the ticket or it is solved, in rounds; in a map, team says of which team, and until: taken that it ends once an agent takes the ticket"},

	{"sla.relaxations", "", "", "none", "announced times in which promises are longer, for tickets created in them"},
	{"sla.relaxations.*.name", "name", "", "relaxation and its number", "what the relaxation is called"},
	{"sla.relaxations.*.announced", "date or date and time", "", "from", "when customers were told; not after it begins"},
	{"sla.relaxations.*.from", "date or date and time", "", "", "the tickets created from then on have the longer targets, for their whole life"},
	{"sla.relaxations.*.until", "date or date and time", "", "", "the tickets created from then on have the usual targets again"},
	{"sla.relaxations.*.match", "", "", "every ticket", "the tickets that it is for, as in a policy"},
	{"sla.relaxations.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"sla.relaxations.*.match.issue", "name or list", "", "any", "only these issues"},
	{"sla.relaxations.*.match.channel", "name or list", "", "any", "only these channels"},
	{"sla.relaxations.*.match.priority", "name or list", "", "any", "only these priorities"},
	{"sla.relaxations.*.match.account", "name or list", "", "any", "only these customers"},
	{"sla.relaxations.*.first_reply", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of first_reply: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.resolution", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of resolution: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.answer", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of answer: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.next_reply", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of next_reply: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.periodic_update", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of periodic_update: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.pausable_update", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of pausable_update: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.requester_wait", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of requester_wait: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.agent_work", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of agent_work: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.group_ownership", "such as x2, +50% or 48h, or map from priorities to these", "", "as ever", "the longer target of group_ownership: a factor, or the time that is allowed instead"},
	{"sla.relaxations.*.patience", "percentage", "0%", "", "how much longer live customers wait who come in it"},

	{"triage", "", "", "every ticket has the priority of its issue", "which priority tickets get when they come"},
	{"triage.keywords", "map from names to a percentage, or to percentages by issue", "", "none", "classes of words in a ticket's text, and the share of tickets in which such words occur"},
	{"triage.rules", "list", "", "none", "the first rule that matches a ticket gives its priority"},
	{"triage.rules.*.match", "", "", "every ticket", "the tickets that it is for, as in a policy; their priority is that of the issue"},
	{"triage.rules.*.match.keyword", "name or list", "", "any", "only tickets with words of these classes"},
	{"triage.rules.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"triage.rules.*.match.issue", "name or list", "", "any", "only these issues"},
	{"triage.rules.*.match.channel", "name or list", "", "any", "only these channels"},
	{"triage.rules.*.match.priority", "name or list", "", "any", "only issues of these priorities"},
	{"triage.rules.*.match.account", "name or list", "", "any", "only these customers"},
	{"triage.rules.*.priority", "name of a priority", "", "", "the priority that they get"},
	{"triage.wrong", "percentage", "0%", "", "the share of tickets that are a step too high or too low at first; the first agent puts it right"},
	{"triage.replays", "true or false", "false", "", "whether the tickets of a replayed history are mistaken so too, which says what they were in the end"},

	{"escalations", "", "", "none", "the ladder: what happens when a clock comes to a point of its target, once for each clock"},
	{"escalations.*.name", "name", "", "escalation and its number", "what the rung is called"},
	{"escalations.*.match", "", "", "every ticket", "the tickets that it is for, as in a policy"},
	{"escalations.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"escalations.*.match.issue", "name or list", "", "any", "only these issues"},
	{"escalations.*.match.channel", "name or list", "", "any", "only these channels"},
	{"escalations.*.match.priority", "name or list", "", "any", "only these priorities"},
	{"escalations.*.match.account", "name or list", "", "any", "only these customers"},
	{"escalations.*.at", "such as 75% of first_reply, 30m before resolution, 1h after resolution or 3 breaches of first_reply in 7d", "", "", "the point, in working time of the clock, or the repeated breaches that are reviewed"},
	{"escalations.*.by", "account, tier or issue", "", "account, for a review", "whose breaches a review counts together"},
	{"escalations.*.do", "notify, raise_priority or reassign", "notify", "", "raise_priority puts the ticket a step up in the queue; reassign gives it to another team; the promise stays as it is"},
	{"escalations.*.to", "name of a team", "", "", "who gets a ticket that is reassigned"},
	{"escalations.*.takes", "such as 5m of lead", "", "nothing", "what it costs a lead or manager each time; counted, not staffed"},

	{"contracts", "", "", "none", "promises that cost money when they are broken"},
	{"contracts.*.name", "name", "", "its account or tier", "what the contract is called"},
	{"contracts.*.account", "name", "", "every account of the tier", "the customer"},
	{"contracts.*.tier", "name of a tier", "", "the account's tier", "the tier that it covers, or that the customer belongs to"},
	{"contracts.*.share", "such as 3% of STREAM, or list", "", "as demand says", "how many tickets come from the customer"},
	{"contracts.*.fee", "such as 18000 USD/month", "", "", "what the customer pays"},
	{"contracts.*.promise", "such as 95% of resolution", "", "", "the attainment that is promised in each period"},
	{"contracts.*.per", "week, month or quarter", "month", "", "the period"},
	{"contracts.*.credit", "such as 10% per 1% below", "", "", "what is paid back, in shares of the period's fee"},
	{"contracts.*.rounding", "started, full or linear", "started", "", "how a part of a step counts"},
	{"contracts.*.cap", "percentage", "100%", "", "the most that is paid back, as a share of the period's fee"},

	{"availability", "", "", "nothing is promised", "promises that channels are up"},
	{"availability.*.channel", "name of a channel", "", "", "the channel"},
	{"availability.*.at_least", "percentage", "", "", "the share of each period's time in which it must be up"},
	{"availability.*.per", "month, week or quarter", "month", "", "the period"},
	{"availability.*.calendar", "name of a calendar", "always", "", "the hours that count"},

	{"quality", "", "", "nothing is promised", "the promise about quality scores"},
	{"quality.at_least", "percentage", "", "", "the mean score that is promised in each period"},
	{"quality.sample", "percentage", "5%", "", "the share of touches that are looked at"},
	{"quality.per", "month, week or quarter", "month", "", "the period"},

	{"exceptions", "", "", "none", "dated records of when promises count differently; results are shown with and without them"},
	{"exceptions.*.name", "name", "", "exception and its number", "what the exception is called"},
	{"exceptions.*.reason", "text", "", "", "why: an outage, force majeure, a launch, a documented limit of capacity"},
	{"exceptions.*.approved_by", "text", "", "", "who has approved it"},
	{"exceptions.*.from", "date or date and time", "", "", "the tickets created from then on are affected"},
	{"exceptions.*.until", "date or date and time", "", "", "the tickets created from then on are affected no more"},
	{"exceptions.*.match", "", "", "every ticket", "the tickets that are affected, as in a policy"},
	{"exceptions.*.match.tier", "name or list", "", "any", "only customers of these tiers"},
	{"exceptions.*.match.issue", "name or list", "", "any", "only these issues"},
	{"exceptions.*.match.channel", "name or list", "", "any", "only these channels"},
	{"exceptions.*.match.priority", "name or list", "", "any", "only these priorities"},
	{"exceptions.*.match.account", "name or list", "", "any", "only these customers"},
	{"exceptions.*.do", "exclude, suspend_credits or relax", "exclude", "", "exclude leaves the clocks of its tickets out of breach rate, attainment and credits; suspend_credits out of credits alone; relax judges them by a longer target"},
	{"exceptions.*.by", "such as x2 or +100%", "", "", "how much longer the targets become, for relax"},

	{"expect", "list", "", "nothing", "what is expected of the outcome, such as breach_rate(first_reply, tier=enterprise) < 5%; judged by the whole interval"},

	{"sweep", "", "", "none", "what headroom sweep tries out; headroom run pays no heed to it"},
	{"sweep.axes", "map from dotted paths to ranges or lists", "", "what --set says", "the values to try, such as spikes.launch.factor: 5..10, or 20..40/5 with a step, or [a, b]; paths as in variants"},
	{"sweep.sample", "grid, or such as latin_hypercube 40", "grid", "", "all combinations, or so many points that spread evenly over the range of every axis"},
	{"sweep.target", "such as breach_rate(first_reply) < 5%", "", "the first of expect", "the measure to look at, and the bound that it must keep"},
	{"sweep.break", "path of an axis", "", "the first axis of numbers", "the axis on which the point is looked for at which the target breaks"},

	{"variants", "map from names to changes", "", "none", "named changes, each a map from dotted paths to values"},
}

// byPath finds keys. It is filled when the package starts and never changed.
var byPath = func() map[string]*Key {
	m := make(map[string]*Key, len(keys))
	for i := range keys {
		m[keys[i].Path] = &keys[i]
	}
	return m
}()

// patternOf is a path as the table of keys has it, with * for names.
func patternOf(path []string) string {
	pattern := ""
	for _, segment := range path {
		next := strings.TrimPrefix(pattern+"."+segment, ".")
		if byPath[next] == nil {
			next = strings.TrimPrefix(pattern+".*", ".")
		}
		pattern = next
	}
	return pattern
}

// homes are the sections, written with NAME for a chosen name, that have the key.
func homes(word string) string {
	var places []string
	for _, k := range keys {
		if section, ok := strings.CutSuffix(k.Path, "."+word); ok {
			places = append(places, strings.ReplaceAll(section, "*", "NAME"))
		} else if k.Path == word {
			places = append(places, "the top of the file")
		}
	}
	return strings.Join(places, " or ")
}

// listNames are the keys under which the elements of lists carry their names.
var listNames = map[string][]string{
	"demand": {"stream"},
	"bursts": {"name"},

	"deflection":   {"name"},
	"outages":      {"name"},
	"availability": {"channel"},

	"shifts":    {"name"},
	"policies":  {"name"},
	"contracts": {"name", "account", "tier"},

	"escalations": {"name"},
	"slow_tools":  {"name"},
	"overtime":    {"name"},
	"exceptions":  {"name"},
	"relaxations": {"name"},
}
