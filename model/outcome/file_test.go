package outcome_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
)

// little is an outcome with something of everything that reading checks.
func little() *outcome.Experiment {
	return &outcome.Experiment{
		Format: outcome.FormatName, Version: outcome.FormatVersion, Tool: "headroom test", Seed: 7, Replications: 2,
		Scenario: outcome.Scenario{
			Name: "little", Zone: "UTC", Start: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC),
			Length: 2 * time.Hour, Interval: time.Hour, Spikes: []outcome.Spike{{Name: "noon", Start: time.Hour, End: 2 * time.Hour}},
		},
		Measures: []outcome.Measure{{
			Name: outcome.BreachRate, Labels: outcome.Labels{Metric: "first_reply"}, Unit: outcome.UnitShare,
			Num: []float64{1, 2}, Den: []float64{10, 10}, Estimate: estimate.Ratio([]float64{1, 2}, []float64{10, 10}, 0.95),
		}},
		Series: []outcome.Series{{Name: outcome.SeriesArrivals, Mean: []outcome.Float{1, 2}, Low: []outcome.Float{0, 1}, High: []outcome.Float{2, 3}}, {
			Name: outcome.SeriesBreach, Mean: []outcome.Float{0.2, 0}, Low: []outcome.Float{0.1, 0}, High: []outcome.Float{0.3, 0}, Breached: []uint64{6, 0}, Judged: []uint64{30, 4},
			Merged: []outcome.Span{{From: 0, Intervals: 2, Mean: 6. / 34, Low: 0.1, High: 0.2}},
		}},
		Waits: []outcome.Waits{{Upper: []float64{1, 2}, Count: []uint64{3, 4}}},
	}
}

func written(t testing.TB, x *outcome.Experiment) string {
	t.Helper()
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAnOutcomeFileReadsBack(t *testing.T) {
	t.Parallel()
	want := little()
	got, err := outcome.Read(strings.NewReader(written(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// Every way in which a file can be bad has its kind, and says what is wrong and what helps.
func TestBadOutcomeFiles(t *testing.T) {
	t.Parallel()
	good := written(t, little())
	with := func(old, by string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the file has no %s: %s", old, good)
		}
		return strings.Replace(good, old, by, 1)
	}
	for _, row := range []struct {
		name, file string
		kind       error
		says, hint string
	}{
		{"nothing", "", outcome.ErrDamaged, "it is empty", "run the scenario again"},
		{"only space", " \n\t\r\n", outcome.ErrDamaged, "it is empty", "run the scenario again"},
		{"a picture", "\x89PNG\r\n", outcome.ErrNotOutcome, `begins with '\u0089'`, "outcome.json"},
		{"a scenario", "desk: {}", outcome.ErrNotOutcome, `begins with 'd', not with {`, "headroom run writes one"},
		{"a list", "[]", outcome.ErrNotOutcome, `begins with '['`, "headroom run"},
		{"other JSON", `{"some": "thing"}`, outcome.ErrNotOutcome, `does not say "headroom/outcome"`, "headroom run"},
		{"a format that is a number", `{"format": 1}`, outcome.ErrNotOutcome, "does not say", "headroom run"},
		{"a sweep", `{"format": "headroom/sweep", "version": 1}`, outcome.ErrNotOutcome, "a sweep", `"points"`},
		{"a comparison", `{"base": "a", "rows": []}`, outcome.ErrNotOutcome, "a comparison", "headroom compare"},
		{"a newer version", `{"format": "headroom/outcome", "version": 99, "tool": "headroom 9.1"}`, outcome.ErrTooNew, "format 99, this program reads up to 1", `"headroom 9.1", which wrote it`},
		{"a newer version by nobody", `{"format": "headroom/outcome", "version": 2}`, outcome.ErrTooNew, "format 2", "a newer headroom"},
		{"a newer version of another shape", `{"format": "headroom/outcome", "version": 2, "measures": "elsewhere"}`, outcome.ErrTooNew, "format 2", "newer"},
		{"no version", `{"format": "headroom/outcome"}`, outcome.ErrDamaged, "no version", "again"},
		{"half a version", `{"format": "headroom/outcome", "version": 0.5}`, outcome.ErrDamaged, "0.5 is no version", "again"},
		{"a word for a version", `{"format": "headroom/outcome", "version": "1"}`, outcome.ErrDamaged, "no version", "again"},
		{"cut off", good[:len(good)/2], outcome.ErrDamaged, "it ends in the middle, after ", "again"},
		{"cut off at once", "{", outcome.ErrDamaged, "it ends in the middle, after 1 bytes", "again"},
		{"NaN", with(`"num":[1,2]`, `"num":[NaN,2]`), outcome.ErrDamaged, "invalid character 'N'", "again"},
		{"more after the end", good + "{}", outcome.ErrDamaged, "line 2, column 1: invalid character '{' after top-level value", "again"},
		{"a word for a number", with(`"seed":7`, `"seed":"seven"`), outcome.ErrDamaged, "seed cannot be a string", "again"},
		{"a word within a list", with(`"num":[1,2]`, `"num":["one",2]`), outcome.ErrDamaged, "measures.num cannot be a string", "again"},
		{"a word within a series", with(`"mean":[1,2]`, `"mean":["one",2]`), outcome.ErrDamaged, `"one" is no number`, "again"},
		{"a number beyond all", with(`"num":[1,2]`, `"num":[1e999,2]`), outcome.ErrDamaged, "measures.num cannot be a number 1e999", "again"},
		{"a negative seed", with(`"seed":7`, `"seed":-7`), outcome.ErrDamaged, "seed cannot be a number -7", "again"},
		{"deep nesting", with(`"tool"`, `"deep":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000)+`,"tool"`), outcome.ErrDamaged, "exceeded max depth", "again"},
		{"too few totals", with(`"num":[1,2]`, `"num":[1]`), outcome.ErrDamaged, "breach_rate(first_reply) has 1 and 2 totals for 2 replications", "again"},
		{"too few intervals", with(`"mean":[1,2]`, `"mean":[1]`), outcome.ErrDamaged, "series arrivals  has not 2 intervals", "again"},
		{"counts of one side", with(`"breached":[6,0],`, ""), outcome.ErrDamaged, "series breach_rate  has not the counts of 2 intervals", "again"},
		{"too few counts", with(`"breached":[6,0],"judged":[30,4]`, `"breached":[6],"judged":[30]`), outcome.ErrDamaged, "has not the counts of 2 intervals", "again"},
		{"more late than there are", with(`"breached":[6,0]`, `"breached":[31,0]`), outcome.ErrDamaged, "has 31 of 30 clocks breached", "again"},
		{"a count below nothing", with(`"breached":[6,0]`, `"breached":[-6,0]`), outcome.ErrDamaged, "breached cannot be a number -6", "again"},
		{"a stretch beyond the end", with(`"intervals":2`, `"intervals":3`), outcome.ErrDamaged, "puts 3 intervals together from number 0 on", "again"},
		{"a stretch before the start", with(`"from":0`, `"from":-1`), outcome.ErrDamaged, "puts 2 intervals together from number -1 on", "again"},
		{"an endless stretch", with(`"intervals":2`, `"intervals":9223372036854775807`), outcome.ErrDamaged, "puts 9223372036854775807 intervals", "again"},
		{"no interval", with(`"interval_ns":3600000000000`, `"interval_ns":0`), outcome.ErrDamaged, "in intervals of 0s", "again"},
		{"three centuries", with(`"length_ns":7200000000000`, `"length_ns":9223372036854775807`), outcome.ErrDamaged, "a scenario of", "again"},
		{"a warm-up after the end", with(`"warmup_ns":0`, `"warmup_ns":7200000000001`), outcome.ErrDamaged, "a warm-up of 2h0m0.000000001s", "again"},
		{"a spike that ends before it begins", with(`"end_ns":7200000000000`, `"end_ns":0`), outcome.ErrDamaged, `the spike "noon"`, "again"},
		{"bounds that fall", with(`"upper_s":[1,2]`, `"upper_s":[2,1]`), outcome.ErrDamaged, "do not rise at number 2", "again"},
		{"a bound too few", with(`"upper_s":[1,2]`, `"upper_s":[1]`), outcome.ErrDamaged, "1 bounds and 2 counts", "again"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			x, err := outcome.Read(strings.NewReader(row.file))
			var bad *outcome.ReadError
			if x != nil || !errors.As(err, &bad) {
				t.Fatalf("got %v and %v", x, err)
			}
			if !errors.Is(err, row.kind) {
				t.Errorf("got the kind %v, want %v", bad.Kind, row.kind)
			}
			if !strings.Contains(bad.Text, row.says) || !strings.Contains(bad.Hint, row.hint) {
				t.Errorf("got %q with the hint %q, want %q and %q in them", bad.Text, bad.Hint, row.says, row.hint)
			}
			if len(err.Error()) > 300 || strings.ContainsAny(err.Error()+bad.Hint, "\n\x1b") {
				t.Errorf("the message is no short line: %q", err)
			}
		})
	}
}

func TestAMeasureThatIsThereTwice(t *testing.T) {
	t.Parallel()
	x := little()
	x.Measures = append(x.Measures, x.Measures[0])
	if _, err := outcome.Read(strings.NewReader(written(t, x))); err == nil || !strings.Contains(err.Error(), "breach_rate(first_reply) is there twice") {
		t.Errorf("got %v", err)
	}
}

// A file can be cut at any byte: every beginning of one is damaged, and says so.
func TestAFileCutOffAnywhere(t *testing.T) {
	t.Parallel()
	good := strings.TrimSuffix(written(t, little()), "\n")
	for n := range len(good) {
		_, err := outcome.Read(strings.NewReader(good[:n]))
		if !errors.Is(err, outcome.ErrDamaged) {
			t.Fatalf("after %d bytes: got %v", n, err)
		}
		if n > 0 && !strings.Contains(err.Error(), "ends in the middle") {
			t.Errorf("after %d bytes: got %v", n, err)
		}
	}
}

// endless gives the same byte for ever.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestAFileWithoutAnEnd(t *testing.T) {
	t.Parallel()
	if _, err := outcome.Read(endless(0)); !errors.Is(err, outcome.ErrNotOutcome) {
		t.Errorf("got %v", err)
	}
	huge := io.MultiReader(strings.NewReader(`{"format":"headroom/outcome","x":"`), endless('a'))
	if _, err := outcome.ReadWithin(huge, 1<<16); !errors.Is(err, outcome.ErrNotOutcome) || !strings.Contains(err.Error(), "more than 65536 bytes") {
		t.Errorf("got %v", err)
	}
}

// Whatever is read is either refused for a reason, or can be written and read again.
func FuzzRead(f *testing.F) {
	good := written(f, little())
	f.Add([]byte(good))
	f.Add([]byte(good[:len(good)/2]))
	f.Add([]byte(`{"format":"headroom/outcome","version":2}`))
	f.Add([]byte(strings.Replace(good, "1", "-1e300", 3)))
	f.Add([]byte(strings.ReplaceAll(good, "null", "0")))
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := outcome.Read(bytes.NewReader(data))
		if err != nil {
			if bad := new(outcome.ReadError); !errors.As(err, &bad) || bad.Text == "" || bad.Hint == "" {
				t.Fatalf("an error without a reason or a hint: %v", err)
			}
			return
		}
		again, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := outcome.Read(bytes.NewReader(again)); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}
