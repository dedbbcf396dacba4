package cutoff

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// cases are tickets of which some values are shared by about so many.
func cases(n, shared int) []Case {
	r := rand.New(rand.NewPCG(5, 6))
	list := make([]Case, n)
	for i := range list {
		v := math.Floor(float64(n/shared) * r.Float64())
		list[i] = Case{Value: v, Late: (v > float64(n/shared)/2) != (r.IntN(20) == 0), Day: i / 200, Key: uint64(i)}
	}
	return list
}

// Every value that occurs is tried as a limit, against every ticket: with as many limits as tickets that would be n² looks. The search takes a few
// for each ticket and doubling of them, in whatever order tickets come.
func TestTheSearchIsNotQuadratic(t *testing.T) {
	t.Parallel()
	const n = 20_000
	byValue := func(sign float64) func(a, b Case) int {
		return func(a, b Case) int { return int(sign * (a.Value - b.Value)) }
	}
	for name, list := range map[string][]Case{
		"by chance": cases(n, 1), "rising": slices.SortedFunc(slices.Values(cases(n, 1)), byValue(1)), "falling": slices.SortedFunc(slices.Values(cases(n, 1)), byValue(-1)),
		"many alike": cases(n, 1000), "all alike": cases(n, n),
	} {
		var once, folded search
		once.best(once.byValue(list))
		folded.validated(list, 0.95)
		// Both loops over the cases, and the sort, which compares at most about 2 n log₂ n times (Musser 1997).
		most := n * (2 + 2*math.Log2(n))
		if got := float64(once.steps); got < 2*n || got > most {
			t.Errorf("%s: %v steps for %d tickets, at most %.0f", name, got, n, most)
		}
		// The same, and two loops over nine tenths of the cases for each part.
		if got := float64(folded.steps); got < 2*0.9*folds*n || got > most+2*folds*n {
			t.Errorf("%s: %v steps for %d tickets in %d parts, at most %.0f", name, got, n, folds, most+2*folds*n)
		}
	}
}

// BenchmarkThreshold is a search with its validation, by how many limits there are to try and how many tickets to
// try them on.
func BenchmarkThreshold(b *testing.B) {
	for _, n := range []int{2_500, 25_000, 250_000} {
		for _, shared := range []int{1, 100} {
			list := cases(n, shared)
			limits := map[float64]bool{}
			for _, c := range list {
				limits[c.Value] = true
			}
			b.Run(fmt.Sprintf("limits=%d/tickets=%d", len(limits), n), func(b *testing.B) {
				for b.Loop() {
					Best(list)
					Validated(list, 0.95)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/ticket")
			})
		}
	}
}
