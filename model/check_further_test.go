package model_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
)

// talking is a sound scenario whose last channel is a phone line and whose first is not
// live, with customers who do all that they can.
func talking(t *testing.T) (s *model.Scenario, mail, phone int) {
	t.Helper()
	s = valid(t)
	mail, phone = -1, -1
	for i := range s.Channels {
		if s.Channels[i].Live {
			phone = i
		} else {
			mail = i
		}
	}
	if mail < 0 || phone < 0 {
		t.Fatal("the scenario has not both kinds of channels")
	}
	hour := dist.Must(dist.Exponential(3600))
	s.Channels[mail].Chase = work.Chase{After: hour, Merged: 0.8, Handle: hour, Most: 3}
	s.Channels[phone].Patience = hour
	s.Channels[phone].Callback = 0.3
	s.Channels[phone].AfterAbandon.Retry, s.Channels[phone].AfterAbandon.After, s.Channels[phone].AfterAbandon.Most = 0.4, hour, 3
	s.Issues[0].Reply.Close = 6 * 24 * time.Hour
	s.Issues[0].Reply.Remind, s.Issues[0].Reply.Wins = []time.Duration{24 * time.Hour, 48 * time.Hour}, 0.2
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	return s, mail, phone
}

func TestCheckOfWhatCustomersDo(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		spoil func(s *model.Scenario, mail, phone *work.Channel)
		want  string // of path and text
	}{
		{"share of call backs", func(_ *model.Scenario, _, p *work.Channel) { p.Callback = math.NaN() }, ".callback: the share of customers who are called back"},
		{"share of retries", func(_ *model.Scenario, _, p *work.Channel) { p.AfterAbandon.Retry = -0.1 }, ".after_abandon.retry: the share of customers who try again"},
		{"retries without a delay", func(_ *model.Scenario, _, p *work.Channel) { p.AfterAbandon.After = dist.Dist{} }, ".after_abandon.retry: it is not said when"},
		{"too many retries", func(_ *model.Scenario, _, p *work.Channel) { p.AfterAbandon.Most = 8 }, ".after_abandon.most: a customer tries again at most 8 times"},
		{"no retries at all", func(_ *model.Scenario, _, p *work.Channel) { p.AfterAbandon.Most = 0 }, ".after_abandon.most: a customer tries again at most 0 times"},
		{"shares above one", func(s *model.Scenario, m, p *work.Channel) { p.AfterAbandon.Switch = 0.7; p.AfterAbandon.To = 0 }, ".after_abandon: 40% try again and 70% write instead, which is 110% in all"},
		{"to a channel that is not there", func(_ *model.Scenario, _, p *work.Channel) { p.AfterAbandon.Switch, p.AfterAbandon.To = 0.1, 99 }, ".after_abandon.switch: channel number 99 does not exist"},
		{"who never leaves", func(_ *model.Scenario, _, p *work.Channel) { p.Patience = dist.Dist{} }, ".patience: the customers of"},
		{"who writes cannot leave", func(_ *model.Scenario, m, _ *work.Channel) { m.Callback = 0.1 }, ".callback: "},
		{"who calls does not chase", func(_ *model.Scenario, m, p *work.Channel) { p.Chase = m.Chase }, ".chase: "},
		{"chasing at no time", func(_ *model.Scenario, m, _ *work.Channel) { m.Chase.After = dist.Dist{} }, ".chase.after: it is not said when"},
		{"chasing at once", func(_ *model.Scenario, m, _ *work.Channel) { m.Chase.After = dist.Must(dist.Constant(0)) }, ".chase.after: customers ask again at once"},
		{"chasing without work", func(_ *model.Scenario, m, _ *work.Channel) { m.Chase.Handle = dist.Dist{} }, ".chase.handle: there is no handling time"},
		{"chasing too often", func(_ *model.Scenario, m, _ *work.Channel) { m.Chase.Most = 8 }, ".chase.most: a customer asks again at most 8 times"},
		{"share of merged", func(_ *model.Scenario, m, _ *work.Channel) { m.Chase.Merged = 1.1 }, ".chase.merged: "},
		{"winning too many", func(s *model.Scenario, _, _ *work.Channel) { s.Issues[0].Reply.Wins = 2 }, ".wins: "},
		{"winning without reminders", func(s *model.Scenario, _, _ *work.Channel) { s.Issues[0].Reply.Remind = nil }, ".wins: there are no reminders"},
		{"reminders at once", func(s *model.Scenario, _, _ *work.Channel) { s.Issues[0].Reply.Remind = []time.Duration{0} }, ".remind: the reminder after 0s"},
		{"a reminder at the end", func(s *model.Scenario, _, _ *work.Channel) { s.Issues[0].Reply.Close = 48 * time.Hour }, ".remind: the reminder after 2d comes when the ticket is closed"},
		{"too many reminders", func(s *model.Scenario, _, _ *work.Channel) {
			s.Issues[0].Reply.Remind = make([]time.Duration, work.MostReminders+1)
		}, ".remind: there are 9 reminders"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s, mail, phone := talking(t)
			row.spoil(s, &s.Channels[mail], &s.Channels[phone])
			for _, p := range s.Check() {
				if strings.Contains(p.Path+": "+p.Text, row.want) {
					return
				}
			}
			t.Errorf("want %q among %v", row.want, s.Check())
		})
	}
}

// Those who write instead need somebody who serves the channel on which they write.
func TestCheckFindsNobodyForThoseWhoWriteInstead(t *testing.T) {
	t.Parallel()
	s, _, phone := talking(t)
	letters := ticket.Channel(len(s.Channels))
	s.Channels = append(s.Channels, work.Channel{Name: "letters", Concurrency: 1})
	s.Names.Channels = append(s.Names.Channels, "letters")
	for i := range s.Teams {
		if len(s.Teams[i].Channels) == 0 {
			for c := range letters {
				s.Teams[i].Channels = append(s.Teams[i].Channels, c)
			}
		}
	}
	if problems := s.Check(); len(problems) > 0 {
		t.Fatal(problems)
	}
	s.Channels[phone].AfterAbandon.Switch, s.Channels[phone].AfterAbandon.To = 0.1, letters
	problems := s.Check()
	if len(problems) != 1 || problems[0].Path != "channels.letters" {
		t.Errorf("want that no team works on letters, got %v", problems)
	}
}
