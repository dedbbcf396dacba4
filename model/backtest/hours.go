package backtest

import (
	"math"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
)

// hour is one hour of the desk, as the formulas see it.
type hour struct {
	tickets float64 // that come
	work    float64 // of them, and of those that are carried into it, seconds
	touches float64
	heads   int
	served  int // the hour in which its tickets are served
}

// Erlang is what a planner works out with Erlang's formulas hour by hour, from the very numbers that are
// simulated: tickets that come or are expected, agent time, people on shift. An hour is a queue in its steady
// state, by Erlang C, or Erlang A if all customers leave. A ticket brings all its touches at once. What comes
// while nobody is there waits for the next hour with people, and adds to its load. An hour with more work than
// people has no answer by Erlang C: its tickets count as late, and a quantile that lies among them does not
// exist. About resolutions, backlogs and volumes the formulas say nothing.
func Erlang(s *model.Scenario, days []calendar.Day, t Targets) *Daily {
	h := layHours(s)
	out := &Daily{}
	for _, m := range []Measure{FirstReplyP50, FirstReplyP90, FirstReplyLate} {
		out[m] = make([]float64, len(days))
	}
	for i, d := range days {
		from, to := d.Start-days[0].Start, d.End-days[0].Start
		within := h.within(from, to)
		longest := (s.Time.Length - from).Seconds()
		out[FirstReplyP50][i] = lowest(within, 0.5, longest)
		out[FirstReplyP90][i] = lowest(within, 0.9, longest)
		out[FirstReplyLate][i] = math.NaN() // about the hours of a calendar, and promises by priority, the formulas say nothing
		if t.Hours == nil && t.Policy == nil {
			out[FirstReplyLate][i] = 1 - within(t.FirstReply.Seconds())
		}
	}
	return out
}

// hours are all of a scenario.
type hours struct {
	list     []hour
	patience float64 // mean, seconds; 0 where customers wait
	touch    float64 // until the reply, from taking the ticket in hand, seconds
}

func layHours(s *model.Scenario) *hours {
	n := int((s.Time.Length + time.Hour - 1) / time.Hour)
	h := &hours{list: make([]hour, n)}
	for i := range h.list {
		h.list[i].heads = heads(s, i)
	}
	axis := calendar.Axis{Origin: s.Time.Start}
	for i := range s.Streams {
		h.stream(s, &s.Streams[i], axis)
	}
	h.manner(s)
	served, work, touches := -1, 0., 0.
	for i := n - 1; i >= 0; i-- {
		if h.list[i].heads > 0 {
			served = i
		}
		h.list[i].served = served
	}
	for i := range h.list {
		x := &h.list[i]
		work, touches = work+x.work, touches+x.touches
		if x.heads > 0 {
			x.work, x.touches, work, touches = work, touches, 0, 0
		}
	}
	return h
}

// heads is how many are on shift in an hour, on average, rounded.
func heads(s *model.Scenario, i int) int {
	from, to := time.Duration(i)*time.Hour, time.Duration(i+1)*time.Hour
	sum := 0.
	for _, d := range staffing.Duties(s.Teams, calendar.Axis{Origin: s.Time.Start}, from, to) {
		if d.OnCall {
			continue
		}
		there := min(d.To, to) - max(d.From, from)
		for _, b := range d.Breaks {
			there -= max(0, min(b.To, to)-max(b.From, from))
		}
		sum += d.Net * there.Hours()
	}
	return int(math.Round(sum))
}

// stream adds what a stream brings.
func (h *hours) stream(s *model.Scenario, st *demand.Stream, axis calendar.Axis) {
	if st.Replay != nil {
		for _, a := range st.Replay {
			h.add(int(a.At/time.Hour), 1, s, a.Class.Issue)
		}
		return
	}
	curve := st.Curve(axis, s.Time.Length)
	for i := range h.list {
		n := curve.ExpectedWith(st.Spikes, time.Duration(i)*time.Hour, min(s.Time.Length, time.Duration(i+1)*time.Hour))
		for _, x := range st.Issues {
			h.add(i, n*x.Share, s, x.Issue)
		}
	}
}

func (h *hours) add(i int, tickets float64, s *model.Scenario, issue ticket.Issue) {
	x := &h.list[i]
	x.tickets += tickets
	x.work += tickets * s.Issues[issue].Load()
	x.touches += tickets * s.Issues[issue].Touches()
}

// manner is whether customers leave, and how long a touch takes until it is a reply.
func (h *hours) manner(s *model.Scenario) {
	live, patience := 0, 0.
	for i := range s.Channels {
		if c := &s.Channels[i]; c.Live && !c.Patience.IsZero() {
			live++
			patience += c.Patience.Mean()
		}
	}
	if live > 0 && live == len(s.Channels) {
		h.patience = patience / float64(live)
		return // the answer is the reply
	}
	work, touches := 0., 0.
	for i := range h.list {
		work, touches = work+h.list[i].work, touches+h.list[i].touches
	}
	if touches > 0 {
		h.touch = work / touches
	}
}

// within is the share of the tickets of a stretch that are replied to within so many seconds.
func (h *hours) within(from, to time.Duration) func(seconds float64) float64 {
	return func(seconds float64) float64 {
		hit, of := 0., 0.
		for i := int(from / time.Hour); i < len(h.list) && time.Duration(i)*time.Hour < to; i++ {
			x := &h.list[i]
			of += x.tickets
			if x.served < 0 {
				continue
			}
			away := 0.
			if x.served > i {
				away = (float64(x.served-i) - 0.5) * 3600
			}
			hit += x.tickets * h.level(x.served, seconds-away-h.touch)
		}
		return share(hit, of)
	}
}

// level is the service level of an hour.
func (h *hours) level(i int, within float64) float64 {
	x := &h.list[i]
	if within < 0 || x.touches == 0 {
		return 0
	}
	load := erlang.Load{Rate: x.touches / 3600, Handle: x.work / x.touches}
	if h.patience > 0 {
		q, err := erlang.NewA(load, x.heads, h.patience)
		if err != nil {
			return 0
		}
		return q.ServiceLevel(erlang.ServedOfServed, within)
	}
	q, err := erlang.NewC(load, x.heads)
	if err != nil {
		return 0
	}
	return q.ServiceLevel(within)
}

// lowest is the smallest time within which the share p is replied to, NaN if there is none up to the longest.
func lowest(within func(float64) float64, p, longest float64) float64 {
	if !(within(longest) >= p) {
		return math.NaN()
	}
	low, high := 0., longest
	for range 60 {
		middle := (low + high) / 2
		if within(middle) >= p {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
