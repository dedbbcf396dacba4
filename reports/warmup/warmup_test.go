package warmup_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model/estimate"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/document"
	"github.com/headroom-sim/headroom/reports/warmup"
)

// beginning is a desk whose backlog fades in over two days.
func beginning() *outcome.Warmup {
	const n = 28 * 48
	day := 24 * time.Hour
	x := &outcome.Warmup{
		Name: "desk", Digest: strings.Repeat("ab", 32), Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Length: 28 * day,
		Interval: 30 * time.Minute, Seed: 7, Replications: 200, Level: 0.95, Without: []string{"spikes"}, Cycle: 7 * day,
		Stated: 7 * day, Proposed: 2 * day, Settled: true,
	}
	level := func(v, half float64) estimate.Estimate {
		return estimate.Estimate{Value: v, Low: v - half, High: v + half, Level: 0.95, N: 200}
	}
	for _, name := range []string{outcome.SeriesBacklog, outcome.SeriesQueue} {
		s := outcome.WarmupSeries{
			Name: name, Cut: 45 * time.Hour, Settled: true, Earliest: 40 * time.Hour, Latest: 60 * time.Hour,
			First: level(80, 2), Later: level(100, 1), Gap: estimate.Difference{Estimate: level(-20, 2.5)},
		}
		for i := range n {
			usual := 100 + 20*math.Sin(2*math.Pi*float64(i)/336)
			mean := usual * (1 - math.Exp(-float64(i)/30))
			s.Usual = append(s.Usual, outcome.Float(usual))
			s.Mean = append(s.Mean, outcome.Float(mean))
			s.Low, s.High = append(s.Low, outcome.Float(mean-2)), append(s.High, outcome.Float(mean+2))
		}
		x.Series = append(x.Series, s)
	}
	return x
}

func TestWarmupProposals(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(x *outcome.Warmup)
		want   string
	}{
		{"longer than needed", func(*outcome.Warmup) {}, "is long enough. Write time: {warmup: 2d} to measure more."},
		{"too short", func(x *outcome.Warmup) { x.Stated, x.Proposed = 0, 7*time.Hour }, "is too short. Write time: {warmup: 7h}."},
		{"just right", func(x *outcome.Warmup) { x.Stated = x.Proposed }, "which is the warm-up that the scenario has"},
		{"none", func(x *outcome.Warmup) { x.Proposed = 0 }, "no warm-up is needed"},
		{"never", func(x *outcome.Warmup) { x.Settled, x.Series[1].Settled = false, false }, "the queue does not settle"},
		{"the table", func(*outcome.Warmup) {}, "45\u202fh"},
		{"what is left out", func(*outcome.Warmup) {}, "without spikes"},
		{"a short scenario", func(x *outcome.Warmup) { x.Cycle = 24 * time.Hour }, "takes four weeks"},
	} {
		x := beginning()
		row.change(x)
		var b bytes.Buffer
		if err := warmup.Text(&b, x, document.Options{}); err != nil {
			t.Fatal(err)
		}
		if got := b.String(); !strings.Contains(got, row.want) {
			t.Errorf("%s: want %q in\n%s", row.name, row.want, got)
		}
	}
}

func TestWarmupIsDrawn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := warmup.WriteFiles(dir, beginning()); err != nil {
		t.Fatal(err)
	}
	svg, err := os.ReadFile(filepath.Join(dir, "warmup.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Backlog", "Queue", "usual at that time of the week"} {
		if !bytes.Contains(svg, []byte(part)) {
			t.Errorf("%q is not in the picture", part)
		}
	}
}
