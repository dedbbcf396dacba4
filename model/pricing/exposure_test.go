package pricing_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/pricing"
)

// Three years of two months. Of 100 clocks 95 are promised: 93 are two steps short, 90 five, which the cap makes 25 %.
func TestCreditsAndTheirSharesAreThoseWorkedOutByHand(t *testing.T) {
	t.Parallel()
	met := [3][2]int64{{95, 93}, {100, 90}, {99, 97}}
	b := book([]contract.Contract{steps("acme", 100_000)}, 3, 2, costs(500), func(y, _, m int) (int64, int64) { return met[y][m], 100 })
	x := b.Exposure(0, confidence)
	for y, want := range []float64{200, 250, 0} {
		if x.Yearly[y] != want {
			t.Errorf("year %d pays %v, want %v", y, x.Yearly[y], want)
		}
	}
	near(t, "the mean credit", x.Credits.Value, 150, 0)
	near(t, "the share of months that pay", x.PaysMonth.Value, 2./6, 1e-12)
	near(t, "the share of years that pay", x.PaysYear.Value, 2./3, 1e-12)
	near(t, "the median", x.Quantiles[0].Value, 200, 0)
	near(t, "P99", x.Quantiles[3].Value, 250, 0)
	near(t, "the margin before credits", x.Before.Value, 2000-500, 0)
	near(t, "the margin after credits", x.After.Value, 2000-500-150, 1e-9)
	w, ok := b.Worst()
	if !ok || w.Year != 1 || w.Month != 1 || w.Credit != 250 || len(w.By) != 1 || w.By[0].Met != 90 {
		t.Errorf("the worst month is %+v", w)
	}
}

func TestABookThatPaysNothingHasNoWorstMonth(t *testing.T) {
	t.Parallel()
	b := book([]contract.Contract{steps("acme", 100_000)}, 2, 2, costs(0), func(int, int, int) (int64, int64) { return 1, 1 })
	if w, ok := b.Worst(); ok {
		t.Errorf("the worst month is %+v", w)
	}
}

// The true share in time is 97 %, 95 % are promised: what chance alone makes the contract pay, summed over the binomial law,
// and from simulated months.
func TestChanceAlonePaysWhatTheBinomialLawSays(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		tickets     int64
		pays, share float64 // as the issue has them
	}{{20, 0.120, 0.0300}, {100, 0.081, 0.0117}, {2000, 0, 0}} {
		// Exactly: a year for each outcome, which the settlement prices.
		k := steps("acme", 100_000)
		exactPays, exactShare := 0., 0.
		b := book([]contract.Contract{k}, int(row.tickets)+1, 1, costs(0), func(y, _, _ int) (int64, int64) { return int64(y), row.tickets })
		for met, credit := range b.Credits(0, 100_000) {
			p := math.Exp(logBinomial(row.tickets, int64(met), 0.97))
			exactShare += p * float64(credit) / 100_000
			if credit > 0 {
				exactPays += p
			}
		}
		near(t, "exactly, the share of months that pay", exactPays, row.pays, 0.0005)
		near(t, "exactly, the share of the fee", exactShare, row.share, 0.00005)
		if row.tickets > 1000 {
			continue
		}
		r := source(uint64(row.tickets))
		simulated := book([]contract.Contract{k}, 800, 12, costs(0), func(int, int, int) (int64, int64) {
			return binomial(r, row.tickets, 0.97), row.tickets
		})
		x := simulated.Exposure(0, 0.999)
		if e := x.PaysMonth; e.Low > exactPays || e.High < exactPays {
			t.Errorf("%d tickets: %v to %v of months pay, in truth %v", row.tickets, e.Low, e.High, exactPays)
		}
		if e := x.Credits; e.Low > exactShare*12_000 || e.High < exactShare*12_000 {
			t.Errorf("%d tickets: a year pays %v to %v, in truth %v", row.tickets, e.Low, e.High, exactShare*12_000)
		}
	}
}

func logBinomial(n, k int64, p float64) float64 {
	choose := func(x int64) float64 { l, _ := math.Lgamma(float64(x + 1)); return l }
	return choose(n) - choose(k) - choose(n-k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p)
}

// One customer is paid 10 % in every month of every year, the other all that the cap allows, but in one year of ten
// only: both cost the same in the mean, and the one is no risk at all.
func TestPoliciesOfEqualMeanCostAreToldApartByTheirTails(t *testing.T) {
	t.Parallel()
	b := book([]contract.Contract{steps("steady", 100_000), steps("rare", 400_000)}, 1000, 12, costs(0), func(y, d, _ int) (int64, int64) {
		switch {
		case d == 0:
			return 94, 100
		case y%10 == 3:
			return 0, 100
		}
		return 100, 100
	})
	steady, rare := b.Exposure(0, confidence), b.Exposure(1, confidence)
	near(t, "the mean of the steady one", steady.Credits.Value, 1200, 1e-9)
	near(t, "the mean of the rare one", rare.Credits.Value, 1200, 1e-9)
	near(t, "P95 of the steady one", steady.Quantiles[2].Value, 1200, 0)
	near(t, "P95 of the rare one", rare.Quantiles[2].Value, 12_000, 0)
	near(t, "CVaR95 of the rare one", rare.CVaR[0].Value, 12_000, 1e-9)
	near(t, "the median of the rare one", rare.Quantiles[0].Value, 0, 0)
	terms := pricing.Terms{Tail: 0.95, Load: 0.5, Margin: 0, Sure: 0.95}
	if a, z := b.Price(0, terms, confidence), b.Price(1, terms, confidence); a.Loaded.Minor != 0 || z.Loaded.Minor != 0 {
		t.Errorf("what costs nothing to serve must cost %v and %v", a.Loaded, z.Loaded)
	}
}

// A compound Poisson law of credits, of which Panjer's recursion gives every tail exactly: VaR and CVaR lie within their
// intervals as often as these say.
func TestTailsOfACompoundLawLieWithinTheirIntervals(t *testing.T) {
	t.Parallel()
	const rate = 1.5
	severity := []float64{0, 0.6, 0.3, 0, 0, 0.1} // of 1, 2 and 5 units
	law := panjer(rate, severity, 200)
	k := steps("acme", 1_000_000)
	k.Levels[0].Target, k.Levels[0].Scheme, k.Cap = contract.One, contract.PerDelay{Amount: contract.Money{Minor: 100, Currency: "EUR"}}, contract.One
	var held [2]int
	const seeds, years = 200, 600
	for seed := range uint64(seeds) {
		r := source(seed)
		b := book([]contract.Contract{k}, years, 1, costs(0), func(int, int, int) (int64, int64) { return 0, 1 })
		for y := range b.Years {
			b.Years[y].Counts[0][0][0].Charged = 100 * compound(r, rate, severity)
		}
		x := b.Exposure(0, confidence)
		for i, e := range []pricing.Tail{x.Quantiles[1], x.CVaR[0]} {
			value, beyond := tailOf(law, e.P)
			if i == 1 {
				value = beyond
			}
			if e.Low <= value && value <= e.High {
				held[i]++
			}
		}
	}
	// 190 are 95 %. Of a law of whole units the interval of a quantile errs on the long side.
	if held[0] < 180 {
		t.Errorf("the interval of VaR holds it in %d of %d samples", held[0], seeds)
	}
	if held[1] < 174 || held[1] > 199 {
		t.Errorf("the interval of CVaR holds it in %d of %d samples", held[1], seeds)
	}
}

// panjer is the law of a Poisson number of amounts in whole units (Panjer 1981, ASTIN Bulletin 12(1), for a = 0):
// g(0) = exp(−λ), g(s) = λ/s Σ j f(j) g(s−j).
func panjer(rate float64, severity []float64, most int) []float64 {
	g := make([]float64, most+1)
	g[0] = math.Exp(-rate)
	for s := 1; s <= most; s++ {
		for j := 1; j < len(severity) && j <= s; j++ {
			g[s] += rate / float64(s) * float64(j) * severity[j] * g[s-j]
		}
	}
	return g
}

// tailOf is the p-quantile of a law of whole units and the mean of what is beyond it, by their definitions.
func tailOf(law []float64, p float64) (quantile, beyond float64) {
	below := 0.
	q := 0
	for below+law[q] < p {
		below += law[q]
		q++
	}
	for s := q + 1; s < len(law); s++ {
		beyond += law[s] * float64(s-q)
	}
	return float64(q), float64(q) + beyond/(1-p)
}

// compound draws from it: the number by its gaps, the amounts by inversion.
func compound(r *rand.Rand, rate float64, severity []float64) (sum int64) {
	for passed := r.ExpFloat64(); passed < rate; passed += r.ExpFloat64() {
		u, size := r.Float64(), int64(0)
		for ; u >= severity[size]; size++ {
			u -= severity[size]
		}
		sum += size
	}
	return sum
}

func TestATailWarnsWhereItRestsOnFewerThanThirtyYears(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		years int
		warns bool
	}{{599, true}, {600, false}} {
		b := book([]contract.Contract{steps("acme", 100_000)}, row.years, 1, costs(0), func(y, _, _ int) (int64, int64) { return int64(y % 100), 100 })
		x := b.Exposure(0, confidence).CVaR[0]
		if got := slices.Contains(x.Warnings, estimate.FewExceedances); got != row.warns || x.Needs != 600 {
			t.Errorf("CVaR95 of %d years: a warning %v, needs %d", row.years, got, x.Needs)
		}
	}
}

func TestCorrelationTellsACommonShockFromSeparateOnes(t *testing.T) {
	t.Parallel()
	r := source(3)
	bad := make([]bool, 400)
	for y := range bad {
		bad[y] = r.Float64() < 0.3
	}
	own := source(4)
	b := book([]contract.Contract{steps("a", 100_000), steps("b", 50_000), steps("c", 50_000)}, len(bad), 1, costs(0), func(y, d, _ int) (int64, int64) {
		if d < 2 && bad[y] || d == 2 && own.Float64() < 0.3 {
			return 90, 100
		}
		return 100, 100
	})
	c := b.Correlations(0.999)
	if len(c) != 3 {
		t.Fatalf("%d pairs", len(c))
	}
	near(t, "the correlation of those that are hit together", c[0].Value, 1, 1e-9)
	if c[1].Low > 0 || c[1].High < 0 {
		t.Errorf("the correlation of strangers is %v to %v", c[1].Low, c[1].High)
	}
}

// Months hold no whole number of weeks: 50 that lie within a year stand for all of it, so that a contract which pays a tenth
// of its fee in every week pays a tenth of its fees.
func TestWeeksStandForThoseThatTheEndsOfTheYearCut(t *testing.T) {
	t.Parallel()
	k := steps("acme", 520_000)
	k.Period = contract.Weekly
	b := book([]contract.Contract{k}, 2, 12, costs(1), func(int, int, int) (int64, int64) { return 94, 100 })
	d := &b.Deals[0]
	d.Periods = nil
	for range 50 {
		d.Periods = append(d.Periods, contract.Span{Name: "2026-W10", From: time.Hour, To: 2 * time.Hour})
	}
	for y := range b.Years {
		b.Years[y].Counts[0] = slices.Repeat(b.Years[y].Counts[0][:1], 50)
	}
	x := b.Exposure(0, confidence)
	near(t, "the share of the fees that is paid", x.Credits.Value/x.Fees, 0.1, 1e-9)
}
