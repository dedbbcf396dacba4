package page

import (
	"fmt"

	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/table"
)

// assumptions are tables of what was promised and what was assumed to happen.
func (v *view) assumptions() []html.Block {
	var blocks []html.Block
	for _, t := range []*table.Table{v.frame(), v.promises(), v.spikes()} {
		if len(t.Rows) > 0 {
			blocks = append(blocks, html.Table{Table: t})
		}
	}
	return blocks
}

// frame is what was simulated.
func (v *view) frame() *table.Table {
	sc := &v.x.Scenario
	t := &table.Table{Columns: []table.Column{{Head: "assumption"}, {Head: "value"}}}
	add := func(name, value string) { t.Add(table.Text(name), table.Text(value)) }
	add("begins", format.Instant(v.x.Local(0)))
	add("ends", format.Instant(v.x.Local(sc.Length)))
	if sc.Warmup > 0 {
		add("measured from", format.Instant(v.x.Local(sc.Warmup)))
	}
	add("interval of the charts over time", format.Stated(sc.Interval))
	if sc.Currency != "" {
		add("currency", format.Clean(sc.Currency))
	}
	add("replications", fmt.Sprintf("%d, with seed %d", v.x.Replications, v.x.Seed))
	return t
}

// promises are the targets of the scenario's policies.
func (v *view) promises() *table.Table {
	t := &table.Table{Columns: []table.Column{
		{Head: "policy"}, {Head: "promises"}, {Head: "for priority"}, {Head: "within", Align: table.Right}, {Head: "counted"}, {Head: "of the clocks", Align: table.Right},
	}}
	for _, p := range v.x.Scenario.Targets {
		priority, share := p.Priority, "all"
		if priority == "" {
			priority = "all"
		}
		if p.Share > 0 {
			share = format.Percent(p.Share)
		}
		t.Add(table.Text(p.Policy), table.Text(format.Words(p.Metric)), table.Text(priority),
			table.Text(format.Stated(p.Within)), table.Text(format.Words(p.Calendar)), table.Text(share))
	}
	return t
}

func (v *view) spikes() *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: "spike"}, {Head: "times the usual", Align: table.Right}, {Head: "from"}, {Head: "until"}}}
	for _, s := range v.x.Scenario.Spikes {
		t.Add(table.Text(s.Name), table.Text(format.Value(s.Factor, "")),
			table.Text(format.Moment(v.x.Local(s.Start))), table.Text(format.Moment(v.x.Local(s.End))))
	}
	return t
}
