package format_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
	"unicode"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
)

// plain replaces the narrow space by an ordinary one, so that the tables below
// can be read.
func plain(s string) string { return strings.ReplaceAll(s, format.Thin, " ") }

func between(value, low, high float64) estimate.Estimate {
	return estimate.Estimate{Value: value, Low: low, High: high, Level: 0.95, N: 64}
}

func around(value, half float64) estimate.Estimate { return between(value, value-half, value+half) }

func TestEstimateHasTheDigitsThatItsIntervalSupports(t *testing.T) {
	t.Parallel()
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		name string
		e    estimate.Estimate
		unit outcome.Unit
		want string
	}{
		{"a share is a percentage with one digit of interval", around(0.12437, 0.0062), outcome.UnitShare, "12.4 % ± 0.6"},
		{"a leading one gets a second digit", around(0.12437, 0.00139), outcome.UnitShare, "12.44 % ± 0.14"},
		{"a wide interval takes the decimals away", around(0.31, 0.042), outcome.UnitShare, "31 % ± 4"},
		{"percentages stop at two decimals", around(0.124371, 0.0000031), outcome.UnitShare, "12.44 % ± 0.01"},
		{"nothing ever happened", around(0, 0), outcome.UnitShare, "0 % ± 0"},
		{"all replications agree", around(0.25, 0), outcome.UnitShare, "25 % ± 0"},
		{"never, and seldom at the most", between(0, 0, 0.0005), outcome.UnitShare, "0 % (0–0.05)"},
		{"always, and nearly so at the least", between(1, 0.9993, 1), outcome.UnitShare, "100 % (99.93–100)"},
		{"an interval nearer than digits show", between(433_728, 433_700, 433_729), outcome.UnitSeconds, "5.02 d ± 0.01"},
		{"an interval below nothing", between(-0.5, -0.69, -0.21), outcome.UnitShare, "-50 % (-69 to -21)"},
		{"an interval that ends at nothing", between(54_000, 0, 122_000), outcome.UnitSeconds, "15 h (0–34)"},
		{"a hundred tickets are not all", between(100, 99.2, 100.1), outcome.UnitTickets, "100.0 (99.2–100.1)"},
		{"no interval", between(0.12437, nan, nan), outcome.UnitShare, "12.4 % ± ∞"},
		{"an interval without ends", between(0.12437, -inf, inf), outcome.UnitShare, "12.4 % ± ∞"},
		{"no value", between(nan, nan, nan), outcome.UnitShare, "–"},
		{"money from a thousand on has no cents", around(38912.4, 412), outcome.UnitMoney, "38 910 ± 410"},
		{"small money has", around(12.345, 0.234), outcome.UnitMoney, "12.3 ± 0.2"},
		{"a lopsided interval shows its ends", between(9000, 8100, 9200), outcome.UnitMoney, "9 000 (8 100–9 200)"},
		{"an interval open above", between(9000, 8100, inf), outcome.UnitMoney, "9 000 (8 100–∞)"},
		{"an interval open above, at the value below", between(500, 500, inf), outcome.UnitMoney, "500 (500–∞)"},
		{"an interval open below", between(9000, -inf, 9900), outcome.UnitMoney, "9 000 (-∞–9 900)"},
		{"a count", around(21880.4, 31.2), outcome.UnitTickets, "21 880 ± 31"},
		{"hours", around(1480.21, 0.52), outcome.UnitHours, "1 480.2 ± 0.5"},
		{"seconds", around(45.2, 3.1), outcome.UnitSeconds, "45 s ± 3"},
		{"minutes", around(660, 40), outcome.UnitSeconds, "11.0 min ± 0.7"},
		{"hours of waiting", around(3.21*3600, 0.2*3600), outcome.UnitSeconds, "3.2 h ± 0.2"},
		{"days", around(2.61*86400, 0.2*86400), outcome.UnitSeconds, "2.6 d ± 0.2"},
		{"a negative value keeps its sign", around(-0.052, 0.003), outcome.UnitShare, "-5.2 % ± 0.3"},
		{"an unknown unit", around(1.2345, 0.002), "", "1.234 ± 0.002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := plain(format.Estimate(c.e, c.unit)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestDifferenceIsSameWhenItsIntervalHoldsZero(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, c := range []struct {
		name string
		e    estimate.Estimate
		unit outcome.Unit
		want string
	}{
		{"shares differ by percentage points", around(-0.034, 0.004), outcome.UnitShare, "-3.4 pp ± 0.4"},
		{"a rise has its sign", around(0.034, 0.004), outcome.UnitShare, "+3.4 pp ± 0.4"},
		{"money", around(4739, 12), outcome.UnitMoney, "+4 739 ± 12"},
		{"zero inside", between(0.01, -0.001, 0.021), outcome.UnitShare, "~"},
		{"zero at the edge", between(0.01, 0, 0.02), outcome.UnitShare, "~"},
		{"no difference in any replication", around(0, 0), outcome.UnitShare, "~"},
		{"no interval is not the same as no difference", between(12.25, nan, nan), outcome.UnitMoney, "+12.2 ± ∞"},
		{"nothing to compare", between(nan, nan, nan), outcome.UnitShare, "–"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := plain(format.Difference(estimate.Difference{Estimate: c.e}, c.unit)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestQuotient(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e    estimate.Estimate
		want string
	}{
		{between(2.31, 2.22, 2.40), "2.31x (2.22–2.40)"},
		{between(2.31, 2.11, 2.51), "2.3x (2.1–2.5)"},
		{between(1.49812, 1.49810, 1.49814), "1.50x (1.50–1.50)"},
		{between(1.1789, 1.1781, 1.1797), "1.179x (1.178–1.180)"},
		{between(0.0912, 0.0801, 0.1023), "0.091x (0.080–0.102)"},
		{between(41, 30, 56), "41x (30–56)"},
		{between(2.31, math.NaN(), math.NaN()), "2.31x"},
		{between(math.NaN(), math.NaN(), math.NaN()), "–"},
	} {
		if got := format.Quotient(c.e); got != c.want {
			t.Errorf("%v: got %q, want %q", c.e, got, c.want)
		}
	}
}

func TestDurationsForPeople(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		seconds         float64
		measured, atJob string
	}{
		{0, "0 s", "0 s"},
		{0.42, "0.4 s", "0.4 s"},
		{45, "45 s", "45 s"},
		{90, "90 s", "90 s"},
		{99.4, "99 s", "99 s"},
		{99.6, "1.7 min", "1.7 min"},
		{660, "11 min", "11 min"},
		{5400, "90 min", "90 min"},
		{3.2 * 3600, "3.2 h", "3.2 h"},
		{19.1 * 3600, "19.1 h", "19.1 h"},
		{50.4 * 3600, "2.1 d", "50.4 h"}, // a working day is not 24 hours
		{400 * 3600, "16.7 d", "400 h"},
		{-7200, "-2.0 h", "-2.0 h"},
		{math.NaN(), "–", "–"},
		{math.Inf(1), "–", "–"},
	} {
		if got := plain(format.Seconds(c.seconds)); got != c.measured {
			t.Errorf("Seconds(%v): got %q, want %q", c.seconds, got, c.measured)
		}
		if got := plain(format.WorkingSeconds(c.seconds)); got != c.atJob {
			t.Errorf("WorkingSeconds(%v): got %q, want %q", c.seconds, got, c.atJob)
		}
	}
}

func TestStatedDurationsAreExact(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 s", 40 * time.Second: "40 s", 90 * time.Minute: "1 h 30 min", 24 * time.Hour: "1 day",
		21 * 24 * time.Hour: "21 days", 36 * time.Hour: "36 h", time.Hour + time.Second: "1 h 1 s",
		30 * time.Minute: "30 min", -time.Minute: "-1 min", 1500 * time.Microsecond: "0.0015 s", 4000 * 24 * time.Hour: "4 000 days",
	} {
		if got := plain(format.Stated(d)); got != want {
			t.Errorf("Stated(%v): got %q, want %q", d, got, want)
		}
	}
}

func TestCountsSharesAndMoney(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{format.Count(0), "0"},
		{format.Count(999), "999"},
		{format.Count(21880), "21 880"},
		{format.Count(1234567), "1 234 567"},
		{format.Count(-1234.4), "-1 234"},
		{format.Count(-0.2), "0"},
		{format.Count(math.Inf(-1)), "–"},
		{format.Decimal(1234.567, 2), "1 234.57"},
		{format.Decimal(1274, -2), "1 300"},
		{format.Percent(0.95), "95 %"},
		{format.Percent(0.1234), "12.3 %"},
		{format.Percent(0.01234), "1.23 %"},
		{format.Percent(0.99972), "99.97 %"},
		{format.Percent(1), "100 %"},
		{format.Percent(math.NaN()), "–"},
		{format.Money(18000, "USD"), "18 000 USD"},
		{format.Money(12.5, "EUR"), "12.50 EUR"},
		{format.Money(250, ""), "250"},
		{format.Money(math.NaN(), "USD"), "–"},
		{format.Value(3.14159, outcome.UnitTickets), "3.1"},
		{format.Value(12, outcome.UnitHeads), "12"},
		{format.Value(0.5, outcome.UnitShare), "50 %"},
		{format.Value(90, outcome.UnitSeconds), "90 s"},
		{format.Plural(1, "trial", "trials"), "1 trial"},
		{format.Plural(1200, "trial", "trials"), "1 200 trials"},
		{format.List(nil), ""},
		{format.List([]string{"a"}), "a"},
		{format.List([]string{"a", "b"}), "a and b"},
		{format.List([]string{"a", "b", "c"}), "a, b and c"},
		{format.Words("first_reply"), "first reply"},
	} {
		if got := plain(c.got); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTimesAreLocal(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC).In(zone)
	if got := format.Moment(at); got != "Fri 27 Nov 10:00" {
		t.Error(got)
	}
	if got := format.Date(at); got != "Fri 27 Nov 2026" {
		t.Error(got)
	}
	if got := format.Instant(at); got != "2026-11-27 10:00 -05:00 (America/New_York)" {
		t.Error(got)
	}
}

// What is written must be true: reading value and half-width back gives the
// estimate to within half a unit of the last digit that is shown.
func TestWrittenIntervalReadsBack(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^(-?[0-9.]+)% ± ([0-9.]+)$`)
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(-2, 2).Draw(t, "value")
		half := math.Pow(10, rapid.Float64Range(-5, 0).Draw(t, "exponent"))
		s := strings.ReplaceAll(format.Estimate(around(value, half), outcome.UnitShare), format.Thin, "")
		found := pattern.FindStringSubmatch(s)
		if found == nil {
			t.Fatalf("%q is not value ± half", s)
		}
		v, _ := strconv.ParseFloat(found[1], 64)
		h, _ := strconv.ParseFloat(found[2], 64)
		unit := 1.0
		if _, decimals, ok := strings.Cut(found[1], "."); ok {
			unit = math.Pow10(-len(decimals))
		} else if half >= 0.9999 {
			unit = 10
		}
		if math.Abs(v-100*value) > 0.5001*unit || math.Abs(h-100*half) > 0.5001*unit && h > 0.01 {
			t.Fatalf("%v ± %v is written as %q", 100*value, 100*half, s)
		}
		if h == 0 {
			t.Fatalf("an interval of %v vanished: %q", half, s)
		}
	})
}

func TestCleanLetsNoControlCharacterThrough(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                 "plain",
		"":                      "",
		"\x1b[31mred\x1b[0m":    "�[31mred�[0m",
		"a\tb\nc\r\nd":          "a b c  d",
		"bell\a":                "bell�",
		"c1\u009b31m":           "c1�31m",
		"\u202eevil":            "evil",
		"zero\u200bwidth":       "zerowidth",
		"bad\xffutf8":           "bad�utf8",
		"café 中文 \u200d joiner": "café 中文 \u200d joiner",
		"line\u2028separator":   "line separator",
	} {
		if got := format.Clean(in); got != want {
			t.Errorf("Clean(%q): got %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := format.Clean(rapid.String().Draw(t, "s"))
		for _, r := range got {
			if unicode.IsControl(r) {
				t.Fatalf("%q holds %q", got, r)
			}
		}
		if again := format.Clean(got); again != got {
			t.Fatalf("cleaning twice changes %q to %q", got, again)
		}
	})
}

func ExampleEstimate() {
	rate := estimate.Estimate{Value: 0.12437, Low: 0.1182, High: 0.1305, Level: 0.95, N: 64}
	s := format.Estimate(rate, outcome.UnitShare)
	fmt.Println(strings.ReplaceAll(s, format.Thin, " ")) // the narrow space is hard to type
	// Output: 12.4 % ± 0.6
}

func TestLinesKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a\n  b": "a\n  b", "\tx\x1b[31m\n ^": " x\ufffd[31m\n ^", "\u202ea\u009b": "\ufffda\ufffd", "a\r\nb\xff": "a \nb\ufffd", "naïve 日本": "naïve 日本",
	} {
		if got := format.Lines(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
