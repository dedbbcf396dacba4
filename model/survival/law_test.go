package survival_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/survival"
)

// truths are the laws that are drawn from and found again.
var truths = []struct {
	family survival.Family
	law    dist.Dist
}{
	{survival.Exponential, dist.Must(dist.Exponential(240))},
	{survival.Lognormal, dist.Must(dist.Lognormal(540, 0.8))},
	{survival.Gamma, dist.Must(dist.Gamma(540, 0.6))},
	{survival.Gamma, dist.Must(dist.Gamma(540, 1.4))},
	{survival.Weibull, dist.Must(dist.Weibull(300, 1.5))},
	{survival.Weibull, dist.Must(dist.Weibull(300, 0.7))},
}

// seeds is how many logs are drawn of each law; of the 95 % intervals between fewest and all
// must hold the truth, which less than one test in ten thousand misses by chance.
const (
	seeds  = 100
	fewest = 87
)

// covered counts how often intervals hold a truth.
type covered struct{ hits, of int }

func (c *covered) add(e estimate.Estimate, truth float64) {
	c.of++
	if e.Low <= truth && truth <= e.High {
		c.hits++
	}
}

func (c *covered) judge(t *testing.T, what string) {
	t.Helper()
	if c.of != seeds || c.hits < fewest {
		t.Errorf("%s: %d of %d intervals of 95 %% hold the truth", what, c.hits, c.of)
	}
}

// draw cuts every third duration off at a time of its own.
func draw(law dist.Dist, seed uint64, n int) *survival.Sample {
	source := rand.New(rand.NewPCG(seed, 1))
	var s survival.Sample
	for i := range n {
		x := law.Sample(source)
		if i%3 == 0 {
			if limit := law.Mean() * 3 * source.Float64(); limit < x {
				s.Beyond(limit)
				continue
			}
		}
		s.Add(x)
	}
	return &s
}

func TestIntervalsOfLawsHoldTheTruthWhateverIsCutOff(t *testing.T) {
	t.Parallel()
	for _, truth := range truths {
		t.Run(truth.law.String(), func(t *testing.T) {
			t.Parallel()
			var mean, median, first, last covered
			_, stated := truth.law.Stated()
			for seed := range uint64(seeds) {
				l, err := survival.Fit(draw(truth.law, seed, 300), truth.family, 0.95)
				if err != nil {
					t.Fatal(err)
				}
				mean.add(l.Mean, truth.law.Mean())
				median.add(l.Median, truth.law.Quantile(0.5))
				if truth.family != survival.Lognormal { // which is stated by its median here
					first.add(l.Parameters[0].Estimate, stated[0].Value)
				} else {
					first.add(l.P90, truth.law.Quantile(0.9))
				}
				last.add(l.Parameters[len(l.Parameters)-1].Estimate, stated[len(stated)-1].Value)
			}
			mean.judge(t, "the mean")
			median.judge(t, "the median")
			first.judge(t, "the first parameter")
			last.judge(t, "the last parameter")
		})
	}
}

func TestTheFamilyThatWasDrawnFromIsChosen(t *testing.T) {
	t.Parallel()
	right := 0
	for i, truth := range truths[1:] {
		laws, err := survival.Choose(draw(truth.law, uint64(i), 2000), 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if laws[0].Family == truth.family {
			right++
		}
	}
	if right < len(truths)-2 {
		t.Errorf("%d of %d families were found", right, len(truths)-1)
	}
}

// Without anything cut off, the exponential law has a mean that can be had with pencil and paper.
func TestTheExponentialMeanIsTheTotalOverTheEnds(t *testing.T) {
	t.Parallel()
	s := &survival.Sample{Exact: []float64{10, 20, 30, 40, 50}, Censored: []float64{100}}
	l, err := survival.Fit(s, survival.Exponential, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if want := 250.0 / 5; math.Abs(l.Mean.Value-want) > 1e-3*want {
		t.Errorf("mean %v, want %v", l.Mean.Value, want)
	}
	// The standard error of its logarithm is one over the root of the ends.
	if got, want := math.Log(l.Mean.High/l.Mean.Value), 1.959964/math.Sqrt(5); math.Abs(got-want) > 1e-3 {
		t.Errorf("half-width %v, want %v", got, want)
	}
}

// The example of Kaplan and Meier's kind that can be checked by hand.
func TestKaplanMeierByHand(t *testing.T) {
	t.Parallel()
	s := &survival.Sample{Exact: []float64{1, 3, 3, 6}, Censored: []float64{2, 3, 7}}
	want := []struct {
		at, survives float64
		risk, ended  int
	}{{1, 6. / 7, 7, 1}, {3, 6. / 7 * 3 / 5, 5, 2}, {6, 6. / 7 * 3 / 5 / 2, 2, 1}}
	got := survival.KaplanMeier(s, 0.95)
	if len(got) != len(want) {
		t.Fatalf("%d steps, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := got[i]
		if g.Seconds != w.at || g.AtRisk != w.risk || g.Ended != w.ended || math.Abs(g.Survives-w.survives) > 1e-12 {
			t.Errorf("step %d is %+v, want %+v", i, g, w)
		}
		if !(g.Low < g.Survives && g.Survives < g.High && g.Low >= 0 && g.High <= 1) {
			t.Errorf("step %d: %v is not within %v and %v", i, g.Survives, g.Low, g.High)
		}
	}
}

func TestIntervalsOfReturnsHoldTheTruth(t *testing.T) {
	t.Parallel()
	law := dist.Must(dist.LognormalMedian(5*3600, 2))
	var share, median covered
	for seed := range uint64(seeds) {
		source := rand.New(rand.NewPCG(seed, 2))
		var r survival.Return
		for range 400 {
			cut := 4 * 86400 * source.Float64() // when the log ends
			switch delay := law.Sample(source); {
			case source.Float64() < 0.15:
				if cut > 3*86400 {
					r.Never++ // closed after three days
				} else {
					r.Came.Beyond(cut)
				}
			case delay < cut:
				r.Came.Add(delay)
			default:
				r.Came.Beyond(cut)
			}
		}
		x, err := survival.FitReturn(&r, survival.Lognormal, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		share.add(x.Share, 0.85)
		median.add(x.After.Median, 5*3600)
	}
	share.judge(t, "the share that answers")
	median.judge(t, "the median delay")
}

// Where all or nearly all come back in the end there is an interval too: of the share, with 1 for its end, and of how long it takes.
func TestIntervalsOfWhatNearlyAlwaysComesBack(t *testing.T) {
	t.Parallel()
	law := dist.Must(dist.LognormalMedian(5*3600, 2))
	for _, truth := range []float64{1, 0.995, 0.97} {
		var share, median covered
		all := 0
		for seed := range uint64(seeds) {
			source := rand.New(rand.NewPCG(seed, 3))
			var r survival.Return
			for range 150 {
				cut := 4 * 86400 * source.Float64()
				if delay := law.Sample(source); source.Float64() < truth && delay < cut {
					r.Came.Add(delay)
				} else {
					r.Came.Beyond(cut)
				}
			}
			x, err := survival.FitReturn(&r, survival.Lognormal, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if x.All {
				all++
			}
			share.add(x.Share, truth)
			median.add(x.After.Median, 5*3600)
		}
		share.judge(t, fmt.Sprintf("a share of %v that answers", truth))
		median.judge(t, "the median delay")
		if truth == 1 && all < seeds/3 {
			t.Errorf("all come back in %d of %d, and they always do", all, seeds)
		}
	}
}

// What had begun before anybody looked, and lasts still, is seen for that very reason: taken as it is it would look too
// long, and left out what is long would be missing.
func TestIntervalsHoldTheTruthOfWhatIsSeenLate(t *testing.T) {
	t.Parallel()
	law := dist.Must(dist.Lognormal(3600, 1.5))
	var mean, median covered
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 99))
		var s survival.Sample
		for range 900 { // begins at any time; is seen from 20,000 s on until 30,000 s
			begins, lasts := 30_000*r.Float64(), law.Sample(r)
			if begins+lasts < 20_000 {
				continue
			}
			s.From(20_000 - begins)
			if begins+lasts > 30_000 {
				s.Beyond(30_000 - begins)
			} else {
				s.Add(lasts)
			}
		}
		l, err := survival.Fit(&s, survival.Lognormal, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		mean.add(l.Mean, law.Mean())
		median.add(l.Median, law.Quantile(0.5))
	}
	mean.judge(t, "the mean")
	median.judge(t, "the median")
}

// A mixture has no parameters that mean anything alone: its mean and its median are what is found again.
func TestIntervalsOfAMixtureHoldTheTruth(t *testing.T) {
	t.Parallel()
	law := dist.Must(dist.Mixture(dist.Part{Weight: 0.7, Dist: dist.Must(dist.Lognormal(300, 0.6))}, dist.Part{Weight: 0.3, Dist: dist.Must(dist.Lognormal(9000, 0.8))}))
	const logs, least = 40, 32 // fewer of 40 once in three thousand
	var mean, median covered
	for seed := range uint64(logs) {
		l, err := survival.Fit(draw(law, seed, 400), survival.TwoLognormals, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		mean.add(l.Mean, law.Mean())
		median.add(l.Median, law.Quantile(0.5))
	}
	if mean.hits < least || median.hits < least {
		t.Errorf("of %d intervals %d hold the mean, and %d the median", logs, mean.hits, median.hits)
	}
}
