package desk

import (
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/sla"
)

// relax lays the classes out once more for each regime of relaxed promises. Whatever is
// not promised is the same in all of them.
func (l *Layout) relax(s *model.Scenario, lines []sla.Line) {
	l.regimes = s.SLA.Regimes()
	for _, at := range l.regimes.Starts()[1:] {
		for i, c := range l.Plan.Classes {
			ch := &s.Channels[c.Channel]
			k := l.classes[i]
			k.terms = s.SLA.TermsAt(at, c, lines, ch.Live, ch.ShortAbandon)
			k.paces = l.pacesOf(s.Routing.Order, k.terms)
			l.classes = append(l.classes, k)
		}
	}
}

// Promised is whose promises tickets of a class have that are created at an instant. It
// is the class itself in ordinary time, and differs from it by a multiple of the number of
// classes where promises are relaxed.
func (l *Layout) Promised(class int32, created time.Duration) int32 {
	if len(l.classes) == len(l.Plan.Classes) {
		return class // there is but one regime
	}
	return int32(l.regimes.At(created)*len(l.Plan.Classes)) + class
}

// ClassOf is the class that an index of promises is about.
func (l *Layout) ClassOf(promised int32) int32 { return promised % int32(len(l.Plan.Classes)) }

// Terms are the SLA terms of tickets, by Ticket.Promised: for the index of a class those
// that it has in ordinary time.
func (l *Layout) Terms(promised int32) sla.Terms { return l.classes[promised].terms }
