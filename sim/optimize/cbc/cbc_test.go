package cbc

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/program"
	"github.com/headroom-sim/headroom/sim/optimize/internal/classic"
)

// The test binary plays cbc when this variable names what it is to do.
const role = "HEADROOM_FAKE_CBC"

func TestMain(m *testing.M) {
	if what := os.Getenv(role); what != "" {
		os.Exit(play(what, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// play solves the airline, as far as its role lets it.
func play(what string, args []string) int {
	model, err := os.ReadFile(args[0])
	if err != nil || !bytes.Contains(model, []byte("ENDATA")) {
		return 2
	}
	text := map[string]string{
		"optimal":    "Optimal - objective value 30610.00000000\n      0 C0  48  170\n      1 C1  31  160\n      2 C2  39  0\n      3 C3  43  0\n      4 C4  15  0\n",
		"stopped":    "Stopped on time - objective value 30780.00000000\n      0 C0  49  170\n      1 C1  31  160\n      2 C2  39  0\n      3 C3  43  0\n      4 C4  15  0\n",
		"nothing":    "Stopped on time (no integer solution - continuous used) - objective value 1.0\n      0 C0  0.5  170\n",
		"infeasible": "Infeasible - objective value 0.00000000\n",
		"unbounded":  "Unbounded - objective value 0.00000000\n",
		"lies":       "Optimal - objective value 1.00000000\n      0 C0  1  170\n",
		"garbage":    "Optimal\n      0 x7  1  170\n",
	}[what]
	if what == "hangs" {
		time.Sleep(time.Minute)
		return 0
	}
	if text != "" {
		if os.WriteFile(args[len(args)-1], []byte(text), 0o600) != nil {
			return 2
		}
	}
	if what == "stopped" {
		fmt.Print("Result - Stopped on time limit\n\nObjective value:   30780.0\nLower bound:       30500.000\nGap:  0.01\n")
	}
	return 0
}

func fake(t *testing.T, what string) Solver {
	t.Helper()
	t.Setenv(role, what)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Solver{Path: self}
}

func TestAnswersOfCbcAreRead(t *testing.T) {
	for _, c := range []struct {
		role        string
		verdict     program.Verdict
		cost, bound float64
		err         string
	}{
		{"optimal", program.Optimal, 30610, 30610, ""},
		{"stopped", program.Best, 30780, 30500, ""},
		{"nothing", program.Nothing, 0, math.Inf(-1), ""},
		{"infeasible", program.Infeasible, 0, math.Inf(1), ""},
		{"unbounded", 0, 0, 0, "unbounded"},
		{"lies", 0, 0, 0, "need 0 is 1"},
		{"garbage", 0, 0, 0, "line 2: there is no column \"x7\""},
		{"silent", 0, 0, 0, "wrote no solution"},
	} {
		t.Run(c.role, func(t *testing.T) {
			a, err := fake(t, c.role).Solve(context.Background(), classic.Airline(), nil)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("got %v, want %q in it", err, c.err)
				}
				return
			}
			if err != nil || a.Verdict != c.verdict || a.Cost != c.cost || a.Bound != c.bound {
				t.Errorf("%+v, %v", a, err)
			}
		})
	}
}

func TestCbcThatHangsIsEnded(t *testing.T) {
	s := fake(t, "hangs")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	a, err := s.Solve(ctx, classic.Airline(), nil)
	if err != nil || a.Verdict != program.Nothing {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestCbcThatIsNotThereIsAnError(t *testing.T) {
	if _, err := (Solver{Path: filepath.Join(t.TempDir(), "cbc")}).Solve(context.Background(), classic.Airline(), nil); err == nil {
		t.Error("no error")
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(); err == nil || !strings.Contains(err.Error(), "coinor-cbc") {
		t.Errorf("%v", err)
	}
}

func TestTheModelIsWrittenAsItIs(t *testing.T) {
	var b bytes.Buffer
	writeMPS(&b, &program.Program{
		Columns: []program.Column{
			{Name: "a b", Cost: 1.5, Upper: math.Inf(1), Integer: true, Entries: []program.Entry{{Row: 0, Coef: 1}, {Row: 1, Coef: -0.25}}},
			{Name: "c", Cost: 0, Lower: -1, Upper: 4},
		},
		Rows: []program.Row{
			{Name: "at least", Lower: 3, Upper: math.Inf(1)}, {Name: "between", Lower: 1, Upper: 2}, {Name: "at most", Lower: math.Inf(-1), Upper: 0},
			{Name: "just", Lower: 5, Upper: 5}, {Name: "free", Lower: math.Inf(-1), Upper: math.Inf(1)},
		},
	})
	want := `NAME headroom FREE
ROWS
 N cost
 G R0
 G R1
 L R2
 E R3
 N R4
COLUMNS
 MARKER 'MARKER' 'INTORG'
 C0 cost 1.5
 C0 R0 1
 C0 R1 -0.25
 MARKER 'MARKER' 'INTEND'
 C1 cost 0
RHS
 RHS R0 3
 RHS R1 1
 RHS R2 0
 RHS R3 5
RANGES
 RNG R1 1
BOUNDS
 LO BND C0 0
 PL BND C0
 LO BND C1 -1
 UP BND C1 4
ENDATA
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
}

// Where cbc is installed it is asked for small programs, and must agree with trying all.
func TestTheRealCbcAgreesWithTryingAll(t *testing.T) {
	s, err := Find()
	if err != nil {
		t.Skip("no cbc is installed")
	}
	if out, err := exec.Command(s.Path, "-version", "-quit").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if a, err := s.Solve(context.Background(), classic.Airline(), nil); err != nil || a.Cost != classic.AirlineCost {
		t.Errorf("%+v, %v", a, err)
	}
	if a, err := s.Solve(context.Background(), classic.Uncoverable(), nil); err != nil || a.Verdict != program.Infeasible {
		t.Errorf("%+v, %v", a, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	hard := classic.HalfHourly()
	if a, err := s.Solve(ctx, hard, nil); err != nil || a.X == nil || !(a.Bound < a.Cost) {
		t.Errorf("cut short: %v, cost %v, bound %v, %v", a.Verdict, a.Cost, a.Bound, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		p := classic.Random(func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) })
		want, some := classic.Enumerate(p)
		a, err := s.Solve(context.Background(), p, nil)
		switch {
		case err != nil:
			t.Fatal(err)
		case !some && a.Verdict != program.Infeasible:
			t.Fatalf("%v, but nothing is feasible", a.Verdict)
		case some && (a.Verdict != program.Optimal || math.Abs(a.Cost-want) > 1e-6):
			t.Fatalf("%v of cost %v, want %v", a.Verdict, a.Cost, want)
		}
	})
}

func FuzzSolution(f *testing.F) {
	for _, seed := range []string{
		"", "Optimal - objective value 3\n 0 C0 3 1\n", "Stopped on time\n** 1 C1 1e300 0\n", "Infeasible\n", "Optimal\n 0 C9 1 1\n",
		"Optimal\n 0 C0 NaN 1\n", "Optimal\n 0 C0\n", "Optimal\n 0 C0 1 1\n 0 C0 1 1\n", "Optimal\n 0 C-1 1 1", "Optimal\n 0 C+1 1 1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := readSolution(strings.NewReader(text), 3)
		if err != nil {
			return
		}
		if len(s.x) != 3 {
			t.Fatalf("%d numbers", len(s.x))
		}
		for _, v := range s.x {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%v", s.x)
			}
		}
	})
}
