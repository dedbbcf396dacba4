package sim_test

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLawsHoldInAllKindsOfScenarios(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		s := varied(r)
		for replication := range 2 {
			trial(r, s, replication)
		}
	})
}
