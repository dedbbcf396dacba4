package tickets

import (
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

// firstContacts are the rows of a log that Headroom wrote without the contacts that
// descend from another one in it: a replay that kept them would bring them twice, since
// customers who try again or ask again do so of what the desk does now. Of the tickets of one
// customer's matter, which their IDs tell, the earliest is the first contact.
func firstContacts(rows []ticketlog.Row) []ticketlog.Row {
	first := make(map[ticket.ID]int, len(rows))
	for i, row := range rows {
		id, ok := ticketlog.ParseID(row.ID)
		if !ok {
			continue
		}
		if j, seen := first[id.Family()]; !seen || row.Created.Before(rows[j].Created) {
			first[id.Family()] = i
		}
	}
	var kept []ticketlog.Row
	for i, row := range rows {
		if id, ok := ticketlog.ParseID(row.ID); !ok || first[id.Family()] == i {
			kept = append(kept, row)
		}
	}
	return kept
}
