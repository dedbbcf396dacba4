package scenarios

import (
	"slices"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// time reads the section time. Everything after it needs the zone and the start.
func (d *decoder) time(v yamltree.Value) {
	s := d.Section(scope.Optional(v), "time")
	d.Zone = scalar.Zone(s.Key("zone"), time.UTC)
	t := &d.Out.Time
	start, ok := scalar.Moment(s.Key("start"), d.Zone)
	if !ok {
		start = calendar.Date{Year: 2026, Month: time.January, Day: 5}.At(0, d.Zone)
	}
	t.Start = start
	d.Axis = calendar.Axis{Origin: start}
	lengthValue := s.Key("length")
	t.Length, ok = d.stretchOf(lengthValue)
	if ok && t.Length <= 0 {
		lengthValue.Failf("", "%q must be longer than nothing", lengthValue.Node.Text)
		ok = false
	}
	if ok && t.Length > 3660*scalar.Day {
		lengthValue.Failf("want at most ten years", "%q is too long", lengthValue.Node.Text)
	}
	if !ok || t.Length > 3660*scalar.Day {
		t.Length = 28 * scalar.Day
	}
	if v := s.Key("warmup"); v.Exists() {
		t.Warmup, _ = d.stretchOf(v)
	} else {
		text := "0s"
		if t.Length >= d.localDays(14) && !d.inherits() {
			t.Warmup, text = d.localDays(7), "1w"
		}
		s.Assumed("warmup", text)
	}
	t.Interval = d.interval(s.Key("interval"))
	// Clocks may run long after the end, so holidays are looked up that far.
	d.FirstDay = calendar.DateOf(start).AddDays(-31)
	d.LastDay = calendar.DateOf(start.Add(t.Length)).AddDays(400)
	s.Done()
}

// inherits reports whether the desk starts with open tickets, in place of a warm-up.
func (d *decoder) inherits() bool {
	return slices.ContainsFunc(d.root.Pairs, func(p yamltree.Pair) bool { return p.Key == "backlog" })
}

// stretchOf is a duration from the start. Its days are those of the calendar, also
// where a clock change makes one of them shorter or longer: a length of two weeks ends
// at the time of day at which it began.
func (d *decoder) stretchOf(v yamltree.Value) (time.Duration, bool) {
	whole, ok := scalar.Duration(v)
	if !ok {
		return 0, false
	}
	l, _, _ := scalar.ParseLength(v.Node.Text)
	if l.Days == 0 || l.Days%scalar.Day != 0 {
		return whole, true
	}
	return d.localDays(int(l.Days/scalar.Day)) + whole - l.Days, true
}

// localDays is how long it takes from the start until n days later at the same time
// of day.
func (d *decoder) localDays(n int) time.Duration {
	start := d.Axis.Origin
	clock := time.Duration(start.Second())*time.Second + time.Duration(start.Nanosecond())
	later := calendar.DateOf(start).AddDays(n).At(start.Hour()*60+start.Minute(), d.Zone)
	return d.Axis.Since(later) + clock
}

func (d *decoder) interval(v yamltree.Value) time.Duration {
	step, ok := scalar.PositiveDuration(v)
	if !ok {
		return 30 * time.Minute
	}
	if step != 15*time.Minute && step != 30*time.Minute && step != time.Hour {
		v.Failf("want 15m, 30m or 60m", "%q is not an interval of time series", v.Node.Text)
		return 30 * time.Minute
	}
	return step
}

const mostReplications = 1_000_000

// run reads the section run.
func (d *decoder) run(v yamltree.Value) {
	s := d.Section(scope.Optional(v), "run")
	r := &d.Out.Run
	replications := s.Key("replications")
	r.Min, r.Max = d.replications(replications)
	precision := s.Key("precision")
	if precision.Exists() {
		measures.Precisions(d.Scope, precision, r)
		if r.Min == r.Max && !replications.Assumed {
			precision.Failf("write replications as a range, such as 30..400", "precision needs a range of replications to stop in")
		}
		if replications.Assumed {
			r.Max = 10 * r.Min
		}
	} else if r.Min != r.Max {
		replications.Failf("add precision, such as 5% of breach_rate(first_reply), or write one number", "a range of replications needs a precision to stop at")
	}
	if i, ok := scope.Choice(s.Key("control"), model.ControlNames); ok {
		r.Control = model.Control(i)
	}
	if i, ok := scope.Choice(s.Key("balance"), model.BalanceNames); ok {
		r.Balance = model.Balance(i)
	}
	if seed := s.Key("seed"); seed.Exists() {
		r.Seed = seedOf(seed)
	}
	s.Done()
}

func seedOf(v yamltree.Value) uint64 {
	text, ok := v.Text("a whole number")
	if !ok {
		return 1
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		v.Failf("want a whole number from 0 on", "%q is not a seed", scalar.Clip(text))
	}
	return n
}

func (d *decoder) replications(v yamltree.Value) (low, high int) {
	low, high, ok := scalar.Counts(v, "a number of replications", 1, mostReplications)
	if !ok && high == 0 {
		return 30, 30
	}
	return low, high
}
