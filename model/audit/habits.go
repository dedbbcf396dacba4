package audit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Habits is when tickets come and how long they stay in which status, of those that are counted.
type Habits struct {
	Arrivals [7][24]int                   // by local weekday, Sunday first, and hour of creation
	Dwells   [ticket.Closed + 1][]float64 // by status, seconds on the wall of each stay; what lasts at the end of the log is not among them
	Tickets  [ticket.Closed + 1]int       // that were ever in it
	Lasting  [ticket.Closed + 1]int       // stays that last
}

// Add takes a ticket, by the events of its life, on the scenario's axis.
func (h *Habits) Add(events []ticket.Event, axis calendar.Axis) {
	at := axis.At(events[0].At)
	h.Arrivals[at.Weekday()][at.Hour()]++
	var seen [ticket.Closed + 1]bool
	since := events[0].At
	for i := 1; i <= len(events); i++ {
		status := events[i-1].Status
		seen[status] = true
		switch {
		case i == len(events):
			if status != ticket.Closed {
				h.Lasting[status]++
			}
		case events[i].Status != status:
			h.Dwells[status] = append(h.Dwells[status], (events[i].At - since).Seconds())
			since = events[i].At
		}
	}
	for s, was := range seen {
		if was {
			h.Tickets[s]++
		}
	}
}

// Weekday is what came on a day of the week: all, and the hour in which the most did.
func (h *Habits) Weekday(d time.Weekday) (all, busiest int) {
	hours := h.Arrivals[d][:]
	for hour, n := range hours {
		all += n
		if n > hours[busiest] {
			busiest = hour
		}
	}
	return all, busiest
}

// Any reports whether any ticket was taken.
func (h *Habits) Any() bool {
	return slices.ContainsFunc(h.Arrivals[:], func(day [24]int) bool { return day != [24]int{} })
}
