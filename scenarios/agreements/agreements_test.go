package agreements_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/agreements"
)

func TestTheAgreementsAreTheFourStructuresAndPriorities(t *testing.T) {
	t.Parallel()
	want := []string{"by-channel", "by-service", "by-tier", "multilevel", "priorities"}
	if got := agreements.Names(); !slices.Equal(got, want) {
		t.Errorf("agreements %v, want %v", got, want)
	}
	if agreements.Title("by-moon") != "" {
		t.Error("there is an agreement by moon")
	}
	if _, err := agreements.Text("by-moon"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the text of an agreement that is not there: %v", err)
	}
}

func ExampleTitle() {
	fmt.Println(agreements.Title("multilevel"))
	// Output: An agreement on several levels
}
