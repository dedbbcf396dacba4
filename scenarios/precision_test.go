package scenarios

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/scenarios/internal/measures"
)

func TestPrecisions(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		text string
		want []model.Precision
	}{
		{"5% of breach_rate(first_reply)", []model.Precision{{Measure: "breach_rate(first_reply)", Relative: 0.05}}},
		{"0.5pp of breach_rate(first_reply)", []model.Precision{{Measure: "breach_rate(first_reply)", Absolute: 0.005}}},
		{"[90s of wait, 3 of queue_peak, 10% of wait(tier=customer)]", []model.Precision{
			{Measure: "wait", Absolute: 90}, {Measure: "queue_peak", Absolute: 3}, {Measure: "wait(tier=customer)", Relative: 0.1},
		}},
		{"500 EUR of cost", []model.Precision{{Measure: "cost", Absolute: 500}}},
	} {
		d, err := readText("testdata", "precise.yaml", `name: precise
demand: [{stream: mail, volume: 100/day}]
issues: {question: {handle: 10m}}
teams: {desk: {shifts: [{heads: 4, hours: always}], cost: 20 EUR/hour}}
run: {replications: 30..400, precision: `+quoted(row.text)+"}\n")
		if err != nil {
			t.Errorf("%s:\n%v", row.text, err)
			continue
		}
		if diff := cmp.Diff(row.want, d.Out.Run.Precisions()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", row.text, diff)
		}
	}
}

// quoted is a list as it stands, and a word in quotation marks.
func quoted(text string) string {
	if strings.HasPrefix(text, "[") {
		// Commas within parentheses are none of these.
		return text
	}
	return `"` + text + `"`
}

func TestMeasuresAndDifferencesOnACommandLine(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		measure, difference string
		want                float64
		refused             string
	}{
		{"cost", "500", 500, ""},
		{"cost", "500 USD", 500, ""},
		{"breach_rate(first_reply, tier=gold)", "1.5pp", 0.015, ""},
		{"wait", "2m", 120, ""},
		{"queue_peak", "10", 10, ""},
		{"wait", "2", 0, "unit"},
		{"breach_rate(first_reply)", "1", 0, "1pp"},
		{"cost", "0", 0, "no difference"},
		{"cots", "1", 0, "did you mean cost?"},
		{"wait(tier)", "1m", 0, "metric"},
	} {
		name, err := measures.ReadMeasure(row.measure)
		var x float64
		if err == nil {
			x, err = measures.ReadDifference(name, row.difference)
		}
		switch {
		case row.refused == "" && (err != nil || x != row.want || name != row.measure):
			t.Errorf("%s of %s: %v of %s, %v", row.difference, row.measure, x, name, err)
		case row.refused != "" && (err == nil || !strings.Contains(err.Error(), row.refused)):
			t.Errorf("%s of %s: %v, want an error with %q", row.difference, row.measure, err, row.refused)
		}
	}
}
