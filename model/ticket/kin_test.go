package ticket_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/model/ticket"
)

// All descendants of two first contacts have different IDs, from which the way back to
// the first contact is known.
func TestDescendantsHaveIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	kins := []ticket.Kin{0}
	for k := ticket.Kin(0); k.Attempt() < ticket.MostFurther; {
		k = k.Again()
		kins = append(kins, k)
	}
	for _, k := range kins[:ticket.MostFurther+1] {
		kins = append(kins, k.InWriting())
	}
	for _, k := range kins[:2*ticket.MostFurther+2] {
		for n := 1; n <= ticket.MostFurther; n++ {
			kins = append(kins, k.Copied(n))
		}
	}
	if len(kins) != 128 {
		t.Fatalf("%d ways to descend, want all of 7 bits", len(kins))
	}
	rapid.Check(t, func(r *rapid.T) {
		a := ticket.ID(rapid.Uint64().Draw(r, "one"))
		b := ticket.ID(rapid.Uint64().Draw(r, "other"))
		if a.Family() == b.Family() {
			return
		}
		seen := map[ticket.ID]bool{}
		for _, first := range []ticket.ID{a, b} {
			for _, k := range kins {
				id := first.Kin(0, k)
				if seen[id] {
					r.Fatalf("two contacts have the ID %x", uint64(id))
				}
				seen[id] = true
				if id.Kin(k, 0) != first || id.Family() != first.Family() {
					r.Fatalf("%x does not lead back to %x", uint64(id), uint64(first))
				}
				if first < ticket.MostNumbers && k != 0 && id < ticket.MostNumbers {
					r.Fatalf("descendant %x looks like an ordinary ticket", uint64(id))
				}
			}
		}
	})
}

func TestAKinSaysHowItDescends(t *testing.T) {
	t.Parallel()
	k := ticket.Kin(0).Again().Again().InWriting().Copied(5)
	if k.Attempt() != 2 || !k.Switched() || k.Copy() != 5 {
		t.Errorf("it is attempt %d, in writing %v, second ticket %d", k.Attempt(), k.Switched(), k.Copy())
	}
	if k = 0; k.Attempt() != 0 || k.Switched() || k.Copy() != 0 {
		t.Error("the first contact descends from another")
	}
}
