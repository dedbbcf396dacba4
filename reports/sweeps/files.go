package sweeps

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/parquet"
	"github.com/headroom-sim/headroom/reports/table"
)

// The names of a sweep's files that are not pictures.
const (
	csvFile     = "sweep.csv"
	parquetFile = "sweep.parquet"
	breaksFile  = "breaks.csv"
)

// Parts are the parts of a sweep's report.
func Parts(s *outcome.Sweep) document.Parts {
	v := newSurvey(s)
	return v.document().Split(v.title())
}

func (v *survey) title() string { return "What if: " + document.Titled(v.Title, v.Scenario) }

// Markdown is reports.WriteMarkdown for a sweep.
func Markdown(w io.Writer, s *outcome.Sweep) error {
	v := newSurvey(s)
	return v.document().WriteMarkdown(w, v.title(), nil)
}

// WriteFiles writes the report of a sweep into a directory that exists: charts as PNG and SVG,
// all measures of all points as sweep.csv and sweep.parquet, breaks.csv where there is a
// target, and report.md. It returns the names of the files, as reports.WriteFiles does.
func WriteFiles(dir string, s *outcome.Sweep) ([]string, error) {
	f := document.Folder{Dir: dir}
	v := newSurvey(s)
	shown := f.Pictures(v.pictures())
	f.Write(csvFile, func(w io.Writer) error { return CSV(w, s) })
	f.Write(parquetFile, func(w io.Writer) error { return Parquet(w, s) })
	if len(s.Breaks) > 0 {
		f.Write(breaksFile, func(w io.Writer) error { return BreaksCSV(w, s) })
	}
	f.Report(v.document(), v.title(), shown)
	return f.Written, f.Err
}

// axisHeader is the name of an axis' column: its path, with the unit of its numbers.
func axisHeader(a *outcome.Axis) string {
	unit := strings.TrimSpace(a.Unit)
	if unit == "" || !a.Numeric() {
		return table.Safe(a.Path)
	}
	words := strings.NewReplacer("%", "percent", "/", "_per_", " ", "_").Replace(unit)
	return table.Safe(a.Path + "_" + strings.TrimPrefix(words, "_"))
}

// axisCell is the value of a point on an axis: the number, or the words.
func axisCell(a *outcome.Axis, p *outcome.Point, i int) string {
	if x := float64(p.Numbers[i]); !math.IsNaN(x) {
		return table.Number(x)
	}
	return table.Safe(p.Values[i])
}

// CSV writes all measures of all points as a tidy table: one line per point and measure, with
// a column for each axis and each label, as in reports.WriteMeasures.
func CSV(w io.Writer, s *outcome.Sweep) error {
	out := csv.NewWriter(w)
	header := []string{"scenario", "point"}
	for i := range s.Axes {
		header = append(header, axisHeader(&s.Axes[i]))
	}
	header = append(append(header, "measure"), outcome.LabelNames()...)
	out.Write(append(header, "unit", "value", "ci_low", "ci_high", "level", "replications")) // errors stick; see out.Error
	for i := range s.Points {
		p := &s.Points[i]
		fixed := []string{table.Safe(s.Scenario), strconv.Itoa(i + 1)}
		for k := range s.Axes {
			fixed = append(fixed, axisCell(&s.Axes[k], p, k))
		}
		for k := range p.Results {
			r := &p.Results[k]
			e := r.Estimate
			record := append(fixed[:len(fixed):len(fixed)], table.Safe(r.Name))
			record = append(record, table.SafeAll(r.Labels.Values())...)
			out.Write(append(record, table.UnitName(r.Unit, s.Currency),
				table.Number(e.Value), table.Number(e.Low), table.Number(e.High), table.Number(e.Level), strconv.Itoa(e.N)))
		}
	}
	out.Flush()
	return out.Error()
}

// Parquet writes the table of CSV as a Parquet file.
func Parquet(w io.Writer, s *outcome.Sweep) error {
	words := map[string][]string{}
	numbers := map[string][]float64{}
	word := func(name, x string) { words[name] = append(words[name], x) }
	number := func(name string, x float64) { numbers[name] = append(numbers[name], x) }
	labels := outcome.LabelNames()
	for i := range s.Points {
		p := &s.Points[i]
		for k := range p.Results {
			r := &p.Results[k]
			word("scenario", s.Scenario)
			number("point", float64(i+1))
			for a := range s.Axes {
				if axis := &s.Axes[a]; axis.Numeric() {
					number(axisHeader(axis), float64(p.Numbers[a]))
				} else {
					word(axisHeader(axis), p.Values[a])
				}
			}
			word("measure", r.Name)
			for l, value := range r.Labels.Values() {
				word(labels[l], value)
			}
			word("unit", table.UnitName(r.Unit, s.Currency))
			number("value", r.Estimate.Value)
			number("ci_low", r.Estimate.Low)
			number("ci_high", r.Estimate.High)
			number("level", r.Estimate.Level)
			number("replications", float64(r.Estimate.N))
		}
	}
	order := []string{"scenario", "point"}
	for i := range s.Axes {
		order = append(order, axisHeader(&s.Axes[i]))
	}
	order = append(append(order, "measure"), labels...)
	order = append(order, "unit", "value", "ci_low", "ci_high", "level", "replications")
	var columns []parquet.Column
	for _, name := range order {
		columns = append(columns, parquet.Column{Name: name, Words: words[name], Numbers: numbers[name]})
	}
	return parquet.Write(w, "sweep", columns)
}

// BreaksCSV writes the break points of a sweep as a tidy table: one line for each combination of
// the other axes. Places beyond what was tried are above and below.
func BreaksCSV(w io.Writer, s *outcome.Sweep) error {
	out := csv.NewWriter(w)
	header := []string{"scenario", "target", "along"}
	for i := range s.Axes {
		if i != s.Along {
			header = append(header, axisHeader(&s.Axes[i]))
		}
	}
	out.Write(append(header, "unit", "holds", "holds_side", "breaks_at", "ci_low", "ci_high", "level",
		"spike", "recovery_s", "recovery_ci_low_s", "recovery_ci_high_s"))
	along := &s.Axes[s.Along]
	for i := range s.Breaks {
		b := &s.Breaks[i]
		record := []string{table.Safe(s.Scenario), table.Safe(s.Goal.Text), table.Safe(along.Path)}
		for k, value := range b.Others {
			if k != s.Along {
				record = append(record, table.Safe(strings.TrimSuffix(value, s.Axes[k].Unit)))
			}
		}
		side := "up_to"
		if b.Smallest {
			side = "from"
		}
		out.Write(append(record, table.Safe(strings.TrimSpace(along.Unit)), table.Safe(strings.TrimSuffix(b.Holds, along.Unit)), side,
			edgeCell(b.At), edgeCell(b.Low), edgeCell(b.High), table.Number(b.Level), table.Safe(b.Spike),
			table.Number(b.Recovery.Value), table.Number(b.Recovery.Low), table.Number(b.Recovery.High)))
	}
	out.Flush()
	return out.Error()
}

func edgeCell(e outcome.Edge) string {
	switch x := float64(e); {
	case math.IsInf(x, 1):
		return "above"
	case math.IsInf(x, -1):
		return "below"
	}
	return table.Number(float64(e))
}
