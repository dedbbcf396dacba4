package contract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/sla"
)

// months are the names of the first months of 2026 and of those of 2027 after them.
func months(n int) []contract.Span {
	spans := make([]contract.Span, n)
	for i := range spans {
		spans[i].Name = fmt.Sprintf("%d-%02d", 2026+i/12, i%12+1)
	}
	return spans
}

// counts are met of judged clocks by month, for a contract of one level.
func counts(k *contract.Contract, rows ...[2]int64) [][]contract.Tally {
	m := contract.NewMeter(k)
	out := make([][]contract.Tally, len(rows))
	for i, row := range rows {
		out[i] = m.Tallies()
		out[i][0].Met, out[i][0].Judged = row[0], row[1]
	}
	return out
}

// one is a contract of 10,000.00 USD a month with one level, 95 % of first replies unless it says otherwise.
func one(l contract.Level, change ...func(*contract.Contract)) *contract.Contract {
	if l.Target == 0 {
		l.Target = 950_000
	}
	k := &contract.Contract{Name: "acme", Fee: usd(1_000_000), Cap: contract.One, Levels: []contract.Level{l}}
	for _, f := range change {
		f(k)
	}
	return k
}

func usd(minor int64) contract.Money { return contract.Money{Minor: minor, Currency: "USD"} }

// paid are the credits of a settlement by period, less what is earned back, in words.
func paid(s contract.Settlement) string {
	var words []string
	for _, l := range s.Lines {
		w := fmt.Sprint(l.Credit.Minor / 100)
		if l.EarnedBack.Minor > 0 {
			w += fmt.Sprint("-", l.EarnedBack.Minor/100)
		}
		if l.Exit {
			w += " exit"
		}
		words = append(words, w)
	}
	return strings.Join(words, ", ")
}

// Each scheme of the table has a worked example here, with figures that can be done in one's head: the fee
// is 10,000 USD a month, so that a percent is 100 USD.
func TestWorkedExampleOfEachScheme(t *testing.T) {
	t.Parallel()
	rate := func(below contract.Share, credit contract.Share) contract.Rate {
		return contract.Rate{Below: below, Credit: credit}
	}
	late := func(from int64, credit contract.Share) contract.Rate {
		return contract.Rate{From: from, Credit: credit}
	}
	clouds := contract.Bands{Bands: []contract.Rate{rate(999_000, 100_000), rate(990_000, 250_000), rate(950_000, contract.One)}}
	severe := contract.Counts{Counts: []contract.Rate{late(1, 50_000), late(3, 100_000), late(5, 150_000)}}
	examples := []struct {
		kind  string
		level contract.Level
		rows  [][2]int64
		want  string
	}{
		{"flat", contract.Level{Scheme: contract.Flat{Credit: 100_000}}, [][2]int64{{95, 100}, {94, 100}, {0, 100}}, "0, 1000, 1000"},
		{"steps", contract.Level{Scheme: contract.Steps{Step: 10_000, Credit: 100_000}, Cap: 250_000},
			[][2]int64{{95, 100}, {945, 1000}, {93, 100}, {90, 100}}, "0, 1000, 2000, 2500"},
		// 1 % of 95 % is 0.95 points: 93 % is 2.1 such steps below, of which three have started.
		{"steps", contract.Level{Scheme: contract.Steps{Step: 10_000, Credit: 100_000, Relative: true}}, [][2]int64{{93, 100}}, "3000"},
		{"bands", contract.Level{Target: 999_000, Scheme: clouds}, [][2]int64{{9990, 10000}, {9989, 10000}, {9900, 10000}, {9899, 10000}, {9500, 10000}, {9499, 10000}},
			"0, 1000, 1000, 2500, 2500, 10000"},
		{"counts", contract.Level{Target: contract.One, Scheme: severe}, [][2]int64{{40, 40}, {39, 40}, {38, 40}, {37, 40}, {36, 40}, {35, 40}, {0, 40}},
			"0, 500, 500, 1000, 1000, 1500, 1500"},
	}
	seen := map[string]bool{}
	for _, x := range examples {
		k := one(x.level)
		if found := k.Check(); len(found) > 0 {
			t.Fatalf("%s: %v", x.kind, found)
		}
		if got := paid(k.Settle(months(len(x.rows)), counts(k, x.rows...))); got != x.want {
			t.Errorf("%s (%v): %v pay %s, want %s", x.kind, k.Levels[0].Scheme, x.rows, got, x.want)
		}
		seen[x.kind] = true
	}
	// Those of single tickets are below.
	seen["per ticket"], seen["per delay"] = true, true
	for _, kind := range contract.Schemes() {
		if !seen[kind.Name] {
			t.Errorf("there is no example of %s", kind.Name)
		}
		delete(seen, kind.Name)
	}
	if len(seen) > 0 {
		t.Errorf("the table lacks %v", seen)
	}
}

// clock is one that ended after so many hours, of a promise of four.
func clock(hours float64) contract.Clock {
	c := contract.Clock{Metric: sla.FirstReply, Verdict: sla.Met, Elapsed: time.Duration(hours * float64(time.Hour)), Within: 4 * time.Hour}
	if c.Elapsed > c.Within {
		c.Verdict = sla.Breached
	}
	return c
}

// settled is what a contract pays for a month of such clocks, each of its own ticket.
func settled(k *contract.Contract, clocks ...contract.Clock) contract.Settlement {
	m := contract.NewMeter(k)
	ts := m.Tallies()
	for _, c := range clocks {
		m.Count(ts, []contract.Clock{c})
	}
	return k.Settle(months(1), [][]contract.Tally{ts})
}

func TestPenaltiesOfSingleTickets(t *testing.T) {
	t.Parallel()
	late := one(contract.Level{Target: contract.One, Scheme: contract.PerTicket{Penalties: []contract.Penalty{{Amount: usd(5000)}, {Late: 8 * time.Hour, Amount: usd(20000)}}}})
	// Nothing, 50, 50 (eight hours late are not more than eight), 200.
	if got := paid(settled(late, clock(4), clock(4.5), clock(12), clock(12.01))); got != "300" {
		t.Errorf("by lateness: %s, want 300", got)
	}
	delay := one(contract.Level{Target: contract.One, Scheme: contract.PerDelay{Amount: usd(2000), Stretch: time.Hour, Most: usd(10000)}})
	// 1, 1, 2 and, of 21, five started hours.
	if got := paid(settled(delay, clock(3), clock(4.5), clock(5), clock(5.5), clock(25))); got != "180" {
		t.Errorf("by delay: %s, want 180", got)
	}
	// Late tickets cost nothing where the share that is promised was kept.
	delay.Levels[0].Target = 500_000
	if got := paid(settled(delay, clock(3), clock(9))); got != "0" {
		t.Errorf("the level was kept, and %s is paid", got)
	}
}

func TestMeasuresOfTime(t *testing.T) {
	t.Parallel()
	var ten []contract.Clock // 1 to 10 hours
	for h := range 10 {
		ten = append(ten, clock(float64(h+1)))
	}
	steps := contract.Steps{Stretch: 30 * time.Minute, Credit: 50_000}
	for _, tt := range []struct {
		name  string
		level contract.Level
		want  string
	}{
		// The ninetieth percentile of the ten is nine hours.
		{"a percentile on its limit", contract.Level{Measure: contract.Percentile, Target: 900_000, Within: 9 * time.Hour, Scheme: steps}, "0"},
		{"a percentile half an hour above", contract.Level{Measure: contract.Percentile, Target: 900_000, Within: 8*time.Hour + 30*time.Minute, Scheme: steps}, "500"},
		{"a percentile an hour above", contract.Level{Measure: contract.Percentile, Target: 900_000, Within: 8 * time.Hour, Scheme: steps}, "1000"},
		{"a percentile a started step above", contract.Level{Measure: contract.Percentile, Target: 900_000, Within: 8*time.Hour - time.Minute, Scheme: steps}, "1500"},
		{"a percentile in bands", contract.Level{Measure: contract.Percentile, Target: 900_000, Within: 4 * time.Hour,
			Scheme: contract.Bands{Bands: []contract.Rate{{Above: 4 * time.Hour, Credit: 50_000}, {Above: 8 * time.Hour, Credit: 100_000}, {Above: 9 * time.Hour, Credit: 200_000}}}}, "1000"},
		// The mean is five and a half hours.
		{"a mean on its limit", contract.Level{Measure: contract.Mean, Within: 5*time.Hour + 30*time.Minute, Scheme: steps}, "0"},
		{"a mean above", contract.Level{Measure: contract.Mean, Within: 4*time.Hour + 45*time.Minute, Scheme: steps}, "1000"},
		{"a mean in proportion", contract.Level{Measure: contract.Mean, Within: 4*time.Hour + 45*time.Minute,
			Scheme: contract.Steps{Stretch: 30 * time.Minute, Credit: 50_000, Rounding: contract.Linear}}, "750"},
		{"a share within a limit of its own", contract.Level{Within: 8 * time.Hour, Target: 900_000, Scheme: contract.Steps{Step: 10_000, Credit: 50_000}}, "5000"},
		{"a share within the policy's", contract.Level{Target: 900_000, Scheme: contract.Steps{Step: 100_000, Credit: 50_000}}, "2500"},
	} {
		k := one(tt.level)
		if tt.level.Measure == contract.Mean {
			k.Levels[0].Target = 0
		}
		if found := k.Check(); len(found) > 0 {
			t.Fatalf("%s: %v", tt.name, found)
		}
		if got := paid(settled(k, ten...)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// A clock that is still open counts once it is late by the level's limit, whichever way the policy sees it.
func TestOpenClocksOfALevelWithItsOwnLimit(t *testing.T) {
	t.Parallel()
	open := func(v sla.Verdict, hours int) contract.Clock {
		return contract.Clock{Metric: sla.FirstReply, Verdict: v, Elapsed: time.Duration(hours) * time.Hour, Within: 4 * time.Hour}
	}
	for _, tt := range []struct {
		within      time.Duration
		clock       contract.Clock
		met, judged int64
	}{
		{0, open(sla.Undecided, 3), 0, 0},
		{0, open(sla.Overdue, 5), 0, 1},
		{2 * time.Hour, open(sla.Undecided, 3), 0, 1},
		{2 * time.Hour, open(sla.Undecided, 1), 0, 0},
		{6 * time.Hour, open(sla.Overdue, 5), 0, 0},
		{6 * time.Hour, open(sla.Overdue, 7), 0, 1},
		{6 * time.Hour, open(sla.Breached, 5), 1, 1},
		{6 * time.Hour, open(sla.Unjudged, 9), 0, 0},
	} {
		s := settled(one(contract.Level{Within: tt.within, Scheme: contract.Flat{Credit: 1}}), tt.clock)
		if w := s.Lines[0].Levels[0]; w.Met != tt.met || w.Judged != tt.judged {
			t.Errorf("%+v within %v: %d of %d, want %d of %d", tt.clock, tt.within, w.Met, w.Judged, tt.met, tt.judged)
		}
	}
}

func TestTermsOfALevel(t *testing.T) {
	t.Parallel()
	bad, good, fine := [2]int64{90, 100}, [2]int64{96, 100}, [2]int64{99, 100}
	flat := contract.Flat{Credit: 50_000}
	for _, tt := range []struct {
		name  string
		level contract.Level
		rows  [][2]int64
		want  string
	}{
		{"the second and third miss within three months cost 10 and 15 %", contract.Level{Scheme: flat, Repeats: contract.Repeats{Window: 3, Credits: []contract.Share{100_000, 150_000}}},
			[][2]int64{bad, bad, bad, bad, good, good, good, bad, good, bad}, "500, 1000, 1500, 1500, 0, 0, 0, 500, 0, 1000"},
		{"repeats never cost less than the scheme says", contract.Level{Scheme: contract.Flat{Credit: 200_000}, Repeats: contract.Repeats{Window: 2, Credits: []contract.Share{100_000}}},
			[][2]int64{bad, bad}, "2000, 2000"},
		{"two months at 98 % earn a credit back", contract.Level{Scheme: flat, EarnBack: contract.EarnBack{Periods: 2, Target: 980_000}},
			[][2]int64{bad, fine, fine, bad, fine, good, fine, fine}, "500, 0, 0-500, 500, 0, 0, 0, 0"},
		{"a month without a clock neither earns nor spoils", contract.Level{Scheme: flat, EarnBack: contract.EarnBack{Periods: 2, Target: 980_000}},
			[][2]int64{bad, fine, {0, 0}, fine}, "500, 0, 0, 0-500"},
		{"fewer than twenty clocks are not judged", contract.Level{Scheme: flat, MinVolume: 20}, [][2]int64{{0, 19}, {18, 20}}, "0, 500"},
		{"a month that is not judged is no miss", contract.Level{Scheme: flat, MinVolume: 20, Repeats: contract.Repeats{Window: 2, Credits: []contract.Share{100_000}}},
			[][2]int64{{0, 19}, {18, 20}, {18, 20}}, "0, 500, 1000"},
	} {
		k := one(tt.level)
		if found := k.Check(); len(found) > 0 {
			t.Fatalf("%s: %v", tt.name, found)
		}
		if got := paid(k.Settle(months(len(tt.rows)), counts(k, tt.rows...))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestTermsOfAContract(t *testing.T) {
	t.Parallel()
	bad, good := [2]int64{90, 100}, [2]int64{96, 100}
	with := func(change func(*contract.Contract)) *contract.Contract {
		return one(contract.Level{Scheme: contract.Flat{Credit: 300_000}}, change)
	}
	for _, tt := range []struct {
		name     string
		contract *contract.Contract
		rows     [][2]int64
		want     string
	}{
		{"a month pays at most its cap", with(func(k *contract.Contract) { k.Cap = 250_000 }), [][2]int64{bad, good}, "2500, 0"},
		// A tenth of twelve fees is 12,000: four months of 3,000, and then nothing until the next year.
		{"a year pays at most its cap", with(func(k *contract.Contract) { k.YearCap = 110_000 }),
			[][2]int64{bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad, bad}, "3000, 3000, 3000, 3000, 1200, 0, 0, 0, 0, 0, 0, 0, 3000"},
		{"small credits are not paid", with(func(k *contract.Contract) { k.Least = usd(300_001) }), [][2]int64{bad}, "0"},
		{"credits of just the least amount are", with(func(k *contract.Contract) { k.Least = usd(300_000) }), [][2]int64{bad}, "3000"},
		{"three misses in six months are reason to leave", with(func(k *contract.Contract) { k.Exit = contract.Exit{Misses: 3, Periods: 6} }),
			[][2]int64{bad, good, bad, good, good, good, bad, bad, bad, good}, "3000, 0, 3000, 0, 0, 0, 3000, 3000 exit, 3000 exit, 0"},
	} {
		if found := tt.contract.Check(); len(found) > 0 {
			t.Fatalf("%s: %v", tt.name, found)
		}
		if got := paid(tt.contract.Settle(months(len(tt.rows)), counts(tt.contract, tt.rows...))); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// pair is a contract of two levels, of which the first has missed by its first count, and so the second.
func pair(first, second contract.Scheme, change func(*contract.Contract)) (*contract.Contract, [][]contract.Tally) {
	k := &contract.Contract{Name: "globex", Fee: usd(1_000_000), Cap: contract.One, Levels: []contract.Level{
		{Name: "first", Metric: sla.FirstReply, Target: 950_000, Scheme: first},
		{Name: "second", Metric: sla.Resolution, Target: 900_000, Scheme: second},
	}}
	if change != nil {
		change(k)
	}
	ts := contract.NewMeter(k).Tallies()
	ts[0].Met, ts[0].Judged = 92, 100
	ts[1].Met, ts[1].Judged = 89, 100
	return k, [][]contract.Tally{ts}
}

func TestSeveralLevels(t *testing.T) {
	t.Parallel()
	ten, twenty := contract.Flat{Credit: 100_000}, contract.Flat{Credit: 200_000}
	points := func(n int64) contract.Counts { return contract.Counts{Counts: []contract.Rate{{From: 1, Points: n}}} }
	for _, tt := range []struct {
		name          string
		first, second contract.Scheme
		change        func(*contract.Contract)
		want          string
	}{
		{"each pays", ten, twenty, nil, "3000"},
		{"only the dearest pays", ten, twenty, func(k *contract.Contract) { k.Several = contract.Dearest }, "2000"},
		// 12 % of the invoice are at risk: 1,200, of which the levels have 60 and 50 %, 720 and 600, together 1,200.
		{"a pool at risk", contract.Flat{Credit: contract.One}, contract.Flat{Credit: contract.One}, func(k *contract.Contract) {
			k.Pool, k.Levels[0].Allocation, k.Levels[1].Allocation = 120_000, 600_000, 500_000
		}, "1200"},
		{"a part of a part of the pool", contract.Steps{Step: 10_000, Credit: 100_000}, contract.Flat{}, func(k *contract.Contract) {
			k.Pool, k.Levels[0].Allocation, k.Levels[1].Allocation = 120_000, 600_000, 500_000
		}, "216"},
		{"points together", points(2), points(3), func(k *contract.Contract) {
			k.Points = []contract.Rate{{From: 2, Credit: 20_000}, {From: 5, Credit: 80_000}, {From: 8, Credit: 120_000}}
		}, "800"},
		{"too few points", points(1), contract.Flat{}, func(k *contract.Contract) { k.Points = []contract.Rate{{From: 2, Credit: 20_000}} }, "0"},
		{"the cap is that of all levels", ten, twenty, func(k *contract.Contract) { k.Cap = 250_000 }, "2500"},
		{"a level has its own cap", ten, twenty, func(k *contract.Contract) { k.Levels[1].Cap = 150_000 }, "2500"},
	} {
		k, ts := pair(tt.first, tt.second, tt.change)
		if found := k.Check(); len(found) > 0 {
			t.Fatalf("%s: %v", tt.name, found)
		}
		if got := paid(k.Settle(months(1), ts)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// One incident that fails two levels pays once: in the level that stands first.
func TestATicketThatIsLateTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	k, _ := pair(contract.Counts{Counts: []contract.Rate{{From: 1, Credit: 50_000}}}, contract.Counts{Counts: []contract.Rate{{From: 1, Credit: 70_000}}}, func(k *contract.Contract) {
		k.Levels[0].Target, k.Levels[1].Target = contract.One, contract.One
	})
	late := func(m sla.Metric) contract.Clock {
		return contract.Clock{Metric: m, Verdict: sla.Breached, Elapsed: 5 * time.Hour, Within: 4 * time.Hour}
	}
	met := late(sla.FirstReply)
	met.Verdict, met.Elapsed = sla.Met, time.Hour
	for _, tt := range []struct {
		several contract.Several
		tickets [][]contract.Clock
		want    string
	}{
		{contract.All, [][]contract.Clock{{late(sla.FirstReply), late(sla.Resolution)}}, "1200"},
		{contract.Once, [][]contract.Clock{{late(sla.FirstReply), late(sla.Resolution)}}, "500"},
		{contract.Once, [][]contract.Clock{{late(sla.Resolution), late(sla.FirstReply)}}, "500"},
		{contract.Once, [][]contract.Clock{{met, late(sla.Resolution)}}, "700"},
		{contract.Once, [][]contract.Clock{{late(sla.FirstReply)}, {late(sla.Resolution)}}, "1200"},
	} {
		k.Several = tt.several
		m := contract.NewMeter(k)
		ts := m.Tallies()
		for _, clocks := range tt.tickets {
			m.Count(ts, clocks)
		}
		if got := paid(k.Settle(months(1), [][]contract.Tally{ts})); got != tt.want {
			t.Errorf("%v: %v pay %s, want %s", tt.several, tt.tickets, got, tt.want)
		}
	}
}

// Of a credit that a limit has halved, half of what a level gave to it is earned back.
func TestWhatIsEarnedBackIsWhatWasPaid(t *testing.T) {
	t.Parallel()
	k, ts := pair(contract.Flat{Credit: 100_000}, contract.Flat{Credit: 300_000}, func(k *contract.Contract) {
		k.Cap = 200_000
		k.Levels[0].EarnBack = contract.EarnBack{Periods: 1, Target: 950_000}
	})
	next := contract.NewMeter(k).Tallies()
	next[0].Met, next[0].Judged, next[1].Met, next[1].Judged = 95, 100, 90, 100
	s := k.Settle(months(2), append(ts, next))
	if got := paid(s); got != "2000, 0-500" || s.Total.Minor != 150_000 {
		t.Errorf("%s, together %v; want 2000 and then 500 back", got, s.Total)
	}
	if l := s.Lines[0].Limit; l != contract.LimitCap || l.String() != "the cap" {
		t.Errorf("the limit is %q", l)
	}
}

// drawScheme draws a scheme that suits an attained level.
func drawScheme(r *rapid.T, target contract.Share) contract.Scheme {
	share := func(name string, low, high int64) contract.Share {
		return contract.Share(rapid.Int64Range(low, high).Draw(r, name))
	}
	rising := func(n int) []contract.Share {
		out := make([]contract.Share, n)
		for i := range out {
			out[i] = share("credit", 0, int64(contract.One))
		}
		slices.Sort(out)
		return out
	}
	money := func(name string) contract.Money { return usd(rapid.Int64Range(0, 1_000_000).Draw(r, name)) }
	switch rapid.IntRange(0, 5).Draw(r, "scheme") {
	case 0:
		return contract.Flat{Credit: share("credit", 0, int64(contract.One))}
	case 1:
		return contract.Steps{Step: share("step", 1, int64(contract.One)), Credit: share("credit", 0, int64(contract.One)),
			Rounding: contract.Rounding(rapid.IntRange(0, 2).Draw(r, "rounding")), Relative: rapid.Bool().Draw(r, "relative")}
	case 2:
		var b contract.Bands
		at := target
		for _, c := range rising(rapid.IntRange(1, 4).Draw(r, "bands")) {
			if at < 1 {
				break
			}
			b.Bands = append(b.Bands, contract.Rate{Below: at, Credit: c})
			at -= share("gap", 1, 200_000)
		}
		return b
	case 3:
		var c contract.Counts
		from := int64(0)
		for _, credit := range rising(rapid.IntRange(1, 4).Draw(r, "counts")) {
			from += rapid.Int64Range(1, 20).Draw(r, "gap")
			c.Counts = append(c.Counts, contract.Rate{From: from, Credit: credit})
		}
		return c
	case 4:
		first := money("penalty")
		return contract.PerTicket{Penalties: []contract.Penalty{{Amount: first}, {Late: time.Hour, Amount: usd(first.Minor + money("more").Minor)}}}
	default:
		return contract.PerDelay{Amount: money("penalty"), Stretch: time.Duration(rapid.Int64Range(1, int64(24*time.Hour)).Draw(r, "stretch"))}
	}
}

// Whatever the contract, no limit is ever exceeded, nothing is paid back twice, and lines add up.
func TestLimitsOfRandomContracts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		share := func(name string, low int64) contract.Share {
			return contract.Share(rapid.Int64Range(low, int64(contract.One)).Draw(r, name))
		}
		k := &contract.Contract{
			Name: "any", Fee: usd(rapid.Int64Range(0, 1e9).Draw(r, "fee")), Cap: share("cap", 0), YearCap: share("year", 0),
			Least: usd(rapid.Int64Range(0, 100_000).Draw(r, "least")), Several: contract.Several(rapid.IntRange(0, 2).Draw(r, "several")),
			Exit: contract.Exit{Misses: 2, Periods: 4},
		}
		if rapid.Bool().Draw(r, "pooled") {
			k.Pool = share("pool", 1)
		}
		for i := range rapid.IntRange(1, 3).Draw(r, "levels") {
			l := contract.Level{Name: fmt.Sprint("level ", i), Metric: sla.Metric(rapid.IntRange(0, 1).Draw(r, "metric")), Target: share("target", 1), MinVolume: rapid.Int64Range(0, 10).Draw(r, "least clocks")}
			l.Scheme = drawScheme(r, l.Target)
			if rapid.Bool().Draw(r, "repeats") {
				l.Repeats = contract.Repeats{Window: 3, Credits: []contract.Share{share("repeat", 0)}}
			}
			if rapid.Bool().Draw(r, "earns") {
				l.EarnBack = contract.EarnBack{Periods: rapid.IntRange(1, 3).Draw(r, "earn"), Target: l.Target}
			}
			if k.Pool > 0 {
				l.Allocation = share("allocation", 1)
			}
			k.Levels = append(k.Levels, l)
		}
		if found := k.Check(); len(found) > 0 {
			r.Fatalf("%+v: %v", k, found)
		}
		m := contract.NewMeter(k)
		n := rapid.IntRange(1, 30).Draw(r, "months")
		counts := make([][]contract.Tally, n)
		for p := range counts {
			counts[p] = m.Tallies()
			for range rapid.IntRange(0, 30).Draw(r, "tickets") {
				var clocks []contract.Clock
				for metric := range sla.Metric(2) {
					c := clock(rapid.Float64Range(0, 12).Draw(r, "hours"))
					c.Metric = metric
					clocks = append(clocks, c)
				}
				m.Count(counts[p], clocks)
			}
		}
		s := k.Settle(months(n), counts)
		atMost := func(what string, amount int64, of, times int64, share contract.Share) {
			// amount ≤ share × of × times, in integers
			if over := amount*int64(contract.One) > int64(share)*of*times; amount < 0 || over {
				r.Fatalf("%s: %d is above %v of %d × %d, or negative", what, amount, share, of, times)
			}
		}
		years, total, back := map[string]int64{}, int64(0), int64(0)
		for _, line := range s.Lines {
			atMost("cap", line.Credit.Minor, k.Fee.Minor, 1, k.Cap)
			if k.Pool > 0 {
				atMost("pool", line.Credit.Minor, k.Fee.Minor, 1, k.Pool)
			}
			if line.Credit.Minor > line.Due.Minor {
				r.Fatalf("%v is paid of %v", line.Credit, line.Due)
			}
			if (line.Credit.Minor < line.Due.Minor) != (line.Limit != contract.NoLimit) {
				r.Fatalf("%v is paid of %v, and the limit is %q", line.Credit, line.Due, line.Limit)
			}
			if !line.Missed && line.Due.Minor > 0 {
				r.Fatalf("nothing was missed, and %v is due", line.Due)
			}
			if line.Exit && !line.Missed {
				r.Fatal("a right to leave without a miss")
			}
			years[line.Name[:4]] += line.Credit.Minor
			total += line.Credit.Minor - line.EarnedBack.Minor
			back += line.EarnedBack.Minor
			if total < 0 {
				r.Fatalf("more is earned back than was paid: %+v", s)
			}
		}
		for year, sum := range years {
			if k.YearCap > 0 {
				atMost("cap of "+year, sum, k.Fee.Minor, 12, k.YearCap)
			}
		}
		if s.Total.Minor != total {
			r.Fatalf("lines add up to %d, the total is %v", total, s.Total)
		}
	})
}
