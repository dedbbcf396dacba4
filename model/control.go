package model

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/calendar"
)

// Control is what estimates are corrected by, because its mean is known without
// simulating.
type Control uint8

// The controls.
const (
	NoControl Control = iota
	// ByArrivals corrects by how many tickets came in the measured time, against
	// ExpectedArrivals.
	ByArrivals
)

// ControlNames are the controls in the language, from 1 on.
var ControlNames = []string{"none", "arrivals"}

// ExpectedArrivals is the mean number of tickets created in the measured time: the
// integral of all streams' rates with their spikes. Days that are busier than planned
// have a mean factor of 1.
func (s *Scenario) ExpectedArrivals() float64 {
	sum := 0.0
	for i := range s.Streams {
		sum += s.ExpectedOf(i)
	}
	return sum
}

// ExpectedOf is the mean number of tickets that one stream brings in the measured time; of a history, which
// is the same in every trial, their number.
func (s *Scenario) ExpectedOf(stream int) float64 {
	d := &s.Streams[stream]
	if d.Replay == nil {
		return d.Curve(calendar.Axis{Origin: s.Time.Start}, s.Time.Length).ExpectedWith(d.Spikes, s.Time.Warmup, s.Time.Length)
	}
	n := 0
	for i := range d.Replay {
		if at := d.Replay[i].At; at >= s.Time.Warmup && at < s.Time.Length {
			n++
		}
	}
	return float64(n)
}

// control refuses one whose mean is not known.
func (c *checker) control() {
	if c.s.Run.Control == NoControl {
		return
	}
	if int(c.s.Run.Control) >= len(ControlNames) {
		c.report("run.control", fmt.Sprintf("control number %d does not exist", c.s.Run.Control), "")
		return
	}
	if why := c.s.unforeseen(); why != "" {
		c.report("run.control", fmt.Sprintf("how many tickets come on average is not known ahead, because %s", why), "leave the control out")
	}
}

// unforeseen says what makes the number of tickets depend on more than the streams;
// empty for nothing.
func (s *Scenario) unforeseen() string {
	switch {
	case len(s.Bursts) > 0:
		return "bursts come on top"
	case len(s.Deflection) > 0:
		return "bots keep some of them"
	case len(s.Outages) > 0:
		return "outages keep some of them away"
	}
	for i := range s.Streams {
		if s.Streams[i].Replay != nil {
			return "a history is replayed"
		}
	}
	for i := range s.Channels {
		if s.Channels[i].AfterAbandon.Any() || s.Channels[i].Chase.Any() {
			return "customers write or call again"
		}
	}
	return ""
}
