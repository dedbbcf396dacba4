package reports_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

// insistent is an outcome with customers who come back, ask again and are reminded.
func insistent() *outcome.Experiment {
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	x.Scenario = outcome.Scenario{
		Name: "insistent", Zone: "UTC", Start: time.Date(2026, 10, 19, 0, 0, 0, 0, time.UTC), Length: 14 * 24 * time.Hour,
		Channels: []string{"email", "chat", "phone"}, Tiers: []string{"gold", "silver"}, Priorities: []string{"normal"},
	}
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	email, phone := outcome.Labels{Channel: "email"}, outcome.Labels{Channel: "phone"}
	add(outcome.AbandonRate, phone, outcome.UnitShare, 0.188, 0.005)
	add(outcome.CallbackRate, phone, outcome.UnitShare, 0.047, 0.002)
	add(outcome.RetryRate, phone, outcome.UnitShare, 0.45, 0.011)
	add(outcome.SwitchRate, phone, outcome.UnitShare, 0.25, 0.010)
	add(outcome.FirstAbandonRate, phone, outcome.UnitShare, 0.16, 0.004)
	add(outcome.LostRate, phone, outcome.UnitShare, 0.061, 0.002)
	add(outcome.ChasedRate, email, outcome.UnitShare, 0.374, 0.006)
	add(outcome.Chasers, email, outcome.UnitPerTicket, 0.563, 0.012)
	add(outcome.SecondTickets, email, outcome.UnitTickets, 687, 17)
	add(outcome.Reminders, outcome.Labels{}, outcome.UnitReminders, 1356, 25)
	add(outcome.Won, outcome.Labels{}, outcome.UnitTickets, 244, 8)
	for _, row := range []struct {
		tier                  string
		customer, desk, share float64
	}{{"", 39_000, 32_800, 0.543}, {"gold", 38_200, 41_400, 0.48}, {"silver", 39_200, 31_500, 0.554}} {
		l := outcome.Labels{Tier: row.tier}
		add(outcome.CustomerTime, l, outcome.UnitSeconds, row.customer, 700)
		add(outcome.DeskTime, l, outcome.UnitSeconds, row.desk, 540)
		add(outcome.CustomerShare, l, outcome.UnitShare, row.share, 0.007)
	}
	return x
}

func TestCustomersOfTheirOwnAccordAreShown(t *testing.T) {
	t.Parallel()
	got := summary(t, insistent(), document.Options{Width: 150, Full: true})
	golden.Text(t, filepath.Join("testdata", "customers.txt"), []byte(got), *update)
	for _, want := range []string{
		"customer's share", "54.3\u202f%",
		"lost in the end", "6.1\u202f%", "times per ticket", "answers that they won",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if strings.Contains(got, "chat") {
		t.Error("a channel on which nobody comes back has a row")
	}
}

func TestNothingIsShownOfCustomersWhoDoNothing(t *testing.T) {
	t.Parallel()
	x := insistent()
	x.Measures = nil
	got := summary(t, x, document.Options{Width: 150, Full: true})
	for _, table := range []string{"customers who", "reminders", "until solved"} {
		if strings.Contains(got, table) {
			t.Errorf("there is a table %q without anything to show\n%s", table, got)
		}
	}
}
