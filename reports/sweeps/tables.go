package sweeps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
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

// values are the tables of the measure and of the time to recover: the axis of the lines downwards
// and the plans side by side, or, where there are too many plans or no lines, a row for each point.
func (v *survey) values() []*table.Table {
	if _, only := v.onlyOther(); v.scattered() || len(v.lines) > mostColumns || len(v.lines) > 1 && !only {
		return []*table.Table{v.list()}
	}
	tables := []*table.Table{v.sideBySide(v.shown(), v.cell)}
	if spike := v.recovers(); spike != "" {
		tables = append(tables, v.sideBySide("recovery after "+format.Clean(spike), func(p *outcome.Point) table.Cell {
			return v.recoveryCell(p, spike)
		}))
	}
	return tables
}

// sideBySide has a row for each value of the axis of the lines and a column for each plan.
func (v *survey) sideBySide(what string, cell func(*outcome.Point) table.Cell) *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: what + " by " + v.short[v.along]}}}
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
				row = append(row, cell(line[i]))
			}
		}
		t.Add(row...)
	}
	return t
}

// recovers is the spike whose time to recover has a table; empty if there is none, or it is shown
// anyway.
func (v *survey) recovers() string {
	if spike, _ := v.recoverySpike(); v.name != outcome.Recovery {
		return spike
	}
	return ""
}

// recoveryCell is the time to recover from a spike at a point.
func (v *survey) recoveryCell(p *outcome.Point, spike string) table.Cell {
	l := outcome.Labels{Spike: spike}
	e := nothing()
	if r, ok := p.Result(outcome.Recovery, l); ok {
		e = r.Estimate
	}
	var notes []string
	if r, ok := p.Result(outcome.Unrecovered, l); ok && r.Estimate.Value > 0 {
		notes = append(notes, "Some replications had not recovered by the end: it takes at least so long.")
	}
	return table.Estimated(e, outcome.UnitSeconds, append(notes, document.Doubts(e, p.N)...)...)
}

// list is the measure with a row for each point, and the time to recover.
func (v *survey) list() *table.Table {
	t := &table.Table{}
	for _, name := range v.short {
		t.Columns = append(t.Columns, table.Column{Head: name, Align: table.Right})
	}
	t.Columns = append(t.Columns, table.Column{Head: v.shown(), Align: table.Right})
	spike := v.recovers()
	if spike != "" {
		t.Columns = append(t.Columns, table.Column{Head: "recovery after " + format.Clean(spike), Align: table.Right})
	}
	points := slices.Concat(v.lines...)
	if v.scattered() {
		slices.SortStableFunc(points, func(p, q *outcome.Point) int {
			return cmp.Compare(float64(p.Numbers[v.along]), float64(q.Numbers[v.along]))
		})
	}
	for i, p := range points {
		if i == mostRows {
			break
		}
		var row []table.Cell
		for _, value := range p.Values {
			row = append(row, table.Text(format.Clean(value)))
		}
		cell := v.cell(p)
		if more := len(v.Points) - mostRows; i == mostRows-1 && more > 0 {
			cell.Notes = append(cell.Notes, fmt.Sprintf("%s in %s.", format.Plural(more, "more point is", "more points are"), csvFile))
		}
		row = append(row, cell)
		if spike != "" {
			row = append(row, v.recoveryCell(p, spike))
		}
		t.Add(row...)
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
	return table.Estimated(e, v.unit, append(notes, document.Doubts(e, p.N)...)...)
}

// warned are the doubts about points as a whole, each once with the number of points.
func (v *survey) warned() []string {
	count, single, imprecise := map[string]int{}, map[int]bool{}, map[int]bool{}
	var texts []string
	for i := range v.Points {
		for _, w := range v.Points[i].Doubts {
			if w.Kind == outcome.PrecisionMissed {
				imprecise[i] = true
				continue
			}
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
			out = append(out, document.FewReplications)
			break
		}
	}
	if n := len(imprecise); n > 0 {
		out = append(out, fmt.Sprintf("At %d of %d points the precision asked for was not reached within the maximum of replications; by how much stands in the points' outcomes.", n, len(v.Points)))
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
