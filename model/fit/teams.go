package fit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/model/ticket"
)

// apart is how long somebody may do nothing in the log and still be at work. Longer, and he
// was away.
const apart = 3 * time.Hour

// deed is something that somebody did.
type deed struct {
	team  ticket.Team
	agent int32
	at    time.Duration
}

// teams infers who was at work from who acted. A person is there from the first deed
// to the last of a stretch without a gap of more than apart. That is too little for people who
// wait for work before the first ticket and after the last, and where hardly anything is
// logged; the file says so.
func (h *history) teams(f *Fitted) {
	var deeds []deed
	events := map[ticket.Team]int{}
	for _, ticketEvents := range h.tickets {
		for _, e := range ticketEvents {
			if e.Agent < 0 || e.At >= h.end {
				continue
			}
			deeds = append(deeds, deed{e.Team, e.Agent, e.At})
			events[e.Team]++
		}
	}
	slices.SortFunc(deeds, func(a, b deed) int {
		if a.team != b.team {
			return int(a.team) - int(b.team)
		}
		if a.agent != b.agent {
			return int(a.agent) - int(b.agent)
		}
		return int(min(1, max(-1, a.at-b.at)))
	})
	for i := 0; i < len(deeds); {
		j := i
		for j < len(deeds) && deeds[j].team == deeds[i].team {
			j++
		}
		f.Teams = append(f.Teams, h.team(f, deeds[i:j], events[deeds[i].team]))
		i = j
	}
}

func (h *history) team(f *Fitted, deeds []deed, events int) Team {
	t := Team{Team: deeds[0].team, Name: "desk", Events: events}
	if t.Team != ticket.NoTeam {
		t.Name = h.log.Names.Teams[t.Team]
	}
	slots := h.slots()
	there := make([][24]float64, len(h.days)) // people by day and hour
	for i := 0; i < len(deeds); {
		j := i + 1
		for j < len(deeds) && deeds[j].agent == deeds[i].agent && deeds[j].at-deeds[j-1].at <= apart {
			j++
		}
		present(there, slots, deeds[i].at, deeds[j-1].at)
		h.stays = append(h.stays, routes.Stay{Team: t.Team, Agent: deeds[i].agent, From: deeds[i].at, To: deeds[j-1].at})
		if j == len(deeds) || deeds[j].agent != deeds[i].agent {
			t.Agents++
		}
		i = j
	}
	for w := range t.Hours {
		for hour := range t.Hours[w] {
			var list []float64
			for i, day := range h.days {
				if int(day.Date.Weekday()) == w {
					list = append(list, there[i][hour])
				}
			}
			t.Hours[w][hour] = Parameter{estimate.Mean(list, h.o.Level), OverDays, "days"}
		}
	}
	return t
}

// slot is an hour of a day, by the clock on the wall.
type slot struct {
	from, to  time.Duration
	day, hour int
}

// slots are the hours of all days, in order. An hour that a clock change leaves out is not there, and
// one that comes twice is two hours long.
func (h *history) slots() []slot {
	zone := h.log.Axis.Origin.Location()
	var list []slot
	for i, day := range h.days {
		from := day.Start
		for hour := range 24 {
			to := day.End
			if hour < 23 {
				to = min(to, h.log.Axis.Local(day.Date, (hour+1)*60, zone))
			}
			if to > from {
				list = append(list, slot{from, to, i, hour})
				from = to
			}
		}
	}
	return list
}

// present counts somebody in from one instant to another.
func present(there [][24]float64, slots []slot, from, to time.Duration) {
	i, _ := slices.BinarySearchFunc(slots, from, func(s slot, at time.Duration) int { return int(min(1, max(-1, s.to-at))) })
	for ; i < len(slots) && slots[i].from < to; i++ {
		s := slots[i]
		if overlap := min(to, s.to) - max(from, s.from); overlap > 0 {
			there[s.day][s.hour] += float64(overlap) / float64(s.to-s.from)
		}
	}
}
