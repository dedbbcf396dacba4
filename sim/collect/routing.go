package collect

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// routing is what rules of routing come to, of counted tickets. It is empty where there are
// none of which that can be said.
type routing struct {
	teams []routed
	last  map[ticket.ID]int32 // the agent who had a ticket last; nil where nobody waits for him
	gave  gaveUp
}

// routed is that of the touches of a team. A touch counts each time that it is taken.
type routed struct {
	taken, helped, interrupted int64
	followUps, kept            int64
}

// gaveUp is the work that was broken off last.
type gaveUp struct {
	at      time.Duration
	agent   int32
	counted bool
}

func newRouting(l *Layout) routing {
	var r routing
	if l.helps == nil {
		return r
	}
	r.teams = make([]routed, len(l.helps))
	if l.owners {
		r.last = map[ticket.ID]int32{}
	}
	return r
}

func (r *routing) reset() {
	clear(r.teams)
	clear(r.last)
	r.gave = gaveUp{agent: -1}
}

// route counts an event of a ticket; counted says whether the ticket is.
func (c *Collector) route(kind ticket.EventKind, at time.Duration, t *desk.Ticket, counted bool) {
	r := &c.routing
	switch kind {
	case ticket.Returned:
		r.gave = gaveUp{at, t.Agent, counted}
	case ticket.Started:
		k := &r.teams[t.Team]
		// Who breaks off work takes something else at once; who goes home does not.
		if r.gave.counted && r.gave.at == at && r.gave.agent == t.Agent {
			k.interrupted++
		}
		r.gave.agent = -1
		if counted {
			k.taken++
			if !t.Away() && c.helps[t.Team] != nil && c.helps[t.Team][t.Class] {
				k.helped++
			}
		}
		if r.last == nil || t.Away() {
			return
		}
		if before, ok := r.last[t.ID]; ok && counted && t.Touches > 0 {
			k.followUps++
			if before == t.Agent {
				k.kept++
			}
		}
		r.last[t.ID] = t.Agent
	}
}

// layRouting finds out which tickets are not a team's own though it may take them.
func (b *builder) layRouting(s *model.Scenario) {
	r := &s.Routing
	if b.owners = r.Owner > 0; len(r.Overflows) == 0 && len(r.Interrupts) == 0 && !b.owners {
		return
	}
	b.helps = make([][]bool, len(s.Teams))
	for i := range r.Overflows {
		o := &r.Overflows[i]
		t := &s.Teams[o.Team]
		others := make([]bool, len(b.classes))
		for j := range b.classes {
			k := &b.classes[j]
			skill := s.Issues[k.Issue].Skill
			own := (skill == ticket.NoSkill || len(t.Skills) == 0 || slices.Contains(t.Skills, skill)) &&
				(len(t.Channels) == 0 || slices.Contains(t.Channels, k.Channel))
			others[j] = !own && o.Covers(skill, k.Channel)
		}
		b.helps[o.Team] = others
	}
}

// routed adds what the rules of routing did, in all and team by team: each where there
// is such a rule.
func (b *builder) routed(s *model.Scenario) {
	b.layRouting(s)
	if b.helps == nil {
		return
	}
	b.routedBy(outcome.Labels{}, allTeams(len(s.Teams)))
	if len(s.Teams) == 1 {
		return
	}
	for i := range s.Teams {
		if s.Teams[i].HandOffsOnly {
			continue // these rules are about the tickets of customers
		}
		b.routedBy(outcome.Labels{Team: s.Teams[i].Name}, []int{i})
	}
}

func (b *builder) routedBy(l outcome.Labels, teams []int) {
	share := func(name string, num, den func(k *routed) int64) {
		b.measure(name, l, outcome.UnitShare, func(c *Collector) (n, of float64) {
			for _, i := range teams {
				k := &c.routing.teams[i]
				n, of = n+float64(num(k)), of+float64(den(k))
			}
			return n, of
		})
	}
	taken := func(k *routed) int64 { return k.taken }
	if slices.ContainsFunc(teams, func(i int) bool { return b.helps[i] != nil }) {
		share(outcome.Overflowed, func(k *routed) int64 { return k.helped }, taken)
	}
	if len(b.scenario.Routing.Interrupts) > 0 {
		share(outcome.Interrupted, func(k *routed) int64 { return k.interrupted }, taken)
	}
	if b.owners {
		share(outcome.OwnerKept, func(k *routed) int64 { return k.kept }, func(k *routed) int64 { return k.followUps })
	}
}
