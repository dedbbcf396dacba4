package fit

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/ticket"
)

// What makes a week of the past unlike those since, or weeks a trend: so many tickets of it, of which the share that was solved soon is off
// by so much and by so many standard errors. And what is never taken away.
const (
	driftTickets = 30
	driftShare   = 0.1
	driftErrors  = 4
	recentWeeks  = 4
	oneWeek      = 7 * 24 * time.Hour
)

// solvedTicket is when a ticket came, and how long it took until it was solved.
type solvedTicket struct{ created, took time.Duration }

// solvedTickets are those of the history by creation; what was not solved within it took longer than anything.
func (h *history) solvedTickets() (list []solvedTicket) {
	for _, events := range h.tickets {
		x := solvedTicket{events[0].At, math.MaxInt64}
		for _, e := range events {
			if e.At >= h.end {
				break
			}
			if e.Status >= ticket.Solved {
				x.took = e.At - x.created
				break
			}
		}
		list = append(list, x)
	}
	return list
}

// pastWeek is how many tickets came in a week, and how many of them were solved soon.
type pastWeek struct {
	from, to time.Duration
	n, soon  float64
}

// pastWeeks are whole weeks back from the end, the last one left out: many of its tickets are still open.
func (h *history) pastWeeks(list []solvedTicket, soon time.Duration) (weeks []pastWeek) {
	for k := 1; h.end-time.Duration(k+1)*oneWeek >= h.begin; k++ {
		w := pastWeek{from: h.end - time.Duration(k+1)*oneWeek, to: h.end - time.Duration(k)*oneWeek}
		i, _ := slices.BinarySearchFunc(list, w.from, func(x solvedTicket, at time.Duration) int { return int(min(1, max(-1, x.created-at))) })
		for ; i < len(list) && list[i].created < w.to; i++ {
			w.n++
			if list[i].took <= soon {
				w.soon++
			}
		}
		weeks = append(weeks, w)
	}
	return weeks
}

// settled finds since when tickets have been solved as soon as they are now, going back from the end week by week: a
// desk that was set up within the history, or that has changed its ways, says nothing of now by what was before. It is the
// begin of the history where nothing speaks against that. Where the desk has gone on changing since then, little by little, only the
// last weeks count.
//
// Pace is how that share wanders, in logits.
func (h *history) settled() (since time.Duration, doubt string, pace *counts.Level) {
	list := h.solvedTickets()
	recent := make([]float64, 0, len(list))
	for _, x := range list {
		if x.created >= h.end-(recentWeeks+1)*oneWeek && x.created < h.end-oneWeek {
			recent = append(recent, x.took.Hours())
		}
	}
	if len(recent) < driftTickets {
		return h.begin, "", nil
	}
	soon := time.Duration(min(counts.Median(recent), oneWeek.Hours()) * float64(time.Hour))
	weeks := h.pastWeeks(list, soon)
	date := func(at time.Duration) calendar.Date {
		return calendar.DateOf(h.log.Axis.At(at).In(h.log.Axis.Origin.Location()))
	}
	since = h.begin
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
			since, weeks = w.to, weeks[:k]
			doubt = fmt.Sprintf("the desk was another before %v: in the week before %.0f %% of the tickets were solved within %v, in the last weeks %.0f %%; so what happens to tickets, holds, answers and waits, is fitted to what happened since",
				date(w.to), 100*then, soon.Round(time.Minute), 100*now)
			break
		}
	}
	first, last, trend := drift(weeks)
	if !trend {
		return since, doubt, paceOf(weeks, since)
	}
	since = max(since, h.end-recentWeeks*oneWeek)
	sooner := "sooner"
	if last < first {
		sooner = "later"
	}
	how := fmt.Sprintf("tickets are solved ever %s: %.0f %% of them within %v in the week from %v, %.0f %% in the one from %v; so what happens to them is fitted to the last %d weeks, and a forecast of times to resolve is only as good as the hope that it goes on so",
		sooner, 100*first, soon.Round(time.Minute), date(weeks[len(weeks)-1].from), 100*last, date(weeks[0].from), recentWeeks)
	if doubt != "" {
		how = doubt + "; and since then " + how
	}
	return since, how, paceOf(weeks, since)
}

// paceOf is how the share that is solved soon wanders, away from that of all tickets since an instant. Weeks go back from the
// end; the last week of the history, which is not among them, is one of which nothing is known.
func paceOf(weeks []pastWeek, since time.Duration) *counts.Level {
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
	return counts.NewLevel(off, noise)
}

// fewestWeeks is how many weeks a trend takes, to be told from chance.
const fewestWeeks = 4

// drift is the share of tickets that were solved soon in the first and the last of some weeks, by a straight line through all of them, and
// whether it has changed for certain: the test of Cochran 1954 and Armitage 1955 for a trend in proportions, its variance as many
// times larger as weeks lie further from the line than chance has it (McCullagh and Nelder 1989, section 4.5).
func drift(weeks []pastWeek) (first, last float64, certain bool) {
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
