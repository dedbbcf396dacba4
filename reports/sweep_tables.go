package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// breaks is the table of break points.
func (v *survey) breaks() *table.Table {
	right := func(head string) table.Column { return table.Column{Head: head, Align: table.Right} }
	t := &table.Table{}
	for i := range v.Axes {
		if i != v.Along && len(v.Axes[i].Values) > 1 {
			t.Columns = append(t.Columns, right(v.short[i]))
		}
	}
	holds, spike := "holds up to", ""
	if v.Breaks[0].Smallest {
		holds = "holds from"
	}
	for i := range v.Breaks {
		if v.Breaks[i].Spike != "" {
			spike = v.Breaks[i].Spike
		}
	}
	along := v.short[v.Along]
	if unit := strings.TrimSpace(v.Axes[v.Along].Unit); unit != "" {
		along += ", " + format.Clean(unit)
	}
	t.Columns = append(t.Columns, right(along+" "+holds), right("breaks at"), right(format.Percent(v.level())+" interval"))
	if spike != "" {
		t.Columns = append(t.Columns, right("recovery after "+format.Clean(spike)+" there"))
	}
	for i := range v.Breaks {
		b := &v.Breaks[i]
		var row []table.Cell
		for k, value := range b.Others {
			if k != v.Along && len(v.Axes[k].Values) > 1 {
				row = append(row, table.Text(format.Clean(value)))
			}
		}
		hold := format.Missing
		if b.Holds != "" {
			hold = strings.TrimSuffix(format.Clean(b.Holds), v.Axes[v.Along].Unit)
		}
		row = append(row, table.Text(hold), table.Text(v.edge(b.At)), table.Text(v.span(b)))
		if spike != "" {
			row = append(row, table.Text(format.Estimate(b.Recovery, outcome.UnitSeconds)))
		}
		t.Add(row...)
	}
	return t
}

// span is the interval of a break point.
func (v *survey) span(b *outcome.Break) string {
	low, high := v.edge(b.Low), v.edge(b.High)
	if low == high {
		return low
	}
	if strings.ContainsAny(low+high, "<>") {
		return low + " to " + high
	}
	return low + "–" + high
}

func (v *survey) level() float64 {
	for i := range v.Points {
		for k := range v.Points[i].Results {
			if l := v.Points[i].Results[k].Estimate.Level; l > 0 {
				return l
			}
		}
	}
	return 0
}

func (v *survey) breakNote() string {
	return "Holds: the furthest value tried at which the whole interval keeps the target, there and at every value before it. " +
		"Breaks: where a straight line between the points, smoothed so that it never turns back, crosses the target; its interval is where the two ends of the points' intervals cross it. " +
		"What happens between two values that were tried is not known; smaller steps tell."
}

// mostRows is how many points the terminal shows; all are in the files.
const mostRows = 40

// mostColumns is how many plans stand side by side.
const mostColumns = 6

// values is the table of the measure: the axis of the lines downwards and the plans side by side, or,
// where there are too many plans or no lines, a row for each point.
func (v *survey) values() *table.Table {
	if _, only := v.onlyOther(); v.Sample > 0 || len(v.lines) > mostColumns || len(v.lines) > 1 && !only {
		return v.list()
	}
	t := &table.Table{Columns: []table.Column{{Head: v.shown() + " by " + v.short[v.along]}}}
	for _, line := range v.lines {
		head := v.plan(line[0].Values)
		if head == "" {
			head = "value"
		}
		t.Columns = append(t.Columns, table.Column{Head: head, Align: table.Right})
	}
	for i := range v.lines[0] {
		row := []table.Cell{table.Text(format.Clean(v.lines[0][i].Values[v.along]))}
		for _, line := range v.lines {
			if i < len(line) {
				row = append(row, v.cell(line[i]))
			}
		}
		t.Add(row...)
	}
	return t
}

// list is the measure with a row for each point.
func (v *survey) list() *table.Table {
	t := &table.Table{}
	for _, name := range v.short {
		t.Columns = append(t.Columns, table.Column{Head: name, Align: table.Right})
	}
	t.Columns = append(t.Columns, table.Column{Head: v.shown(), Align: table.Right})
	for i, p := range slices.Concat(v.lines...) {
		if i == mostRows {
			break
		}
		var row []table.Cell
		for _, value := range p.Values {
			row = append(row, table.Text(format.Clean(value)))
		}
		cell := v.cell(p)
		if more := len(v.Points) - mostRows; i == mostRows-1 && more > 0 {
			cell.Notes = append(cell.Notes, fmt.Sprintf("%s in %s.", format.Plural(more, "more point is", "more points are"), sweepCSV))
		}
		t.Add(append(row, cell)...)
	}
	return t
}

// cell is the measure at a point, with what it says about the target.
func (v *survey) cell(p *outcome.Point) table.Cell {
	e := v.estimate(p)
	var notes []string
	if v.Goal != nil && v.judge(p) == outcome.ExpectationUndecided {
		notes = append(notes, "The interval holds the target: these replications cannot tell whether it is kept.")
	}
	return table.Num(format.Estimate(e, v.unit), e.Value, append(notes, doubts(e, p.N)...)...)
}

// warned are the doubts about points as a whole, each once with the number of points.
func (v *survey) warned() []string {
	count, single := map[string]int{}, map[int]bool{}
	var texts []string
	for i := range v.Points {
		for _, w := range v.Points[i].Doubts {
			if w.Labels != (outcome.Labels{}) {
				single[i] = true
				continue
			}
			if count[w.Text] == 0 {
				texts = append(texts, w.Text)
			}
			count[w.Text]++
		}
	}
	const most, few = 5, 10
	var out []string
	for i := range v.Points {
		if v.Points[i].N < few {
			out = append(out, fewNote)
			break
		}
	}
	for _, text := range texts[:min(most, len(texts))] {
		out = append(out, fmt.Sprintf("At %d of %d points: %s", count[text], len(v.Points), format.Clean(text)))
	}
	if more := len(texts) - most; more > 0 {
		out = append(out, format.Plural(more, "more doubt stands", "more doubts stand")+" in the outcomes of single points.")
	}
	if n := len(single); n > 0 {
		out = append(out, fmt.Sprintf("At %d of %d points there are doubts about single measures; they stand in the points' outcomes.", n, len(v.Points)))
	}
	return out
}
