package fit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/touches"
)

// routes tells which team takes what, where there is more than one.
func (h *history) routes(f *Fitted) {
	if len(f.Teams) < 2 {
		return
	}
	x := &routes.History{Level: h.o.Level}
	for i := range f.Teams {
		x.There = append(x.There, f.Teams[i].there())
	}
	if !slices.Contains(x.There, true) {
		return
	}
	teams := make([]ticket.Team, len(f.Teams))
	for i := range teams {
		teams[i] = f.Teams[i].Team
	}
	for _, events := range h.tickets {
		class := events[0].Class
		channel := slices.IndexFunc(f.Streams, func(s Stream) bool { return s.Channel == class.Channel })
		x.Add(touches.Of(events, h.end, h.replies), teams, f.KindOf(class), channel, h.dayOf(events[0].At))
	}
	zone := h.log.Axis.Origin.Location()
	x.Heads = func(team int, at time.Duration) float64 {
		t := h.log.Axis.At(at).In(zone)
		return f.Teams[team].Hours[t.Weekday()][t.Hour()].Value
	}
	if x.Begins {
		x.Free = routes.FreeOf(teams, h.stays, h.log.Tickets, h.end)
	}
	f.Routes, f.Reach = routes.Find(x, len(f.Kinds), len(f.Streams))
	for i := range f.Routes {
		r := &f.Routes[i]
		r.Also = slices.DeleteFunc(r.Also, func(team int) bool { return f.getsHandOffs(r.Kind, teams[team]) })
	}
}

// getsHandOffs reports whether a team gets hand-offs of a kind.
func (f *Fitted) getsHandOffs(kind int, team ticket.Team) bool {
	return slices.ContainsFunc(f.Kinds[kind].HandOffs, func(x HandOff) bool { return x.To == team })
}

// HandOffsOnly reports whether a team, by index, takes no kind of tickets of itself and gets hand-offs.
func (f *Fitted) HandOffsOnly(team int) bool {
	for i := range f.Routes {
		if slices.Contains(f.Routes[i].Takes(), team) {
			return false
		}
	}
	for kind := range f.Kinds {
		if f.getsHandOffs(kind, f.Teams[team].Team) {
			return true
		}
	}
	return false
}

// there reports whether a team has people enough at some hour for a shift of weekdays, of Saturdays or of Sundays.
func (t *Team) there() bool {
	for _, days := range [][]int{{1, 2, 3, 4, 5}, {6}, {0}} {
		for hour := range 24 {
			sum := 0.
			for _, w := range days {
				sum += t.Hours[w][hour].Value
			}
			if sum >= 0.5*float64(len(days)) {
				return true
			}
		}
	}
	return false
}

// dayOf is the index of the day of an instant.
func (h *history) dayOf(at time.Duration) int {
	i, found := slices.BinarySearchFunc(h.days, at, func(d calendar.Day, at time.Duration) int { return int(min(1, max(-1, d.Start-at))) })
	if !found {
		i--
	}
	return i
}

// Issues are those of the scenario: the kinds, and behind them the parts of kinds that teams share by a rule.
func (f *Fitted) Issues() []routes.Issue { return routes.Issues(f.Routes, len(f.Kinds)) }
