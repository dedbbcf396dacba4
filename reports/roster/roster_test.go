package roster_test

import (
	"bytes"
	"encoding/csv"
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/roster"
	"github.com/headroom-sim/headroom/reports/table"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestADocumentOfARosterIsWhatItWas(t *testing.T) {
	t.Parallel()
	d := roster.Document(sample())
	var text, markdown bytes.Buffer
	if err := d.WriteText(&text, table.Style{Width: 120}, false); err != nil {
		t.Fatal(err)
	}
	if err := d.WriteMarkdown(&markdown); err != nil {
		t.Fatal(err)
	}
	golden.Text(t, filepath.Join("testdata", "roster.txt"), text.Bytes(), *update)
	golden.Text(t, filepath.Join("testdata", "roster.md"), markdown.Bytes(), *update)
}

func plain(s string) string { return strings.ReplaceAll(s, format.Thin, " ") }

func TestTheVerdictComesFirstAndSaysWhatIsKept(t *testing.T) {
	t.Parallel()
	got := plain(roster.Document(sample()).Verdict)
	for _, want := range []string{"49 shifts, 9 876 USD a week, keep both targets with 97 % confidence",
		"own shifts cost 11 234 USD, so it saves 12.1 %", "(Erlang C by interval, each queue by itself) costs 15 % more"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	all := sample()
	all.Teams[0].People = 8
	if got := plain(roster.Document(all).Verdict); !strings.HasPrefix(got, "12 people on 49 shifts, 9 876 USD a week, keep") {
		t.Error(got)
	}
	one := sample()
	one.Targets = one.Targets[:1]
	if got := plain(roster.Document(one).Verdict); !strings.Contains(got, "keep breach_rate(first_reply) ≤ 5 % with 97 % confidence") {
		t.Error(got)
	}
	lost := sample()
	lost.Kept = false
	if got := plain(roster.Document(lost).Verdict); !strings.HasPrefix(got, "No roster was confirmed.") || !strings.Contains(got, "do not staff it") || strings.Contains(got, "confidence") {
		t.Error(got)
	}
	lost.Wish.Budget = 10
	if got := plain(roster.Document(lost).Verdict); !strings.HasPrefix(got, "No roster was found for a budget of 10 USD a week. The cheapest that was, ") || !strings.HasSuffix(got, "costs 9 876 USD: do not staff it.") {
		t.Error(got)
	}
}

// Nobody is ever certain, and a confidence is never rounded up.
func TestConfidenceIsNeverMoreThanItIs(t *testing.T) {
	t.Parallel()
	for sure, want := range map[float64]string{0.9499: "94 %", 0.97999: "97 %", 0.9969: "99.6 %", 1: "more than 99.9 %"} {
		p := sample()
		p.Targets[0].Sure = sure
		p.Targets = p.Targets[:1]
		if got := plain(roster.Document(p).Verdict); !strings.Contains(got, "with "+want+" confidence") {
			t.Errorf("%v: %s", sure, got)
		}
	}
}

func TestTablesForMachinesAreTidy(t *testing.T) {
	t.Parallel()
	names, tables := roster.Document(sample()).Data()
	rows := map[string][][]string{}
	for i, name := range names {
		var b bytes.Buffer
		if err := tables[i].WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows[name] = records
	}
	for _, name := range []string{"targets", "shifts", "cost", "heads", "people", "coverage", "baselines", "search"} {
		if len(rows[name]) < 2 {
			t.Errorf("%s has %d lines", name, len(rows[name]))
		}
	}
	if got := len(rows["coverage"]); got != 337 {
		t.Errorf("coverage has %d lines, not one for each interval of a week", got)
	}
	if got := strings.Join(rows["shifts"][0], ","); got != "team,shift,weekday,start,end,heads" {
		t.Error(got)
	}
	heads := 0
	for _, r := range rows["shifts"][1:] {
		heads += int(r[5][0] - '0')
	}
	if heads != 49 {
		t.Errorf("%d shifts of a person", heads)
	}
	if got := rows["people"][1]; got[1] != "mail 1" || got[2] != "short 08:00–12:00" || got[8] != "off" {
		t.Errorf("%q", got)
	}
}

// A roster by day is set week by week, from Monday to Sunday, and no day is lost.
func TestARosterByDayIsSetByWeek(t *testing.T) {
	t.Parallel()
	p := sample()
	p.Weekly = false
	p.Days, p.Teams[1].Tours, p.Teams[1].People = nil, nil, 0
	at := p.Scenario.Start.AddDate(0, 0, 2) // a Wednesday
	for k := range 9 {
		day := at.AddDate(0, 0, k)
		p.Days = append(p.Days, planDay(day))
	}
	for i := range p.Shifts {
		p.Shifts[i].Heads = append(p.Shifts[i].Heads, 5, 6)
	}
	d := roster.Document(p)
	var shown *table.Table
	for _, s := range d.Sections {
		if s.Name == "shifts" {
			shown = s.Table
		}
	}
	first := shown.Rows[0]
	var got []string
	for _, c := range first {
		got = append(got, c.Text)
	}
	if want := "phones|2026-10-28|early 07:00–15:30|11:00 30 min in 2 turns|||3|2|2|2|2"; plain(strings.Join(got, "|")) != want {
		t.Errorf("got  %s\nwant %s", plain(strings.Join(got, "|")), want)
	}
	sum := 0.
	for _, row := range shown.Rows {
		for _, c := range row[4:] {
			if c.Number > 0 {
				sum += c.Number
			}
		}
	}
	if sum != 49+4*11 {
		t.Errorf("%v shifts of a person", sum)
	}
}

// The heads of a roster against those required, and what attainment costs.
func ExamplePictures() {
	for _, p := range roster.Pictures(sample()) {
		_ = chart.WritePNG(new(bytes.Buffer), p.Chart)
	}
}

func TestPicturesAreWhatTheyWere(t *testing.T) {
	t.Parallel()
	pictures := roster.Pictures(sample())
	if len(pictures) != 2 {
		t.Fatalf("%d pictures", len(pictures))
	}
	for _, p := range pictures {
		var b bytes.Buffer
		if err := chart.WritePNG(&b, p.Chart); err != nil {
			t.Fatal(err)
		}
		golden.Picture(t, filepath.Join("testdata", p.Name+".png"), b.Bytes(), *update)
	}
}

// The frontier has every roster that was simulated, and marks those that have a name.
func TestTheFrontierMarksTheRosterAndItsRivals(t *testing.T) {
	t.Parallel()
	pictures := roster.Pictures(sample())
	f := pictures[len(pictures)-1].Chart.(chart.Frontier)
	roles := map[chart.Role]int{}
	for _, s := range f.Spots {
		roles[s.Role]++
		if s.Role == chart.Chosen && (s.Name != "the roster" || s.Gain != 1-0.042 || s.GainLow >= s.Gain) {
			t.Errorf("%+v", s)
		}
	}
	// Four of the search, the own shifts and the one formula that keeps the target.
	if roles[chart.Ordinary] != 4 || roles[chart.Chosen] != 1 || roles[chart.Reference] != 2 || f.Bound.Value != 0.95 {
		t.Errorf("%v, bound %v", roles, f.Bound.Value)
	}
}

func TestHostileNamesGetThroughNowhere(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"<script>alert(1)</script>", "=cmd|'/C calc'!A0", "a\r\nBEGIN:VALARM", "x;y,z\\n", "\x1b[31mred", "\u202Eevil"} {
		p := sample()
		p.Scenario.Name, p.Scenario.Title, p.Tool = s, s, s
		p.Teams[0].Team, p.Staffed[0].Name, p.Cover[0].Name, p.Baselines[0].Name = s, s, s, s
		for i := range p.Shifts[:3] {
			p.Shifts[i].Team, p.Shifts[i].Shift = s, s
		}
		for i := range p.Staffed[0].Shifts {
			p.Staffed[0].Shifts[i].Name = s
		}
		d := roster.Document(p)
		var page, cells, sheet, cal bytes.Buffer
		for _, err := range []error{d.WriteHTML(&page), d.WriteCSV(&cells), roster.WriteCSV(&sheet, p), roster.WriteCalendar(&cal, p)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if strings.Contains(page.String(), "<script>alert") {
			t.Errorf("%q: markup gets through", s)
		}
		for _, out := range []string{cells.String(), sheet.String()} {
			records, err := csv.NewReader(strings.NewReader(out)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range records {
				for _, c := range r {
					if c != "" && strings.ContainsRune("=+@\t\r", rune(c[0])) {
						t.Errorf("%q is a formula in %q", s, c)
					}
				}
			}
		}
		for _, out := range []string{page.String(), cells.String(), sheet.String(), cal.String()} {
			if strings.ContainsAny(out, "\x1b\u202E") {
				t.Errorf("%q: an invisible character gets through", s)
			}
		}
		if strings.Contains(cal.String(), "\nBEGIN:VALARM") {
			t.Errorf("%q opens a component", s)
		}
	}
}

// RFC 5545: lines end with CR LF and have at most 75 octets; every component is closed; times name a zone that is
// written out.
func TestTheCalendarKeepsToTheStandard(t *testing.T) {
	t.Parallel()
	p := sample()
	p.Staffed[0].Name = strings.Repeat("a long name of a team, ", 9)
	var b bytes.Buffer
	if err := roster.WriteCalendar(&b, p); err != nil {
		t.Fatal(err)
	}
	open := []string{}
	ids := map[string]bool{}
	events, offsets := 0, []string{}
	for l := range strings.Lines(b.String()) {
		text, ok := strings.CutSuffix(l, "\r\n")
		if !ok || len(text) > 75 {
			t.Fatalf("the line %q", l)
		}
		switch word, what, _ := strings.Cut(text, ":"); {
		case word == "BEGIN":
			open = append(open, what)
			if what == "VEVENT" {
				events++
			}
		case word == "END":
			if len(open) == 0 || open[len(open)-1] != what {
				t.Fatalf("%s closes %v", what, open)
			}
			open = open[:len(open)-1]
		case word == "UID":
			if ids[what] {
				t.Errorf("%s is there twice", what)
			}
			ids[what] = true
		case word == "TZOFFSETTO":
			offsets = append(offsets, what)
		case strings.HasPrefix(word, "DTSTART;") && word != "DTSTART;TZID=America/New_York":
			t.Errorf("a start is %s", word)
		}
	}
	if len(open) != 0 || len(ids) != events {
		t.Errorf("%v are open, %d names for %d events", open, len(ids), events)
	}
	// Summer time until 1 November 2026, then winter.
	if strings.Join(offsets, " ") != "-0400 -0500" {
		t.Errorf("offsets %v", offsets)
	}
	for _, want := range []string{"DTSTART:20261101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500", "BEGIN:STANDARD\r\nDTSTART:20261101", "BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000",
		"DTSTART;TZID=America/New_York:20261026T220000\r\nDTEND;TZID=America/New_York:20261027T060000"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the calendar lacks %q", want)
		}
	}
	// Mail has people, phones has none.
	if !strings.Contains(b.String(), "SUMMARY:mail 4: short 08:00–12:00") || !strings.Contains(b.String(), "SUMMARY:3 × a long name") || strings.Contains(b.String(), "× mail") {
		t.Error("people and heads are not told apart")
	}
}
