package shelf_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/scenarios/agreements"
	"github.com/headroom-sim/headroom/scenarios/internal/shelf"
	"github.com/headroom-sim/headroom/scenarios/presets"
)

// texts are the scenarios that are shipped to be copied and edited.
func texts(t *testing.T, check func(t *testing.T, name string, lines []string)) {
	for _, files := range []fs.FS{presets.Files, agreements.Files} {
		for _, name := range shelf.Names(files) {
			text, err := fs.ReadFile(files, name+shelf.Ending)
			if err != nil {
				t.Fatal(err)
			}
			check(t, name, strings.Split(string(text), "\n"))
		}
	}
}

func TestEveryTextOpensWithWhatItIs(t *testing.T) {
	t.Parallel()
	texts(t, func(t *testing.T, name string, lines []string) {
		for i, opening := range []string{"# Covers: ", "# Question: ", "# Expected finding: "} {
			if !strings.HasPrefix(lines[i], opening) {
				t.Errorf("%s:%d: %q does not open with %q", name, i+1, lines[i], opening)
			}
		}
		titles := 0
		for _, line := range lines {
			if strings.HasPrefix(line, "title: ") {
				titles++
			}
			if strings.HasPrefix(line, "name:") {
				t.Errorf("%s has a name: a copy is called after its file", name)
			}
		}
		if titles != 1 {
			t.Errorf("%s has %d titles", name, titles)
		}
	})
}

// Whoever starts from one must know of each number what it is.
func TestEveryNumberOfATextIsExplained(t *testing.T) {
	t.Parallel()
	texts(t, func(t *testing.T, name string, lines []string) {
		above := ""
		for i, line := range lines {
			body, comment, _ := strings.Cut(line, "#")
			explained := comment != "" || strings.HasPrefix(strings.TrimSpace(above), "#")
			if strings.ContainsAny(body, "0123456789") && !strings.HasPrefix(line, "title:") && !explained {
				t.Errorf("%s:%d: no comment explains %q", name, i+1, line)
			}
			above = line
		}
	})
}
