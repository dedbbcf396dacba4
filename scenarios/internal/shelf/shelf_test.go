package shelf

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestNamesAreThoseOfScenariosOnly(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"b.yaml": {}, "a.yaml": {}, "a.csv": {}, "deep/c.yaml": {}}
	if got := Names(files); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %q", got)
	}
}
