package fit

import (
	"cmp"
	"maps"
	"slices"

	"github.com/headroom-sim/headroom/model/lives"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// HandOff is how a kind's tickets go to another team for a while, where the log records what that team works on them.
type HandOff struct {
	To     ticket.Team
	Share  Parameter // of first touches, or with AnyTouch of all: it follows them
	Handle *Law      // agent time of the other team
	Open   bool      // the ticket stays open meanwhile, else it is on hold
	Solves bool      // the other team mostly solves the ticket itself, else it gives it back
	// AnyTouch: later touches are followed by it too, and about as often.
	AnyTouch bool
	Tickets  int // hand-offs that were seen
}

// fewestHandOffs is how many a kind must have to a team, for them to be told from holds.
const fewestHandOffs = 20

// handOffs are the teams that get hand-offs, by kind: there are people enough of them, and what they work on them is recorded.
func (h *history) handOffs(f *Fitted) []map[ticket.Team]bool {
	gets := make([]map[ticket.Team]bool, len(h.lived))
	for i, l := range h.lived {
		gets[i] = map[ticket.Team]bool{}
		for to, x := range l.HandedOff {
			at := slices.IndexFunc(f.Teams, func(t Team) bool { return t.Team == to })
			gets[i][to] = at >= 0 && f.Teams[at].there() && x.First+x.Later >= fewestHandOffs && len(x.Handle.Exact) >= survival.Fewest
		}
	}
	return gets
}

// seldomLater is the ratio of the share of later touches to that of first ones below which only first ones are followed by a hand-off.
const seldomLater = 0.5

// handedOff fits the hand-offs of a kind.
func (h *history) handedOff(l *lives.Lives) []HandOff {
	var list []HandOff
	first, later := lives.Total(l.First), lives.Total(l.Later)
	for _, x := range l.HandedOff {
		first, later = first+x.First, later+x.Later
	}
	for _, to := range slices.Sorted(maps.Keys(l.HandedOff)) {
		x := l.HandedOff[to]
		law := h.judged(&x.Handle)
		if law == nil {
			continue
		}
		out := HandOff{To: to, Share: h.share(x.First, first, "first touches"), Handle: law, Tickets: x.First + x.Later}
		out.Open, out.Solves = 2*x.Open > out.Tickets, x.Solved > x.Back
		if x.Later > 0 && float64(x.Later) >= seldomLater*out.Share.Value*float64(later) {
			out.AnyTouch, out.Share = true, h.share(x.First+x.Later, first+later, "touches")
		}
		list = append(list, out)
	}
	slices.SortFunc(list, func(a, b HandOff) int { return cmp.Or(cmp.Compare(b.Tickets, a.Tickets), cmp.Compare(a.To, b.To)) })
	return list
}
