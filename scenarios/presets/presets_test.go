package presets_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/presets"
)

func TestThePresetsAreThoseOfTheFiveIndustries(t *testing.T) {
	t.Parallel()
	want := []string{"b2b", "ecommerce", "finance", "healthcare", "saas"}
	if got := presets.Names(); !slices.Equal(got, want) {
		t.Errorf("presets %v, want %v", got, want)
	}
	for _, name := range want {
		if !presets.Has(name) {
			t.Errorf("no preset %s", name)
		}
	}
	if presets.Has("retail") || presets.Title("retail") != "" {
		t.Error("there is a preset retail")
	}
	if _, err := presets.Text("retail"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the text of a preset that is not there: %v", err)
	}
}

func TestEveryPresetOpensWithWhatItIs(t *testing.T) {
	t.Parallel()
	for _, name := range presets.Names() {
		lines := lines(t, name)
		for i, opening := range []string{"# Covers: ", "# Question: ", "# Expected finding: "} {
			if !strings.HasPrefix(lines[i], opening) {
				t.Errorf("%s:%d: %q does not open with %q", name, i+1, lines[i], opening)
			}
		}
		if presets.Title(name) == "" {
			t.Errorf("%s has no title", name)
		}
		for _, line := range lines {
			if strings.HasPrefix(line, "name:") {
				t.Errorf("%s has a name: a copy is called after its file", name)
			}
		}
	}
}

// Whoever starts from a preset must know of each number what it is.
func TestEveryNumberOfAPresetIsExplained(t *testing.T) {
	t.Parallel()
	for _, name := range presets.Names() {
		above := ""
		for i, line := range lines(t, name) {
			body, comment, _ := strings.Cut(line, "#")
			explained := comment != "" || strings.HasPrefix(strings.TrimSpace(above), "#")
			if strings.ContainsAny(body, "0123456789") && !strings.HasPrefix(line, "title:") && !explained {
				t.Errorf("%s:%d: no comment explains %q", name, i+1, line)
			}
			above = line
		}
	}
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	text, err := presets.Text(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

func ExampleTitle() {
	fmt.Println(presets.Title("ecommerce"))
	// Output: A web shop with mail and chat, through Black Friday
}
