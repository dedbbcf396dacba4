package changes

import "github.com/headroom-sim/headroom/model/outcome"

// families are measures that are about one thing, the most important first.
var families = [][]string{
	{outcome.BreachRate, outcome.BreachRateAdjusted, outcome.Attainment, outcome.AttainmentAdjusted, outcome.Credit, outcome.CreditAdjusted, outcome.PayRate},
	{outcome.Cost},
	{outcome.Elapsed, outcome.Wait, outcome.AbandonRate, outcome.Overdue, outcome.Open, outcome.LostRate, outcome.Recovery, outcome.Unrecovered, outcome.BacklogPeak, outcome.QueuePeak},
	{outcome.Occupancy, outcome.Utilisation, outcome.InBand, outcome.PaidHours, outcome.Overtime},
}

// bad are the measures of which more is worse, good those of which more is better. Of all
// others, such as what arrives, more is neither.
var bad = set(
	outcome.BreachRate, outcome.BreachRateAdjusted, outcome.BreachRateRelaxed, outcome.BreachByHour, outcome.BreachByPeriod, outcome.BreachByTeam,
	outcome.Overdue, outcome.Elapsed, outcome.Open, outcome.Abandoned, outcome.AbandonRate, outcome.FirstAbandonRate, outcome.LostRate, outcome.Wait,
	outcome.HighOccupancy, outcome.LongestHigh, outcome.OpenedPerSolved, outcome.Strained, outcome.Overtime, outcome.Cost, outcome.BacklogPeak, outcome.QueuePeak,
	outcome.Recovery, outcome.Unrecovered, outcome.Credit, outcome.CreditAdjusted, outcome.PayRate, outcome.ChasedRate, outcome.Chasers, outcome.SecondTickets,
	outcome.BotCost, outcome.WrongAnswers, outcome.ReopenRate, outcome.TimeToSolve, outcome.HandOffTime, outcome.AwayAtEnd, outcome.DeskTime,
	outcome.Escalations, outcome.LeadHours, outcome.LeadCost, outcome.Calls, outcome.OutageLost, outcome.StalledHours, outcome.Interrupted, outcome.Sickness, outcome.Vacancies,
)

var good = set(
	outcome.Attainment, outcome.AttainmentAdjusted, outcome.PeriodsMet, outcome.Quality, outcome.QualitySampled, outcome.QualityMet, outcome.FirstContact,
	outcome.OLAKept, outcome.OLAAnswered, outcome.Availability, outcome.AvailabilityMet, outcome.InBand, outcome.Containment, outcome.Present, outcome.OwnerKept,
)

func set(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

func direction(name string) Direction {
	switch {
	case bad[name]:
		return Bad
	case good[name]:
		return Good
	}
	return Neither
}
