package fit

import (
	"math"

	"github.com/headroom-sim/headroom/model/drift"
	"github.com/headroom-sim/headroom/model/ticket"
)

// span is the history as a stretch of time.
func (h *history) span() *drift.Span {
	return &drift.Span{Begin: h.days[0].Start, End: h.end, Axis: h.log.Axis}
}

// solvedTickets are those of the history by creation.
func (h *history) solvedTickets() (list []drift.Solved) {
	for _, events := range h.tickets {
		x := drift.Solved{Created: events[0].At, Took: math.MaxInt64}
		for _, e := range events {
			if e.At >= h.end {
				break
			}
			if e.Status >= ticket.Solved {
				x.Took = e.At - x.Created
				break
			}
		}
		list = append(list, x)
	}
	return list
}
