package reports

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	inheritedNote = "They were created before the start: no other number of tickets or clocks counts them."
	sinceNote     = "Of the clocks that were neither settled nor late at the start."
)

// startsWith says with what a trial starts, for the first line; empty if it starts empty.
func startsWith(x *outcome.Experiment) string {
	open, ok := x.Measure(outcome.OpenAtStart, outcome.Labels{})
	if !ok {
		return ""
	}
	text := "starts with " + format.Value(open.Estimate.Value, open.Unit) + " open tickets"
	if late, ok := x.Measure(outcome.LateAtStart, outcome.Labels{}); ok && late.Estimate.Value > 0 {
		text += ", " + format.Count(late.Estimate.Value) + " late already"
	}
	return text
}

// reached is a goal for the tickets open at the start: its measure, and that of the trials that
// do not reach it.
type reached struct{ text, after, left string }

var goals = []reached{
	{"all that waited for an agent answered after", outcome.BacklogAnsweredAfter, outcome.BacklogUnanswered},
	{"90" + format.Thin + "% solved after", outcome.BacklogMostlyAfter, outcome.BacklogMostlyLeft},
	{"all solved after", outcome.BacklogClearedAfter, outcome.BacklogLeft},
}

// backlog is the table of what becomes of the tickets that are open at the start.
func (s *summary) backlog() {
	none := outcome.Labels{}
	if _, ok := s.x.Measure(outcome.OpenAtStart, none); !ok {
		return
	}
	t := &table.Table{Columns: []table.Column{{Head: "tickets open at the start", Align: table.Left}, {Head: "", Align: table.Right}}}
	open := s.count(outcome.OpenAtStart, none, "")
	open.Notes = append(open.Notes, inheritedNote)
	s.add(t, none, table.Text("how many"), open)
	s.add(t, none, table.Text("late already"), s.cell(outcome.LateAtStart, none))
	for _, metric := range s.x.Metrics() {
		labels := outcome.Labels{Metric: metric}
		late, since := s.cell(outcome.LateAtStart, labels), s.cell(outcome.LateSinceStart, labels)
		since.Notes = append(since.Notes, sinceNote)
		if u, ok := s.x.Measure(outcome.UndecidedSinceStart, labels); ok && u.Estimate.Value >= 0.05 {
			since.Notes = append(since.Notes, "Without "+format.Value(u.Estimate.Value, u.Unit)+" clocks still open at the end and not yet due.")
		}
		// The doubts about a metric are about those who come.
		s.add(t, none, table.Text(format.Words(metric)+", late already"), late)
		s.add(t, none, table.Text(format.Words(metric)+", late since"), since)
	}
	s.add(t, none, table.Text("solved by the end"), s.cell(outcome.BacklogCleared, none))
	for i := range goals {
		s.add(t, none, table.Text(goals[i].text), s.goal(&goals[i]))
	}
	s.show(t)
}

// goal is when a goal is reached, as a time since the start and by the clock on the wall.
func (s *summary) goal(g *reached) table.Cell {
	none := outcome.Labels{}
	after, ok := s.x.Measure(g.after, none)
	left, known := s.x.Measure(g.left, none)
	if !ok || !known {
		return table.Num(format.Missing, nan)
	}
	if left.Estimate.Value > 0.5 {
		return table.Num("not by the end", after.Estimate.Value, "So in "+format.Percent(left.Estimate.Value)+" of the replications.")
	}
	cell := s.estimate(after.Estimate, after.Unit)
	cell.Text += ", " + format.Moment(s.x.Local(time.Duration(after.Estimate.Value*float64(time.Second))))
	if left.Estimate.Value > 0 {
		cell.Notes = append(cell.Notes, "Not so at the end in "+format.Percent(left.Estimate.Value)+
			" of the replications, which count with the whole time: a lower bound.")
	}
	return cell
}
