package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const awayNote = "Handed off and not back at the end: in no time of this table."

// cycles is the table of what it takes to solve tickets, issue by issue.
func (s *summary) cycles() {
	t := &table.Table{Columns: []table.Column{
		{Head: "issue"},
		{Head: "arrived", Align: table.Right},
		{Head: "touches", Align: table.Right},
		{Head: "solved at first contact", Align: table.Right},
		{Head: "reopened", Align: table.Right},
		{Head: "handed off", Align: table.Right},
		{Head: "p50 until solved, on the wall", Align: table.Right},
		{Head: "p90", Align: table.Right},
	}}
	row := func(name string, labels outcome.Labels) {
		if _, ok := s.x.Measure(outcome.Touches, labels); !ok {
			return
		}
		s.add(t, labels,
			table.Text(format.Clean(name)),
			s.count(outcome.Arrived, labels, ""),
			s.cell(outcome.Touches, labels),
			s.cell(outcome.FirstContact, labels),
			s.cell(outcome.ReopenRate, labels),
			s.cell(outcome.HandedOff, labels),
			s.solvedWithin(labels, "p50"),
			s.solvedWithin(labels, "p90"))
	}
	for _, issue := range s.x.Scenario.Issues {
		row(issue, outcome.Labels{Issue: issue})
	}
	row("all issues", outcome.Labels{})
	if _, handed := s.x.Measure(outcome.HandedOff, outcome.Labels{}); handed {
		s.show(t) // which issues are handed off is a first question
	} else {
		s.detail(t)
	}
}

// solvedWithin is a quantile of the time until tickets are solved.
func (s *summary) solvedWithin(labels outcome.Labels, quantile string) table.Cell {
	labels.Clock, labels.Quantile = outcome.WallClock, quantile
	return s.seconds(outcome.TimeToSolve, labels)
}

// seconds is a quantile of times, without its interval.
func (s *summary) seconds(name string, labels outcome.Labels) table.Cell {
	if m, ok := s.x.Measure(name, labels); ok {
		return table.Num(format.Seconds(m.Estimate.Value), m.Estimate.Value)
	}
	return table.Num(format.Missing, nan)
}

// handOffs is the table of what teams do for others.
func (s *summary) handOffs() {
	t := &table.Table{Columns: []table.Column{
		{Head: "handed off to"},
		{Head: "OLA kept", Align: table.Right},
		{Head: "taken in time", Align: table.Right},
		{Head: "mean until back", Align: table.Right},
		{Head: "p50", Align: table.Right},
		{Head: "p90", Align: table.Right},
		{Head: "not back at the end", Align: table.Right},
	}}
	for _, team := range s.x.Scenario.Teams {
		labels, p50, p90 := outcome.Labels{Team: team}, outcome.Labels{Team: team, Quantile: "p50"}, outcome.Labels{Team: team, Quantile: "p90"}
		_, gets := s.x.Measure(outcome.HandOffTime, labels)
		_, kept := s.x.Measure(outcome.OLAKept, labels)
		_, taken := s.x.Measure(outcome.OLAAnswered, labels)
		if !gets && !kept && !taken {
			continue
		}
		s.add(t, labels,
			table.Text(format.Clean(team)),
			s.cell(outcome.OLAKept, labels),
			s.cell(outcome.OLAAnswered, labels),
			s.cell(outcome.HandOffTime, labels),
			s.seconds(outcome.HandOffTime, p50),
			s.seconds(outcome.HandOffTime, p90),
			s.count(outcome.AwayAtEnd, labels, awayNote))
	}
	s.show(t)
}
