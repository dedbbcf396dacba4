package drift

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
)

// What makes a week of the past unlike those since, or weeks a trend: so many tickets of it, of which the share that was solved soon is off
// by so much and by so many standard errors. What is never taken away. And the most that the share of such tickets is
// thought to move by in a week, in logits, as a standard deviation.
const (
	driftTickets = 30
	driftShare   = 0.1
	driftErrors  = 4
	recentWeeks  = 4
	week         = 7 * 24 * time.Hour
	widestPace   = 0.2
)

// Span is a history, on an axis.
type Span struct {
	Begin, End time.Duration
	Axis       calendar.Axis
}

func (s *Span) date(at time.Duration) calendar.Date {
	return calendar.DateOf(s.Axis.At(at).In(s.Axis.Origin.Location()))
}

// Solved is when a ticket came, and how long it took until it was solved; what was not solved within the history took longer than
// anything.
type Solved struct{ Created, Took time.Duration }

// pastWeek is how many tickets came in a week, and how many of them were solved soon.
type pastWeek struct {
	from, to time.Duration
	n, soon  float64
}

// pastWeeks are whole weeks back from the end, the last one left out: many of its tickets are still open.
func (s *Span) pastWeeks(list []Solved, soon time.Duration) (weeks []pastWeek) {
	for k := 1; s.End-time.Duration(k+1)*week >= s.Begin; k++ {
		w := pastWeek{from: s.End - time.Duration(k+1)*week, to: s.End - time.Duration(k)*week}
		i, _ := slices.BinarySearchFunc(list, w.from, func(x Solved, at time.Duration) int { return int(min(1, max(-1, x.Created-at))) })
		for ; i < len(list) && list[i].Created < w.to; i++ {
			w.n++
			if list[i].Took <= soon {
				w.soon++
			}
		}
		weeks = append(weeks, w)
	}
	return weeks
}

// Pace is how soon tickets are solved.
type Pace struct {
	// Since is when tickets have been solved as soon as they are now; the begin of the history where nothing speaks against that.
	Since time.Duration
	Doubt string // says what has changed; empty for nothing
	// Level is how the share that is solved soon wanders from week to week, in logits away from that of all tickets since Since; nil
	// where nothing is known.
	Level *counts.Level
}

// Pace finds how soon tickets are solved now, going back from the end week by week: a desk that was set up within the history, or that
// has changed its ways, says nothing of now by what was before. Where the desk has gone on changing since then, little by little, only
// the last weeks count. The list is by creation.
func (s *Span) Pace(list []Solved) Pace {
	recent := make([]float64, 0, len(list))
	for _, x := range list {
		if x.Created >= s.End-(recentWeeks+1)*week && x.Created < s.End-week {
			recent = append(recent, x.Took.Hours())
		}
	}
	if len(recent) < driftTickets {
		return Pace{Since: s.Begin}
	}
	soon := time.Duration(min(counts.Median(recent), week.Hours()) * float64(time.Hour))
	weeks := s.pastWeeks(list, soon)
	since, doubt, weeks := s.another(weeks, soon)
	first, last, trend := line(weeks)
	if !trend {
		return Pace{since, doubt, levelOf(weeks, since)}
	}
	since = max(since, s.End-recentWeeks*week)
	sooner := "sooner"
	if last < first {
		sooner = "later"
	}
	how := fmt.Sprintf("tickets are solved ever %s: %.0f %% of them within %s in the week from %v, %.0f %% in the one from %v; so what happens to them is fitted to the last %d weeks, and a forecast of times to resolve is only as good as the hope that it goes on so",
		sooner, 100*first, minutes(soon), s.date(weeks[len(weeks)-1].from), 100*last, s.date(weeks[0].from), recentWeeks)
	if doubt != "" {
		how = doubt + "; and since then " + how
	}
	return Pace{since, how, levelOf(weeks, since)}
}

// minutes writes a time to the minute: 1 h 51 min.
func minutes(d time.Duration) string {
	d = max(d.Round(time.Minute), time.Minute)
	switch h, m := int(d/time.Hour), int(d%time.Hour/time.Minute); {
	case h == 0:
		return fmt.Sprintf("%d min", m)
	case m == 0:
		return fmt.Sprintf("%d h", h)
	default:
		return fmt.Sprintf("%d h %d min", h, m)
	}
}

// another finds the last week in which the desk was another, and leaves the weeks since then.
func (s *Span) another(weeks []pastWeek, soon time.Duration) (since time.Duration, doubt string, settled []pastWeek) {
	hits, all := 0., 0.
	for k, w := range weeks {
		if k < recentWeeks { // what is compared with stays the same, or slow changes would be followed step by step
			hits, all = hits+w.soon, all+w.n
			continue
		}
		if w.n < driftTickets {
			continue
		}
		then, now := w.soon/w.n, hits/all
		p := (w.soon + hits) / (w.n + all)
		if off := math.Abs(then - now); off > driftShare && off > driftErrors*math.Sqrt(p*(1-p)*(1/w.n+1/all)) {
			return w.to, fmt.Sprintf("the desk was another before %v: in the week before %.0f %% of the tickets were solved within %s, in the last weeks %.0f %%; so what happens to tickets, holds, answers and waits, is fitted to what happened since",
				s.date(w.to), 100*then, minutes(soon), 100*now), weeks[:k]
		}
	}
	return s.Begin, "", weeks
}

// levelOf is how the share that is solved soon wanders, away from that of all tickets since an instant. Weeks go back from the
// end; the last week of the history, which is not among them, is one of which nothing is known.
func levelOf(weeks []pastWeek, since time.Duration) *counts.Level {
	soon, n := 0.5, 1.
	for _, w := range weeks {
		if w.from >= since {
			soon, n = soon+w.soon, n+w.n
		}
	}
	usual := math.Log(soon / (n - soon))
	off, noise := make([]float64, len(weeks)+1), make([]float64, len(weeks)+1)
	off[len(weeks)] = math.NaN()
	for k, w := range weeks {
		at := len(weeks) - 1 - k
		off[at] = math.NaN()
		if w.n >= driftTickets {
			soon, later := w.soon+0.5, w.n-w.soon+0.5
			off[at], noise[at] = math.Log(soon/later)-usual, 1/soon+1/later
		}
	}
	return counts.NewLevel(off, noise, widestPace)
}

// fewestWeeks is how many weeks a trend takes, to be told from chance.
const fewestWeeks = 4

// line is the share of tickets that were solved soon in the first and the last of some weeks, by a straight line through all of them, and
// whether it has changed for certain: the test of Cochran 1954 and Armitage 1955 for a trend in proportions, its variance as many
// times larger as weeks lie further from the line than chance has it (McCullagh and Nelder 1989, section 4.5).
func line(weeks []pastWeek) (first, last float64, certain bool) {
	n, hits, center := 0., 0., 0.
	for k, w := range weeks {
		n, hits, center = n+w.n, hits+w.soon, center-float64(k)*w.n
	}
	if len(weeks) < fewestWeeks || hits == 0 || hits == n {
		return 0, 0, false
	}
	center /= n
	share, cross, square := hits/n, 0., 0.
	for k, w := range weeks {
		x := -float64(k) - center
		cross, square = cross+x*(w.soon-share*w.n), square+x*x*w.n
	}
	slope := cross / square
	variance := share * (1 - share)
	excess := 0.
	for k, w := range weeks {
		if w.n > 0 {
			off := w.soon - w.n*(share+slope*(-float64(k)-center))
			excess += off * off / (w.n * variance)
		}
	}
	excess = max(1, excess/float64(len(weeks)-2))
	first, last = share+slope*(-float64(len(weeks)-1)-center), share+slope*(-center)
	z := slope / math.Sqrt(excess*variance/square)
	return first, last, math.Abs(last-first) > driftShare && math.Abs(z) > driftErrors
}
