package outcome

// The names of measures. Labels narrow them down.
const (
	// BreachRate is breached over judged clocks. {metric} and one of
	// {channel, priority, tier, issue, account}; or {team}, which had the ticket last when
	// the clock was judged (a ticket that nobody has taken is in none), where there are
	// several; or {period}, the day 2026-11-27, week 2026-W48 or month 2026-11 in which the
	// ticket was created.
	BreachRate = "breach_rate"
	// Clocks judged, met or breached, per replication. Same labels.
	Clocks = "clocks"
	// Overdue counts clocks still open and past due at the end; they are breached.
	Overdue = "overdue"
	// Undecided counts clocks still open and not yet due at the end; they are not judged.
	Undecided = "undecided"
	// Elapsed is the quantile {metric, quantile} of the clock's elapsed
	// working time, over stopped clocks and overdue ones as they stand. With
	// {clock} it is what the customer saw pass on the wall, from writing until the
	// reply or the solution.
	Elapsed = "elapsed"
	// Arrived, Solved, Abandoned and Open count tickets created in the
	// measured time: in all, solved, abandoned, and neither at the end.
	Arrived   = "arrived"
	Solved    = "solved"
	Abandoned = "abandoned"
	Open      = "open"
	// AbandonRate is abandoned over arrived tickets: each attempt of a customer is one. {channel}, {priority}.
	AbandonRate = "abandon_rate"
	// Wait is the mean time in the queue until first taken or abandoned. {channel}, {priority}.
	Wait = "wait"
	// Occupancy is agent time with work in hand over agent time on shift. {team}
	Occupancy = "occupancy"
	// InBand is the share of intervals with staff in which occupancy lies within 75–85 %. {team}
	InBand = "occupancy_in_band"
	// BelowBand and AboveBand are the shares in which it lies below and above. {team}
	BelowBand = "occupancy_below_band"
	AboveBand = "occupancy_above_band"
	// HighOccupancy is the share of agent time on shift at the end of four hours on shift
	// in which occupancy was above 85 %. LongestHigh is the longest time on shift in a
	// row of which that is so, in hours. {team}
	HighOccupancy = "high_occupancy"
	LongestHigh   = "longest_high_occupancy"
	// OpenedPerSolved is tickets opened, anew or again, less those abandoned, over tickets
	// solved in the measured time, whenever they were created: above 100 % the backlog grows.
	// In all, and by {period}, which is a week.
	OpenedPerSolved = "opened_per_solved"
	// Quality is the mean quality score of the touches that ended in the measured time.
	// {team} QualitySampled is that of the touches that were looked at, of all teams, and
	// QualityMet the share of periods in which it is at least what is promised.
	Quality        = "quality"
	QualitySampled = "quality_sampled"
	QualityMet     = "quality_met"
	// Strained is the share of agent time on shift in which what the scenario assumes
	// about overload holds. {team} Only where something is assumed.
	Strained = "strained"
	// Utilisation is agent time with work in hand over agent time paid. {team}
	Utilisation = "utilisation"
	// PaidHours, Overtime in agent hours. {team}
	PaidHours = "paid_hours"
	Overtime  = "overtime_hours"
	// PlannedHours are the agent hours of the people whom the plan has on shift, after
	// planned shrinkage and with breaks; Present, Sickness and Vacancies are the shares
	// of them in which people were there, were sick, or nobody held the place. {team},
	// {team, period} They are there only for teams of which it matters who is there.
	PlannedHours = "planned_hours"
	Present      = "present"
	Sickness     = "sickness"
	Vacancies    = "vacancies"
	// StandbyHours are the hours of people on call, who are not at work; Calls are the
	// touches for which one was called, and CalledHours the hours of those who were on
	// their way or at work then. {team} They are there only for teams with people on call.
	StandbyHours = "standby_hours"
	Calls        = "calls"
	CalledHours  = "called_hours"
	// Cost of staff, in the scenario's currency. {team} It is the sum of CostBase, all paid
	// hours at the base rate, hours of overtime too; CostPremiums, those for nights, weekends and
	// holidays, and the hours on call; and CostOvertime, the premium for overtime alone.
	Cost         = "cost"
	CostBase     = "cost_base"
	CostPremiums = "cost_premiums"
	CostOvertime = "cost_overtime"
	// BacklogPeak is the largest number of unsolved tickets; QueuePeak that of
	// tickets waiting for an agent.
	BacklogPeak = "backlog_peak"
	QueuePeak   = "queue_peak"
	// Recovery is the time from the end of a spike until the queue is back at
	// what it was before. {spike} Trials that do not recover count with the
	// time left to the horizon, and Unrecovered is their share.
	Recovery    = "recovery"
	Unrecovered = "unrecovered"
	// PeriodsMet is the share of periods of one length, such as 15m or 1d, in which the
	// share of clocks that policies promise was in time, of the periods with any judged
	// clock. {metric, period} It depends on the length: in short periods chance
	// decides, in long ones the mean (Roubos, Koole and Stolletz 2012, Manufacturing &
	// Service Operations Management 14(3)). Periods follow one another from the warm-up
	// on. It is there where all policies promise the same share of a metric, and with {policy}
	// for each of several policies that promise a share of it.
	PeriodsMet = "periods_met"
	// Attainment is met over judged clocks of a contract: of all its levels. {contract} or {contract, period};
	// of contracts with several levels for each of them too, {contract, service_level} and {contract, service_level, period}.
	Attainment = "attainment"
	// Credit in the scenario's currency. {contract} for the whole horizon, less what is earned back;
	// {contract, period} for what is paid for one period; with {quantile} "p95" or "cvar95"
	// a tail measure over replications.
	Credit = "credit"
	// PayRate is the share of contract periods that pay a credit. {contract}
	PayRate = "pay_rate"
	// MissRate is the share of contract periods in which a level was missed. {contract}, {contract, service_level}
	MissRate = "miss_rate"
	// ExitRate is the share of replications in which the customer may terminate. {contract}, where that
	// is agreed.
	ExitRate = "exit_rate"
	// BreachRateAdjusted is BreachRate without the clocks of tickets that the
	// scenario's exceptions exclude, and with the longer targets of those that relax;
	// Excluded counts the judged clocks that it leaves out: those of excluded
	// tickets, and those that are late, open and not past the longer target. {metric},
	// {metric, tier}. AttainmentAdjusted is Attainment as seen so. {contract} CreditAdjusted is the credit for the whole horizon that is
	// worked out without them and without those whose credits are suspended. {contract}
	// They are there only in scenarios with exceptions. All other
	// measures are what the customers live through, whatever is excluded.
	BreachRateAdjusted = "breach_rate_adjusted"
	AttainmentAdjusted = "attainment_adjusted"
	CreditAdjusted     = "credit_adjusted"
	Excluded           = "excluded"
	// Touched counts the judged clocks of the tickets that an exception affects (one that
	// suspends credits: those that a contract judges), and Excused those of them that
	// are late and count as late no longer. Each exception counts by itself, so where
	// several affect a ticket their sum is more than what they do together.
	// {exception}, {exception, metric}, {exception, account}
	Touched = "exception_clocks"
	Excused = "exception_excused"
	// RelaxedClocks counts the judged clocks whose target a relaxation made longer,
	// BreachRateRelaxed is the share of them that are breached, and BreachRateUsual
	// the share that would be by the target without it, as they ran. {metric, relaxation}
	RelaxedClocks     = "relaxed_clocks"
	BreachRateRelaxed = "breach_rate_relaxed"
	BreachRateUsual   = "breach_rate_usual"
	// Escalations counts how often a {rung} of the ladder was reached by tickets
	// created in the measured time; LeadHours is what that cost leads, in hours,
	// for a {rung} or in all, and LeadCost in money, where some rung says what an hour costs.
	Escalations = "escalations"
	LeadHours   = "lead_hours"
	LeadCost    = "lead_cost"
	// The measures of reply cycles are there where some touch does not end a ticket for
	// good: of all tickets, and of each {issue}. FirstContact is the share of solved tickets that
	// their first touch solved and that did not come back. Touches is the mean number of
	// touches of solved tickets. ReopenRate is returns over solutions: the share
	// of times that a ticket was solved after which it came back. TimeToSolve is the quantile
	// {quantile} of the time on the wall from creation to the last solution, of solved tickets.
	FirstContact = "first_contact_resolution"
	Touches      = "touches"
	ReopenRate   = "reopen_rate"
	TimeToSolve  = "time_to_solve"
	// HandedOff is the share of arrived tickets that were handed off to another team, once or
	// more; of all tickets, and of each {issue}. HandOffTime is the time from a hand-off until the
	// ticket came back, or was solved by the other {team}: the mean, and quantiles {team,
	// quantile}. AwayAtEnd counts tickets that a {team} still has at the end, of which there is no
	// such time.
	HandedOff   = "handed_off"
	HandOffTime = "hand_off_time"
	AwayAtEnd   = "away_at_end"
	// OLAKept is met over judged clocks of the promises of group_ownership that are about
	// a {team}, OLAAnswered the same for promises that are kept once the ticket is taken.
	OLAKept     = "ola_kept"
	OLAAnswered = "ola_answered"
	// BotContacts counts the customers who met a {bot} before the desk, by when they
	// made contact. Containment is the share of them who did not come on to the desk,
	// WrongAnswers the share of those who got a wrong answer and come back, and
	// Deflected the share of all who met it whom the desk never sees. BotCost is in the
	// scenario's currency, for a {bot} or in all, and is not in Cost.
	BotContacts  = "bot_contacts"
	Containment  = "containment"
	WrongAnswers = "wrong_answers"
	Deflected    = "deflected"
	BotCost      = "bot_cost"
	// OutageHours is how long an {outage} lasts in the measured time. OutageContacts
	// counts the customers who made contact, in that time, on a channel while it was down:
	// OutageSwitched of them turned to another channel, OutageLost were lost, and
	// OutageWaited made contact again later. StalledHours is agent time on shift without
	// work in hand while the system was down. {team}, and in all.
	OutageHours    = "outage_hours"
	OutageContacts = "outage_contacts"
	OutageSwitched = "outage_switched"
	OutageLost     = "outage_lost"
	OutageWaited   = "outage_waited"
	StalledHours   = "stalled_hours"
	// Availability is the promised time of a {channel} in which it is up over all of it.
	// {channel}, {channel, period} AvailabilityMet is the share of periods in which it is
	// at least what is promised. {channel}
	Availability    = "availability"
	AvailabilityMet = "availability_met"
	// What rules of routing do with the touches on tickets created in the measured time, where
	// there are such rules; a touch counts each time that it is taken. Overflowed is the share of them that were
	// taken by a team by whose skills and channels the ticket is not its own, hand-offs
	// aside. Interrupted is the share that were broken off for something more important.
	// OwnerKept is, of touches after the first, the share taken by the agent who had the ticket last.
	// {team}, which is the team that takes the touch, and in all.
	Overflowed  = "overflowed"
	Interrupted = "interrupted"
	OwnerKept   = "owner_kept"
	// WorkPerTicket is the agent time spent per ticket that arrived or was open at the start, seconds.
	WorkPerTicket = "work_per_ticket"
	// BreachByPeriod is BreachRate of the tickets that were created in a {period} of the calendar:
	// a week (2026-W48), a month (2026-11) or a quarter (2026-Q4), the first and the last
	// as far as they lie in the measured time; or a day (2026-11-27). {metric, period}, and with one of
	// {tier, account, policy}: weeks, months and quarters of tiers and of accounts that a contract names;
	// months of other accounts, where there are no more than two hundred; and of each of several policies that
	// promise the metric weeks, months and quarters, and days where it promises a share.
	BreachByPeriod = "breach_rate_by_period"
	// BreachByTeam is BreachRate by the {team} that had the ticket last when the clock was
	// judged; a ticket that nobody has had is in none. {metric, team}, where there are several teams.
	BreachByTeam = "breach_rate_by_team"
	// ElapsedByHour is Elapsed by the {hour} of the day in which tickets were created, such as 09.
	// {metric, hour, quantile} Times are counted in eight bins to every doubling, so that a quantile
	// is right within an eighth.
	ElapsedByHour = "elapsed_by_hour"
	// BreachByHour is BreachRate of {metric} by {hour} of the week in which the ticket was created.
	BreachByHour = "breach_rate_by_hour"
)

// What customers do of their own accord, on the channels on which they do it, and how
// the time until a solution is divided.
const (
	// Of the attempts on a live {channel}: CallbackRate is the share whose customer accepted to be
	// called back. AbandonRate counts attempts too.
	CallbackRate = "callback_rate"
	// RetryRate and SwitchRate are the shares of the abandoned attempts on a {channel}
	// after which the customer tries again, or writes on another channel.
	RetryRate  = "retry_rate"
	SwitchRate = "switch_rate"
	// FirstAbandonRate and LostRate are shares of the customers who got in touch on a
	// {channel} for the first time in the measured time: of those who abandoned that attempt,
	// and of those who abandoned the last one they made and did not write instead. Who would try
	// again after the end is in neither.
	FirstAbandonRate = "first_abandon_rate"
	LostRate         = "lost_rate"
	// ChasedRate is the share of the tickets of a {channel} whose customers asked again
	// for an answer, Chasers how often they did, and SecondTickets the number of
	// tickets that this brought because nobody saw that it was the same matter.
	ChasedRate    = "chased_rate"
	Chasers       = "chasers"
	SecondTickets = "second_tickets"
	// Reminders counts those that went out to silent customers, and Won the
	// answers that would not have come without them.
	Reminders = "reminders"
	Won       = "won"
	// CustomerTime and DeskTime are the mean time on the wall until a solved ticket was
	// solved: while it was pending with its customer, and else. CustomerShare is the first as
	// a share of both. The time for which it was solved before it came back
	// is in neither. {priority}, {tier}.
	CustomerTime  = "customer_time"
	DeskTime      = "desk_time"
	CustomerShare = "customer_share"
)

// What becomes of the tickets that are open at the start, which no other measure of tickets or
// clocks counts.
const (
	// OpenAtStart counts them, and LateAtStart those of which a promise was broken then; with
	// {metric} the clocks that were. Both with the labels of BreachRate.
	OpenAtStart = "open_at_start"
	LateAtStart = "late_at_start"
	// LateSinceStart is breached over judged clocks {metric} of these tickets without those that
	// were settled or late at the start, and UndecidedSinceStart counts those still open
	// and not yet due at the end. Same labels.
	LateSinceStart      = "late_since_start"
	UndecidedSinceStart = "undecided_since_start"
	// BacklogCleared is the share of them that are solved, or whose customer has left, by the end.
	// One that comes back later stays so.
	BacklogCleared = "backlog_cleared"
	// BacklogAnsweredAfter is the time from the start until all that waited for an agent then have
	// been replied to, BacklogClearedAfter until all are solved, and BacklogMostlyAfter
	// until 90 % are. Trials in which that does not happen count with the whole
	// length, and the measure after each is their share.
	BacklogAnsweredAfter = "backlog_answered_after"
	BacklogUnanswered    = "backlog_unanswered"
	BacklogClearedAfter  = "backlog_cleared_after"
	BacklogLeft          = "backlog_left"
	BacklogMostlyAfter   = "backlog_mostly_cleared_after"
	BacklogMostlyLeft    = "backlog_mostly_left"
)

// The names of series.
const (
	SeriesArrivals  = "arrivals"         // tickets/h, by creation
	SeriesBreach    = "breach_rate"      // {metric}, {metric, tier} or {metric, priority}: of the tickets created in the interval
	SeriesHeads     = "heads"            // {team}: agents on shift, mean over the interval
	SeriesPlanned   = "heads_planned"    // {team}: agents whom the plan has at work, if nobody were sick or had left
	SeriesBusy      = "busy"             // {team}: agents with work in hand, mean over the interval
	SeriesOccupancy = "occupancy"        // {team}: busy over heads
	SeriesBacklog   = "backlog"          // unsolved tickets at the interval's end
	SeriesInherited = "open_since_start" // tickets open at the start and not solved since, at the interval's end
	SeriesQueue     = "queue"            // tickets waiting for an agent at the interval's end
)
