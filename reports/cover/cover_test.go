package cover_test

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

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/coverage"
	"github.com/headroom-sim/headroom/reports/cover"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/inspect"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func plain(s string) string { return strings.ReplaceAll(s, format.Thin, " ") }

func TestADocumentOfAStudyIsWhatItWas(t *testing.T) {
	t.Parallel()
	x, s := sampled(t)
	for name, got := range inspect.Forms(t, cover.Document(x, s, "headroom test"), false) {
		if name == "html" {
			got = inspect.PageText(t, got)
		}
		golden.Text(t, filepath.Join("testdata", "coverage."+name), []byte(got), *update)
	}
}

func sampled(t *testing.T) (*coverage.Study, *model.Scenario) {
	t.Helper()
	return study(t, usual, nil)
}

func near(t *testing.T, what, cell string, want float64) {
	t.Helper()
	got, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.Abs(got-want) > 1e-6*math.Max(1, math.Abs(want)) {
		t.Errorf("%s is %q, want %v", what, cell, want)
	}
}

// Each number for machines is that of the study, worked out here by hand from its totals.
func TestTheNumbersAreThoseOfTheStudy(t *testing.T) {
	t.Parallel()
	x, s := sampled(t)
	all := inspect.Rows(t, cover.Document(x, s, "headroom test"))
	sum := func(xs []float64) (n float64) {
		for _, x := range xs {
			n += x
		}
		return n
	}
	for i := range x.Plans {
		seat, cost := all["seats"][i], all["cost"][i]
		weeks := x.Weeks * float64(len(x.Cost[i]))
		near(t, "the paid hours", cost["paid_hours_a_week_h"], sum(x.Paid[i])/weeks)
		near(t, "the cost", cost["cost_a_week_EUR"], sum(x.Cost[i])/weeks)
		near(t, "the credits", cost["credits_a_week_EUR"], sum(x.Credits[i])/weeks)
		near(t, "people", seat["people_paid"], sum(x.Paid[i])/weeks/40)
		near(t, "the heads of a seat", seat["heads_per_seat"], x.Plans[i].Hours/40)
		near(t, "and with the shrinkage", seat["with_shrinkage"], x.Plans[i].Hours/40/0.7)
		if i > 0 {
			near(t, "how many times it costs", cost["times"], sum(x.Cost[i])/sum(x.Cost[0]))
			near(t, "the change", cost["change_EUR"], (sum(x.Cost[i])-sum(x.Cost[0]))/weeks)
		}
		for k := range x.Parts {
			p, w := &x.Parts[k], all["waits"][i*len(x.Parts)+k]
			near(t, "the wait", w["answered_after_s"], sum(p.Waited[i])/sum(p.Tickets[i]))
			near(t, "late", w["late_share"], sum(p.Late[i])/sum(p.Clocks[i]))
		}
	}
	if len(all["promises"]) != 3*len(x.Plans) {
		t.Errorf("%d lines of promises", len(all["promises"]))
	}
	for _, line := range all["promises"] {
		for _, r := range x.Comparison.Rows {
			for i := range x.Plans {
				if line["coverage"] == x.Plans[i].Kind.String() && line["tier"] == r.Labels.Tier {
					near(t, "what is late of "+r.Labels.Tier, line["late_share"], r.Values[i].Value)
					if i > 0 {
						near(t, "its change", line["change_share"], r.Differences[i-1].Value)
					}
				}
			}
		}
	}
}

// What the page shows is what the terminal does.
func TestThePageSaysWhatTheTerminalDoes(t *testing.T) {
	t.Parallel()
	x, s := sampled(t)
	d := cover.Document(x, s, "headroom test")
	page := plain(inspect.PageText(t, inspect.Forms(t, d, false)["html"]))
	for _, section := range d.Sections {
		for _, row := range section.Table.Rows {
			for _, c := range row {
				if text := plain(c.Text); text != "" && !strings.Contains(page, text) {
					t.Errorf("%s: the page lacks %q", section.Name, text)
				}
			}
		}
	}
	var out struct{ Verdict string }
	if err := json.Unmarshal([]byte(inspect.Forms(t, d, false)["json"]), &out); err != nil || out.Verdict != d.Verdict {
		t.Errorf("%v, %q", err, out.Verdict)
	}
}

// A seat around the clock takes 168/40 = 4.2 heads, and 6 where 30 % are away; both stand in the first sentence.
func TestTheVerdictHasTheRatioOfASeat(t *testing.T) {
	t.Parallel()
	x, s := sampled(t)
	got := plain(cover.Document(x, s, "headroom test").Verdict)
	for _, want := range []string{"takes 4.2 heads, and 6 with the shrinkage", "24/7 3.00 times (2.0 % late)", "Against business hours, with 30.0 % of first reply late, cost: extended hours 2.00 times"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

func TestWithoutPricesHoursAreCompared(t *testing.T) {
	t.Parallel()
	called := usual
	called.currency = ""
	x, s := study(t, called, func(s *model.Scenario) {
		for i := range s.Teams {
			s.Teams[i].Cost.PerHour = 0
		}
	})
	d := cover.Document(x, s, "headroom test")
	if got := plain(d.Verdict); !strings.Contains(got, "paid hours: extended hours 2.0") || strings.Contains(got, "cost") {
		t.Error(got)
	}
	for _, line := range inspect.Rows(t, d)["cost"] {
		if _, ok := line["cost_a_week"]; ok || line["paid_hours_a_week_h"] == "" {
			t.Errorf("%v", line)
		}
	}
}

// A coverage that has no sense is left out, and the page says why.
func TestWhatIsLeftOutIsSaid(t *testing.T) {
	t.Parallel()
	x, s := study(t, usual, func(s *model.Scenario) {
		s.Calendars = append(s.Calendars, &calendar.Calendar{Name: "office", Zone: s.Time.Start.Location(), Week: calendar.Week{1: {{From: 540, To: 1020}}}})
		s.SLA.Policies[0].Calendar = 1
	})
	d := cover.Document(x, s, "headroom test")
	text := plain(inspect.Forms(t, d, false)["txt"])
	if len(x.Plans) != 4 || !strings.Contains(text, "Left out, on-call nights: all that is written has one priority") || !strings.Contains(text, "4 coverages") {
		t.Error(text)
	}
}

// Names come from a file that anybody may have written.
func TestNamesHarmNobody(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"<script>alert(1)</script>", "=cmd|'/C calc'!A1", "@SUM(1)", "a\x1b[31mb", "\u202egood", "|", "\"", sample.Nasty} {
		x, s := study(t, names{bad, bad, bad, "EUR"}, nil)
		s.Title, s.Currency = bad, bad
		d := cover.Document(x, s, "headroom test")
		all := inspect.Forms(t, d, false)
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
