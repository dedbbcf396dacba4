package sla

import (
	"slices"

	"github.com/headroom-sim/headroom/model/ticket"
)

// Owner is the team that a promise of GroupOwnership is about: an agreement with
// one team, such as that engineering is done within two hours. The zero Owner is any team,
// whichever has the ticket.
//
// A promise about one team and one about any are two promises, which are judged side by
// side, each by the policies that make it.
type Owner int16

// OwnedBy is the Owner of a promise about one team; about any for ticket.NoTeam.
func OwnedBy(t ticket.Team) Owner { return Owner(t + 1) }

// Team is the inverse of OwnedBy.
func (o Owner) Team() ticket.Team { return ticket.Team(o) - 1 }

// covers reports whether the promise is about tickets of a team.
func (o Owner) covers(t ticket.Team) bool { return o == 0 || o.Team() == t }

// Until says which moment keeps a promise of GroupOwnership.
type Until uint8

const (
	// HandedOn: another team gets the ticket, or it is solved.
	HandedOn Until = iota
	// Taken: an agent takes it in hand, or another team gets it before, or it is solved.
	// It is the clock of an escalation response: engineering answers within two hours.
	Taken
)

var untilNames = [...]string{"handed_on", "taken"}

// String is the word of the scenario language: handed_on, taken.
func (u Until) String() string { return untilNames[u] }

// UntilNames lists the words of both, by Until.
func UntilNames() []string { return slices.Clone(untilNames[:]) }
