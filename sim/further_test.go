package sim_test

import (
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"pgregory.net/rapid"
)

// talkative is any scenario that Check accepts, with customers who call again, write
// instead, are called back, ask again and are reminded.
func talkative(r *rapid.T) *model.Scenario {
	d := draw{r}
	s := varied(r)
	for i := range s.Channels {
		ch := &s.Channels[i]
		switch {
		case !ch.Live && d.yes("asks again"):
			ch.Chase = work.Chase{
				After: dist.Must(dist.Weibull(float64(d.int("asks after minutes", 10, 300))*60, 2)), Merged: d.tenths("merged", 0, 10),
				Handle: d.handle(120), Most: d.int("asks at most", 1, ticket.MostFurther),
			}
		case ch.Live && !ch.Patience.IsZero():
			ch.Callback = d.tenths("called back", 0, 8)
			ch.AfterAbandon = work.AfterAbandon{
				Retry: d.tenths("tries again", 0, 6), After: exponential(float64(d.int("tries after", 1, 4000))), Most: d.int("tries at most", 1, ticket.MostFurther),
				Switch: d.tenths("writes instead", 0, 4),
			}
		}
	}
	for i := range s.Issues {
		reply := &s.Issues[i].Reply
		for k := range d.int("reminders", 0, 3) {
			reply.Remind = append(reply.Remind, reply.Close*time.Duration(k+1)/5)
		}
		if len(reply.Remind) > 0 {
			reply.Wins = d.tenths("wins", 0, 10)
		}
	}
	return s
}

var _ = testing.Short
