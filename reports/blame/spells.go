package blame

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/breach"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/spell"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/table"
)

// spells is whether late clocks come together.
func spells(x *breach.Report) paper.Section {
	t := &table.Table{Columns: []table.Column{left("late clocks that come together"), unit("value", "")}}
	data := &table.Table{Columns: []table.Column{unit("in_spells", "share"), unit("spells_a_week", ""), unit("hours", "h"), unit("dispersion", ""), unit("spells", "")}}
	s := &x.Spells
	t.Add(table.Text("of late clocks in spells"), cell(s.Share, outcome.UnitShare))
	t.Add(table.Text("spells a week"), cell(s.PerWeek, outcome.UnitTickets))
	t.Add(table.Text("hours of a spell, the median"), cell(s.Hours, outcome.UnitHours))
	t.Add(table.Text("index of dispersion"), cell(s.Dispersion, outcome.UnitTickets))
	data.Add(cell(s.Share, outcome.UnitShare), cell(s.PerWeek, outcome.UnitTickets), cell(s.Hours, outcome.UnitHours), cell(s.Dispersion, outcome.UnitTickets), table.Num(fmt.Sprint(s.Number), float64(s.Number)))
	return paper.Section{Name: "spells", Title: "Alone or in spells", Table: t, Data: data, Words: []string{
		pattern(x),
		fmt.Sprintf("An hour belongs to a spell if so many of the tickets created in it are late that chance alone would bring it less than once in %d such hours, were each late by itself with the rate of all; "+
			"hours no more than %d apart are one spell. The index of dispersion is 1 where clocks are late independently of one another (Cochran 1954).", int(math.Round(1/spell.Tail)), spell.Gap),
	}}
}

// pattern says what it comes to.
func pattern(x *breach.Report) string {
	share, uneven := x.Spells.Share.Value, x.Spells.Dispersion.Low > 1
	switch {
	case math.IsNaN(share):
		return "All clocks are late, or none: there is nothing to tell apart."
	case share >= 0.5:
		return fmt.Sprintf("Late clocks are systemic: %s of them come in spells.", format.Percent(round(share)))
	case share >= 0.1:
		return fmt.Sprintf("Late clocks are partly systemic: %s of them come in spells, the others alone.", format.Percent(round(share)))
	case x.Rate.Value > 0.5:
		return "Most clocks are late at most hours, so that hardly any hour stands out."
	case uneven:
		return fmt.Sprintf("Few late clocks (%s) come in spells, but they are more uneven than chance would have them.", format.Percent(round(share)))
	}
	return fmt.Sprintf("Late clocks are isolated: %s of them come in spells.", format.Percent(round(share)))
}

// signs are the names of the indicators.
var signs = map[string]string{
	"volume": "more tickets than usual", "handling_time": "longer touches than usual", "backlog_slope": "the backlog grows faster than usual", "occupancy": "busier than usual",
}

// indicators is what would have warned.
func indicators(x *breach.Report) paper.Section {
	t := &table.Table{Columns: []table.Column{left("warning"), unit("of spells", "share"), unit("ahead by, the median", "s"), unit("in vain a week", "")}}
	data := &table.Table{Columns: []table.Column{left("indicator"), unit("warned", "share"), unit("lead", "s"), unit("in_vain_a_week", "")}}
	picture := html.Contrast{}
	for i := range x.Indicators {
		k := &x.Indicators[i]
		row := []table.Cell{table.Text(signs[k.Name]), cell(k.Warned, outcome.UnitShare), cell(k.LeadSeconds, outcome.UnitSeconds), cell(k.InVain, outcome.UnitTickets)}
		t.Add(row...)
		data.Add(append([]table.Cell{table.Text(k.Name)}, row[1:]...)...)
		if !math.IsNaN(k.LeadSeconds.Value) {
			e := k.LeadSeconds
			picture.Rows = append(picture.Rows, html.Change{Name: signs[k.Name], Value: e.Value / 3600, Low: e.Low / 3600, High: e.High / 3600, Text: format.Estimate(e, outcome.UnitSeconds)})
		}
	}
	s := paper.Section{Name: "indicators", Title: "What would have warned", Table: t, Data: data, Words: []string{
		fmt.Sprintf("The number of tickets, the mean time of touches, the growth of the backlog and the occupancy, each over the last %v hours, are held against what they are at that time of the week in weeks without spikes, bursts and outages, simulated with other random numbers. "+
			"More than %d standard deviations above is a warning; it lasts until %d hours have passed without. It is one of a spell if it comes, or still lasts, within %v hours before the first promise of the spell is broken, and in vain if no spell is going on or follows so soon. "+
			"No warning knows anything of what comes after it.",
			spell.Smooth.Hours(), spell.Sigmas, spell.Gap, spell.Ahead.Hours()),
	}}
	if len(picture.Rows) > 0 {
		s.Pictures = []html.Block{&html.Differences{Title: "How long before a spell there is a warning", Caption: "Hours before the first promise of a spell is broken: medians of the spells that were warned of, with intervals.", Groups: []html.Contrast{picture}}}
	}
	return s
}

// together says whether late clocks come in spells, and what warns of them best, for the verdict.
func together(x *breach.Report) string {
	if !(x.Spells.Share.Value >= 0.5) {
		return ""
	}
	said := fmt.Sprintf(" %s of the late clocks come in spells", format.Percent(round(x.Spells.Share.Value)))
	var best *breach.Indicator
	for i := range x.Indicators {
		k := &x.Indicators[i]
		if !(k.Warned.Value >= 0.5) {
			continue
		}
		if best == nil || k.Warned.Value > best.Warned.Value || k.Warned.Value == best.Warned.Value && k.LeadSeconds.Value > best.LeadSeconds.Value {
			best = k
		}
	}
	if best == nil {
		return said + "."
	}
	return said + fmt.Sprintf("; before %s of the spells %s, %s ahead (the median).", format.Percent(round(best.Warned.Value)), warns[best.Name], format.Seconds(best.LeadSeconds.Value))
}

// warns are the indicators in a sentence.
var warns = map[string]string{
	"volume": "more tickets come than usual", "handling_time": "touches last longer than usual", "backlog_slope": "the backlog grows faster than usual", "occupancy": "agents are busier than usual",
}
