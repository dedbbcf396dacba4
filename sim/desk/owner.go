package desk

// ownLine is the line of those who wait for an agent.
func (d *Desk) ownLine(a int32) int32 { return int32(len(d.layout.queues)) + a }

// toOwner gives a follow-up to the agent who had the ticket last, if he is at work and
// may still take it, at once or when he has room; false if anybody may take it.
func (d *Desk) toOwner(i int32) bool {
	t := &d.tickets[i]
	if t.owner < 0 || d.agents[t.owner].duty != on {
		return false
	}
	a := t.owner
	x, ok := d.layout.turnOf(d.agents[a].team, d.wants(t).queue)
	switch {
	case !ok || x.help != noHelp:
		return false
	case d.mayTake(a, &x):
		d.start(i, a)
		d.tellStaff(d.agents[a].team)
	default:
		d.enqueue(i, d.ownLine(a))
		t.moves = d.schedule(d.later(d.layout.owner), event{movesOn, i})
	}
	return true
}

// ownFront is the foremost of those who wait for an agent, if he may take it now; -1 if
// not.
func (d *Desk) ownFront(a int32) (int32, place) {
	line := d.ownLine(a)
	if d.queues[line].len == 0 {
		return -1, place{}
	}
	i, p := d.front(line)
	if x, ok := d.layout.turnOf(d.agents[a].team, d.wants(&d.tickets[i]).queue); !ok || !d.mayTake(a, &x) {
		return -1, place{}
	}
	return i, p
}

// disown lets those who wait for an agent, who goes, wait for anybody.
func (d *Desk) disown(a int32) {
	for line := d.ownLine(a); d.queues[line].len > 0; {
		i, p := d.front(line)
		d.dequeue(i)
		d.tickets[i].owner = -1
		d.back = append(d.back, handedBack{p, i})
	}
}
