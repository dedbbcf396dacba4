package backtest_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
)

// days are so many, from a Monday on.
func days(n int) []calendar.Day {
	x := calendar.Axis{Origin: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	return x.Days(time.UTC, 0, time.Duration(n)*24*time.Hour)
}

// walk is a series whose days hang together, as a backlog does: autoregressive, with a mean.
func walk(n int, mean, sd float64, r *rand.Rand) []float64 {
	xs, state := make([]float64, n), r.NormFloat64()
	for i := range xs {
		state = 0.8*state + 0.6*r.NormFloat64()
		xs[i] = mean + sd*state
	}
	return xs
}

// forecast is one of walks, and what came: another.
func forecast(trials, n int, came []float64, r *rand.Rand) backtest.Forecast {
	f := backtest.Forecast{Days: days(n), Observed: &backtest.Daily{}}
	f.Observed[backtest.Backlog] = came
	for range trials {
		d := &backtest.Daily{}
		d[backtest.Backlog] = walk(n, 100, 10, r)
		f.Runs = append(f.Runs, d)
	}
	return f
}

// A right model is seldom found fault with, although its days hang together, and about 95 of 100 of its days
// lie within the intervals of 95 %.
func TestARightModelIsSeldomDoubted(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	const logs, n = 200, 28
	doubted, inside := 0, 0
	for range logs {
		got := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(119, n, walk(n, 100, 10, r), r)})
		if !got.Holds() {
			doubted++
		}
		inside += got.Coverage[2].Inside
	}
	if doubted > 9 { // 1 % of 200 are 2; more than 9 once in ten thousand
		t.Errorf("%d of %d right models are doubted", doubted, logs)
	}
	if share := float64(inside) / (logs * n); math.Abs(share-0.95) > 0.02 {
		t.Errorf("%.3f of the days lie within intervals of 95 %%", share)
	}
}

func TestAWrongModelIsFoundFaultWith(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name     string
		mean, sd float64
		want     backtest.Fault
	}{
		{"the backlog is higher", 135, 10, backtest.TooLow},
		{"the backlog is lower", 65, 10, backtest.TooHigh},
		{"the backlog scatters more", 100, 45, backtest.Narrow},
		{"the backlog scatters less", 100, 0.5, backtest.Wide},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(3, 4))
			found := 0
			const logs, n = 20, 84
			for range logs {
				got := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(119, n, walk(n, row.mean, row.sd, r), r)})
				if slices.Contains(got.Faults, row.want) {
					found++
				}
			}
			if found < logs*3/4 {
				t.Errorf("found in %d of %d logs", found, logs)
			}
		})
	}
}

// However few the trials, what lies far outside all of them is not trusted.
func TestFewTrialsAreEnoughToSeeWhatIsFarOff(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(13, 14))
	got := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(39, 14, walk(14, 300, 10, r), r)})
	if got.Holds() || got.Coverage[2].Inside > 0 || got.Coverage[2].Low < 3 {
		t.Errorf("%+v holds", got.Coverage)
	}
}

func TestAWeekdayThatIsOffIsNamed(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	const n = 56
	came := walk(n, 100, 10, r)
	for i := 5; i < n; i += 7 { // Saturdays
		came[i] += 60
	}
	got := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(199, n, came, r)})
	if !slices.ContainsFunc(got.Off, func(o backtest.Off) bool { return o.Weekday == int(time.Saturday) && o.Above }) {
		t.Errorf("got %+v", got.Off)
	}
}

// The PIT of a right model is flat, and that of a narrow one has its weight at the ends.
func TestThePITShowsTheShape(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	const n = 7 * 200
	right := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(99, n, walk(n, 100, 10, r), r)})
	narrow := backtest.Judge(backtest.Backlog, []backtest.Forecast{forecast(99, n, walk(n, 100, 30, r), r)})
	sum := 0.
	for _, share := range right.PIT {
		sum += share
		if math.Abs(share-0.1) > 0.06 {
			t.Errorf("right: %v", right.PIT)
		}
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("the bars add up to %v", sum)
	}
	if narrow.PIT[0]+narrow.PIT[9] < 0.5 {
		t.Errorf("narrow: %v", narrow.PIT)
	}
}

// The CRPS of a sample is twice the pinball loss, averaged over the quantiles.
func TestCRPSIsTwiceThePinballLoss(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	var sample []float64
	for range 4000 {
		sample = append(sample, r.NormFloat64())
	}
	slices.Sort(sample)
	for _, y := range []float64{-2, 0, 0.7, 3} {
		sum := 0.
		const steps = 2000
		for i := range steps {
			p := (float64(i) + 0.5) / steps
			q := backtest.Quantile(sample, p)
			sum += 2 * max(p*(y-q), (1-p)*(q-y)) / steps
		}
		// Of a standard normal forecast it is y(2Φ(y) − 1) + 2φ(y) − 1/√π (Gneiting and Raftery 2007, eq. 22).
		exact := y*math.Erf(y/math.Sqrt2) + 2*math.Exp(-y*y/2)/math.Sqrt(2*math.Pi) - 1/math.Sqrt(math.Pi)
		if got := backtest.CRPS(sample, y); math.Abs(got-sum) > 0.005 || math.Abs(got-exact) > 0.03 {
			t.Errorf("at %v: got %v, pinball %v, exact %v", y, got, sum, exact)
		}
	}
}

// A share p of further values lies below the quantile, however small the sample.
func TestQuantilesForecast(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 12))
	const tries = 20_000
	below := 0
	for range tries {
		sample := make([]float64, 39)
		for i := range sample {
			sample[i] = r.ExpFloat64()
		}
		slices.Sort(sample)
		if r.ExpFloat64() < backtest.Quantile(sample, 0.975) {
			below++
		}
	}
	if share := float64(below) / tries; math.Abs(share-0.975) > 0.005 {
		t.Errorf("%v lie below", share)
	}
}

func TestMeterCountsDays(t *testing.T) {
	t.Parallel()
	m := backtest.NewMeter(days(3), func(c ticket.Channel) bool { return c == 1 }, backtest.Targets{FirstReply: 2 * time.Hour, Resolution: 24 * time.Hour}, nil)
	tell := func(id ticket.ID, channel ticket.Channel, hours float64, kind ticket.EventKind, status ticket.Status) {
		m.Add(ticket.Event{Ticket: id, At: time.Duration(hours * float64(time.Hour)), Kind: kind, Status: status, Class: ticket.Class{Channel: channel}})
	}
	tell(1, 0, -5, ticket.Created, ticket.New) // open at the start, solved on the second day
	tell(1, 0, 30, ticket.Replied, ticket.Solved)
	tell(2, 0, 1, ticket.Created, ticket.New)
	tell(2, 0, 2, ticket.Started, ticket.Open) // no answer yet: the channel is not live
	tell(2, 0, 4, ticket.Replied, ticket.Pending)
	tell(2, 0, 6, ticket.Message, ticket.Open)
	tell(2, 0, 7, ticket.Replied, ticket.Solved)
	tell(2, 0, 50, ticket.Message, ticket.Open) // comes back on the third day
	tell(3, 1, 3, ticket.Created, ticket.New)
	tell(3, 1, 3.5, ticket.Started, ticket.Open)
	tell(3, 1, 4, ticket.Replied, ticket.Solved)
	tell(4, 1, 5, ticket.Created, ticket.New)
	tell(4, 1, 5.1, ticket.Abandoned, ticket.Closed)
	tell(5, 0, 71, ticket.Created, ticket.New) // not due at the end
	tell(6, 0, 60, ticket.Created, ticket.New) // late, and open
	tell(6, 0, 80, ticket.Replied, ticket.Solved)
	got, _, unfinished := m.Days()
	nan := math.NaN()
	for _, row := range []struct {
		measure backtest.Measure
		want    [3]float64
	}{
		{backtest.Volume, [3]float64{3, 0, 2}},
		{backtest.Backlog, [3]float64{1, 0, 3}},
		{backtest.FirstReplyP50, [3]float64{1800, nan, 3600}}, // of 0.5 h and 3 h; of 1 h and 12 h that had passed
		{backtest.FirstReplyP90, [3]float64{3 * 3600, nan, 12 * 3600}},
		{backtest.FirstReplyLate, [3]float64{0.5, nan, 1}},
		{backtest.ResolutionP90, [3]float64{6 * 3600, nan, 12 * 3600}},
		{backtest.ResolutionLate, [3]float64{0, nan, nan}},
		{backtest.Abandoned, [3]float64{1. / 3, nan, 0}},
	} {
		for i, want := range row.want {
			if x := got[row.measure][i]; x != want && !(math.IsNaN(x) && math.IsNaN(want)) {
				t.Errorf("%v on day %d: got %v, want %v", row.measure, i, x, want)
			}
		}
	}
	if unfinished != 2 {
		t.Errorf("%d have not been replied to", unfinished)
	}
}

// In the hours of a calendar a weekend is no time: what was asked on Friday afternoon and answered on Monday morning took an
// hour of them. The calendar may be in another zone than the days.
func TestMeterJudgesByTheHoursOfACalendar(t *testing.T) {
	t.Parallel()
	office := &calendar.Calendar{Name: "office", Zone: time.FixedZone("", 3600)}
	for d := time.Monday; d <= time.Friday; d++ {
		office.Week[d] = []calendar.Span{{From: 9 * 60, To: 17 * 60}}
	}
	m := backtest.NewMeter(days(10), func(ticket.Channel) bool { return false }, backtest.Targets{FirstReply: 2 * time.Hour, Hours: office, Zone: time.UTC}, nil)
	tell := func(id ticket.ID, at time.Duration, kind ticket.EventKind, status ticket.Status) {
		m.Add(ticket.Event{Ticket: id, At: at, Kind: kind, Status: status})
	}
	const day = 24 * time.Hour
	tell(1, 4*day+15*time.Hour+30*time.Minute, ticket.Created, ticket.New) // Friday 16:30 in the office
	tell(1, 7*day+8*time.Hour+30*time.Minute, ticket.Replied, ticket.Solved)
	tell(2, 3*day+8*time.Hour, ticket.Created, ticket.New)
	tell(2, 3*day+11*time.Hour, ticket.Replied, ticket.Solved)
	got, _, _ := m.Days()
	if late := got[backtest.FirstReplyLate]; late[4] != 0 || late[3] != 1 || got[backtest.FirstReplyP50][4] != 65*3600 {
		t.Errorf("late %v, waits %v", late, got[backtest.FirstReplyP50])
	}
}

func TestNaiveRepeatsTheWeek(t *testing.T) {
	t.Parallel()
	var history []float64
	for i := range 35 {
		history = append(history, float64(10*(i%7)+i/7)) // one more each week
	}
	got := backtest.Naive(backtest.Volume, history, 10)
	if m := backtest.Quantile(got[2], 0.5); m != 25 { // 24 and the growth of a week
		t.Errorf("the third day is %v", m)
	}
	if m := backtest.Quantile(got[9], 0.5); m != 26 { // two weeks ahead
		t.Errorf("the tenth day is %v", m)
	}
	if got := backtest.Naive(backtest.FirstReplyLate, []float64{1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1}, 1)[0]; slices.Max(got) > 1 {
		t.Errorf("a share of %v", slices.Max(got))
	}
}

func TestSplitsRollAndNeverOverlap(t *testing.T) {
	t.Parallel()
	at := func(month, day int) calendar.Date {
		return calendar.Date{Year: 2026, Month: time.Month(month), Day: day}
	}
	whole := backtest.Window{From: at(1, 1), Until: at(3, 1)} // 60 days
	got, err := backtest.Plan{Train: 21, Test: 17, Refit: 7}.Splits(whole)
	if err != nil {
		t.Fatal(err)
	}
	want := []backtest.Split{
		{Train: backtest.Window{From: at(1, 23), Until: at(2, 12)}, Test: backtest.Window{From: at(2, 13), Until: at(2, 19)}},
		{Train: backtest.Window{From: at(1, 30), Until: at(2, 19)}, Test: backtest.Window{From: at(2, 20), Until: at(2, 26)}},
		{Train: backtest.Window{From: at(2, 6), Until: at(2, 26)}, Test: backtest.Window{From: at(2, 27), Until: at(3, 1)}},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if all, err := (backtest.Plan{Test: 28}).Splits(whole); err != nil || len(all) != 1 || all[0].Train.From != whole.From {
		t.Errorf("got %v, %v", all, err)
	}
	for _, p := range []backtest.Plan{{Test: 54}, {Test: 28, Train: 33}} {
		if _, err := p.Splits(whole); err == nil {
			t.Errorf("%+v splits 60 days", p)
		}
	}
}
