package fit_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the tests must not depend on the machine's zones

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
)

// words are a small desk's names.
func words() *ticket.Names {
	return &ticket.Names{Channels: []string{"email", "chat"}, Issues: []string{"question", "refund"}, Tiers: []string{"gold", "silver"},
		Priorities: []string{"normal", "high"}, Teams: []string{"front"}}
}

// axis begins on a Monday in a zone whose clocks change within the history.
func axis(t testing.TB) calendar.Axis {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Axis{Origin: time.Date(2026, 1, 5, 0, 0, 0, 0, zone)}
}

// arrive draws the arrivals of a stream: a Poisson process with a gamma factor for each day.
func arrive(st *demand.Stream, x calendar.Axis, length time.Duration, r *rand.Rand) []time.Duration {
	curve := st.Curve(x, length)
	var times []time.Duration
	for _, day := range curve.Days {
		factor := 1.
		if st.Busyness > 0 {
			factor = dist.Must(dist.Gamma(1, st.Busyness)).Sample(r)
		}
		for _, g := range day.Segments {
			for _, cut := range slots(g) {
				mean := cut.PerSecond * (cut.To - cut.From).Seconds() * factor * demand.Factor(st.Spikes, (cut.From+cut.To)/2)
				if mean == 0 {
					continue
				}
				for range int(distuv.Poisson{Lambda: mean, Src: r}.Rand()) {
					times = append(times, cut.From+time.Duration(r.Float64()*float64(cut.To-cut.From)))
				}
			}
		}
	}
	slices.Sort(times)
	return times
}

// slots cuts a segment into pieces over which a spike hardly changes.
func slots(g demand.Segment) (list []demand.Segment) {
	for at := g.From; at < g.To; at += 10 * time.Minute {
		list = append(list, demand.Segment{From: at, To: min(g.To, at+10*time.Minute), PerSecond: g.PerSecond})
	}
	return list
}

// logOf is a log of tickets that came and to which nothing happened.
func logOf(x calendar.Axis, times []time.Duration, class func(i int) ticket.Class) *fit.Log {
	l := &fit.Log{Names: words(), Axis: x}
	for i, at := range times {
		l.Tickets = append(l.Tickets, []ticket.Event{{Ticket: ticket.ID(i), At: at, Class: class(i), Team: ticket.NoTeam, Agent: -1}})
		l.Last = at
	}
	return l
}

func plain(int) ticket.Class { return ticket.Class{Account: ticket.Anonymous} }

// week is the whole days of a log of so many weeks from the axis' origin.
func weeks(x calendar.Axis, n int) fit.Options {
	from := calendar.DateOf(x.Origin)
	return fit.Options{From: from, Until: from.AddDays(7*n - 1)}
}

// A hundred logs are drawn; of the intervals of 95 % between fewest and all must hold the truth,
// which a right method misses in fewer than one test of ten thousand.
const (
	seeds  = 100
	fewest = 87
)

type covered struct{ hits, of int }

func (c *covered) add(p fit.Parameter, truth float64) {
	c.of++
	if p.Low <= truth && truth <= p.High {
		c.hits++
	}
}

func (c *covered) judge(t *testing.T, what string) {
	t.Helper()
	if c.of == 0 || float64(c.hits) < float64(fewest)/seeds*float64(c.of) {
		t.Errorf("%s: %d of %d intervals of 95 %% hold the truth", what, c.hits, c.of)
	}
}

// officeHours is a shape that no cell of which is empty.
var officeHours = []float64{1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 8, 8, 7, 7, 8, 8, 6, 4, 2}

func TestIntervalsOfDemandHoldTheTruth(t *testing.T) {
	t.Parallel()
	x := axis(t)
	st := &demand.Stream{
		Volume: demand.Volume{Count: 900, Per: demand.PerWeek}, Growth: 0.6, Busyness: 0.2,
		Profile: demand.Profile{Hours: officeHours, Days: [7]float64{0.5, 1.2, 1, 1, 1.1, 1, 0.7}},
	}
	const n = 27
	length := x.Since(x.Origin.AddDate(0, 0, 7*n))
	var volume, growth, busyness, weekday, hour covered
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 7))
		f, err := fit.History(logOf(x, arrive(st, x, length, r), plain), weeks(x, n))
		if err != nil {
			t.Fatal(err)
		}
		got := &f.Streams[0]
		if got.Grows { // else the level is that of the middle, and is said to be
			volume.add(got.Week, 900*math.Pow(1.6, 7*n/365.))
		}
		growth.add(got.Growth, 0.6)
		busyness.add(got.Busyness, 0.2)
		weekday.add(got.Days[time.Monday], 7*1.2/6.5)
		hour.add(got.Hours[9], 24*10/138.)
	}
	volume.judge(t, "volume at the end")
	growth.judge(t, "growth")
	busyness.judge(t, "busyness")
	weekday.judge(t, "the weight of a weekday")
	hour.judge(t, "the weight of an hour")
	if volume.of < 90 {
		t.Errorf("growth of 60 %% was used in %d of %d logs", volume.of, seeds)
	}
}
