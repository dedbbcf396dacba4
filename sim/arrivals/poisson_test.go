package arrivals_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
)

// With n cells of mean m each, Σ(count−m)²/m has mean n and variance 2n + Σ1/m if
// the counts are Poisson: too large means that they vary too much, too small
// that they are too regular.
func TestCountsArePoissonWithTheMeanOfTheCurve(t *testing.T) {
	t.Parallel()
	hours := make([]float64, 24)
	for i := range hours {
		hours[i] = float64(i%7 + i/6)
	}
	busy := stream("busy", 200)
	busy.Profile.Hours = hours
	busy.Profile.Days = [7]float64{0.4, 1, 1.2, 1, 1, 0.9, 0.5}
	busy.Growth = 3
	spiky := stream("spiky", 60)
	spiky.Spikes = []demand.Spike{{Name: "s", Factor: 6.5, Start: 30 * time.Hour, Rise: 5 * time.Hour, Hold: 12 * time.Hour, Fall: 9*time.Hour + 30*time.Minute}}
	for _, st := range []demand.Stream{stream("flat", 48), busy, spiky} {
		t.Run(st.Name, func(t *testing.T) {
			t.Parallel()
			const (
				trials = 60
				length = 8 * day
				cell   = 90 * time.Minute
				cells  = int(length / cell)
			)
			s := scenario(length, st)
			curve := st.Curve(calendar.Axis{Origin: s.Time.Start}, length)
			p := plan(t, s)
			g := p.Generator()
			var square, inverse, n, total float64
			sums := make([]float64, cells)
			for r := range trials {
				counts := make([]float64, cells)
				for _, a := range draw(t, g, p.Sources(), 1, uint64(r)) {
					counts[a.At/cell]++
					total++
				}
				for i, c := range counts {
					m := curve.ExpectedWith(st.Spikes, time.Duration(i)*cell, time.Duration(i+1)*cell)
					if m == 0 {
						if c != 0 {
							t.Errorf("%v tickets where none are expected", c)
						}
						continue
					}
					square += (c - m) * (c - m) / m
					inverse += 1 / m
					sums[i] += c
					n++
				}
			}
			near(t, "spread of the counts of single trials", square, n, math.Sqrt(2*n+inverse))
			// The sums over the trials are Poisson too, and show a wrong mean better.
			var fit, of float64
			for i, c := range sums {
				if m := trials * curve.ExpectedWith(st.Spikes, time.Duration(i)*cell, time.Duration(i+1)*cell); m > 0 {
					fit += (c - m) * (c - m) / m
					of++
				}
			}
			near(t, "fit of the means", fit, of, math.Sqrt(2*of))
			want := trials * curve.ExpectedWith(st.Spikes, 0, length)
			near(t, "tickets in all", total, want, math.Sqrt(want))
		})
	}
}

func TestArrivalsAreUniformWithinAStretchOfConstantRate(t *testing.T) {
	t.Parallel()
	const n, parts = 20 * 1000, 40
	s := scenario(20*day, stream("flat", 1000))
	var counts [parts]float64
	all := drawn(t, s, 3)
	for _, a := range all {
		counts[a.At%day*parts/day]++
	}
	near(t, "tickets in all", float64(len(all)), n, math.Sqrt(n))
	var fit float64
	for _, c := range counts {
		m := float64(len(all)) / parts
		fit += (c - m) * (c - m) / m
	}
	near(t, "fit", fit, parts-1, math.Sqrt(2*(parts-1)))
}

// Busyness multiplies whole days by a gamma factor: the counts of days have
// variance m + cv²m², and those of a spike's layers move with those of the base.
func TestBusynessMakesWholeDaysBusyOrCalm(t *testing.T) {
	t.Parallel()
	const (
		trials, days = 40, 50
		cv, perDay   = 0.3, 100.0
	)
	st := stream("busy", perDay)
	st.Busyness = cv
	st.Spikes = []demand.Spike{{Name: "always", Factor: 2, Start: 0, Hold: days * day}}
	p := plan(t, scenario(days*day, st))
	g := p.Generator()
	var base, extra []float64
	for r := range trials {
		counts := make([][2]float64, days)
		for _, a := range draw(t, g, p.Sources(), 5, uint64(r)) {
			counts[a.At/day][a.ID>>48&0xff]++
		}
		for _, c := range counts {
			base, extra = append(base, c[0]), append(extra, c[1])
		}
	}
	n := float64(len(base))
	variance := perDay + cv*cv*perDay*perDay
	near(t, "mean", mean(base), perDay, math.Sqrt(variance/n))
	near(t, "mean of the spike's layer", mean(extra), perDay, math.Sqrt(variance/n))
	// The counts are a gamma mixture with cv 0.33 and have a kurtosis of about 3.7, so the
	// standard error of their variance is about variance × √(2.7/n).
	near(t, "variance", covariance(base, base), variance, variance*math.Sqrt(2.7/n))
	near(t, "covariance of the layers", covariance(base, extra), cv*cv*perDay*perDay, variance*math.Sqrt(2.7/n))
	// Neighbouring days know nothing of one another.
	near(t, "covariance of neighbours", covariance(base[1:], base[:len(base)-1]), 0, variance/math.Sqrt(n))
}

func TestStreamsHaveBusynessOfTheirOwn(t *testing.T) {
	t.Parallel()
	const days, perDay, cv = 1500, 60.0, 0.5
	a, b := stream("a", perDay), stream("b", perDay)
	a.Busyness, b.Busyness = cv, cv
	counts := [2][]float64{make([]float64, days), make([]float64, days)}
	for _, x := range drawn(t, scenario(days*day, a, b), 0) {
		counts[x.ID>>56][x.At/day]++
	}
	variance := perDay + cv*cv*perDay*perDay
	near(t, "covariance", covariance(counts[0], counts[1]), 0, variance/math.Sqrt(days))
}

func mean(xs []float64) float64 {
	var sum float64
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func covariance(xs, ys []float64) float64 {
	mx, my := mean(xs), mean(ys)
	var sum float64
	for i := range xs {
		sum += (xs[i] - mx) * (ys[i] - my)
	}
	return sum / float64(len(xs))
}

// In New York the clock skips from two to three on 8 March 2026 and goes back from
// two to one on 1 November.
func TestArrivalsFollowTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		start time.Time
		hour  int
		want  []float64 // share of the day's 300 that each day brings
	}{
		{"what comes between two and three does not come when the hour is skipped", time.Date(2026, 3, 7, 0, 0, 0, 0, newYork), 2, []float64{1, 0, 1}},
		{"what comes between one and two comes twice when the hour does", time.Date(2026, 10, 31, 0, 0, 0, 0, newYork), 1, []float64{1, 2, 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			st := stream("narrow", 300)
			st.Profile.Hours = make([]float64, 24)
			st.Profile.Hours[row.hour] = 1
			s := scenario(3*day, st)
			s.Time.Start = row.start
			axis := calendar.Axis{Origin: row.start}
			got := make([]float64, 3)
			const trials = 30
			for r := range uint64(trials) {
				for _, a := range drawn(t, s, r) {
					at := axis.At(a.At)
					if at.Hour() != row.hour {
						t.Fatalf("a ticket comes at %v", at)
					}
					got[at.YearDay()-row.start.YearDay()]++
				}
			}
			for i, share := range row.want {
				want := 300 * trials * share
				near(t, "tickets of the day", got[i], want, math.Sqrt(max(1, want)))
			}
		})
	}
}

func TestTheMixHasItsShares(t *testing.T) {
	t.Parallel()
	st := stream("mixed", 20_000)
	st.Channel = 1
	st.Issues = []demand.IssueShare{{Issue: 1, Share: 0.15}, {Issue: 0, Share: 0.85}}
	st.Accounts = []demand.AccountShare{{Account: 0, Tier: 1, Share: 0.12}}
	s := scenario(2*day, st)
	p := plan(t, s)
	all := drawn(t, s, 1)
	got := map[ticket.Class]float64{}
	for _, a := range all {
		got[p.Classes[a.Class]]++
	}
	n := float64(len(all))
	if len(got) != 6 || len(p.Classes) != 6 {
		t.Errorf("%d classes come of %d, want 6 of 6", len(got), len(p.Classes))
	}
	for _, who := range []struct {
		tier    ticket.Tier
		account ticket.Account
		share   float64
	}{{0, ticket.Anonymous, 0.7}, {1, ticket.Anonymous, 0.18}, {1, 0, 0.12}} {
		for _, issue := range st.Issues {
			c := ticket.Class{Channel: 1, Issue: issue.Issue, Tier: who.tier, Account: who.account, Priority: s.Issues[issue.Issue].Priority}
			share := who.share * issue.Share
			near(t, "share of a class", got[c]/n, share, math.Sqrt(share*(1-share)/n))
		}
	}
}

func TestWhatHasNoShareBringsNoClass(t *testing.T) {
	t.Parallel()
	st := stream("odd", 500)
	st.Issues = []demand.IssueShare{{Issue: 0, Share: 1}, {Issue: 1, Share: 0}}
	st.Tiers = []demand.TierShare{{Tier: 0, Share: 0}, {Tier: 1, Share: 1}}
	st.Accounts = []demand.AccountShare{{Account: 0, Tier: 1, Share: 1}}
	p := plan(t, scenario(day, st))
	want := []ticket.Class{{Tier: 1, Priority: 1, Account: 0}}
	if !slices.Equal(p.Classes, want) {
		t.Errorf("classes %+v, want %+v", p.Classes, want)
	}
}

func TestDrawnWorkIsWhatTheIssueSays(t *testing.T) {
	t.Parallel()
	st := stream("calls", 10_000)
	st.Channel = 1
	s := scenario(3*day, st)
	p := plan(t, s)
	var handle, patience, log, solved []float64
	for _, a := range drawn(t, s, 1) {
		if p.Classes[a.Class].Issue == 1 {
			log = append(log, math.Log(a.Touch.Handle.Seconds()))
			if !a.Touch.Solves {
				t.Fatal("an outage is not solved at the first touch")
			}
			continue
		}
		handle, patience = append(handle, a.Touch.Handle.Seconds()), append(patience, a.Patience.Seconds())
		x := 0.0
		if a.Touch.Solves {
			x = 1
		}
		solved = append(solved, x)
	}
	n := float64(len(handle))
	near(t, "mean handling time of a question", mean(handle), 600, 300/math.Sqrt(n))
	near(t, "mean patience", mean(patience), 180, 180/math.Sqrt(n))
	near(t, "share solved at the first touch", mean(solved), 0.6, math.Sqrt(0.24/n))
	sigma := math.Sqrt(math.Log(2))
	near(t, "mean log of the handling time of an outage", mean(log), math.Log(900)-sigma*sigma/2, sigma/math.Sqrt(float64(len(log))))
	near(t, "covariance of handling time and patience", covariance(handle, patience), 0, 300*180/math.Sqrt(n))
	near(t, "covariance of handling time and solving", covariance(handle, solved), 0, 300*0.49/math.Sqrt(n))
	near(t, "covariance of patience and solving", covariance(patience, solved), 0, 180*0.49/math.Sqrt(n))
}
