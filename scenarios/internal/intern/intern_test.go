package intern_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/scenarios/internal/intern"
)

// However many texts fall to one place, each finds its own value, and one that was never put finds none.
func TestATextFindsWhatWasPutForItAndNothingElse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var table intern.Table[int]
		model := map[string]int{}
		for range rapid.IntRange(0, 2000).Draw(r, "steps") {
			text := rapid.StringN(0, 3, 12).Draw(r, "text")
			want, known := model[text]
			got, ok := table.Get([]byte(text))
			again, same := table.GetString(text)
			if got != want || ok != known || again != got || same != ok {
				r.Fatalf("%q is %d, %v and %d, %v; want %d, %v", text, got, ok, again, same, want, known)
			}
			if !known {
				model[text] = len(model) + 1
				table.Put(text, len(model))
			}
		}
		if table.Len() != len(model) {
			r.Errorf("%d texts of %d", table.Len(), len(model))
		}
	})
}
