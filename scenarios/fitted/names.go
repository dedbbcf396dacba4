package fitted

import (
	"strings"

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
