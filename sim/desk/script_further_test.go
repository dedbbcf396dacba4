package desk

import (
	"strings"

	"github.com/headroom-sim/headroom/model/work"
)

// insistence reads what the customers of a channel do of their own accord:
//
//	[retry=D] [most=N] [switch=CHANNEL] [callback] [chase=D/HANDLE] [apart]
//
// Whoever leaves with retry=D tries again after D, most times, or writes at once if
// there is a switch; with callback nobody leaves. With chase=D/HANDLE customers ask again
// D after they have written, at most most times, which costs HANDLE; as second tickets
// if apart.
func (p *script) insistence(c *work.Channel, key, value string) {
	switch key {
	case "retry":
		c.AfterAbandon.Retry, c.AfterAbandon.After = 1, constant(duration(value))
	case "switch":
		c.AfterAbandon.Switch, c.AfterAbandon.To = 1, p.offered[value][0]
	case "most":
		c.AfterAbandon.Most, c.Chase.Most = number(value), number(value)
	case "callback":
		c.Callback = 1
	case "chase":
		after, handle, _ := strings.Cut(value, "/")
		c.Chase.After, c.Chase.Handle, c.Chase.Merged = constant(duration(after)), constant(duration(handle)), 1
	case "apart":
		c.Chase.Merged = 0
	default:
		panic("unknown " + key)
	}
}

// reminders reads when a silent customer is reminded: remind=D,D after the agent's
// reply. With won=D the first reminder makes him answer after D.
func reminders(r *work.Reply, key, value string) {
	switch key {
	case "remind":
		for _, at := range strings.Split(value, ",") {
			r.Remind = append(r.Remind, duration(at))
		}
	case "won":
		r.Wins, r.After = 1, constant(duration(value))
	default:
		panic("unknown " + key)
	}
}
