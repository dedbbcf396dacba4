package fit

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// What makes a week of the past unlike those since: so many tickets of it, of which the share that was solved soon is off
// by so much and by so many standard errors. And what is never taken away.
const (
	driftTickets = 30
	driftShare   = 0.1
	driftErrors  = 4
	recentWeeks  = 4
	oneWeek      = 7 * 24 * time.Hour
)

// settled finds since when tickets have been solved as soon as they are now, going back from the end week by week: a
// desk that was set up within the history, or that has changed its ways, says nothing of now by what was before. It is the
// begin of the history where nothing speaks against that.
func (h *history) settled() (since time.Duration, doubt string) {
	type solvedTicket struct{ created, took time.Duration }
	var list []solvedTicket
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
	recent := make([]float64, 0, len(list))
	for _, x := range list {
		if x.created >= h.end-(recentWeeks+1)*oneWeek && x.created < h.end-oneWeek {
			recent = append(recent, x.took.Hours())
		}
	}
	if len(recent) < driftTickets {
		return h.begin, ""
	}
	soon := time.Duration(min(median(recent), oneWeek.Hours()) * float64(time.Hour))
	hits, all := 0., 0.
	for k := 1; h.end-time.Duration(k+1)*oneWeek >= h.begin; k++ {
		from, to := h.end-time.Duration(k+1)*oneWeek, h.end-time.Duration(k)*oneWeek
		i, _ := slices.BinarySearchFunc(list, from, func(x solvedTicket, at time.Duration) int { return int(min(1, max(-1, x.created-at))) })
		in, n := 0., 0.
		for ; i < len(list) && list[i].created < to; i++ {
			n++
			if list[i].took <= soon {
				in++
			}
		}
		if k > recentWeeks && n >= driftTickets {
			then, since := in/n, hits/all
			p := (in + hits) / (n + all)
			if off := math.Abs(then - since); off > driftShare && off > driftErrors*math.Sqrt(p*(1-p)*(1/n+1/all)) {
				date := calendar.DateOf(h.log.Axis.At(to).In(h.log.Axis.Origin.Location()))
				return to, fmt.Sprintf("the desk was another before %v: in the week before %.0f %% of the tickets were solved within %v, in the last weeks %.0f %%; so what happens to tickets, holds, answers and waits, is fitted to what happened since",
					date, 100*then, soon.Round(time.Minute), 100*since)
			}
		}
		if k <= recentWeeks { // what is compared with stays the same, or slow changes would be followed step by step
			hits, all = hits+in, all+n
		}
	}
	return h.begin, ""
}
