package fitted

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// calendars writes the hours of the desk, where something that is written counts in them.
func (d *scenario) calendars(root *draft.Map) {
	c := d.f.Hours
	aside := func(k fit.Kind) bool {
		return slices.ContainsFunc(k.Holds, func(x fit.Hold) bool { return x.Aside && x.Takes != nil })
	}
	if c == nil || c.Always || !d.f.AnswersInHours && !d.f.HoldsInHours && !slices.ContainsFunc(d.f.Kinds, aside) {
		return
	}
	desk := root.Map("calendars", "").Map(c.Name, "when agents replied to or solved a good part of what they do in a usual hour")
	if d.f.Closed != "" {
		desk.Set("holidays", d.f.Closed, "on which little was done")
	}
	hours := desk.Map("hours", "").OneLine()
	for i := range 7 {
		w := (i + 1) % 7
		for _, s := range c.Week[w] {
			hours.Set(weekdays[w], fmt.Sprintf("%02d:00-%02d:00", s.From/60, s.To/60), "")
		}
	}
}
