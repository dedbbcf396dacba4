package desk

import (
	"slices"
	"time"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Witness is an Observer that is told why tickets wait. Without one nothing of this is worked
// out.
//
// Whoever waits stands at a stand: with the same teams that may take him now, the same that
// may later, and the same people who can be called for him. What keeps those at a stand from being taken
// is the same for all of them.
type Witness interface {
	// Recalls is told each event of which the clocks of a ticket are told that is open when the
	// trial begins, before all else.
	Recalls(kind ticket.EventKind, at time.Duration, t *Ticket)
	// Stands is told that a ticket waits from now on, and at which stand; again when it
	// goes on to another one.
	Stands(at time.Duration, t *Ticket, stand int)
	// Hindered is told what keeps those at a stand waiting from now on, after the first event
	// and after each that changes it.
	Hindered(at time.Duration, stand int, by Hindrance)
}

// Hindrance is what keeps tickets waiting.
type Hindrance uint8

const (
	// Unstaffed: nobody who may take them is at work.
	Unstaffed Hindrance = iota
	// Behind: all who may take them have their hands full.
	Behind
	// HeldBack: somebody at work with the skill has room, and a rule keeps him from them: he
	// is kept free for others, has not enough room for such work beside what he has in hand, or
	// belongs to a team that may not take them yet; or they wait for the agent who had them.
	HeldBack
	// Stricken: somebody who may take them has room, but the system of his team is down.
	Stricken
)

// stand is where tickets wait, as far as it matters for what keeps them.
type stand struct {
	may   []int16 // teams that may take them now
	later []int16 // those that may later, or while many wait
	calls []int32 // groups of people on call who can be called for them
}

// layStands gives each demand of a class its stand.
func (l *Layout) layStands(out *class, class int) {
	chain := func(d *demand) {
		for ; d != nil; d = d.then {
			d.stand = l.stand(d, class)
		}
	}
	chain(&out.first)
	chain(&out.later)
	for i := range out.moves {
		chain(&out.moves[i].first)
		chain(&out.moves[i].later)
	}
	for i := range out.aways {
		chain(&out.aways[i].demand)
	}
	for i := range out.backs {
		if len(out.backs[i].teams) > 0 {
			chain(&out.backs[i])
		}
	}
}

// stand is the index of a demand's stand, which is added if it is new.
func (l *Layout) stand(d *demand, class int) int32 {
	var p stand
	for _, s := range d.teams {
		p.may = append(p.may, s.team)
	}
	add := func(seats []seat) {
		for _, s := range seats {
			if !slices.Contains(p.may, s.team) && !slices.Contains(p.later, s.team) {
				p.later = append(p.later, s.team)
			}
		}
	}
	for x := d; x != nil; x = x.then {
		add(l.queues[x.queue].helps)
		add(x.teams)
	}
	for _, g := range l.calls {
		gr := &l.groups[g]
		if !d.live && gr.call.classes[class] && slices.Contains(p.may, gr.team) {
			p.calls = append(p.calls, g)
		}
	}
	for i := range l.stands {
		q := &l.stands[i]
		if slices.Equal(q.may, p.may) && slices.Equal(q.later, p.later) && slices.Equal(q.calls, p.calls) {
			return int32(i)
		}
	}
	l.stands = append(l.stands, p)
	return int32(len(l.stands) - 1)
}

// Stands is how many stands a Witness hears of.
func (l *Layout) Stands() int { return len(l.stands) }

// attend finds out whether an observer of a trial that begins asks why tickets wait.
func (d *Desk) attend(obs Observer) {
	d.witness = nil
	if ws := witnessesAmong(obs, nil); len(ws) > 0 {
		d.witness = ws
	}
	d.plain = d.layout.spots == 0 && d.witness == nil
	if d.witness != nil {
		d.told = -1
		d.seen = append(d.seen[:0], make([]seen, len(d.layout.stands))...)
	}
}

// witnessesAmong adds those among observers who ask.
func witnessesAmong(obs Observer, ws witnesses) witnesses {
	switch o := obs.(type) {
	case Observers:
		for _, x := range o {
			ws = witnessesAmong(x, ws)
		}
	case Witness:
		ws = append(ws, o)
	}
	return ws
}

// testify tells the witness what keeps tickets waiting, where that has changed.
func (d *Desk) testify() {
	now := d.events.Now()
	for i := range d.layout.stands {
		if by := d.hindrance(&d.layout.stands[i]); !d.seen[i].told || d.seen[i].by != by {
			d.seen[i] = seen{by, true}
			d.witness.Hindered(now, i, by)
		}
	}
}

// seen is what a witness knows of a stand.
type seen struct {
	by   Hindrance
	told bool
}

// hindrance is what keeps tickets at a stand waiting, seen between two events.
func (d *Desk) hindrance(p *stand) Hindrance {
	room, stricken, busy := false, false, false
	for _, t := range p.may {
		switch tm := &d.teams[t]; {
		case tm.staff.On == 0:
		case tm.room == 0:
			busy = true
		case tm.staff.Down:
			stricken = true
		default:
			room = true
		}
	}
	for _, t := range p.later {
		tm := &d.teams[t]
		room = room || tm.room != 0 && !tm.staff.Down
	}
	for _, g := range p.calls {
		gr := &d.layout.groups[g]
		for a := gr.first; a < gr.first+gr.size; a++ {
			switch d.agents[a].duty {
			case standby:
				stricken = stricken || d.teams[gr.team].staff.Down
				room = room || !d.teams[gr.team].staff.Down
			case called, calledOver:
				busy = true
			}
		}
	}
	switch {
	case stricken:
		return Stricken
	case room:
		return HeldBack
	case busy:
		return Behind
	}
	return Unstaffed
}

// tellWaiting tells an observer among whom is a witness, after every event, how many tickets wait, if that has
// changed, and what keeps them.
func (d *Desk) tellWaiting() {
	if d.known != d.waiting {
		d.known = d.waiting
		d.obs.Waiting(d.events.Now(), d.waiting)
	}
	d.testify()
}
