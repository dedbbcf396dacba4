package routes

import "slices"

// Issue is a kind, or what it is on a channel, or the part of it that a team takes by a rule.
type Issue struct {
	Kind    int
	Channel int     // AnyChannel: all for which the kind has no issue of its own
	Route   int     // behind it
	Teams   []int   // that take it
	Share   float64 // of the route
}

// Issues are so many kinds in their order, then what they are on channels on which they go another way. Where there is a rule these are the
// parts of the first team, and those of the other teams stand behind all. Without routes nobody is said to take them.
func Issues(byKind []Route, kinds int) []Issue {
	list := make([]Issue, max(kinds, len(byKind)))
	for i := range list {
		list[i] = Issue{Kind: i, Channel: AnyChannel, Route: i, Share: 1}
	}
	for i := range byKind {
		r := &byKind[i]
		list[i] = Issue{r.Kind, r.Channel, i, r.Takes(), 1}
		if !r.Rule {
			continue
		}
		// What only a few of came to somebody is put to the others by their shares.
		takes := slices.DeleteFunc(slices.Clone(r.Parts), func(p Part) bool { return !p.Takes })
		all := 0
		for _, p := range takes {
			all += p.Tickets
		}
		for j, p := range takes {
			x := Issue{r.Kind, r.Channel, i, []int{p.Team}, float64(p.Tickets) / float64(all)}
			if j == 0 {
				list[i] = x
			} else {
				list = append(list, x)
			}
		}
	}
	return list
}

// On lists the issues of a kind on a channel, by index: their shares add up to one.
func On(issues []Issue, kind, channel int) (list []int) {
	for _, c := range []int{channel, AnyChannel} {
		for i, x := range issues {
			if x.Kind == kind && x.Channel == c {
				list = append(list, i)
			}
		}
		if len(list) > 0 {
			break
		}
	}
	return list
}

// Draw is the issue of a ticket of a kind on a channel: where there is a rule that the log does not show, one of its parts by their
// shares, with u from 0 to 1.
func Draw(issues []Issue, kind, channel int, u float64) int {
	list := On(issues, kind, channel)
	for _, i := range list {
		if u -= issues[i].Share; u < 0 {
			return i
		}
	}
	return list[0]
}

// Divided reports whether some issue is not taken by everybody who takes any.
func Divided(issues []Issue) bool {
	takes := map[int]bool{}
	for _, x := range issues {
		for _, team := range x.Teams {
			takes[team] = true
		}
	}
	return slices.ContainsFunc(issues, func(x Issue) bool { return len(x.Teams) < len(takes) })
}
