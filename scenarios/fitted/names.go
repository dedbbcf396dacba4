package fitted

import (
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// fileName is the name of a scenario, which is also that of a folder.
func fileName(word string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("/?#%", r) {
			return '-'
		}
		return r
	}, draft.Name(word))
}

// Words are the names of a scenario that was written of a fit, with the words of the log for channels, tiers and priorities, of
// which the language takes some only with a stroke.
func Words(f *fit.Fitted, written *ticket.Names) *ticket.Names {
	out := *written
	again := func(names, words []string) []string {
		cleaned, list := draft.Names(words), slices.Clone(names)
		for i, name := range list {
			if at := slices.Index(cleaned, name); at >= 0 {
				list[i] = words[at]
			}
		}
		return list
	}
	out.Channels, out.Tiers, out.Priorities = again(written.Channels, f.Names.Channels), again(written.Tiers, f.Names.Tiers), again(written.Priorities, f.Names.Priorities)
	return &out
}
