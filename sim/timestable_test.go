package sim_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/erlang"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim"
	"github.com/headroom-sim/headroom/sim/desk"
)

// sineDay is the example of Feldman, Mandelbaum, Massey and Whitt (2008, Management
// Science 54(2), section 2): customers come at the rate λ(t) = 100 + 20 sin t and are
// served at the rate 1. A day is one wave, so a unit of time is a day over 2π.
type sineDay struct {
	rates []float64 // by part of the day, per unit of time
	heads []int
}

const (
	sineParts = 96
	sinePart  = 24 * time.Hour / sineParts
	sineStep  = 2 * math.Pi / sineParts // a part in units of time
)

var sineUnit = 24 * time.Hour.Minutes() / (2 * math.Pi) // minutes, the mean handling time

// sineRates are the means of λ over the parts.
func sineRates() []float64 {
	rates := make([]float64, sineParts)
	for i := range rates {
		a, b := float64(i)*sineStep, float64(i+1)*sineStep
		rates[i] = 100 + 20*(math.Cos(a)-math.Cos(b))/sineStep
	}
	return rates
}

// squareRoot staffs a load with a safety of β root loads.
func squareRoot(loads []float64, beta float64) []int {
	heads := make([]int, len(loads))
	for i, m := range loads {
		heads[i] = int(math.Ceil(m + beta*math.Sqrt(m)))
	}
	return heads
}

// safety is the β with which a share of the customers is delayed on a large desk, the
// inverse of 1 / (1 + β Φ(β)/φ(β)) (Halfin and Whitt 1981, equation 2.4).
func safety(delayed float64) float64 {
	low, high := 0.0, 5.0
	for range 60 {
		b := (low + high) / 2
		density := math.Exp(-b*b/2) / math.Sqrt(2*math.Pi)
		if 1/(1+b*0.5*math.Erfc(-b/math.Sqrt2)/density) > delayed {
			low = b
		} else {
			high = b
		}
	}
	return low
}

// scenario states the day as shifts: one for everybody who is always there, one for each
// stretch of the day in which one head more is.
func (d sineDay) scenario(days int) *model.Scenario {
	const mean = 100
	q := queue{
		agents: slices.Min(d.heads), classes: []load{{mean / sineUnit, exponential(sineUnit)}},
		length: time.Duration(days) * 24 * time.Hour, interval: time.Hour,
	}
	s := q.scenario()
	s.Streams[0].Profile = demand.Profile{Hours: d.rates}
	team := &s.Teams[0]
	team.ShiftEnd = staffing.HandBack
	at := func(i int) int { return d.heads[i%sineParts] }
	for k := q.agents + 1; k <= slices.Max(d.heads); k++ {
		for i := range sineParts {
			if at(i) < k || at(i+sineParts-1) >= k {
				continue
			}
			n := 1
			for at(i+n) >= k {
				n++
			}
			const minutes = int(sinePart / time.Minute)
			team.Shifts = append(team.Shifts, staffing.Shift{
				Name: fmt.Sprintf("head %d from %d", k, i), Heads: 1, Days: everyDay, From: i * minutes, To: (i + n) * minutes,
			})
		}
	}
	return s
}

// delays is the exact share of customers who find nobody free, by half an hour of the
// second day, from the forward equations. Work that is handed back when heads
// go is exponential still, so only the number of customers matters.
func (d sineDay) delays() []float64 {
	const step, half = 15 * time.Second, 30 * time.Minute
	f := &forward{mu: 1 / sineUnit, y: make([]float64, mostStates+1), p: make([]float64, mostStates+1)}
	for i := range f.k {
		f.k[i] = make([]float64, mostStates+1)
	}
	f.p[100], f.lo, f.hi = 1, 0, 2*slices.Max(d.heads)
	part := func(at time.Duration) int { return int(at/sinePart) % sineParts }
	f.rate = func(at time.Duration) float64 { return d.rates[part(at)] / sineUnit }
	var out []float64
	var delayed, come float64
	for at := time.Duration(0); at < 48*time.Hour; at += step {
		f.agents = d.heads[part(at)]
		f.window()
		rate, busy := f.rate(at), 0.0
		for _, p := range f.p[f.agents : f.hi+1] {
			busy += p
		}
		delayed, come = delayed+rate*busy, come+rate
		f.step(at, step)
		if end := at + step; end%half == 0 {
			if end > 24*time.Hour {
				out = append(out, delayed/come)
			}
			delayed, come = 0, 0
		}
	}
	return out
}

// atOnce counts, by half an hour of the day, who comes after the first day and who of them
// is served at once.
type atOnce struct {
	quiet
	come, served [48]float64
}

func (o *atOnce) Ticket(kind ticket.EventKind, at time.Duration, t *desk.Ticket) {
	const day = 24 * time.Hour
	half := int(at % day / (30 * time.Minute))
	switch {
	case at < day:
	case kind == ticket.Created:
		o.come[half]++
	case kind == ticket.Started && at == t.Created:
		o.served[half]++
	}
}

// simulated is, by half an hour of the day, the share of those who are delayed and how far
// it is from the exact one in standard errors.
func (d sineDay) simulated(t *testing.T, exact []float64) (shares, zs []float64) {
	t.Helper()
	const days, replications = 21, 80
	simulation, err := sim.New(d.scenario(days))
	if err != nil {
		t.Fatal(err)
	}
	run, w := simulation.Catalog().NewRun(), simulation.Worker()
	n := len(exact)
	late, come, excess := make([]float64, n), make([]float64, n), make([]sample, n)
	for r := range replications {
		var o atOnce
		w.Run(61, r, run, &o)
		for h := range n {
			delayed := o.come[h] - o.served[h]
			late[h], come[h] = late[h]+delayed, come[h]+o.come[h]
			excess[h].xs = append(excess[h].xs, delayed-exact[h]*o.come[h])
		}
	}
	for h := range n {
		shares, zs = append(shares, late[h]/come[h]), append(zs, excess[h].z())
	}
	return shares, zs
}

// Staffing by the square root of the load that is offered to endless servers keeps the share
// of delayed customers near its target at all times of the day. Staffing by the rate of the
// moment, as if it had been so for ever, is late: the load follows the rate by an eighth of the day.
func TestStaffingByTheOfferedLoadIsStable(t *testing.T) {
	t.Parallel()
	const target = 0.3
	rates := sineRates()
	// Three days, of which the last has forgotten how the first began.
	loads := must[[]float64](t)(erlang.OfferedLoad(100, slices.Concat(rates, rates, rates), sineStep, 1))
	offered := make([]float64, sineParts)
	for i := range offered {
		offered[i] = (loads[2*sineParts+i-1] + loads[2*sineParts+i]) / 2
		at := (float64(i) + 0.5) * sineStep
		if want := 100 + 10*(math.Sin(at)-math.Cos(at)); math.Abs(offered[i]-want) > 0.02 {
			t.Errorf("the offered load at %.2f is %v, want %v (Jennings et al. 1996)", at, offered[i], want)
		}
	}
	beta := safety(target)
	for _, row := range []struct {
		name      string
		day       sineDay
		low, high float64 // of the exact share at any time
		swing     float64 // at least
	}{
		{"by the offered load", sineDay{rates, squareRoot(offered, beta)}, target - 0.05, target + 0.03, 0},
		{"by the rate of the moment", sineDay{rates, squareRoot(rates, beta)}, 0, 1, 0.6},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			exact := row.day.delays()
			shares, zs := row.day.simulated(t, exact)
			low, high, worst := slices.Min(shares), slices.Max(shares), 0.0
			for h, z := range zs {
				worst = max(worst, math.Abs(z))
				if !(math.Abs(z) <= 4.5) {
					t.Errorf("half hour %d: %.3f are delayed, exact %.3f, z %.2f", h, shares[h], exact[h], z)
				}
			}
			t.Logf("delayed: %.3f to %.3f over the day, exact %.3f to %.3f, largest |z| %.2f", low, high, slices.Min(exact), slices.Max(exact), worst)
			if slices.Min(exact) < row.low || slices.Max(exact) > row.high || slices.Max(exact)-slices.Min(exact) < row.swing {
				t.Errorf("the exact share swings from %.3f to %.3f", slices.Min(exact), slices.Max(exact))
			}
			if low < row.low-0.03 || high > row.high+0.03 || high-low < row.swing {
				t.Errorf("the simulated share swings from %.3f to %.3f", low, high)
			}
		})
	}
}
