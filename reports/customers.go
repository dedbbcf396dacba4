package reports

import (
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

const (
	attemptsNote = "Each attempt counts, and has an answer clock of its own."
	lostNote     = "Of the customers who got in touch in the measured time: those whose last attempt was abandoned and who did not write instead."
	remindNote   = "Sent by themselves: no agent time, and no reply for any clock."
)

// customers are the tables of what customers do of their own accord.
func (s *summary) customers() {
	s.leavers()
	s.chasers()
	s.reminders()
}

// leavers is the table of the customers of live channels who leave, and come back.
func (s *summary) leavers() {
	t := &table.Table{Columns: []table.Column{
		{Head: "customers who leave"},
		{Head: "attempts abandoned", Align: table.Right},
		{Head: "called back", Align: table.Right},
		{Head: "then try again", Align: table.Right},
		{Head: "then write instead", Align: table.Right},
		{Head: "first attempt abandoned", Align: table.Right},
		{Head: "lost in the end", Align: table.Right},
	}}
	for _, channel := range s.x.Scenario.Channels {
		labels := outcome.Labels{Channel: channel}
		if _, ok := s.x.Measure(outcome.LostRate, labels); !ok {
			continue
		}
		abandoned := labels
		if _, ok := s.x.Measure(outcome.AbandonRate, labels); !ok {
			abandoned = outcome.Labels{} // there is no other channel
		}
		attempts, lost := s.cell(outcome.AbandonRate, abandoned), s.cell(outcome.LostRate, labels)
		attempts.Notes = append(attempts.Notes, attemptsNote)
		lost.Notes = append(lost.Notes, lostNote)
		t.Add(
			table.Text(format.Clean(channel)),
			attempts,
			s.cell(outcome.CallbackRate, labels),
			s.cell(outcome.RetryRate, labels),
			s.cell(outcome.SwitchRate, labels),
			s.cell(outcome.FirstAbandonRate, labels),
			lost)
	}
	s.show(t)
}

// chasers is the table of the customers in writing who ask again for an answer.
func (s *summary) chasers() {
	t := &table.Table{Columns: []table.Column{
		{Head: "customers who ask again"},
		{Head: "of the tickets", Align: table.Right},
		{Head: "times per ticket", Align: table.Right},
		{Head: "second tickets", Align: table.Right},
	}}
	for _, channel := range s.x.Scenario.Channels {
		labels := outcome.Labels{Channel: channel}
		if _, ok := s.x.Measure(outcome.Chasers, labels); !ok {
			continue
		}
		t.Add(
			table.Text(format.Clean(channel)),
			s.cell(outcome.ChasedRate, labels),
			s.cell(outcome.Chasers, labels),
			s.cell(outcome.SecondTickets, labels))
	}
	s.show(t)
}

// reminders is the table of the reminders to silent customers.
func (s *summary) reminders() {
	sent, ok := s.x.Measure(outcome.Reminders, outcome.Labels{})
	if !ok {
		return
	}
	t := &table.Table{Columns: []table.Column{{Head: "reminders, per replication"}, {Head: "", Align: table.Right}}}
	cell := s.estimate(sent.Estimate, sent.Unit)
	cell.Notes = append(cell.Notes, remindNote)
	s.add(t, outcome.Labels{}, table.Text("sent"), cell)
	s.add(t, outcome.Labels{}, table.Text("answers that they won"), s.cell(outcome.Won, outcome.Labels{}))
	s.show(t)
}

// whereTime is the table of how the time until a solution is divided. Where tickets are
// never pending there is nothing to divide.
func (s *summary) whereTime() {
	t := &table.Table{Columns: []table.Column{
		{Head: "time until solved, on the wall"},
		{Head: "at the desk", Align: table.Right},
		{Head: "with the customer", Align: table.Right},
		{Head: "customer's share", Align: table.Right},
	}}
	for _, part := range slicesOf(s.x, "", false) {
		share, ok := s.x.Measure(outcome.CustomerShare, part.labels)
		if !ok {
			continue
		}
		s.add(t, part.labels, table.Text(part.name), s.cell(outcome.DeskTime, part.labels), s.cell(outcome.CustomerTime, part.labels),
			s.estimate(share.Estimate, share.Unit))
	}
	s.detail(t)
}
