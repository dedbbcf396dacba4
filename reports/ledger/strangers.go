package ledger

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/format"
)

// strangers tells of words of the log that promises do not know, where that makes a difference.
func (h *Held) strangers() (told []string) {
	asks := func(of func(m *sla.Match) int) bool {
		return slices.ContainsFunc(h.Ledger.Scenario.SLA.Policies, func(p sla.Policy) bool { return of(&p.Match) > 0 })
	}
	for _, what := range []string{"tier", "channel"} {
		words := h.Unknown[what]
		matters := asks(func(m *sla.Match) int {
			if what == "tier" {
				return len(m.Tiers)
			}
			return len(m.Channels)
		})
		if len(words) > 0 && matters {
			told = append(told, fmt.Sprintf("%s does not know the %s %s of the log: no policy that asks for a %s matches them.", format.Clean(h.Name), what, some(words), what))
		}
	}
	if text := h.unpromised(); text != "" {
		told = append(told, text)
	}
	return told
}

// unpromised tells of priorities of the log that promises do not know, since nothing is promised to them; empty if
// there are none.
func (h *Held) unpromised() string {
	words := h.Unknown["priority"]
	if len(words) == 0 {
		return ""
	}
	which := "the priority " + some(words) + " of the log, which it does not know"
	if len(words) > 1 {
		which = "the priorities " + some(words) + " of the log, which it does not know"
	}
	return fmt.Sprintf("%s promises nothing to %s: name them under priorities as the log does, such as %q.", format.Clean(h.Name), which, format.Clean(words[0]))
}

// some are the first of many words.
func some(words []string) string {
	clean := make([]string, 0, len(words))
	for _, w := range words[:min(len(words), 10)] {
		clean = append(clean, format.Clean(w))
	}
	list := format.List(clean)
	if n := len(words) - len(clean); n > 0 {
		list += fmt.Sprintf(" and %d more", n)
	}
	return list
}
