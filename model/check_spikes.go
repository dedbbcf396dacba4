package model

import (
	"fmt"
	"math"

	"github.com/headroom-sim/headroom/model/demand"
)

// largestFactor is far above any peak; the simulator builds a spike from one
// layer of tickets for each unit of its factor.
const largestFactor = 256

// spikes checks each spike of each stream, and those of one stream against each
// other. Streams share spikes, so most of it is the same for several of them.
func (c *checker) spikes() {
	for i := range c.s.Streams {
		st := &c.s.Streams[i]
		stream := entry("demand", st.Name, i)
		names := make([]string, len(st.Spikes))
		for j := range st.Spikes {
			p := &st.Spikes[j]
			names[j] = p.Name
			c.spike(p, key("spikes", p.Name, j))
			if st.Replay != nil && p.Factor != 1 {
				c.report(stream+".spikes", fmt.Sprintf("the stream replays a history, which the factor %s of %s cannot multiply", plain(p.Factor), p.Name),
					"leave the spike out: the history has its own peaks")
			}
		}
		c.unique("spike", names, func(int) string { return stream + ".spikes" })
		for j := range st.Spikes {
			for k := range j {
				c.overlap(&st.Spikes[k], &st.Spikes[j], stream+".spikes")
			}
		}
	}
}

func (c *checker) spike(p *demand.Spike, path string) {
	c.number(path+".factor", "the factor", p.Factor, bounds{low: 1, high: largestFactor}, plain,
		"1 is no spike, 8 is eight times the usual tickets")
	c.duration(path+".rise", "the rise", p.Rise)
	c.duration(path+".hold", "the hold", p.Hold)
	c.duration(path+".fall", "the fall", p.Fall)
	c.number(path+".handle", "the change of handling times", p.Handle,
		bounds{low: -1, high: math.Inf(1), lowOpen: true, highOpen: true}, percent, "+10% makes each touch a tenth longer")
	if p.Rise < 0 || p.Hold < 0 || p.Fall < 0 {
		return
	}
	length := c.s.Time.Length
	switch end := p.End(); {
	case p.Rise > longest || p.Hold > longest || p.Fall > longest:
		c.report(path+".hold", fmt.Sprintf("the spike lasts for %s, %s and %s, more than a century", span(p.Rise), span(p.Hold), span(p.Fall)), "")
	case end == p.Start:
		c.report(path+".hold", "rise, hold and fall are all 0s, so the spike does not last", "say how long it holds, such as hold: 18h")
	case length > 0 && p.Start >= length:
		c.report(path+".start", fmt.Sprintf("the spike starts at %s, after the scenario has ended at %s", c.local(p.Start), c.local(length)), "")
	case end <= 0:
		c.report(path+".start", fmt.Sprintf("the spike is over at %s, before the scenario starts at %s", c.local(end), c.local(0)), "")
	}
}

// overlap reports two spikes of one stream that say different things about the
// same time. A factor of 1 says nothing about the rate.
func (c *checker) overlap(a, b *demand.Spike, path string) {
	from, to := max(a.Start, b.Start), min(a.End(), b.End())
	if from >= to {
		return
	}
	when := fmt.Sprintf("from %s to %s", c.local(from), c.local(to))
	if a.Factor != b.Factor && a.Factor != 1 && b.Factor != 1 {
		c.report(path, fmt.Sprintf("%s, with factor %s, and %s, with factor %s, overlap %s",
			a.Name, plain(a.Factor), b.Name, plain(b.Factor), when),
			"let one end before the other starts, or give both the same factor")
	}
	if a.Handle != b.Handle {
		c.report(path, fmt.Sprintf("%s, with handling times changed by %s, and %s, with %s, overlap %s",
			a.Name, percent(a.Handle), b.Name, percent(b.Handle), when),
			"let one end before the other starts, or give both the same handle")
	}
}
