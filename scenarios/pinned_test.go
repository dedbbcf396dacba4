package scenarios_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/headroom-sim/headroom/scenarios"
	"github.com/headroom-sim/headroom/sim/experiment"
)

var update = flag.Bool("update", false, "pin the bytes that are written now")

// pinnedFile holds the SHA-256 digests of outcomes of shipped scenarios, one a line: scenario,
// replications, digest. It is rewritten with -update. A line that changes is a change of
// published results, and belongs into the changelog.
var pinnedFile = filepath.Join("testdata", "pinned.txt")

// The bytes of an outcome are the same in every build, with -race and without: the race
// detector's step of .ci/run runs this test too. They are pinned for amd64 without fused
// multiply-add; other machines round some products and sums at once, and have functions such
// as Exp of their own. The name of the program's version and the digest of the scenario are
// left out, since they change without the results.
func TestTheBytesOfShippedScenariosArePinned(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" || fuses(1+0x1p-30, -1-0x1p-29) {
		t.Skip("the bytes are pinned for amd64 without fused multiply-add")
	}
	var got strings.Builder
	for _, row := range []struct {
		scenario     string
		replications int
	}{{"hello", 5}, {"coverage-24x7@on-call", 2}, {"black-friday", 1}} {
		s, err := scenarios.Load(row.scenario)
		if err != nil {
			t.Fatal(err)
		}
		s.Run.Exactly(row.replications)
		x, err := experiment.Run(context.Background(), s, experiment.Options{Workers: 3})
		if err != nil {
			t.Fatal(err)
		}
		x.Scenario.Digest = ""
		sum := sha256.New()
		if err := x.Write(sum); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "%s %d %x\n", row.scenario, row.replications, sum.Sum(nil))
	}
	if *update {
		if err := os.WriteFile(pinnedFile, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(pinnedFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", pinnedFile, diff)
	}
}

// fuses reports whether this build rounds a product and a sum at once: the square of 1 + 2⁻³⁰
// is 1 + 2⁻²⁹ + 2⁻⁶⁰, of which the last part is lost if the product is rounded.
//
//go:noinline
func fuses(x, less float64) bool { return x*x+less != 0 }
