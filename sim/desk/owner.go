package desk

// ownLine is the line of those who wait for an agent.
func (d *Desk) ownLine(ag *agent) int32 { return int32(len(d.layout.queues)) + ag.index }

// own reports whether a line is that of an agent.
func (d *Desk) own(line int32) bool { return int(line) >= len(d.layout.queues) }

// toOwner gives a follow-up to the agent who had the ticket last, if he is at work and
// may still take it, at once or when he has room; false if anybody may take it.
func (d *Desk) toOwner(t *Ticket) bool {
	if t.owner < 0 || d.agents[t.owner].duty != on {
		return false
	}
	ag, want := &d.agents[t.owner], d.wants(t)
	x, ok := d.layout.turnOf(ag.team, want.queue)
	switch {
	case !ok || x.help != noHelp || x.spare > 0:
		return false // or agents of his team are kept free of it: then anybody may take it
	case ag.crew.lets(ag, &x):
		d.startAlone(t, ag, want)
	default:
		d.enqueue(t, d.ownLine(ag))
		t.moves = d.schedule(d.later(d.layout.owner), event{movesOn, t.slot})
	}
	return true
}

// ownFront is the foremost of those who wait for an agent and whom he may take now; nil
// for none.
func (d *Desk) ownFront(ag *agent) (best *Ticket, at place) {
	q := &d.queues[d.ownLine(ag)]
	for b := range q.lists {
		for i := q.lists[b].head; i >= 0; i = d.tickets[i].next {
			t := &d.tickets[i]
			x, ok := d.layout.turnOf(ag.team, d.wants(t).queue)
			if !ok || !ag.crew.lets(ag, &x) {
				continue
			}
			if p := d.placeOf(t); best == nil || p.before(at) {
				best, at = t, p
			}
		}
	}
	return best, at
}

// disown lets those who wait for an agent, who goes, wait for anybody.
func (d *Desk) disown(ag *agent) {
	for q := &d.queues[d.ownLine(ag)]; q.len > 0; {
		t, _ := q.first(d.tickets)
		d.dequeue(t)
		t.owner = -1
		d.goOn(t)
		d.back = append(d.back, handedBack{d.placeOf(t), t.slot})
	}
}
