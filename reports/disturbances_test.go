package reports_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/internal/golden"
)

// disturbed is an outcome of a scenario with bots, outages and a promise that a channel is up.
func disturbed(t *testing.T) *outcome.Experiment {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	x := &outcome.Experiment{Tool: "headroom", Seed: 7, Replications: 30, Stopped: "as many as asked for"}
	at := func(hours time.Duration) time.Duration { return hours * time.Hour }
	x.Scenario = outcome.Scenario{
		Name: "disturbed", Zone: "Europe/Berlin", Start: time.Date(2026, 3, 23, 0, 0, 0, 0, zone), Length: 14 * 24 * time.Hour, Currency: "EUR",
		Teams: []string{"front", "back"},
		Bots:  []string{"bot", "page"},
		Outages: []outcome.Outage{
			// The clocks go forward on the night to 29 March.
			{Name: "cable", Down: "phone", From: at(6*24 + 1), Until: at(6*24 + 3)},
			{Name: "crm", Down: "the system of front and back", Every: 30 * 24 * time.Hour},
			{Name: "upkeep", Down: "phone", From: at(20), Until: at(26), Planned: true},
		},
		Availability: []outcome.Uptime{{Channel: "phone", AtLeast: 0.995, Period: "week", Calendar: "always"}, {Channel: "chat", AtLeast: 0.99, Period: "month", Calendar: "office"}},
	}
	add := func(name string, l outcome.Labels, unit outcome.Unit, value, half float64) {
		x.Measures = append(x.Measures, outcome.Measure{
			Name: name, Labels: l, Unit: unit,
			Estimate: estimate.Estimate{Value: value, Low: value - half, High: value + half, Level: 0.95, N: 30},
		})
	}
	bot, page := outcome.Labels{Bot: "bot"}, outcome.Labels{Bot: "page"}
	for _, l := range []outcome.Labels{bot, page} {
		add(outcome.BotContacts, l, outcome.UnitTickets, 2450, 17)
		add(outcome.Containment, l, outcome.UnitShare, 0.348, 0.003)
		add(outcome.WrongAnswers, l, outcome.UnitShare, 0.099, 0.004)
		add(outcome.Deflected, l, outcome.UnitShare, 0.314, 0.003)
	}
	add(outcome.BotCost, bot, outcome.UnitMoney, 980, 7)
	for i, name := range []string{"cable", "crm", "upkeep"} {
		l := outcome.Labels{Outage: name}
		add(outcome.OutageHours, l, outcome.UnitHours, 2+float64(i), 0)
		if name != "crm" {
			add(outcome.OutageContacts, l, outcome.UnitTickets, 17.4, 1.8)
			add(outcome.OutageSwitched, l, outcome.UnitTickets, 6.3, 1.1)
			add(outcome.OutageWaited, l, outcome.UnitTickets, 11.1, 1.4)
			add(outcome.OutageLost, l, outcome.UnitTickets, 0, 0)
		}
	}
	add(outcome.StalledHours, outcome.Labels{Team: "front"}, outcome.UnitHours, 7.2, 1)
	add(outcome.StalledHours, outcome.Labels{Team: "back"}, outcome.UnitHours, 0, 0)
	for _, name := range []string{"phone", "chat"} {
		l := outcome.Labels{Channel: name}
		add(outcome.Availability, l, outcome.UnitShare, 0.9942, 0.0004)
		add(outcome.AvailabilityMet, l, outcome.UnitShare, 0.75, 0.02)
	}
	x.Scenario.Quality = "90 % per month, 5 % of touches looked at"
	add(outcome.QualitySampled, outcome.Labels{}, outcome.UnitShare, 0.917, 0.004)
	add(outcome.QualityMet, outcome.Labels{}, outcome.UnitShare, 0.98, 0.01)
	for i, name := range []string{"front", "back"} {
		add(outcome.Quality, outcome.Labels{Team: name}, outcome.UnitShare, 0.92, 0.001)
		l := outcome.Labels{Team: name}
		add(outcome.BelowBand, l, outcome.UnitShare, 0.642, 0.007)
		add(outcome.AboveBand, l, outcome.UnitShare, 0.307, 0.005)
		add(outcome.HighOccupancy, l, outcome.UnitShare, 0.196*float64(1-i), 0.005)
		add(outcome.LongestHigh, l, outcome.UnitHours, 4.8*float64(1-i), 0.5)
		add(outcome.Strained, l, outcome.UnitShare, 0.967, 0.018)
	}
	for _, period := range []string{"", "2026-W13", "2026-W14"} {
		add(outcome.OpenedPerSolved, outcome.Labels{Period: period}, outcome.UnitShare, 1+0.01*float64(len(period)), 0.004)
	}
	x.Measures[len(x.Measures)-1].Estimate.Value = 1.081
	x.Warnings = append(x.Warnings, outcome.Warning{Text: "Assumed, not found: overload wears people out."})
	return x
}

func TestDisturbancesAreShown(t *testing.T) {
	t.Parallel()
	got := summary(t, disturbed(t), document.Options{Width: 150, Full: true})
	golden.Text(t, filepath.Join("testdata", "disturbances.txt"), []byte(got), *update)
}
