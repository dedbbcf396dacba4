package scenarios

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// words are the names of one kind.
type words struct {
	noun, plural string
	list         []string
}

// index is the place of a name, or -1.
func (w words) index(name string) int {
	for i, known := range w.list {
		if known == name {
			return i
		}
	}
	return -1
}

// find is the place of the name that v holds. An unknown one is reported.
func (w words) find(v yamltree.Value) (int, bool) {
	text, ok := v.Text("the name of a " + w.noun)
	if !ok {
		return 0, false
	}
	if i := w.index(text); i >= 0 {
		return i, true
	}
	v.Failf(w.hint(text), "unknown %s %q", w.noun, scalar.Clip(text))
	return 0, false
}

func (w words) hint(text string) string {
	if len(w.list) == 0 {
		return "there are no " + w.plural
	}
	list := w.plural + ": " + clipList(w.list)
	if nearest, ok := yamltree.Nearest(text, w.list); ok {
		return fmt.Sprintf("did you mean %s? %s", nearest, list)
	}
	return list
}

func clipList(list []string) string {
	const most = 20
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// add is the place of a name, which becomes known. Beyond the limit nothing is added.
func (w *words) add(name yamltree.Value, limit int) (int, bool) {
	text, ok := goodName(name)
	if !ok {
		return 0, false
	}
	if i := w.index(text); i >= 0 {
		return i, true
	}
	if len(w.list) == limit {
		name.Failf("", "there are more than %d %s", limit, w.plural)
		return 0, false
	}
	w.list = append(w.list, text)
	return len(w.list) - 1, true
}

// list is one name or a list of names, each found or refused by each.
func list[T any](v yamltree.Value, each func(yamltree.Value) (int, bool), as func(int) T) []T {
	var out []T
	for _, item := range v.Items() {
		if i, ok := each(item); ok {
			out = append(out, as(i))
		}
	}
	return out
}

const longestName = 60

// goodName is a name that the user chooses. What has a meaning in paths or
// measures is kept out of names, so that those can be written without quotes.
func goodName(v yamltree.Value) (string, bool) {
	text, ok := v.Text("a name")
	switch {
	case !ok:
		return "", false
	case text == "" || text != strings.TrimSpace(text):
		v.Failf("", "a name cannot be empty, nor start or end with a space")
		return "", false
	case len(text) > longestName:
		v.Failf("", "the name is longer than %d bytes", longestName)
		return "", false
	}
	if i := strings.IndexAny(text, ".,:;=@()[]{}<>\"'`*&!|\\\n\r\t"); i >= 0 {
		v.Failf("use letters, digits, - and _", "a name cannot contain %q", text[i])
		return "", false
	}
	return text, true
}

// fileName is a name that is also the name of a folder of results.
func fileName(v yamltree.Value) (string, bool) {
	text, ok := goodName(v)
	if ok && strings.ContainsAny(text, "/?#%") {
		v.Failf("use letters, digits, - and _", "the name of a scenario cannot contain any of / ? # %%")
		return "", false
	}
	return text, ok
}

// choice is the place of a word in a list of words.
func choice(v yamltree.Value, list []string) (int, bool) {
	text, ok := v.Text("one of " + strings.Join(list, ", "))
	if !ok {
		return 0, false
	}
	for i, word := range list {
		if text == word {
			return i, true
		}
	}
	hint := "want " + strings.Join(list, ", ")
	if nearest, ok := yamltree.Nearest(text, list); ok {
		hint = fmt.Sprintf("did you mean %s? %s", nearest, hint)
	}
	v.Failf(hint, "%q is not known here", scalar.Clip(text))
	return 0, false
}

func truth(v yamltree.Value) bool {
	i, ok := choice(v, []string{"true", "false"})
	return ok && i == 0
}

// always is the calendar that is always open, and the hours of a shift around the clock.
const always = "always"
