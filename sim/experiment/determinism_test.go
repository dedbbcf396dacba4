package experiment_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/sim/experiment"
)

// The variables by which a process asks another one, of the same program, for an outcome.
const (
	outcomeFile    = "HEADROOM_TEST_OUTCOME"
	outcomeWorkers = "HEADROOM_TEST_WORKERS"
)

// TestWritesAnOutcome is the other process of the next test.
func TestWritesAnOutcome(t *testing.T) {
	file := os.Getenv(outcomeFile)
	if file == "" {
		t.Skip("there is nobody who asks for it")
	}
	workers, err := strconv.Atoi(os.Getenv(outcomeWorkers))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, encode(t, mustRun(t, small(), experiment.Options{Workers: workers})), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Other processes, on one core and on eight, write the same bytes as this one. They are
// built as this one is: with -race where the tests are, and then what is pinned below says
// that they are the bytes of a build without.
func TestTheBytesAreThoseOfAnyProcess(t *testing.T) {
	t.Parallel()
	want := encode(t, mustRun(t, small(), experiment.Options{Workers: 1}))
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ cores, workers int }{{1, 1}, {1, 16}, {8, 2}, {8, 16}} {
		t.Run(fmt.Sprintf("%d workers on %d cores", row.workers, row.cores), func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "outcome.json")
			cmd := exec.Command(program, "-test.run=^TestWritesAnOutcome$")
			cmd.Env = append(os.Environ(),
				fmt.Sprintf("GOMAXPROCS=%d", row.cores),
				outcomeFile+"="+file, fmt.Sprintf("%s=%d", outcomeWorkers, row.workers))
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Error("another outcome")
			}
		})
	}
}

// The same seed gives the same numbers for ever, in every build: a change of any of these
// changes published results. Times are pinned to nine digits, since some machines round
// a product and a sum at once.
func TestTheResultsOfASeedArePinned(t *testing.T) {
	t.Parallel()
	s := small()
	s.Run = model.Run{Seed: 7, Min: 3, Max: 3}
	x := mustRun(t, s, experiment.Options{})
	reply := outcome.Labels{Metric: "first_reply"}
	for _, row := range []struct {
		name   string
		labels outcome.Labels
		want   string // by replication
	}{
		{outcome.Arrived, outcome.Labels{}, "531 573 438"},
		{outcome.Solved, outcome.Labels{}, "518 517 409"},
		{outcome.BreachRate, reply, "119 2 1"},
		{outcome.Wait, outcome.Labels{}, "1323112.3 490938.423 374590.763"},
		{outcome.Occupancy, outcome.Labels{}, "4.92229044e+14 5.50448276e+14 4.38710859e+14"},
		{outcome.BacklogPeak, outcome.Labels{}, "134 68 64"},
	} {
		m, ok := x.Measure(row.name, row.labels)
		if !ok {
			t.Fatalf("no %s", row.name)
		}
		var got []string
		for _, n := range m.Num {
			got = append(got, fmt.Sprintf("%.9g", n))
		}
		if have := strings.Join(got, " "); have != row.want {
			t.Errorf("%s is %s, pinned %s", m.Describe(), have, row.want)
		}
	}
}
