package calibration_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/backtest"
	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/reports/calibration"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/table"
)

// judged is a backtest of two weeks: volumes as forecast but for one day of fourteen, or more than forecast on all.
func judged(off bool) *backtest.Report {
	first := calendar.DateOf(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC))
	last := calendar.DateOf(time.Date(2026, 3, 15, 0, 0, 0, 0, time.UTC))
	t := &backtest.Track{Measure: backtest.Volume, Above: 0.4, Below: 0.6}
	for i := range 14 {
		d := backtest.Day{Date: calendar.DateOf(time.Date(2026, 3, 2+i, 0, 0, 0, 0, time.UTC)), Observed: float64(100 + i), Median: 100, Rank: 0.5}
		for b := range d.Bands {
			d.Bands[b] = [2]float64{80 - 5*float64(b), 120 + 5*float64(b)}
		}
		t.Days = append(t.Days, d)
	}
	for i, level := range backtest.Levels {
		t.Coverage[i] = backtest.Coverage{Level: level, Inside: 13, Of: 14, Low: 11, High: 14, TooFew: 0.5, TooMany: 0.7}
	}
	t.Scores = []backtest.Score{
		{Method: backtest.Simulation, Days: 14, CRPS: 4, WAPE: 0.06, MASE: 0.9, Bias: -0.03, Interval: 50, Skill: estimate.Estimate{Value: math.NaN()}},
		{Method: backtest.SeasonalNaive, Days: 14, CRPS: 8, WAPE: 0.1, MASE: 1, Bias: 0.01, Interval: math.NaN(), Skill: estimate.Estimate{Value: 0.5, Low: 0.2, High: 0.7, Level: 0.95}},
	}
	if off {
		t.Faults = []backtest.Fault{backtest.TooLow}
	}
	return &backtest.Report{
		Log: "log.csv", Zone: "UTC", Tickets: 1400, Trials: 40, Seed: 7, Tool: "headroom test",
		Splits: []backtest.Split{{Train: backtest.Window{From: first, Until: first}, Test: backtest.Window{From: first, Until: last}}},
		Ways:   []backtest.Way{{Name: "forecast volumes", Text: "Volumes are forecast.", Tracks: []*backtest.Track{t}}},
		Notes:  []string{"A note."},
	}
}

func TestTheVerdictSaysWhatToTrust(t *testing.T) {
	t.Parallel()
	good, bad := judged(false), judged(true)
	if got := calibration.Verdict(&good.Ways[0]); !strings.Contains(got, "hold") || !strings.Contains(got, "13 of 14 days") {
		t.Error(got)
	}
	if got := calibration.Verdict(&bad.Ways[0]); !strings.Contains(got, "do not trust") || !strings.Contains(got, "it was more than forecast") {
		t.Error(got)
	}
	if got := calibration.Verdict(&backtest.Way{Name: "x"}); !strings.Contains(got, "nothing that can be compared") {
		t.Error(got)
	}
}

func TestTheTablesHaveTheScores(t *testing.T) {
	t.Parallel()
	r := judged(false)
	var text, markdown bytes.Buffer
	if err := calibration.Text(&text, r, table.Style{Width: 240}); err != nil {
		t.Fatal(err)
	}
	if err := calibration.Markdown(&markdown, r); err != nil {
		t.Fatal(err)
	}
	for form, got := range map[string]string{"text": text.String(), "Markdown": markdown.String()} {
		for _, want := range []string{"14", "13", "11–14", "+50" + format.Thin + "%", backtest.SeasonalNaive, "A note"} {
			if !strings.Contains(html.UnescapeString(strings.ReplaceAll(got, `\`, "")), want) {
				t.Errorf("%s has no %q:\n%s", form, want, got)
			}
		}
	}
}

func TestMachinesGetEveryDayAndScore(t *testing.T) {
	t.Parallel()
	r := judged(false)
	var scores, days, tree bytes.Buffer
	for _, err := range []error{calibration.CSV(&scores, r), calibration.Days(&days, r), calibration.JSON(&tree, r)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	records, err := csv.NewReader(&days).ReadAll()
	if err != nil || len(records) != 15 {
		t.Fatalf("%d lines, %v", len(records), err)
	}
	if got := strings.Join(records[14], ","); !strings.Contains(got, "2026-03-15,113,100") {
		t.Errorf("the last day is %q", got)
	}
	if records, err = csv.NewReader(&scores).ReadAll(); err != nil || !strings.Contains(fmt.Sprint(records), "skill of the simulation 0.5 0.2 0.7") {
		t.Errorf("no skill with its interval: %v, %v", records, err)
	}
	var back struct {
		Measures []struct {
			Holds  bool
			Scores []struct {
				CRPS float64
			}
		}
	}
	if err := json.Unmarshal(tree.Bytes(), &back); err != nil || len(back.Measures) != 1 || !back.Measures[0].Holds || back.Measures[0].Scores[1].CRPS != 8 {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestThePageDrawsDaysCalibrationAndSkill(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := calibration.Page(&b, judged(false)); err != nil {
		t.Fatal(err)
	}
	page := html.UnescapeString(b.String())
	for _, want := range []string{"Calibration, with forecast volumes", "Where what came lies among the trials", "How much better the simulation is", "what came", "forecast, median", "13 of 14" + format.Thin + "days lie within the band", "A note."} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if !strings.Contains(page, `"name":"what came","v":[100,101,102,103,104,105,106,107,108,109,110,111,112,113]`) {
		t.Error("the days are not those of the report")
	}
}

// Of many measures a sentence counts those that hold and gives reasons for those that do not, as long as they are few; else the table does.
func TestTheVerdictCountsWhatIsMuch(t *testing.T) {
	t.Parallel()
	way := func(good, bad int) *backtest.Way {
		w := &backtest.Way{Name: "real arrivals"}
		for range good {
			w.Tracks = append(w.Tracks, judged(false).Ways[0].Tracks...)
		}
		for range bad {
			w.Tracks = append(w.Tracks, judged(true).Ways[0].Tracks...)
		}
		return w
	}
	for want, w := range map[string]*backtest.Way{
		"With real arrivals, the intervals hold for 5 of 6 measures. Do not trust those of tickets (it was more than forecast, by 3.09" + format.Thin + "%).": way(5, 1),
		"With real arrivals, the intervals hold for tickets. Do not trust those of tickets; tickets; tickets; tickets.":                                       way(1, 4),
	} {
		if got := calibration.Verdict(w); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Fewer days within than nearly all right models have, and no fault: both are said, where both are read.
func TestWhatHoldsBarelyIsSaid(t *testing.T) {
	t.Parallel()
	r := judged(false)
	c := &r.Ways[0].Tracks[0].Coverage[len(backtest.Levels)-1]
	c.Inside, c.TooFew = 10, 0.02
	rows := calibration.Coverage(&r.Ways[0]).Rows
	if got := rows[0][len(rows[0])-1].Text; got != "the intervals hold, barely: 2"+format.Thin+"% of right models do no better" {
		t.Error(got)
	}
}

// Too few days are told of the interval that holds them most seldom, not always of the widest.
func TestTooFewDaysAreToldOfTheIntervalThatShowsThem(t *testing.T) {
	t.Parallel()
	r := judged(false)
	x := r.Ways[0].Tracks[0]
	x.Faults = []backtest.Fault{backtest.Narrow}
	x.Coverage[1].Inside, x.Coverage[1].TooFew = 7, 0.005
	if got, want := calibration.Verdict(&r.Ways[0]), "only 7 of 14 days lie within 80"+format.Thin+"%"; !strings.Contains(got, want) {
		t.Errorf("%q does not say %q", got, want)
	}
}
