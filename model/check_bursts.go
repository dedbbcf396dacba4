package model

import (
	"fmt"
	"time"
)

const (
	// mostOfBursts is how many tickets all incidents of a burst may be expected to
	// bring.
	mostOfBursts = 1e8
	// shortestBurst keeps the rate of a burst finite.
	shortestBurst = time.Second
)

// bursts checks the incidents and what they bring.
func (c *checker) bursts() {
	const section = "bursts"
	list := c.s.Bursts
	if n := len(c.s.Streams) + len(list); len(list) > 0 && n > mostStreams {
		c.report(section, fmt.Sprintf("there are %d streams and bursts, at most %d are possible", n, mostStreams), "")
	}
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	c.unique("burst", names, func(i int) string { return entry(section, names[i], i) })
	for i := range list {
		b := &list[i]
		path := entry(section, b.Name, i)
		if c.index(path+".stream", "stream", b.Stream, len(c.s.Streams)) && c.s.Streams[b.Stream].Replay != nil {
			c.report(path+".stream", "the stream replays a history, which has no mix to draw from", "name a stream with a volume")
		}
		c.index(path+".issue", "issue", int(b.Issue), len(c.s.Issues))
		c.number(path+".tickets", "the number of tickets", b.Tickets, notNegative, plain, "300 is the mean of one incident")
		if b.Over < shortestBurst || b.Over > longest {
			c.report(path+".over", fmt.Sprintf("the tickets come over %s", span(b.Over)), "want at least 1s, such as over: 2h")
		}
		length := c.s.Time.Length
		incidents := 1.0
		switch {
		case b.Every < 0:
			c.report(path+".rate", fmt.Sprintf("the mean time between incidents is %s", span(b.Every)), "write such as rate: 2/month")
		case b.Every > 0:
			incidents = max(1, float64(length)/float64(b.Every))
		case length > 0 && (b.At < 0 || b.At >= length):
			c.report(path+".at", fmt.Sprintf("the incident happens at %s, the scenario goes from %s to %s", c.local(b.At), c.local(0), c.local(length)), "let it happen within that time")
		}
		// Incidents without tickets cost time too.
		if n := incidents * max(1, b.Tickets); n > mostOfBursts {
			c.report(path+".tickets", fmt.Sprintf("the incidents bring about %s tickets, at most %s are possible", plain(n), plain(mostOfBursts)), "")
		}
	}
}
