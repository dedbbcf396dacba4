package laws_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/laws"
)

func TestTheRunIsComparedWithTheBooks(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	for _, row := range []struct {
		name    string
		measure string
		labels  outcome.Labels
		law     laws.Law
		change  func(num, den *float64)
	}{
		{"one arrival more", outcome.Arrived, all, laws.Tally, func(num, _ *float64) { *num++ }},
		{"one solved less", outcome.Solved, all, laws.Tally, func(num, _ *float64) { *num-- }},
		{"one abandoned more", outcome.Abandoned, outcome.Labels{Channel: "phone"}, laws.Tally, func(num, _ *float64) { *num++ }},
		{"a second of waiting more", outcome.Wait, all, laws.Tally, func(num, _ *float64) { *num++ }},
		{"one wait less", outcome.Wait, all, laws.Tally, func(_, den *float64) { *den-- }},
		{"a second of busy time less", outcome.Occupancy, all, laws.Tally, func(num, _ *float64) { *num -= 1e9 }},
		{"a second of staffed time more", outcome.Occupancy, all, laws.Tally, func(_, den *float64) { *den += 1e9 }},
		{"more busy than staffed time", outcome.Occupancy, outcome.Labels{Team: "experts"}, laws.Tally, func(num, den *float64) { *num = *den * 1.001 }},
		{"work that nobody has done", outcome.WorkPerTicket, all, laws.Tally, func(num, _ *float64) { *num++ }},
		{"more breaches than clocks", outcome.BreachRate, outcome.Labels{Metric: "first_reply"}, laws.Tally, func(num, den *float64) { *num = *den + 1 }},
		{"a clock that is not judged", outcome.Clocks, outcome.Labels{Metric: "resolution"}, laws.Tally, func(num, _ *float64) { *num-- }},
		{"an overdue clock more", outcome.Overdue, outcome.Labels{Metric: "resolution"}, laws.Tally, func(num, _ *float64) { *num++ }},
		{"an undecided clock less", outcome.Undecided, outcome.Labels{Metric: "resolution"}, laws.Tally, func(num, _ *float64) { *num-- }},
		{"no number at all", outcome.AbandonRate, all, laws.Tally, func(num, den *float64) { *num /= (*den - *den) }},
		{"a credit above the cap of a period", outcome.Credit, outcome.Labels{Contract: "acme", Period: "2026-03"}, laws.Credit, func(num, _ *float64) { *num = 2500.01 }},
		{"credits above the cap of all periods", outcome.Credit, outcome.Labels{Contract: "acme"}, laws.Credit, func(num, _ *float64) { *num = 2500.01 }},
		{"a credit that the customer pays", outcome.Credit, outcome.Labels{Contract: "acme"}, laws.Credit, func(num, _ *float64) { *num = -1 }},
		{"an adjusted credit above the cap", outcome.CreditAdjusted, outcome.Labels{Contract: "acme"}, laws.Credit, func(num, _ *float64) { *num = 2500.01 }},
		{"an excluded clock more", outcome.Excluded, outcome.Labels{Metric: "first_reply"}, laws.Tally, func(num, _ *float64) { *num++ }},
		{"more breaches than clocks with exceptions", outcome.BreachRateAdjusted, outcome.Labels{Metric: "first_reply"}, laws.Tally, func(num, den *float64) { *num = *den + 1 }},
		{"more met than judged with exceptions", outcome.AttainmentAdjusted, outcome.Labels{Contract: "acme"}, laws.Tally, func(num, den *float64) { *num = *den + 1 }},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			l, run, catalog := w.laws(), w.run(), w.sim.Catalog()
			w.story().play(l)
			if err := l.Check(catalog, run); err != nil {
				t.Fatalf("the sound trial: %v", err)
			}
			i := slices.IndexFunc(catalog.Measures, func(m outcome.Measure) bool { return m.Name == row.measure && m.Labels == row.labels })
			if i < 0 {
				t.Fatalf("no measure %s %v", row.measure, row.labels)
			}
			row.change(&run.Num[i], &run.Den[i])
			l.Reset()
			w.story().play(l)
			var v *laws.Violation
			if err := l.Check(catalog, run); !errors.As(err, &v) || v.Law != row.law {
				t.Errorf("got %v, want a violation of %s", err, row.law)
			}
		})
	}
}

func TestAWatcherNamesTheReplication(t *testing.T) {
	t.Parallel()
	w := theDesk(t)
	watch, err := laws.Watch(w.scenario)
	if err != nil {
		t.Fatal(err)
	}
	if watch.Err() == nil {
		t.Error("nothing was watched, and all laws hold")
	}
	w.story().play(watch.Replication(0))
	if err := watch.Err(); err != nil {
		t.Errorf("a sound trial: %v", err)
	}
	twice(done)(w.story()).play(watch.Replication(2))
	var v *laws.Violation
	if err := watch.Err(); !errors.As(err, &v) || v.Law != laws.Balance || !strings.Contains(err.Error(), "replication 2") {
		t.Errorf("got %v", err)
	}
}
