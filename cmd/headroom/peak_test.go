package main

import (
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/scenarios"
)

// What a flag says stands in place of what the scenario says; all else stays as it is there.
func TestFlagsStandInPlaceOfTheSectionOfAPeak(t *testing.T) {
	t.Parallel()
	read := func(args ...string) *scenarios.Peak {
		asked, err := scenarios.LoadPeak("black-friday", "")
		if err != nil {
			t.Fatal(err)
		}
		app := &cli.App{Commands: []*cli.Command{{Name: "peak", Flags: peakCommand(terminal{}).Flags, Action: func(c *cli.Context) error {
			return peakFlags(c, asked, asked.Scenario.Currency)
		}}}}
		if err := app.Run(append([]string{"headroom", "peak"}, args...)); err != nil {
			t.Fatal(err)
		}
		return asked
	}
	own, other := read(), read("--temps", "30%", "--temps-cost", "40 USD/h", "--relax", "none", "--bot-wrong", "0%", "--after", "1", "--training", "5h", "--deflect", "10%")
	if own.Largest[peak.Temps] != 1 || own.Largest[peak.Relaxation] != 1 || own.Prices.TempsPerHour != 31 || own.Prices.Goodwill != 0.2 || own.Prices.After != 3 || own.Goal == nil {
		t.Errorf("without flags the scenario's own: %+v", own)
	}
	want := peak.Sizes{peak.Temps: 0.3, peak.Overtime: 2, peak.Deflection: 0.1, peak.CallsToMail: 0.4, peak.Training: 1}
	if other.Largest != want || other.Prices.TempsPerHour != 40 || other.Prices.Wrong != 0 || other.Prices.After != 1 || other.Prices.PerContact != 0.5 {
		t.Errorf("%v, want %v; %+v", other.Largest, want, other.Prices)
	}
	if len(other.Prices.Lessons) != 1 || other.Prices.Lessons[0].Hours != 5 || other.Prices.Lessons[0].PerHead != 120 || len(other.Prices.TempShifts) != 3 {
		t.Errorf("%+v, %+v", other.Prices.Lessons, other.Prices.TempShifts)
	}
}
