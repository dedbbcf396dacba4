package arrivals

import (
	"fmt"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/work"
	"github.com/headroom-sim/headroom/sim/rng"
)

// Next is what a customer does who has left the queue.
type Next uint8

const (
	Lost     Next = iota // nothing
	Retries              // tries again
	Switches             // writes on another channel
)

// Leaving is what follows when the patience of a live customer ends.
type Leaving struct {
	CallBack bool // stays after all: somebody is to call back
	Next     Next // what he does if he leaves
	Delay    time.Duration
}

// The places of a leaving's words.
const (
	wordCallBack = iota
	wordNext
	wordRetry
)

// Leave is what follows when the patience of a contact's customer ends.
func (g *Generator) Leave(o Origin, class int32) Leaving {
	ch := g.plan.traits[class].channel
	after := &ch.AfterAbandon
	if ch.Callback == 0 && !after.Any() {
		return Leaving{}
	}
	e := g.later(rng.Leaving, o, 0)
	l := Leaving{CallBack: e.Uniform(wordCallBack) < ch.Callback}
	switch u := e.Uniform(wordNext); {
	case u >= after.Retry+after.Switch:
	case u >= after.Retry:
		l.Next = Switches
	case o.Kin.Attempt() < after.Most:
		l.Next = Retries
		l.Delay = seconds(drawAt(&after.After, e, wordRetry))
	}
	return l
}

// Chase is one time that a customer asks again.
type Chase struct {
	Delay  time.Duration // since he wrote, or asked, the last time
	Merged bool
	Handle time.Duration // agent time on top, if merged
}

// The places of a chase's words.
const (
	wordWait = iota
	wordMerged
	wordMore
)

// chasesBits is the room for the number of times that a customer has asked again, and of
// reminders, in the sub of a key.
const chasesBits = 4

// Chase is how a customer who has asked again n times in all, and whose ticket has had so
// many touches, does once more. Delays are multiplied by a tolerance.
func (g *Generator) Chase(o Origin, class int32, touches, n int, tolerance float64) Chase {
	c := &g.plan.traits[class].channel.Chase
	e := g.later(rng.Chase, o, touches<<chasesBits|n)
	return Chase{
		Delay:  seconds(drawAt(&c.After, e, wordWait) * tolerance),
		Merged: e.Uniform(wordMerged) < c.Merged,
		Handle: seconds(drawAt(&c.Handle, e, wordMore)),
	}
}

// Tolerance is how much longer customers of a class put up with waiting who came at a
// time.
func (p *Plan) Tolerance(class int32, at time.Duration) float64 {
	return model.Tolerance(p.relaxations, p.Classes[class], at)
}

// remind lets reminders win a silent customer.
func (g *Generator) remind(c *Cycle, o Origin, issue *work.Issue, scale float32, n int) {
	for k, at := range issue.Reply.Remind {
		e := g.later(rng.Remind, o, n<<chasesBits|k)
		if e.Uniform(wordSilent) >= issue.Reply.Wins {
			continue
		}
		// Nobody answers a reminder before it comes.
		delay := at + max(1, seconds(drawAt(&issue.Reply.After, e, wordDelay)))
		if delay < at || delay >= issue.Reply.Close {
			continue
		}
		*c = Cycle{
			Delay: delay, Won: true,
			Touch: touch(drawAt(&issue.Handle, e, wordNextHandle), scale, e.Uniform(wordNextSolves), issue.SolvedLater),
		}
		return
	}
}

// Further fills in what a descendant brings, of which origin, classes and time are
// known. Its numbers are named by its own ID.
func (g *Generator) Further(t *Ticket) {
	st := &g.plan.streams[t.Stream]
	class := t.Class
	g.draw(st, t, t.Actual)
	t.Class = class
	if t.Kin.Copy() > 0 {
		handle := drawAt(&g.plan.traits[t.Actual].channel.Chase.Handle, &g.entity, wordHandle)
		t.Touch = Touch{Handle: seconds(handle), Solves: true}
	}
}

// Descend is the origin of a contact that descends from o's.
func (o Origin) Descend(to ticket.Kin) Origin {
	return Origin{ID: o.ID.Kin(o.Kin, to), Stream: o.Stream, Kin: to}
}

// Switched is the class of those who write in place of another attempt of a class.
func (p *Plan) Switched(class int32) int32 { return p.switched[class] }

// layFurther finds the classes of those who write in place of another attempt, and
// sees that descendants have IDs.
func (p *Plan) layFurther(s *model.Scenario) error {
	further, switches := false, false
	for i := range s.Channels {
		after := &s.Channels[i].AfterAbandon
		further = further || after.Any() || s.Channels[i].Chase.Any()
		switches = switches || after.Switch > 0
	}
	if further {
		if err := p.numbers(); err != nil {
			return err
		}
	}
	if !switches {
		return nil
	}
	for i := range len(p.Classes) {
		to := int32(-1)
		if c, ok := s.Switched(p.Classes[i]); ok {
			to = p.class(s, c)
		}
		p.switched = append(p.switched, to)
	}
	return nil
}

// numbers fails if the numbers of ordinary tickets may reach into the part of their IDs
// that says how others descend from them. Those of a replayed history are free, and must
// differ in more than that part.
func (p *Plan) numbers() error {
	// Twice as many as expected never come where so many are.
	const most = ticket.MostNumbers / 2
	families := map[ticket.ID]bool{}
	for i := range p.streams {
		st := &p.streams[i]
		for j := range st.days {
			expected := 0.0
			for _, g := range st.days[j].segments {
				expected += g.expected
			}
			if expected > most {
				return fmt.Errorf("arrivals: %.0f tickets of a stream on one day, at most %d are possible where customers come back or ask again", expected, most)
			}
		}
		if b := st.burst; b != nil {
			incidents := 1.0
			if b.every > 0 {
				incidents = float64(st.until) / b.every
			}
			if expected := b.tickets * incidents; expected > most {
				return fmt.Errorf("arrivals: %.0f tickets of a burst, at most %d are possible where customers come back or ask again", expected, most)
			}
		}
		for j := range st.replay {
			family := st.replay[j].ID.Family()
			if families[family] {
				return fmt.Errorf("arrivals: the ID of replayed ticket %#x leaves no room for those of its customer's further contacts", uint64(st.replay[j].ID))
			}
			families[family] = true
		}
	}
	return nil
}
