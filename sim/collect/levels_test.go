package collect_test

import (
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// Warm-up ends at 60 minutes, intervals last for 30.
func TestBacklog(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(3*hour, hour, 30*minute))
	x.served(10*minute, 10*minute, 40*minute, outage)
	x.served(20*minute, 20*minute, 60*minute, outage)
	silent := x.comes(30*minute, outage) // at the end of an interval: of the next one
	x.started(30*minute, silent)
	x.replied(31*minute, silent, ticket.Pending)
	x.served(35*minute, 35*minute, 38*minute, outage)  // four of them, but in the warm-up
	x.served(90*minute, 90*minute, 180*minute, outage) // solved at the horizon
	x.closed(100*minute, silent)
	x.message(110*minute, silent)
	x.started(110*minute, silent)
	x.replied(130*minute, silent, ticket.Solved)
	x.abandoned(125*minute, x.comes(120*minute, call))
	pending := x.comes(140*minute, outage) // the customer's answer makes it no second ticket
	x.started(141*minute, pending)
	x.replied(142*minute, pending, ticket.Pending)
	x.message(143*minute, pending)
	x.started(143*minute, pending)
	x.end()
	x.wantSeries(outcome.SeriesBacklog, everything, 2, 2, 1, 2, 2, 1)
	x.want(outcome.BacklogPeak, everything, 3, 1)
}

func TestQueue(t *testing.T) {
	t.Parallel()
	type told struct {
		at time.Duration
		n  int
	}
	for _, row := range []struct {
		name   string
		told   []told
		peak   float64
		series []float64
	}{
		{"nobody waits", nil, 0, []float64{0, 0, 0, 0}},
		{"who waits at the end of the warm-up counts", []told{{50 * minute, 5}, {70 * minute, 2}}, 5, []float64{0, 5, 2, 2}},
		{"who is gone by then does not", []told{{50 * minute, 5}, {60 * minute, 2}}, 2, []float64{0, 5, 2, 2}},
		{"who comes then does", []told{{60 * minute, 5}, {61 * minute, 2}}, 5, []float64{0, 0, 2, 2}},
		{"who is gone at the same instant did not wait", []told{{70 * minute, 3}, {80 * minute, 9}, {80 * minute, 4}, {90 * minute, 1}}, 4, []float64{0, 0, 4, 1}},
		{"who waits at the horizon does", []told{{70 * minute, 1}, {119 * minute, 7}}, 7, []float64{0, 0, 1, 7}},
		{"who comes at the horizon does not wait, but is there", []told{{70 * minute, 1}, {120 * minute, 7}}, 1, []float64{0, 0, 1, 7}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			x := newTrial(t, scenario(2*hour, hour, 30*minute))
			for _, w := range row.told {
				x.waiting(w.at, w.n)
			}
			x.end()
			x.want(outcome.QueuePeak, everything, row.peak, 1)
			x.wantSeries(outcome.SeriesQueue, everything, row.series...)
		})
	}
}

// Three hours from eight o'clock, the first of them warm-up. Both teams have two
// heads until four; here one of the front team leaves at half past ten and stays for a quarter of an
// hour, whatever the plan says.
func TestStaff(t *testing.T) {
	t.Parallel()
	s := scenario(3*hour, hour, 30*minute)
	s.Time.Start = s.Time.Start.Add(8 * hour)
	s.Currency = "USD"
	s.Teams[0].Cost.PerHour, s.Teams[0].Cost.Overtime = 20, 0.5
	s.Teams[1].Cost.PerHour = 30
	s.Teams[1].Shrinkage = 0.5 // paid for two, one of them there
	x := newTrial(t, s)
	x.staff(0, 0, desk.Staff{On: 2})
	x.staff(0, 1, desk.Staff{On: 1})
	x.staff(20*minute, 0, desk.Staff{On: 2, Over: 1, Late: 1}) // in the warm-up
	x.staff(25*minute, 0, desk.Staff{On: 2})
	x.staff(30*minute, 0, desk.Staff{On: 2, Busy: 1})
	x.staff(75*minute, 0, desk.Staff{On: 2, Busy: 2})
	x.staff(100*minute, 0, desk.Staff{On: 2, Busy: 1})
	x.staff(150*minute, 0, desk.Staff{On: 1, Over: 1, Late: 1})
	x.staff(165*minute, 0, desk.Staff{On: 1})
	x.staff(90*minute, 1, desk.Staff{On: 1, Busy: 1})
	x.staff(120*minute, 1, desk.Staff{Over: 1}) // works on into a break: no overtime
	x.staff(150*minute, 1, desk.Staff{On: 1, Busy: 1})
	for range 5 {
		x.comes(170*minute, outage)
	}
	x.end()

	ns := func(minutes float64) float64 { return minutes * 60e9 }
	front, back := outcome.Labels{Team: "front"}, outcome.Labels{Team: "back"}
	x.want(outcome.Occupancy, front, ns(15+2*25+50), ns(2*90+30))
	x.want(outcome.Occupancy, back, ns(30+30), ns(60+30))
	x.want(outcome.Occupancy, everything, ns(115+60), ns(210+90))
	x.want(outcome.Overtime, front, 0.25, 1)
	x.want(outcome.Overtime, back, 0, 1)
	x.want(outcome.PaidHours, front, 4.25, 1)
	x.want(outcome.PaidHours, back, 4, 1)
	x.want(outcome.PaidHours, everything, 8.25, 1)
	x.want(outcome.Utilisation, front, (115.0+15)/60, 4.25)
	x.want(outcome.Utilisation, back, (60.0+30)/60, 4)
	x.want(outcome.Cost, front, 4*20+0.25*20*1.5, 1)
	x.want(outcome.CostBase, front, 4.25*20, 1)
	x.want(outcome.CostOvertime, front, 0.25*20*0.5, 1)
	x.want(outcome.Cost, back, 4*30, 1)
	x.want(outcome.Cost, everything, 207.5, 1)
	x.want(outcome.WorkPerTicket, everything, (130+90)*60, 5)

	x.wantSeries(outcome.SeriesHeads, front, 2, 2, 2, 2, 2, 1)
	x.wantSeries(outcome.SeriesBusy, front, 0, 1, 1.5, 40.0/30, 1, 0)
	busy, on := x.series(outcome.SeriesOccupancy, back)
	if !slices.Equal(busy, []float64{0, 0, 0, 1, 0, 1}) || !slices.Equal(on, []float64{1, 1, 1, 1, 0, 1}) {
		t.Errorf("occupancy of the back team: %v of %v", busy, on)
	}
}

func TestWithoutACurrencyNothingHasACost(t *testing.T) {
	t.Parallel()
	if newTrial(t, scenario(3*hour, 0, hour)).end().has(outcome.Cost, everything) {
		t.Error("there is a cost")
	}
}

// Neither the warm-up nor the horizon need end with an interval.
func TestTheLastIntervalMayBeShort(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(75*minute, 45*minute, hour))
	x.staff(30*minute, 0, desk.Staff{On: 4, Busy: 2})
	x.end()
	x.want(outcome.Occupancy, everything, 2*30*60e9, 4*30*60e9)
	x.wantSeries(outcome.SeriesHeads, outcome.Labels{Team: "front"}, 2, 4)
	x.wantSeries(outcome.SeriesBusy, outcome.Labels{Team: "front"}, 1, 2)
}

// The share of intervals in which occupancy lies in the band. Warm-up ends in the
// middle of the second interval; none of it is counted.
func TestOccupancyInBand(t *testing.T) {
	t.Parallel()
	x := newTrial(t, scenario(210*minute, 45*minute, 30*minute))
	for i, n := range []desk.Staff{
		{On: 20, Busy: 16},                   // warm-up
		{On: 20, Busy: 16},                   // still warm-up at its beginning
		{On: 20, Busy: 15},                   // 75 %
		{On: 20, Busy: 17, Over: 9, Late: 9}, // 85 %: overtime does not count
		{On: 20, Busy: 18},                   // 90 %
		{Over: 1},                            // nobody on shift
		{On: 20, Busy: 20},                   // for a quarter of an hour: 80 % on average
	} {
		x.staff(time.Duration(i)*30*minute, 0, n)
	}
	x.staff(195*minute, 0, desk.Staff{On: 20, Busy: 12})
	x.staff(60*minute, 1, desk.Staff{On: 10}) // makes it 50 % of all
	x.staff(90*minute, 1, desk.Staff{})
	x.end()
	x.want(outcome.InBand, outcome.Labels{Team: "front"}, 3, 4)
	x.want(outcome.InBand, outcome.Labels{Team: "back"}, 0, 1)
	x.want(outcome.InBand, everything, 2, 4)
}

// A spike from the tenth to the fourteenth hour of a day.
var spike = demand.Spike{Name: "spike", Factor: 5, Start: 10 * hour, Rise: hour, Hold: 2 * hour, Fall: hour}

func TestRecovery(t *testing.T) {
	t.Parallel()
	type told struct {
		at time.Duration
		n  int
	}
	for _, row := range []struct {
		name      string
		told      []told
		after     time.Duration
		recovered bool
	}{
		{"nobody ever waits: recovered as it ends", nil, 0, true},
		{"back to nobody", []told{{11 * hour, 50}, {16 * hour, 1}, {17 * hour, 0}}, 3 * hour, true},
		{"back to the most that waited before", []told{{2 * hour, 3}, {3 * hour, 0}, {11 * hour, 50}, {15 * hour, 4}, {16 * hour, 3}}, 2 * hour, true},
		{"who waits as it begins has waited before", []told{{9 * hour, 5}, {11 * hour, 30}, {15 * hour, 5}}, hour, true},
		{"who comes as it begins has not", []told{{10 * hour, 5}, {11 * hour, 30}, {15 * hour, 5}, {18 * hour, 0}}, 4 * hour, true},
		{"whose wait had no length has not either", []told{{9 * hour, 5}, {9 * hour, 0}, {11 * hour, 30}, {15 * hour, 5}, {18 * hour, 0}}, 4 * hour, true},
		{"back to normal before it is over: recovered as it ends", []told{{11 * hour, 50}, {13 * hour, 0}}, 0, true},
		{"and again after that", []told{{11 * hour, 50}, {12 * hour, 0}, {13 * hour, 40}, {17 * hour, 0}}, 3 * hour, true},
		{"at the very end", []told{{11 * hour, 50}, {14 * hour, 0}}, 0, true},
		{"who comes as it ends keeps it from being normal", []told{{12 * hour, 50}, {13 * hour, 0}, {14 * hour, 40}, {17 * hour, 0}}, 3 * hour, true},
		{"the first return counts, whatever comes later", []told{{11 * hour, 50}, {15 * hour, 0}, {16 * hour, 90}}, hour, true},
		{"an instant is no return", []told{{11 * hour, 50}, {15 * hour, 0}, {15 * hour, 40}, {16 * hour, 0}}, 2 * hour, true},
		{"it may not recover: at least until the horizon", []told{{11 * hour, 50}, {20 * hour, 1}}, 10 * hour, false},
		{"nor at the horizon", []told{{11 * hour, 50}, {24 * hour, 0}}, 10 * hour, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := scenario(day, 0, hour)
			s.Streams[0].Spikes = []demand.Spike{spike}
			s.Streams[1].Spikes = []demand.Spike{spike} // shared: one recovery
			x := newTrial(t, s)
			for _, w := range row.told {
				x.waiting(w.at, w.n)
			}
			x.end()
			unrecovered := 1.0
			if row.recovered {
				unrecovered = 0
			}
			l := outcome.Labels{Spike: "spike"}
			x.want(outcome.Recovery, l, row.after.Seconds(), 1)
			x.want(outcome.Unrecovered, l, unrecovered, 1)
			if n := x.count(outcome.Recovery); n != 1 {
				t.Errorf("%d recoveries from one spike", n)
			}
		})
	}
}

func TestNormalIsTheWeekBeforeTheSpike(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		from  time.Duration // of an hour in which a hundred waited
		after time.Duration
	}{
		{"what was before it is forgotten", 2*day - hour, 4 * hour},
		{"what reaches into it is not", 2*day - hour + 1, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := scenario(12*day, 0, hour)
			later := spike
			later.Start = 9 * day
			s.Streams[0].Spikes = []demand.Spike{later}
			x := newTrial(t, s)
			x.waiting(row.from, 100)
			x.waiting(row.from+hour, 0)
			x.waiting(9*day+hour, 60)
			x.waiting(9*day+8*hour, 0)
			x.end()
			x.want(outcome.Recovery, outcome.Labels{Spike: "spike"}, row.after.Seconds(), 1)
		})
	}
}

func TestOnlySpikesWithABeforeAndAnAfterCanRecover(t *testing.T) {
	t.Parallel()
	named := func(name string, change func(sp *demand.Spike)) demand.Spike {
		sp := spike
		sp.Name = name
		change(&sp)
		return sp
	}
	s := scenario(day, 0, hour)
	s.Streams[0].Spikes = []demand.Spike{
		named("from the start", func(sp *demand.Spike) { sp.Start = 0 }),
		named("flat", func(sp *demand.Spike) { sp.Factor = 1 }),
		named("until the horizon", func(sp *demand.Spike) { sp.Start = 20 * hour }),
		named("sound", func(sp *demand.Spike) { sp.Start = 20*hour - 1 }),
	}
	x := newTrial(t, s).end()
	for _, sp := range s.Streams[0].Spikes {
		if got, want := x.has(outcome.Recovery, outcome.Labels{Spike: sp.Name}), sp.Name == "sound"; got != want {
			t.Errorf("recovery from the spike %s: %v, want %v", sp.Name, got, want)
		}
	}
}
