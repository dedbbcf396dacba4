package fit

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/headroom-sim/headroom/model/drift"
	"github.com/headroom-sim/headroom/model/ticket"
)

// span is the history as a stretch of time.
func (h *history) span() *drift.Span {
	return &drift.Span{Begin: h.days[0].Start, End: h.end, Axis: h.log.Axis}
}

// solvedTickets are those of the history by creation.
func (h *history) solvedTickets() (list []drift.Solved) {
	for _, events := range h.tickets {
		x := drift.Solved{Created: events[0].At, Took: math.MaxInt64}
		for _, e := range events {
			if e.At >= h.end {
				break
			}
			if e.Status >= ticket.Solved {
				x.Took = e.At - x.Created
				break
			}
		}
		list = append(list, x)
	}
	return list
}

// mix is what the tickets of a stream are about and who writes them.
func (h *history) mix(f *Fitted, st *Stream, tickets [][]ticket.Event) {
	var text string
	if st.Kinds, st.Drift, text = h.shares(tickets, f.KindOf, func(i int) string { return f.Kinds[i].Name }); st.Drift != nil {
		f.Warnings = append(f.Warnings, fmt.Sprintf("the tickets of %s have not been about the same in all weeks: %s; so their mix is that of the end, and forecasts let it go on changing", st.Name, text))
	}
	var moves *drift.Mix
	if st.Tiers, moves, text = h.shares(tickets, func(c ticket.Class) int { return int(c.Tier) }, func(i int) string { return h.log.Names.Tiers[i] }); moves != nil {
		f.Warnings = append(f.Warnings, fmt.Sprintf("the tickets of %s have not come from the same tiers in all weeks: %s; so their mix is that of the end, and forecasts keep it", st.Name, text))
	}
}

// shares are those of tickets by something: where they change from week to week, as they are at the end, with what has changed most.
func (h *history) shares(tickets [][]ticket.Event, of func(ticket.Class) int, name func(int) string) (list []Share, m *drift.Mix, changed string) {
	counts := map[int]int{}
	for _, events := range tickets {
		counts[of(events[0].Class)]++
	}
	for i, n := range counts {
		list = append(list, Share{i, h.share(n, len(tickets), "tickets")})
	}
	slices.SortFunc(list, func(a, b Share) int { return cmp.Compare(a.Index, b.Index) })
	place := map[int]int{}
	for at, x := range list {
		place[x.Index] = at
	}
	daily := make([][]float64, len(h.days))
	for i := range daily {
		daily[i] = make([]float64, len(list))
	}
	for _, events := range tickets {
		daily[h.dayOf(events[0].At)][place[of(events[0].Class)]]++
	}
	if m = drift.MixOf(daily, h.o.Level); m == nil {
		return list, nil, ""
	}
	most := 0
	for at := range list {
		list[at].Parameter = Parameter{m.Now[at], LocalLevel, "tickets"}
		if math.Abs(m.Now[at].Value-m.Over[at]) > math.Abs(m.Now[most].Value-m.Over[most]) {
			most = at
		}
	}
	return list, m, fmt.Sprintf("%s are %.1f %% of them in the whole history and %.1f %% at its end", name(list[most].Index), 100*m.Over[most], 100*m.Now[most].Value)
}
