package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/library"
)

// Setting is one value that a scenario uses, written or assumed.
type Setting = scope.Setting

// Explain lists every value that a scenario uses, defaults included, in the order
// of the manual.
func Explain(ref string) ([]Setting, error) {
	d, err := load(ref)
	if err != nil {
		return nil, err
	}
	return d.Settings, nil
}

// Description is what a scenario says about itself.
type Description struct {
	Name     string
	Title    string // else what the comment says that it covers
	Comment  string // the comment that opens its file, without the number signs
	Variants []string
	Swept    bool // it has axes of its own
	Peaked   bool // it says what may be done about a peak
}

// List describes the shipped scenarios, by name.
func List() ([]Description, error) {
	var list []Description
	for _, name := range library.Names() {
		d, err := Describe(name)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

// Describe says what a scenario is about. It takes what Load takes; variants
// of the reference do not matter.
func Describe(ref string) (Description, error) {
	d, err := load(ref)
	if err != nil {
		return Description{}, err
	}
	out := Description{Name: baseOf(d.Out.Name), Title: d.Out.Title}
	if d.root.At.File != nil {
		out.Comment = d.root.At.File.Comment()
	}
	if out.Title == "" {
		covers, _, _ := strings.Cut(strings.TrimPrefix(out.Comment, "Covers: "), ".")
		out.Title, _, _ = strings.Cut(covers, "\n")
	}
	out.Swept, out.Peaked = d.root.Get("sweep") != nil, d.root.Get("peak") != nil
	for _, pair := range variantsOf(d.root) {
		out.Variants = append(out.Variants, pair.Key)
	}
	return out, nil
}
