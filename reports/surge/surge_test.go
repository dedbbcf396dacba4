package surge_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/surge"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func plain(s string) string { return strings.ReplaceAll(s, format.Thin, " ") }

func TestADocumentOfAStudyIsWhatItWas(t *testing.T) {
	t.Parallel()
	all := inspect.Forms(t, surge.Document(study(t, usual), "headroom test"), true)
	all["html"] = inspect.PageText(t, all["html"])
	for name, got := range all {
		golden.Text(t, filepath.Join("testdata", "peak."+name), []byte(got), *update)
	}
}

func ratio(x peak.Totals) float64 {
	num, den := 0., 0.
	for i := range x.Num {
		num, den = num+x.Num[i], den+x.Den[i]
	}
	return num / den
}

func mean(xs []float64) (sum float64) {
	for _, x := range xs {
		sum += x / float64(len(xs))
	}
	return sum
}

// Each number for machines is that of the study, worked out here by hand from its totals, each with both ends of its interval.
func TestTheNumbersAreThoseOfTheStudy(t *testing.T) {
	t.Parallel()
	x := study(t, usual)
	all := inspect.Rows(t, surge.Document(x, "headroom test"))
	results := append([]*peak.Result{x.Nothing}, x.Singles...)
	results = append(results, x.Together, x.Cheapest)
	if len(all["plans"]) != len(results) || len(all["money"]) != len(results) {
		t.Fatalf("%d and %d lines of %d plans", len(all["plans"]), len(all["money"]), len(results))
	}
	for i, r := range results {
		line, money := all["plans"][i], all["money"][i]
		for head, want := range map[string]float64{
			"cost_EUR": mean(r.Cost), "change_EUR": mean(r.Cost) - mean(x.Nothing.Cost),
			"late_in_the_spike_share": ratio(r.Spike), "change_in_it_share": ratio(r.Spike) - ratio(x.Nothing.Spike),
			"late_in_all_share": ratio(r.Late), "change_in_all_share": ratio(r.Late) - ratio(x.Nothing.Late),
			"late_by_usual_targets_share": ratio(r.Usual), "recovered_after_s": ratio(r.Recovery), "change_of_that_s": ratio(r.Recovery) - ratio(x.Nothing.Recovery),
			"most_open_tickets": ratio(r.Backlog),
		} {
			if i == 0 && strings.HasPrefix(head, "change") {
				continue
			}
			got, err := strconv.ParseFloat(line[head], 64)
			if err != nil || math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Errorf("%s of plan %d is %q, want %v", head, i, line[head], want)
			}
			at := strings.LastIndex(head, "_")
			low, err1 := strconv.ParseFloat(line[head[:at]+"_ci_low"+head[at:]], 64)
			high, err2 := strconv.ParseFloat(line[head[:at]+"_ci_high"+head[at:]], 64)
			if err1 != nil || err2 != nil || !(low <= want && want <= high && low < high) {
				t.Errorf("the interval of %s of plan %d is %v to %v", head, i, low, high)
			}
		}
		sum := 0.
		for _, head := range []string{"staff_EUR", "measures_EUR", "credits_EUR"} {
			part, err := strconv.ParseFloat(money[head], 64)
			if err != nil {
				t.Errorf("%s of plan %d: %v", head, i, err)
			}
			sum += part
		}
		if math.Abs(sum-mean(r.Cost)) > 1e-6 {
			t.Errorf("the parts of plan %d come to %v, and all is %v", i, sum, mean(r.Cost))
		}
	}
}

// What the page shows is what the terminal does.
func TestThePageSaysWhatTheTerminalDoes(t *testing.T) {
	t.Parallel()
	d := surge.Document(study(t, usual), "headroom test")
	all := inspect.Forms(t, d, true)
	page := plain(inspect.PageText(t, all["html"]))
	for _, section := range d.Sections {
		if section.Table == nil {
			continue
		}
		for _, row := range section.Table.Rows {
			for _, c := range row {
				if text := plain(c.Text); text != "" && !strings.Contains(page, text) {
					t.Errorf("%s: the page lacks %q", section.Name, text)
				}
			}
		}
	}
	var out struct{ Verdict string }
	if err := json.Unmarshal([]byte(all["json"]), &out); err != nil || out.Verdict != d.Verdict {
		t.Errorf("%v, %q", err, out.Verdict)
	}
}

func TestTheVerdictSaysWhichMixAndWhatItIsProvenBy(t *testing.T) {
	t.Parallel()
	x := study(t, usual)
	d := surge.Document(x, "headroom test")
	for _, want := range []string{"The cheapest mix that keeps breach_rate(first_reply) <= 10%: overtime 1 h, cross-training of back in phone", "Proven on fresh random numbers: 8", "Doing nothing, 7"} {
		if got := plain(d.Verdict); !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	text := plain(inspect.Forms(t, d, true)["txt"])
	for _, want := range []string{"Refused: deflection 15 %", "20 were tried", "12 of those tried miss it, and of 1 it cannot be told", "Proof: 12 replications on fresh random numbers (seed 1 000 006)",
		"so many of the people of back rush (8)", "back can do phone: 12 paid hours for each person and 90 EUR", "not here: left out"} {
		if !strings.Contains(strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "seed 1000006", "seed 1 000 006"), want) {
			t.Errorf("%q is missing from\n%s", want, text)
		}
	}
	x.Cheapest = nil
	if got := plain(surge.Document(x, "headroom test").Verdict); !strings.HasPrefix(got, "No mix is proven to keep") {
		t.Error(got)
	}
	x.Goal = nil
	if got := plain(surge.Document(x, "headroom test").Verdict); !strings.Contains(got, "Of single measures,") {
		t.Error(got)
	}
}

// Names come from a file that anybody may have written.
func TestNamesHarmNobody(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"<script>alert(1)</script>", "=cmd|'/C calc'!A1", "@SUM(1)", "a\x1b[31mb", "\u202egood", "|", "\"", sample.Nasty} {
		x := study(t, names{bad, bad, bad, bad, bad, bad})
		x.Plan.Scenario.Title, x.Plan.Scenario.Currency, x.Goal.Text, x.Goal.Measure = bad, bad, bad, bad
		d := surge.Document(x, "headroom test")
		all := inspect.Forms(t, d, true)
		if strings.Contains(all["html"], "<script>alert") {
			t.Errorf("%q gets through to the page", bad)
		}
		for _, form := range []string{"html", "md", "txt", "csv"} {
			if strings.ContainsAny(all[form], "\x1b\u202e") {
				t.Errorf("%q as %s: an invisible character gets through", bad, form)
			}
		}
		_, tables := d.Data()
		for _, one := range tables {
			var b bytes.Buffer
			if err := one.WriteCSV(&b); err != nil {
				t.Fatal(err)
			}
			records, err := csv.NewReader(&b).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, record := range records {
				for _, cell := range record {
					if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
						t.Errorf("%q is a formula", cell)
					}
				}
			}
		}
	}
}
