package scenarios_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/peak"
	"github.com/headroom-sim/headroom/scenarios"
)

// The section says what flags say elsewhere, with the usual where it says nothing; and it changes nothing of a run.
func TestASectionOfAPeakIsRead(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/peak.good.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := scenarios.LoadPeak("testdata/peak.good.yaml", "")
	if err != nil {
		t.Fatal(err)
	}
	want := peak.Sizes{peak.Temps: 0.5, peak.Overtime: 1.5, peak.Deflection: 0.2, peak.CallsToMail: 0.5, peak.Training: 1}
	if p.Spike != "launch" || p.Goal == nil || p.Goal.Bound != 0.1 || p.Largest != want {
		t.Errorf("%+v", p)
	}
	x := &p.Prices
	if x.TempsPerHour != 31 || x.TempsSpeed != 0.7 || x.Overtime != 0.25 || x.OvertimeShare != 0.5 || x.After != 0 || x.Before != 72*time.Hour {
		t.Errorf("%+v", x)
	}
	if len(x.TempShifts) != 2 || x.TempShifts[0].Team != 0 || x.TempShifts[0].Shift.Heads != 4 || x.TempShifts[1].Team != 1 || x.TempShifts[1].Shift.From != 16*60 {
		t.Errorf("%+v", x.TempShifts)
	}
	if len(x.Lessons) != 1 || x.Lessons[0].Teams[0] != 1 || x.Lessons[0].Hours != 12 || x.Lessons[0].PerHead != 90 || len(x.Lessons[0].Channels) != 1 {
		t.Errorf("%+v", x.Lessons)
	}
	before, _, _ := strings.Cut(string(data), "\npeak:")
	plain := filepath.Join(t.TempDir(), "peak.good.yaml")
	if err := os.WriteFile(plain, []byte(before+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	q, err := scenarios.LoadPeak(plain, "")
	if err != nil {
		t.Fatal(err)
	}
	if q.Scenario.Digest() != p.Scenario.Digest() {
		t.Error("the section is in the digest, and changes no number of a run")
	}
	if q.Goal != nil || q.Largest != peak.UsualSizes || math.Abs(q.Prices.PerContact-0.5) > 1e-12 {
		t.Errorf("without a section all is as usual: %+v", q)
	}
	if q, err = scenarios.LoadPeak("testdata/peak.good.yaml", "breach_rate(first_reply) <= 3%"); err != nil || q.Goal.Bound != 0.03 {
		t.Errorf("%v, %+v", err, q)
	}
	if _, err = scenarios.LoadPeak("testdata/peak.good.yaml", "breach_rate(first_replies) <= 3%"); err == nil || !strings.Contains(err.Error(), "--target") {
		t.Errorf("%v", err)
	}
}
