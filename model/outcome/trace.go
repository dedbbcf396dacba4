package outcome

import (
	"time"

	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// TicketTrace is what became of one ticket of one trial. It is no part of an outcome file:
// traces have files of their own, on request.
type TicketTrace struct {
	ID       ticket.ID
	Class    ticket.Class  // what it really was
	Created  time.Duration // since the scenario's start
	Measured bool          // created after the warm-up
	// Answered and Ended are since the scenario's start; -1 for not.
	Answered, Ended time.Duration
	Status          ticket.Status
	Team            ticket.Team // that had it last; ticket.NoTeam if nobody has taken it
	Touches         int32
	Reopenings      int32
	HandOffs        int32
	Clocks          [sla.Metrics]ClockTrace
}

// ClockTrace is what became of the clocks of one metric of a ticket.
type ClockTrace struct {
	Judged, Late, Undecided int32
	// Elapsed is working time, and Within its target, of the clock that was judged and went
	// furthest over its target, or came nearest.
	Elapsed, Within time.Duration
}
