package presets_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/presets"
)

func TestThePresetsAreThoseOfTheFiveIndustries(t *testing.T) {
	t.Parallel()
	want := []string{"b2b", "ecommerce", "finance", "healthcare", "saas"}
	if got := presets.Names(); !slices.Equal(got, want) {
		t.Errorf("presets %v, want %v", got, want)
	}
	if presets.Title("retail") != "" {
		t.Error("there is a preset retail")
	}
	if _, err := presets.Text("retail"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the text of a preset that is not there: %v", err)
	}
}

func ExampleTitle() {
	fmt.Println(presets.Title("ecommerce"))
	// Output: A web shop with mail and chat, through Black Friday
}
