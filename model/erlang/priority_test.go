package erlang_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/erlang"
)

func TestOneAgentWithAnyHandlingTimes(t *testing.T) {
	t.Parallel()
	load := erlang.Load{Rate: 0.9 / 60, Handle: 60}
	for _, c := range []struct {
		name string
		cv   float64
		want float64
	}{
		{"exponential: as Erlang C", 1, 0.9 * 60 / 0.1},
		{"constant: half of that", 0, 0.9 * 60 / 0.2},
		{"twice as variable: two and a half times", 2, 2.5 * 0.9 * 60 / 0.1},
	} {
		got, err := erlang.MG1Wait(load, c.cv)
		if err != nil {
			t.Fatal(err)
		}
		closeTo(t, c.name, got, c.want, 1e-12)
	}
}

// TestPrioritiesOnlyMoveWaitingAbout is Kleinrock's conservation law: the sum of
// load × wait over the classes is that of the queue without priorities.
func TestPrioritiesOnlyMoveWaitingAbout(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		classes := make([]erlang.Class, rapid.IntRange(1, 5).Draw(t, "classes"))
		total, rest := 0., 0.
		for i := range classes {
			h := rapid.Float64Range(0.1, 10).Draw(t, "handle")
			cv := rapid.Float64Range(0, 3).Draw(t, "cv")
			rho := rapid.Float64Range(0.01, 0.19).Draw(t, "load")
			classes[i] = erlang.Class{Load: erlang.Load{Rate: rho / h, Handle: h}, CV: cv}
			total += rho
			rest += rho * h * (1 + cv*cv) / 2
		}
		waits, err := erlang.PriorityMG1(classes)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.
		for i, w := range waits {
			if i > 0 && w < waits[i-1] {
				t.Fatalf("class %d waits for less than the one above: %v", i, waits)
			}
			sum += classes[i].Erlangs() * w
		}
		if want := total * rest / (1 - total); math.Abs(sum-want) > 1e-9*want {
			t.Fatalf("load × wait %v, want %v", sum, want)
		}
	})
}

func TestOneAgentIsASpecialCaseOfMany(t *testing.T) {
	t.Parallel()
	rates := []float64{0.1, 0.3, 0.5}
	many, err := erlang.PriorityMMC(rates, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	classes := make([]erlang.Class, len(rates))
	for i, rate := range rates {
		classes[i] = erlang.Class{Load: erlang.Load{Rate: rate, Handle: 1}, CV: 1}
	}
	one, err := erlang.PriorityMG1(classes)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rates {
		closeTo(t, "wait", many[i], one[i], 1e-12)
	}
}

func TestPrioritiesOfManyAgentsAverageToErlangC(t *testing.T) {
	t.Parallel()
	rates := []float64{5, 15, 27}
	waits, err := erlang.PriorityMMC(rates, 1, 50)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.
	for i, w := range waits {
		sum += rates[i] / 47 * w
	}
	closeTo(t, "mean wait", sum, newC(t, erlang.Load{Rate: 47, Handle: 1}, 50).ASA(), 1e-12)
}

// twoClasses solves the queue with two classes and agents who are not
// interrupted as a Markov chain, cut off at size waiting of each class, by sweeps
// over its balance equations. Waiting is in queue[high][low] while all agents
// are busy, else idle[busy]. The result is the mean wait of each class.
func twoClasses(high, low float64, agents, size int) (waitHigh, waitLow float64) {
	n := float64(agents)
	idle := make([]float64, agents)
	queue := make([][]float64, size)
	for i := range queue {
		queue[i] = make([]float64, size)
	}
	queue[0][0] = 1
	at := func(i, j int) float64 {
		if i < 0 || j < 0 || i >= size || j >= size {
			return 0
		}
		return queue[i][j]
	}
	for range 3000 {
		// Below full load: births high + low, deaths by the number busy.
		for k := agents - 1; k >= 0; k-- {
			above := queue[0][0]
			if k+1 < agents {
				above = idle[k+1]
			}
			idle[k] = above * float64(k+1) / (high + low)
		}
		for i := range queue {
			for j := range queue[i] {
				in := high*at(i-1, j) + low*at(i, j-1) + n*at(i+1, j)
				if i == 0 {
					in += n * at(0, j+1)
				}
				if i == 0 && j == 0 {
					in += (high + low) * idle[agents-1]
				}
				out := n
				if i+1 < size {
					out += high
				}
				if j+1 < size {
					out += low
				}
				queue[i][j] = in / out
			}
		}
		normalise(idle, queue)
	}
	for i := range queue {
		for j, p := range queue[i] {
			waitHigh += float64(i) * p / high
			waitLow += float64(j) * p / low
		}
	}
	return waitHigh, waitLow
}

func normalise(idle []float64, queue [][]float64) {
	total := 0.
	for _, row := range append(queue, idle) {
		for _, p := range row {
			total += p
		}
	}
	for _, row := range append(queue, idle) {
		for j := range row {
			row[j] /= total
		}
	}
}

func TestTwoClassesAgreeWithTheirMarkovChain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		high, low float64
		agents    int
	}{
		{0.4, 0.2, 1}, {0.6, 0.6, 2}, {0.5, 2.5, 5},
	} {
		waits, err := erlang.PriorityMMC([]float64{c.high, c.low}, 1, c.agents)
		if err != nil {
			t.Fatal(err)
		}
		high, low := twoClasses(c.high, c.low, c.agents, 60)
		closeTo(t, "high", waits[0], high, 1e-6)
		closeTo(t, "low", waits[1], low, 1e-6)
	}
}

func TestPrioritiesRefuseNonsense(t *testing.T) {
	t.Parallel()
	one := erlang.Load{Rate: 0.6, Handle: 1}
	var over *erlang.Overload
	if _, err := erlang.PriorityMG1([]erlang.Class{{Load: one, CV: 1}, {Load: one, CV: 1}}); !errors.As(err, &over) {
		t.Errorf("overloaded agent: %v", err)
	}
	if _, err := erlang.PriorityMMC([]float64{1, 1}, 1, 2); !errors.As(err, &over) {
		t.Errorf("overloaded agents: %v", err)
	}
	if _, err := erlang.MG1Wait(erlang.Load{Rate: 1, Handle: 1}, 1); !errors.As(err, &over) {
		t.Errorf("full load: %v", err)
	}
	for name, err := range map[string]error{
		"negative cv":                 second(erlang.MG1Wait(one, -1)),
		"infinite cv":                 second(erlang.MG1Wait(one, math.Inf(1))),
		"no load":                     second(erlang.MG1Wait(erlang.Load{}, 1)),
		"no classes MMC":              second(erlang.PriorityMMC(nil, 1, 2)),
		"more than can be worked out": second(erlang.PriorityMMC([]float64{1e6, 1e6}, 1, 3e6)),
		"class without load":          second(erlang.PriorityMG1([]erlang.Class{{Load: one}, {}})),
		"no classes MG1":              second(erlang.PriorityMG1(nil)),
		"class of rate 0":             second(erlang.PriorityMMC([]float64{1, 0}, 1, 2)),
		"no agents":                   second(erlang.PriorityMMC([]float64{1}, 1, 0)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }
