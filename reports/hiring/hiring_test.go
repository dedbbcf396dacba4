package hiring_test

import (
	"bytes"
	"encoding/csv"

	"flag"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/headcount"
	"github.com/headroom-sim/headroom/model/staffing"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/hiring"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var scenario = &model.Scenario{Name: "desk", Currency: "EUR", Time: model.Time{Start: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}}

// answer is a plan of a year for a team of so many heads, of whom a quarter leaves, and so many of whom
// begin in May and September.
func answer(name string, heads float64, starts float64) *hiring.Answer {
	p := &headcount.Plan{Start: calendar.Date{Year: 2027, Month: time.January, Day: 1}, Margin: 0.1}
	t := headcount.Team{
		Name: name, Week: 40, Rate: 25, People: []headcount.Cohort{{Heads: heads, Day: -1}}, Ramp: staffing.Learning{{From: 0.5, To: 1, For: 60 * 24 * time.Hour}},
		Hiring: staffing.Hiring{Attrition: 0.25, Replace: true, Lead: 56 * 24 * time.Hour, Training: 21 * 24 * time.Hour, Dropout: 0.1, Least: 2, Most: 8, Cost: 4000},
	}
	for m := range 12 {
		first := calendar.DateOf(time.Date(2027, time.Month(m+1), 1, 0, 0, 0, 0, time.UTC))
		from := int(first.UTC(0).Sub(p.Start.UTC(0)).Hours() / 24)
		next := time.Date(2027, time.Month(m+2), 1, 0, 0, 0, 0, time.UTC)
		p.Months = append(p.Months, headcount.Month{First: first, From: from, To: int(next.Sub(p.Start.UTC(0)).Hours() / 24)})
		t.Net, t.Lost = append(t.Net, 11.5+0.4*float64(m)), append(t.Lost, 0.3)
	}
	p.Teams = []headcount.Team{t}
	x := hiring.Team{Team: &p.Teams[0], HasHiring: true, Proven: true, Bare: p.Lines(&p.Teams[0], nil)}
	x.Starts = make([]float64, 12)
	x.Starts[4], x.Starts[8] = starts, starts
	x.With = p.Lines(x.Team, x.Starts)
	return &hiring.Answer{Plan: p, Teams: []hiring.Team{x}}
}

func text(t *testing.T, d *paper.Document) string {
	t.Helper()
	var b strings.Builder
	if err := d.WriteText(&b, table.Style{}, true); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("\u202f", " ").Replace(b.String())
}

// The first month asks for 11.5 × 1.1 / 0.7 = 18.07 heads. May's people must be asked for eight weeks before it.
func TestTheVerdictSaysWhichMonthIsShortAndByWhenToAsk(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name          string
		heads, starts float64
		want          string
	}{
		{"short at once, and hires do not do", 15, 2, "If nobody is hired, desk falls short first in Jan 2027: it has 14.8 heads and needs 18.1, 3.2 too few. 4 hires are needed; ask for the first 2 by Sat 6 Mar 2027, to begin in May 2027. 12 months stay short all the same, by"},
		{"short later, and hires do", 24, 8, "16 hires are needed; ask for the first 8 by Sat 6 Mar 2027, to begin in May 2027. No month is then short."},
		{"nobody can come", 15, 0, "Nobody who is asked for now comes in time."},
		{"enough", 60, 0, "Desk has the heads for each of the 12 months without hiring."},
	} {
		if got := text(t, hiring.Document(answer("desk", row.heads, row.starts), scenario, "headroom test")); !strings.Contains(strings.Join(strings.Fields(got), " "), row.want) {
			t.Errorf("%s: %q is missing from\n%s", row.name, row.want, got)
		}
	}
	a := answer("desk", 15, 0)
	a.Teams[0].HasHiring = false
	if got := text(t, hiring.Document(a, scenario, "headroom test")); !strings.Contains(got, "How people come is not said") {
		t.Errorf("that nothing is known of hiring is not said:\n%s", got)
	}
}

// A row for each month and team, with heads and money that add up.
func TestTheTableForFinanceAddsUp(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := hiring.Finance(answer("desk", 24, 8), scenario).WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(records) != 13 {
		t.Fatalf("%d lines, %v", len(records), err)
	}
	of := map[string]int{}
	for i, name := range records[0] {
		of[name] = i
	}
	cumulated, closing, hired := 0., 24., 0.
	for _, record := range records[1:] {
		at := func(name string) float64 {
			i, ok := of[name]
			if !ok {
				t.Fatalf("no column %s in %v", name, records[0])
			}
			x, err := strconv.ParseFloat(record[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		near := func(what string, got, want, within float64) {
			if d := got - want; d > within || d < -within {
				t.Errorf("%s: %s is %v, not %v", record[0], what, got, want)
			}
		}
		near("who is there at first", at("opening_people"), closing, 1e-3)
		closing = at("closing_people")
		near("who is there at last", closing, at("opening_people")+at("agreed_people")+at("hires_people")-at("leavers_people"), 1e-3)
		near("the gross heads", at("required_gross_heads"), at("required_net_heads")*1.1/(1-at("not_at_work_share")), 1e-3)
		near("the gap", at("gap_heads"), at("available_heads")-at("required_gross_heads"), 1e-3)
		near("the total", at("total_EUR"), at("payroll_EUR")+at("hiring_cost_EUR"), 0.02)
		near("the hiring cost", at("hiring_cost_EUR"), 4000*at("hires_people"), 0.01)
		cumulated += at("total_EUR")
		near("all so far", at("cumulated_EUR"), cumulated, 0.2)
		hired += at("hires_people")
		if strings.ContainsAny(b.String(), " \u202f") {
			t.Error("the file has spaces, and numbers with them are words to a spreadsheet")
		}
	}
	if hired != 16 {
		t.Errorf("%v are hired, not 16", hired)
	}
}

// Names come from a file that anybody may have written.
func TestNamesCannotEscapeFromTheirCell(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"<script>alert(1)</script>", "=1+1", "a\x1b[31mb", "\u202egood", "|", "\"", ""} {
		a := answer(name, 20, 4)
		s := *scenario
		s.Name, s.Title = name, name
		d := hiring.Document(a, &s, "headroom test")
		var page, markdown, words, cells strings.Builder
		for _, err := range []error{d.WriteHTML(&page), d.WriteMarkdown(&markdown), d.WriteText(&words, table.Style{}, true), hiring.Finance(a, &s).WriteCSV(&cells)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for form, out := range map[string]string{"HTML": page.String(), "Markdown": markdown.String(), "text": words.String(), "CSV": cells.String()} {
			if strings.ContainsAny(out, "\x1b\u202e") {
				t.Errorf("%q as %s: an invisible character gets through", name, form)
			}
		}
		if strings.Contains(page.String(), "<script>alert") {
			t.Errorf("%q gets through to the page", name)
		}
		records, err := csv.NewReader(strings.NewReader(cells.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if cell := records[1][1]; strings.HasPrefix(cell, "=") {
			t.Errorf("%q is a formula", cell)
		}
	}
}

// Heads needed and there, as a picture: without hires above, with them below.
func ExamplePictures() {
	for _, p := range hiring.Pictures(answer("front", 24, 8), scenario, "headroom") {
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

func TestThePictureIsAsPeopleHaveSeenIt(t *testing.T) {
	t.Parallel()
	all := hiring.Pictures(answer("front", 24, 8), scenario, "headroom")
	if len(all) != 1 {
		t.Fatalf("%d pictures of one team", len(all))
	}
	var b bytes.Buffer
	if err := chart.WritePNG(&b, all[0].Chart); err != nil {
		t.Fatal(err)
	}
	golden.Picture(t, filepath.Join("testdata", all[0].Name+".png"), b.Bytes(), *update)
}

// What is not proven, or not as sure as was asked for, is said, with numbers.
func TestWhatAPlanDoesNotKeepIsSaid(t *testing.T) {
	t.Parallel()
	words := func(a *hiring.Answer) string {
		return strings.Join(strings.Fields(text(t, hiring.Document(a, scenario, "headroom test"))), " ")
	}
	a := answer("desk", 24, 8)
	if got := words(a); strings.Contains(got, "Not as sure") || strings.Contains(got, "best that was found") || !strings.Contains(got, "demand, growth and season are taken as they are written") ||
		!strings.Contains(got, "margin 10 % as said") || !strings.Contains(got, "--margin simulated finds") {
		t.Error(got)
	}
	a.Sure, a.Teams[0].Doubtful, a.Teams[0].Proven, a.Teams[0].Bound = 0.95, []int{3, 11}, false, 14
	got := words(a)
	for _, want := range []string{
		"Not as sure as was asked for: desk in Apr 2027 and Dec 2027, with a chance of", "at least and not of 95 %",
		"The plan, of 16 people, is the best that was found in time: no plan has fewer than 14 people",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from\n%s", want, got)
		}
	}
	a.Found = &hiring.Margin{Month: 11, Trials: 60, Promises: []hiring.Kept{{Metric: "answer", Allowed: 0.2, Late: estimate.Estimate{Value: 0.18, Low: 0.17, High: 0.19}}}}
	if got := words(a); !strings.Contains(got, "margin 10 % by trials of Dec 2027") || !strings.Contains(got, "18.0 % ± 1.0 of answer late (20 % allowed)") {
		t.Error(got)
	}
}

// The plan in all its forms, as people have seen it.
func TestADocumentOfAPlanIsWhatItWas(t *testing.T) {
	t.Parallel()
	d := hiring.Document(answer("front", 24, 8), scenario, "headroom test")
	for name, write := range map[string]func(*bytes.Buffer) error{
		"txt":  func(b *bytes.Buffer) error { return d.WriteText(b, table.Style{Width: 120}, true) },
		"md":   func(b *bytes.Buffer) error { return d.WriteMarkdown(b) },
		"csv":  func(b *bytes.Buffer) error { return hiring.Finance(answer("front", 24, 8), scenario).WriteCSV(b) },
		"json": func(b *bytes.Buffer) error { return d.WriteJSON(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden.Text(t, filepath.Join("testdata", "capacity."+name), b.Bytes(), *update)
	}
}
