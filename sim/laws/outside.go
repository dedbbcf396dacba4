package laws

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// contacts holds what became of those who met a bot to their number: each was
// contained, for good or with a wrong answer, or passed on. The shares of them are
// checked as all shares are.
func (l *Laws) contacts(m *outcome.Measure, met float64, k book) {
	contained := k.num(outcome.Containment, m.Labels)
	l.same(m, k.den(outcome.Containment, m.Labels), met)
	l.same(m, k.den(outcome.Deflected, m.Labels), met)
	l.same(m, k.den(outcome.WrongAnswers, m.Labels), contained)
	l.same(m, k.num(outcome.Deflected, m.Labels)+k.num(outcome.WrongAnswers, m.Labels), contained)
}

// reaches checks that a ticket that is created comes in on a channel that is up. Whom
// a bot has passed on was through before.
func (l *Laws) reaches(t *desk.Ticket) {
	if len(l.scenario.Deflection) > 0 {
		return
	}
	channel := l.layout.Plan.Classes[t.Class].Channel
	for i := range l.scenario.Outages {
		o := &l.scenario.Outages[i]
		if o.Every == 0 && o.From <= l.now && l.now < o.Until && slices.Contains(o.Channels, channel) {
			l.breaksBy(t.ID, Outage, "it comes in on %s, which is down", l.scenario.Channels[channel].Name)
		}
	}
}

// system checks whether a team's system is said to be down from now to the next
// instant, as far as the scenario says when.
func (l *Laws) system(team int, to time.Duration) {
	t := &l.teams[team]
	random, down, other := false, false, to
	for i := range l.scenario.Outages {
		o := &l.scenario.Outages[i]
		if !slices.Contains(o.Teams, ticket.Team(team)) {
			continue
		}
		random = random || o.Every > 0
		if o.Every > 0 {
			continue
		}
		down = down || o.From <= l.now && l.now < o.Until
		if o.From > l.now {
			other = min(other, o.From)
		}
	}
	name := l.scenario.Teams[team].Name
	switch {
	case down && !t.Down:
		l.breaks(Outage, "the system of team %s is down, but the desk does not say so", name)
	case !down && !random && t.Down:
		l.breaks(Outage, "the system of team %s is up, but the desk says that it is down", name)
	case !t.Down && other < to:
		l.breaks(Outage, "the system of team %s goes down at %v, but the desk does not say so", name, other)
	}
}
