package laws

import "github.com/headroom-sim/headroom/model/outcome"

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
