package laws

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// score adds the quality score of a touch that has ended, which must be a share where its
// team is scored.
func (l *Laws) score(kind ticket.EventKind, t *desk.Ticket) {
	if kind != ticket.Replied || t.Team < 0 || int(t.Team) >= len(l.scenario.Teams) || l.scenario.Teams[t.Team].Quality.Mean == 0 {
		return
	}
	if !(t.Score >= 0 && t.Score <= 1) {
		l.breaksBy(t.ID, Tally, "the quality of its touch is %v", t.Score)
	}
	if l.now >= l.scenario.Time.Warmup {
		s := l.scores[t.Team]
		l.scores[t.Team] = [2]float64{s[0] + float64(t.Score), s[1] + 1}
	}
}

// quality compares the mean score of a team with the books.
func (l *Laws) quality(m *outcome.Measure, k book) {
	for i := range l.scenario.Teams {
		if s := l.scores[int16(i)]; l.scenario.Teams[i].Name == m.Labels.Team {
			l.holds(k, outcome.Quality, m.Labels, s[0], s[1])
		}
	}
}
