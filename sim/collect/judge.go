package collect

import (
	"time"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/sim/desk"
)

// judgeAll counts the verdicts on the clocks of a ticket.
func (c *Collector) judgeAll(at time.Duration, t *desk.Ticket, results []sla.Result) {
	interval := int(t.Created / c.interval)
	class := c.desk.ClassOf(t.Promised)
	for _, r := range results {
		c.judge(at, t, class, r, interval)
	}
	if cl := &c.classes[class]; len(cl.deals) > 0 {
		c.settleUnder(t, cl, results)
	}
}

func (c *Collector) judge(at time.Duration, t *desk.Ticket, class int32, r sla.Result, interval int) {
	cl := &c.classes[class]
	k := &c.judged[r.Metric][class]
	if r.Owner != 0 {
		c.cycles.judge(&r)
	}
	var missed int32
	switch r.Verdict {
	case sla.Undecided:
		k.undecided++
		return
	case sla.Met:
		k.met++
	case sla.Breached:
		k.breached++
		missed = 1
	case sla.Overdue:
		k.overdue++
		missed = 1
	}
	c.bins[r.Metric][cl.group][outcome.Bin(r.Elapsed)]++
	if wait, ok := waitedFor(t, &r, at); ok {
		c.wall[r.Metric][cl.group][outcome.Bin(wait)]++
	}
	for _, line := range cl.lines {
		s := &c.lines[r.Metric][line][interval]
		s.judged++
		s.breached += missed
	}
	if c.hours != nil {
		s := &c.byHour[r.Metric][c.hours[interval]]
		s.judged++
		s.breached += missed
		c.hourly[r.Metric][c.hours[interval]%24][outcome.Bin(r.Elapsed)/binsPerHourBin]++
	}
	c.date(cl, r.Metric, t.Created, interval, missed)
	if vow := c.vowOf(&r); vow >= 0 {
		c.pursue(vow, r.Metric, t.Created, interval, missed)
	}
	c.team(ticket.Team(t.Team), r.Metric, missed)
	if len(c.relaxed) > 0 {
		c.relax(t, r, missed)
	}
	if len(cl.excuses) > 0 {
		c.excuse(t, class, r, missed)
	}
}

// waitedFor is for how long its customer waited for what a metric measures: the first answer or the solution, or
// until now if there is none. Whose ticket came back waited for its last solution, whatever the clock says, unless each
// is judged for itself.
func waitedFor(t *desk.Ticket, r *sla.Result, now time.Duration) (time.Duration, bool) {
	start, end := t.Created, t.Answered
	switch {
	case r.Metric == sla.FirstReply:
	case r.Metric != sla.Resolution:
		return 0, false
	case r.Reopen == sla.Reset && t.Since == now && t.Reopenings > 0: // the return has ended the round
		return t.Before, true
	case r.Reopen == sla.Reset:
		start, end = t.Since, t.Ended
	default:
		end = t.Ended
	}
	if end < 0 {
		end = now
	}
	return end - start, true
}
