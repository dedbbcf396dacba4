// Package intake makes a ticket log of what importers find in other people's files.
//
// An importer reads a format and says facts: at this instant this happened to that ticket, or:
// from this row on it stood like this. Intake gathers the facts of each ticket, whatever the order
// of the file, turns what a source says of states into events, gives names their numbers, and
// writes the log in the order of time, as the simulator does. So one log can be replayed,
// audited and fitted, wherever it comes from.
//
//	in := intake.New(intake.Options{})
//	defer in.Close()
//	in.Add(&intake.Fact{Ticket: "4711", At: at, Kind: ticket.Created, Channel: "email", Row: 2})
//	in.Add(&intake.Fact{Ticket: "4711", At: later, Kind: ticket.Replied, Status: ticket.Pending, HasStatus: true, Agent: "Ada", Row: 2})
//	sum, err := in.WriteLog(file)
//
// # The stance
//
// Nothing is dropped in silence: what is odd in a file is counted by kind, with the first rows
// of each, and every Oddity says what was made of it.
//
// Nothing is known before its time: what a fact says holds from its instant on. Who has only the
// final value of an attribute says it with the fact that creates the ticket, and it holds from then on.
//
// Memory does not grow with the rows: facts are sorted on disk where they are too many. It grows
// with the different names, of which there may be so many of a kind and no more.
//
// # How facts become events
//
// The facts of a ticket are taken in the order of time, those of one instant in the order in which
// they were added. The ticket is created at the earliest fact of the kind ticket.Created; without
// one, when its first fact says that it was opened; without that, at its first fact. A fact that
// changes what the rules of a desk can see gives a reclassified event, one that changes the team an
// assigned event, and then what happened gives its own event. A fact of the kind
// ticket.StatusSet with the status that the ticket has already gives a note, since somebody did
// something that the customer does not see, unless it gave one of the others.
//
// Where a fact does not say the status after it, a customer's message makes a pending, held or
// solved ticket open, a reply or a start makes a new one open, leaving closes it, and all else changes
// nothing.
package intake
