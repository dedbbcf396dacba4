package model

import (
	"fmt"
	"slices"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Deflection is a bot, an AI agent or a help page that stands before the desk. A
// customer whose ticket it matches meets it first, within its hours. With probability
// Contains it answers him, and his ticket does not reach the desk; else the ticket
// goes on to the desk once the bot has taken its time. Of the answers a share is
// wrong: the customer comes back, to the desk, with the same ticket, some time
// after he was answered. A customer meets the first deflection that matches, once.
//
// All clocks and the customer's patience begin when the ticket reaches the desk: what
// passes before that is no promise of the desk's. Whom a bot answers belongs to the
// customer: he is one of those whom a bot with a higher share would have answered too.
type Deflection struct {
	Name     string
	Match    sla.Match
	Calendar int       // its hours, an index into the scenario's calendars
	Contains float64   // share of those who meet it
	Wrong    float64   // share of those whom it answers
	Handle   dist.Dist // seconds that it takes; zero: no time
	Back     dist.Dist // seconds from a wrong answer until the customer is back
	Cost     float64   // of meeting it once, in the scenario's currency
	// Switch is the share of those whom it does not answer who turn to channel To, as after an
	// announcement that asks callers to write. They keep their priority.
	Switch float64
	To     ticket.Channel
	// Replays says that tickets of a replayed history meet it too. Those have met
	// whatever bot there was.
	Replays bool
}

// deflection checks what stands before the desk.
func (c *checker) deflection() {
	const section = "deflection"
	list := c.s.Deflection
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	c.unique("deflection", names, func(i int) string { return entry(section, names[i], i) })
	for i := range list {
		b := &list[i]
		path := entry(section, b.Name, i)
		c.index(path+".hours", "calendar", b.Calendar, len(c.s.Calendars))
		c.number(path+".contains", "the share that it contains", b.Contains, wholeRange, percent, "")
		c.number(path+".wrong", "the share of wrong answers", b.Wrong, wholeRange, percent, "")
		c.number(path+".switch", "the share that switches", b.Switch, wholeRange, percent, "")
		if b.Switch > 0 && c.index(path+".switch", "channel", int(b.To), len(c.s.Channels)) && (len(b.Match.Channels) == 0 || slices.Contains(b.Match.Channels, b.To)) {
			c.report(path+".switch", fmt.Sprintf("they turn to %s, and it is met by those on that channel too", wordOf(c.s.Names.Channels, b.To)),
				"let it match other channels only, such as match: {channel: phone}")
		}
		c.number(path+".cost", "the cost of a contact", b.Cost, notNegative, plain, "")
		c.lasting(path+".handle", "the bot takes", b.Handle)
		c.lasting(path+".back_after", "the customers come back after", b.Back)
		if b.Wrong > 0 && b.Back.IsZero() {
			c.report(path+".back_after", fmt.Sprintf("%s of the answers are wrong, but it is not said when the customers come back", percent(b.Wrong)),
				"such as back_after: lognormal(median 4h, cv 1)")
		}
		if b.Cost > 0 && c.s.Currency == "" {
			c.report(path+".cost", "the cost is in no currency", "")
		}
		if c.sound(func() { c.match(&b.Match, func(attribute string) string { return path + ".match." + attribute }) }) && !c.meets(b) {
			c.report(path+".match", "it meets none of the tickets that the demand brings",
				"a replayed history meets it only with replays: true")
		}
	}
}

// lasting reports a distribution of times whose mean is negative or no number.
func (c *checker) lasting(path, what string, d dist.Dist) {
	if d.IsZero() {
		return
	}
	if m := d.Mean(); !(m >= 0 && m <= longest.Seconds()) {
		c.report(path, fmt.Sprintf("%s %ss in the mean", what, plain(m)), fmt.Sprintf("want 0s to %s", span(longest)))
	}
}

// meets reports whether the demand brings tickets that a deflection matches.
func (c *checker) meets(b *Deflection) bool {
	drawn := func(st demand.Stream) bool { return st.Replay == nil }
	if len(c.s.Streams) > 0 && !b.Replays && !slices.ContainsFunc(c.s.Streams, drawn) {
		return false
	}
	return c.brought(&b.Match)
}
