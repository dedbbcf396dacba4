package fit

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/counts"
	"github.com/headroom-sim/headroom/model/lives"
	"github.com/headroom-sim/headroom/model/survival"
	"github.com/headroom-sim/headroom/model/ticket"
)

// What makes an hour of the week one of the desk's own: so much of what is finished in an hour of its busiest day, in the
// mean of the hours in which anything is. And what makes a day one of them: so much of the median day.
const (
	openHour = 0.25
	openDay  = 0.5
)

// deskHours are the hours in which the desk works: on each day from the first to the last in which its people
// reply to or solve a good part of what they do in a usual one. Hours at night and days with a skeleton crew are none. It is
// always open where that leaves no night and no weekend. Holidays is the country on whose public holidays it is closed.
func (h *history) deskHours() (c *calendar.Calendar, holidays string) {
	zone := h.log.Axis.Origin.Location()
	var done [7][24]float64
	finished := map[calendar.Date]float64{}
	begin := h.days[0].Start
	for _, events := range h.log.Tickets {
		for _, e := range events {
			ends := e.Kind == ticket.Replied || e.Kind == ticket.StatusSet && e.Status >= ticket.Pending && e.Status < ticket.Closed
			if e.Agent < 0 || e.At < begin || e.At >= h.end || !ends {
				continue
			}
			at := h.log.Axis.At(e.At).In(zone)
			done[at.Weekday()][at.Hour()]++
			finished[calendar.DateOf(at)]++
		}
	}
	var days []float64
	var perDay [7]float64
	for w := range done {
		for _, n := range done[w] {
			perDay[w] += n
		}
		days = append(days, perDay[w])
	}
	usual := counts.Median(days)
	if usual == 0 {
		return calendar.Always(zone), ""
	}
	var busy []float64
	busiest := done[slices.Index(perDay[:], slices.Max(perDay[:]))]
	for _, n := range busiest {
		if n > 0 {
			busy = append(busy, n)
		}
	}
	slices.Sort(busy)
	least := openHour * busy[len(busy)*3/4]
	c = &calendar.Calendar{Name: "desk", Zone: zone}
	closed := 0
	for w := range done {
		first, last := 24, -1
		for hour, n := range done[w] {
			if n*max(1, usual/max(perDay[w], 1)) >= least && perDay[w] >= openDay*usual {
				first, last = min(first, hour), hour
			}
		}
		if last >= 0 {
			c.Week[w] = []calendar.Span{{From: 60 * first, To: 60 * (last + 1)}}
		}
		closed += 24 - max(0, last+1-first)
	}
	if closed < 3*7 {
		return calendar.Always(zone), ""
	}
	return c, h.closedOn(c, finished, &perDay)
}

// closedOn closes a calendar on the public holidays of a country if on those of the history the desk finished less than
// half of what it does on the weekday.
func (h *history) closedOn(c *calendar.Calendar, finished map[calendar.Date]float64, perDay *[7]float64) (country string) {
	if h.o.Country == "" {
		return ""
	}
	list, err := calendar.Holidays(h.o.Country, h.days[0].Date, h.days[len(h.days)-1].Date)
	if err != nil {
		return "" // which has been said
	}
	var days [7]float64
	for _, d := range h.days {
		days[d.Date.Weekday()]++
	}
	did, usual := 0., 0.
	closed := map[calendar.Date]bool{}
	for _, d := range list {
		if w := d.Weekday(); len(c.Week[w]) > 0 {
			did, usual = did+finished[d], usual+perDay[w]/days[w]
			closed[d] = true
		}
	}
	if len(closed) == 0 || did >= usual/2 {
		return ""
	}
	c.Closed = closed
	return h.o.Country
}

// settle turns stretches of time into durations: of what the desk has put aside in its hours, and so of what
// third parties and customers take where nearly all of that ends in these hours; else by the clock on the wall.
func (h *history) settle(f *Fitted) {
	f.AnswersInHours = h.within(func(l *lives.Lives) []lives.Stretch { return l.Answers })
	f.HoldsInHours = h.within(func(l *lives.Lives) []lives.Stretch { return l.Holds[0] })
	for _, l := range h.lived {
		for _, x := range l.Answers {
			if x.How == lives.Never {
				l.Answer.Never++
				l.Answer.Came.From(h.age(x.From, f.AnswersInHours))
				continue
			}
			h.add(&l.Answer.Came, x, f.AnswersInHours)
		}
		for i, inHours := range []bool{f.HoldsInHours, true} {
			for _, x := range l.Holds[i] {
				h.add(&l.Held[i], x, inHours)
			}
		}
	}
}

func (h *history) add(s *survival.Sample, x lives.Stretch, inHours bool) {
	lasted := (x.To - x.From).Seconds()
	if inHours {
		lasted = h.hours.Between(x.From, x.To).Seconds()
	}
	s.From(h.age(x.From, inHours))
	if lasted = max(lasted, leastStretch); x.How == lives.Over {
		s.Add(lasted)
	} else {
		s.Beyond(lasted)
	}
}

// leastStretch stands for what lies between two openings of the desk, in seconds.
const leastStretch = 60

// age is how long something has lasted when the history begins.
func (h *history) age(from time.Duration, inHours bool) float64 {
	begin := h.begin
	if from >= begin {
		return 0
	}
	if inHours {
		return h.hours.Between(from, begin).Seconds()
	}
	return (begin - from).Seconds()
}

// What says that something ends in the desk's hours: so many that ended, and so much of them within.
const (
	fewestEnds = 20
	mostWithin = 0.9
)

// within reports whether nearly all of some stretches end in the desk's hours.
func (h *history) within(of func(*lives.Lives) []lives.Stretch) bool {
	in, ended := 0, 0
	for _, l := range h.lived {
		for _, x := range of(l) {
			if x.How != lives.Over {
				continue
			}
			ended++
			if h.hours.Open(x.To) {
				in++
			}
		}
	}
	return !h.hours.Always() && ended >= fewestEnds && float64(in) >= mostWithin*float64(ended)
}
