package scope

import (
	"fmt"
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Words are the names of one kind.
type Words struct {
	Noun, Plural string
	List         []string
}

// Index is the place of a name, or -1.
func (w Words) Index(name string) int {
	for i, known := range w.List {
		if known == name {
			return i
		}
	}
	return -1
}

// Find is the place of the name that v holds. An unknown one is reported.
func (w Words) Find(v yamltree.Value) (int, bool) {
	text, ok := v.Text("the name of a " + w.Noun)
	if !ok {
		return 0, false
	}
	if i := w.Index(text); i >= 0 {
		return i, true
	}
	v.Failf(w.Hint(text), "unknown %s %q", w.Noun, scalar.Clip(text))
	return 0, false
}

// Hint says what an unknown name may have meant, and what is known.
func (w Words) Hint(text string) string {
	if len(w.List) == 0 {
		return "there are no " + w.Plural
	}
	list := w.Plural + ": " + ClipList(w.List)
	if nearest, ok := yamltree.Nearest(text, w.List); ok {
		return fmt.Sprintf("did you mean %s? %s", nearest, list)
	}
	return list
}

// ClipList writes the first of a list, and how many more there are.
func ClipList(list []string) string {
	const most = 20
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// Add is the place of a name, which becomes known. Beyond the limit nothing is added.
func (w *Words) Add(name yamltree.Value, limit int) (int, bool) {
	text, ok := GoodName(name)
	if !ok {
		return 0, false
	}
	if i := w.Index(text); i >= 0 {
		return i, true
	}
	if len(w.List) == limit {
		name.Failf("", "there are more than %d %s", limit, w.Plural)
		return 0, false
	}
	w.List = append(w.List, text)
	return len(w.List) - 1, true
}

// List is one name or a list of names, each found or refused by each.
func List[T any](v yamltree.Value, each func(yamltree.Value) (int, bool), as func(int) T) []T {
	var out []T
	for _, item := range v.Items() {
		if i, ok := each(item); ok {
			out = append(out, as(i))
		}
	}
	return out
}

const longestName = 60

// GoodName is a name that the user chooses. What has a meaning in paths or
// measures is kept out of names, so that those can be written without quotes.
func GoodName(v yamltree.Value) (string, bool) {
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

// FileName is a name that is also the name of a folder of results.
func FileName(v yamltree.Value) (string, bool) {
	text, ok := GoodName(v)
	if ok && strings.ContainsAny(text, "/?#%") {
		v.Failf("use letters, digits, - and _", "the name of a scenario cannot contain any of / ? # %%")
		return "", false
	}
	return text, ok
}

// Choice is the place of a word in a list of words.
func Choice(v yamltree.Value, list []string) (int, bool) {
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

// Truth is true or false as a word.
func Truth(v yamltree.Value) bool {
	i, ok := Choice(v, []string{"true", "false"})
	return ok && i == 0
}

// Always is the calendar that is always open, and the hours of a shift around the clock.
const Always = "always"
