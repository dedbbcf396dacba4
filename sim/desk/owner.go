package desk

// ownLine is the line of those who wait for an agent.
func (d *Desk) ownLine(a int32) int32 { return int32(len(d.layout.queues)) + a }

// own reports whether a line is that of an agent.
func (d *Desk) own(line int32) bool { return int(line) >= len(d.layout.queues) }

// toOwner gives a follow-up to the agent who had the ticket last, if he is at work and
// may still take it, at once or when he has room; false if anybody may take it.
func (d *Desk) toOwner(t *Ticket) bool {
	if t.owner < 0 || d.agents[t.owner].duty != on {
		return false
	}
	a, want := t.owner, d.wants(t)
	x, ok := d.layout.turnOf(d.agents[a].team, want.queue)
	switch {
	case !ok || x.help != noHelp || x.spare > 0:
		return false // or agents of his team are kept free of it: then anybody may take it
	case d.teams[d.agents[a].team].lets(&d.agents[a], &x):
		d.startAlone(t, a, want)
	default:
		d.enqueue(t, d.ownLine(a))
		t.moves = d.schedule(d.later(d.layout.owner), event{movesOn, t.slot})
	}
	return true
}

// ownFront is the foremost of those who wait for an agent and whom he may take now; -1
// for none.
func (d *Desk) ownFront(a int32) (int32, place) {
	best, at := int32(-1), place{}
	q := &d.queues[d.ownLine(a)]
	for b := range q.lists {
		for i := q.lists[b].head; i >= 0; i = d.tickets[i].next {
			x, ok := d.layout.turnOf(d.agents[a].team, d.wants(&d.tickets[i]).queue)
			if !ok || !d.teams[d.agents[a].team].lets(&d.agents[a], &x) {
				continue
			}
			if p := d.placeOf(i); best < 0 || p.before(at) {
				best, at = i, p
			}
		}
	}
	return best, at
}

// disown lets those who wait for an agent, who goes, wait for anybody.
func (d *Desk) disown(a int32) {
	for q := &d.queues[d.ownLine(a)]; q.len > 0; {
		i, _ := q.first(d.tickets)
		t := &d.tickets[i]
		d.dequeue(t)
		t.owner = -1
		d.goOn(t)
		d.back = append(d.back, handedBack{d.placeOf(i), i})
	}
}
