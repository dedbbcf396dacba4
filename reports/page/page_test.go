package page_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports"
	"github.com/headroom-sim/headroom/reports/internal/golden"
	"github.com/headroom-sim/headroom/reports/internal/sample"
	"github.com/headroom-sim/headroom/reports/page"
)

var update = flag.Bool("update", false, "rewrite the outlines of pages")

// grid is a table of a page: its rows, of which the first is the head.
type grid [][]string

// figure is a chart of a page, as its data block has it.
type figure struct {
	Kind, Unit  string
	Start, Step int64
	At          []int
	Zone        [][2]int64
	Lines       []struct {
		Name  string
		V     []*float64
		Lo    []*float64
		Hi    []*float64
		T     []string
		Band  string
		Steps bool
		Part  []uint64
		Whole []uint64
		Spans [][2]int
	}
	Windows  []struct{ Name string }
	X        []float64
	XT       []string `json:"xt"`
	Marks    []struct{ Name string }
	Measured int64
}

var (
	tables   = regexp.MustCompile(`(?s)<table>\s*<caption[^>]*>(.*?)</caption>(.*?)</table>`)
	rows     = regexp.MustCompile(`(?s)<tr>(.*?)</tr>`)
	cells    = regexp.MustCompile(`(?s)<t[hd][^>]*>(.*?)</t[hd]>`)
	marks    = regexp.MustCompile(`(?s)&nbsp;<a class="mark".*?</a>`)
	tags     = regexp.MustCompile(`(?s)<[^>]*>`)
	block    = regexp.MustCompile(`(?s)<script type="application/json" id="charts">(.*?)</script>`)
	captions = regexp.MustCompile(`(?s)<figure class="chart" data-chart="(\d+)">\s*<figcaption>(.*?)</figcaption>`)
)

func plain(s string) string {
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(marks.ReplaceAllString(s, ""), "")))
}

func gridsOf(text string) (list []grid) {
	for _, t := range tables.FindAllStringSubmatch(text, -1) {
		var g grid
		for _, r := range rows.FindAllStringSubmatch(t[2], -1) {
			var row []string
			for _, c := range cells.FindAllStringSubmatch(r[1], -1) {
				row = append(row, plain(c[1]))
			}
			g = append(g, row)
		}
		list = append(list, g)
	}
	return list
}

func figuresOf(t *testing.T, text string) (list []figure, titles []string) {
	t.Helper()
	if err := json.Unmarshal([]byte(block.FindStringSubmatch(text)[1]), &list); err != nil {
		t.Fatal(err)
	}
	for i, c := range captions.FindAllStringSubmatch(text, -1) {
		if c[1] != fmt.Sprint(i) {
			t.Errorf("figure %d has the data of %s", i, c[1])
		}
		titles = append(titles, plain(c[2]))
	}
	if len(titles) != len(list) {
		t.Fatalf("%d figures and %d charts", len(titles), len(list))
	}
	return list, titles
}

func written(t *testing.T, x *outcome.Experiment) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Experiment(&b, x); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// outline is what a reader sees who leafs through a page: headings, tables by their heads, figures by
// their titles, lines and windows.
func outline(t *testing.T, text string) string {
	t.Helper()
	figures, _ := figuresOf(t, text)
	var b strings.Builder
	body := text[strings.Index(text, "<body>"):]
	each := regexp.MustCompile(`(?s)<(h1|h2|h3|figcaption)>(.*?)</|<thead><tr>(.*?)</tr></thead>|data-chart="(\d+)"|<svg class="map"|<nav.*?</nav>|<p class="text">(.*?)</p>|<dt>(.*?)</dt>`)
	for _, m := range each.FindAllStringSubmatch(body, -1) {
		switch {
		case m[1] == "h1":
			fmt.Fprintf(&b, "%s\n", plain(m[2]))
		case m[1] == "h2":
			fmt.Fprintf(&b, "\n%s\n", plain(m[2]))
		case m[1] != "":
			fmt.Fprintf(&b, "  %s: %s\n", m[1], plain(m[2]))
		case m[3] != "":
			var heads []string
			for _, c := range cells.FindAllStringSubmatch(m[3], -1) {
				heads = append(heads, plain(c[1]))
			}
			fmt.Fprintf(&b, "  table: %s\n", strings.Join(heads, " | "))
		case m[4] != "":
			var i int
			fmt.Sscan(m[4], &i)
			for _, l := range figures[i].Lines {
				fmt.Fprintf(&b, "    line: %s, %s, band: %s\n", l.Name, figures[i].Unit, l.Band)
			}
			for _, w := range figures[i].Windows {
				fmt.Fprintf(&b, "    window: %s\n", w.Name)
			}
		case m[5] != "":
			fmt.Fprintf(&b, "  %s\n", plain(m[5]))
		case m[6] != "":
			fmt.Fprintf(&b, "  fact: %s\n", plain(m[6]))
		case strings.HasPrefix(m[0], "<svg"):
			b.WriteString("    picture\n")
		}
	}
	return b.String()
}

func TestTheOutlineOfAPage(t *testing.T) {
	t.Parallel()
	text := written(t, sample.Experiment(sample.Options{Replications: 12}))
	golden.Text(t, filepath.Join("testdata", "experiment.txt"), []byte(outline(t, text)), *update)
	for _, order := range [][2]string{
		{`id="verdict"`, "<h2>Broken promises</h2>"}, {"<h2>Broken promises</h2>", "<h2>Occupancy</h2>"}, {"<h2>Occupancy</h2>", "<h2>Arrivals against capacity</h2>"},
		{"<h2>Backlog and recovery</h2>", "<h2>How long customers wait</h2>"}, {"<h2>Cost of staff</h2>", "<h2>Service credits</h2>"}, {"<h2>Assumptions and exclusions</h2>", "<h2>Notes and origin</h2>"},
	} {
		if a, b := strings.Index(text, order[0]), strings.Index(text, order[1]); a < 0 || b < a {
			t.Errorf("%s at %d, %s at %d", order[0], a, order[1], b)
		}
	}
}

func TestAPageSaysWhatTheReportSays(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 12})
	parts := reports.Parts(x)
	text := html.UnescapeString(written(t, x))
	for _, want := range append([]string{parts.Head, parts.Verdict, x.Scenario.Digest, "headroom 0.1.0", "Permission is hereby granted, free of charge"}, parts.Doubts...) {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, w := range x.Warnings {
		if !strings.Contains(text, w.Text) {
			t.Errorf("the warning %q is not on the page", w.Text)
		}
	}
}

func TestTheSameOutcomeGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	x := sample.Experiment(sample.Options{Replications: 5, Days: 14})
	var file bytes.Buffer
	if err := x.Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := outcome.Read(&file)
	if err != nil {
		t.Fatal(err)
	}
	first := written(t, x)
	if written(t, x) != first || written(t, back) != first {
		t.Error("the same outcome gave two pages")
	}
}

// A year in half-hours, twice as fine as hours: the series of three weeks, again and again.
func year() *outcome.Experiment {
	x := sample.Experiment(sample.Options{Replications: 5})
	n := 365 * 48
	x.Scenario.Length = 365 * 24 * x.Scenario.Interval * 2
	long := func(list []outcome.Float) []outcome.Float {
		var all []outcome.Float
		for len(list) > 0 && len(all) < n {
			all = append(all, list...)
		}
		return all[:min(n, len(all))]
	}
	for i := range x.Series {
		s := &x.Series[i]
		once := len(s.Mean)
		s.Mean, s.Low, s.High, s.P10, s.P90 = long(s.Mean), long(s.Low), long(s.High), long(s.P10), long(s.P90)
		if s.Judged == nil {
			continue
		}
		breached, judged, spans := s.Breached, s.Judged, s.Merged
		s.Breached, s.Judged, s.Merged = nil, nil, nil
		for len(s.Judged) < n {
			for _, span := range spans {
				if span.From += len(s.Judged); span.From+span.Intervals <= n {
					s.Merged = append(s.Merged, span)
				}
			}
			room := min(once, n-len(s.Judged))
			s.Breached, s.Judged = append(s.Breached, breached[:room]...), append(s.Judged, judged[:room]...)
		}
	}
	return x
}

func TestAPageOfAYearIsSmallAndKeepsThePeaks(t *testing.T) {
	t.Parallel()
	x := year()
	text := written(t, x)
	if len(text) > 3_000_000 {
		t.Errorf("%d bytes", len(text))
	}
	figures, titles := figuresOf(t, text)
	thinned := 0
	for i, f := range figures {
		if f.At != nil {
			thinned++
			if len(f.At) < 400 || len(f.At) >= 365*48 {
				t.Errorf("%s: %d points", titles[i], len(f.At))
			}
		}
		for _, l := range f.Lines {
			if f.Kind != "time" {
				continue
			}
			checkLine(t, x, titles[i], &f, l.Name, l.V, func(s *outcome.Series) []outcome.Float { return s.Mean })
			if s := seriesOf(x, titles[i], l.Name); s != nil && peak(l.V) != number(highest(s), s.Unit) {
				t.Errorf("%s, %s: the peak of %v became %v", titles[i], l.Name, highest(s), peak(l.V))
			}
		}
	}
	if thinned == 0 || !strings.Contains(text, "Thinned for this page") {
		t.Errorf("%d charts are thinned, and the page does not say so", thinned)
	}
	if short := written(t, sample.Experiment(sample.Options{Replications: 5})); strings.Contains(short, "Thinned for this page") {
		t.Error("three weeks are thinned")
	}
}
