package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

// Outage is a time in which something is down: channels, so that no customer gets
// through on them, or the system of teams, so that nobody there can start anything. It
// is at a stated time, or at random times that are others in each replication.
//
// Whoever makes contact on a channel that is down turns to channel To with
// probability Switch; else he is lost, or, if he is Patient, he makes contact again within
// Spread after the end. So does whoever comes back after a wrong answer of a bot. Whom
// a bot has in hand is through already, and so are tickets at the desk.
//
// Agents whose system is down are there and are paid. What they have in hand they
// bring to its end; what waits, waits.
type Outage struct {
	Name     string
	Channels []ticket.Channel
	Teams    []ticket.Team

	// From and Until are the stated time, since the scenario's start. Where Every is
	// not 0 they mean nothing: outages then begin as a Poisson process with that mean
	// time from one beginning to the next, and last as Lasts says, in seconds.
	From, Until time.Duration
	Every       time.Duration
	Lasts       dist.Dist

	Switch  float64
	To      ticket.Channel
	Patient bool
	Spread  time.Duration

	// Planned maintenance is left out of availability.
	Planned bool
}

// What says in words what is down: "phone, the system of front and back".
func (o *Outage) What(n *ticket.Names) string {
	var parts []string
	if len(o.Channels) > 0 {
		parts = append(parts, list(wordsOf(n.Channels, o.Channels)))
	}
	if len(o.Teams) > 0 {
		parts = append(parts, "the system of "+list(wordsOf(n.Teams, o.Teams)))
	}
	return strings.Join(parts, ", ")
}

// mostOutages is how often an outage may be expected to happen.
const mostOutages = 1e5

// outages checks what is down and when.
func (c *checker) outages() {
	const section = "outages"
	list := c.s.Outages
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	c.unique("outage", names, func(i int) string { return entry(section, names[i], i) })
	for i := range list {
		o := &list[i]
		path := entry(section, o.Name, i)
		if len(o.Channels)+len(o.Teams) == 0 {
			c.report(path, "nothing is down", "name channels that customers cannot reach, or teams whose system is down")
		}
		for _, ch := range o.Channels {
			c.index(path+".channels", "channel", int(ch), len(c.s.Channels))
		}
		for _, t := range o.Teams {
			c.index(path+".teams", "team", int(t), len(c.s.Teams))
		}
		twice(c, path+".channels", o.Channels, func(x ticket.Channel) string { return wordOf(c.s.Names.Channels, x) })
		twice(c, path+".teams", o.Teams, func(x ticket.Team) string { return wordOf(c.s.Names.Teams, x) })
		c.happens(o, path)
		c.turnedAway(o, path)
	}
}

// happens checks when an outage is.
func (c *checker) happens(o *Outage, path string) {
	length := c.s.Time.Length
	switch {
	case o.Every < 0:
		c.report(path+".rate", fmt.Sprintf("the mean time between outages is %s", span(o.Every)), "write such as rate: 1/month")
	case o.Every > 0 && float64(length) > mostOutages*float64(o.Every):
		c.report(path+".rate", fmt.Sprintf("there is an outage every %s in the mean", span(o.Every)), fmt.Sprintf("at most %s are possible", plain(mostOutages)))
	case o.Every > 0 && o.Lasts.IsZero():
		c.report(path+".lasts", "it is not said how long it lasts", "such as lasts: lognormal(mean 2h, cv 1)")
	case o.Every > 0:
		c.lasting(path+".lasts", "the outage lasts", o.Lasts)
	case o.Until <= o.From:
		c.report(path+".until", fmt.Sprintf("it ends at %s, and starts at %s", c.local(o.Until), c.local(o.From)), "until must lie after from")
	case length > 0 && (o.From >= length || o.Until <= 0):
		c.report(path+".from", fmt.Sprintf("it lasts from %s to %s, outside the scenario, which goes from %s to %s",
			c.local(o.From), c.local(o.Until), c.local(0), c.local(length)), "let it happen within that time")
	}
}

// turnedAway checks what becomes of those who cannot get through.
func (c *checker) turnedAway(o *Outage, path string) {
	c.number(path+".switch", "the share that switches", o.Switch, wholeRange, percent, "")
	if o.Spread < 0 || o.Spread > longest {
		c.report(path+".contacts", fmt.Sprintf("they are back within %s", span(o.Spread)), "write such as contacts: back within 1h")
	}
	if o.Switch > 0 && c.index(path+".switch", "channel", int(o.To), len(c.s.Channels)) && slices.Contains(o.Channels, o.To) {
		c.report(path+".switch", fmt.Sprintf("%s is down too", wordOf(c.s.Names.Channels, o.To)), "name a channel that is up")
	}
	if len(o.Channels) == 0 && (o.Switch > 0 || o.Patient) {
		c.report(path+".contacts", "no channel is down, so every contact comes in", "name channels, or leave this out")
	}
}

// moved lists the classes of those who turn to another channel.
func (c *checker) moved(all []arrivalClass, add func(k ticket.Class, stream int)) {
	for i := range c.s.Outages {
		o := &c.s.Outages[i]
		if !(o.Switch > 0) || int(o.To) >= len(c.s.Channels) {
			continue
		}
		for _, k := range all {
			if slices.Contains(o.Channels, k.Channel) {
				k.Class.Channel = o.To
				add(k.Class, k.stream)
			}
		}
	}
}
