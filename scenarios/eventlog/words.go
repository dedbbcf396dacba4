package eventlog

import "strings"

// What columns are often called, in the form of plain, the likely names first.
var (
	ticketWords   = []string{"number", "ticket number", "ticket id", "ticket", "case id", "case", "incident id", "incident", "incident number", "concept name", "issue key", "key", "request id", "id", "case number", "sr number", "caseid", "ticketid", "sys id"}
	atWords       = []string{"sys updated at", "sys updated on", "updated at", "timestamp", "time timestamp", "event time", "complete timestamp", "changed at", "changed", "updated", "modified", "at", "time", "date", "datetime"}
	openedWords   = []string{"opened at", "created at", "opened", "created", "open date", "creation date", "created on", "created date", "submitted", "reported", "submit date", "start", "opened date"}
	eventColumns  = []string{"event", "event type", "action", "activity", "transition", "type"}
	statusColumns = []string{"incident state", "state", "status", "ticket status", "concept name"}

	attributeWords = map[string][]string{
		"channel":  {"channel", "contact type", "via", "source", "origin", "medium"},
		"issue":    {"category", "issue", "issue type", "topic", "request type", "ticket type", "type", "reason", "product"},
		"tier":     {"tier", "plan", "segment", "customer type", "service level"},
		"priority": {"priority", "prio", "urgency", "severity"},
		"account":  {"account", "customer", "organization", "organisation", "company", "client", "caller id", "caller", "requester", "requester id"},
		"team":     {"assignment group", "team", "group", "group id", "queue", "department", "org group"},
		"agent":    {"sys updated by", "updated by", "agent", "assigned to", "assignee", "assignee id", "owner", "resource", "org resource", "user"},
	}
)

// timeMeanings are what further times of a ticket mean.
var timeMeanings = []struct {
	words []string
	means string
}{
	{[]string{"first response at", "first response", "first reply at", "first reply", "first responded at", "first response time", "responded"}, "replied open"},
	{[]string{"resolved at", "solved at", "resolved", "solved", "resolution date", "resolution time", "completed"}, "solved"},
	{[]string{"closed at", "closed", "close date", "closed date", "closing date"}, "closed"},
}

// A meaning is what a word means that holds one of some texts.
type meaning struct {
	texts []string
	means string
}

// The first that fits counts.
var (
	statusMeanings = []meaning{
		{[]string{"closed", "cancel", "reject", "withdrawn"}, "closed"},
		{[]string{"resolve", "solved", "complete", "done", "fixed"}, "solved"},
		{[]string{"awaiting user", "awaiting customer", "awaiting caller", "awaiting evidence", "awaiting info", "pending", "wait - user", "waiting for customer", "waiting on customer", "wait - customer", "user info"}, "pending"},
		{[]string{"hold", "awaiting", "wait", "suspend", "vendor", "third", "blocked"}, "on-hold"},
		{[]string{"new", "unassigned", "submitted", "creat"}, "new"},
		{[]string{"open", "active", "progress", "work", "assigned", "accepted", "queued", "reopen", "triage", "in charge"}, "open"},
	}
	eventMeanings = []meaning{
		{[]string{"creat", "opened", "submit"}, "created"},
		{[]string{"internal", "note"}, "note"},
		{[]string{"customer repl", "customer comment", "end user", "incoming", "message"}, "message"},
		{[]string{"repl", "respon", "public comment", "outgoing", "answered"}, "replied"},
		{[]string{"close", "cancel"}, "closed"},
		{[]string{"resolv", "solv", "complete"}, "solved"},
		{[]string{"reopen", "resume"}, "open"},
		{[]string{"start", "accept", "pick"}, "started open"},
		{[]string{"pend", "wait for customer"}, "pending"},
		{[]string{"hold", "suspend", "wait"}, "on-hold"},
		{[]string{"assign", "update", "change", "transfer", "escalat", "status", "reclassified"}, "update"},
		{[]string{"abandon"}, "abandoned"},
	}
)

// meaningOf is what a word may mean; unclear if nobody can guess.
func meaningOf(word string, meanings []meaning) string {
	lower := strings.ToLower(word)
	for _, m := range meanings {
		for _, text := range m.texts {
			if strings.Contains(lower, text) {
				return m.means
			}
		}
	}
	return unclear
}
