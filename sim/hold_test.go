package sim_test

import (
	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/work"
)

// holds lets some tickets wait for somebody outside.
func (d draw) holds(s *model.Scenario) {
	if !d.yes("holds") {
		return
	}
	for i := range s.Issues {
		rest := 0.9
		for _, name := range []string{"vendor", "parts"}[:d.int("holds", 0, 2)] {
			h := work.Hold{
				For: name, Share: rest * d.tenths("held", 1, 9), Open: d.yes("held open"),
				Calendar: d.int("held in hours", 0, 1),
				After:    pick(d, "held after", work.FirstTouch, work.AnyTouch, work.LaterTouch),
				Takes:    exponential(float64(d.int("held for", 60, 40_000))),
			}
			rest -= h.Share
			s.Issues[i].Holds = append(s.Issues[i].Holds, h)
		}
	}
}
