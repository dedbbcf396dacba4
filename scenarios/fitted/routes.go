package fitted

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headroom-sim/headroom/model/fit"
	"github.com/headroom-sim/headroom/model/routes"
	"github.com/headroom-sim/headroom/scenarios/draft"
)

// skill says who takes an issue, with the shares behind it: each issue has a skill of its own, called as it is, where not every team
// takes everything.
func (d *scenario) skill(v *draft.Map, issue int) {
	if !d.divided {
		return
	}
	v.Set("skill", d.kinds[issue], d.whoTakes(issue))
}

// mostTakers is how many teams are named of those that took an issue.
const mostTakers = 4

// whoTakes is the comment on who was the first to touch tickets of an issue.
func (d *scenario) whoTakes(issue int) string {
	x := d.issueList[issue]
	r := &d.f.Routes[x.Route]
	var list []string
	for i, p := range r.Parts {
		if i == mostTakers {
			list = append(list, fmt.Sprintf("%d more teams", len(r.Parts)-i))
			break
		}
		text := fmt.Sprintf("%s %s (%s)", d.f.Teams[p.Team].Name, percent(p.Share.Value), span(p.Share.Low, p.Share.High, percent))
		switch {
		case p.Takes:
		case len(shiftsOf(&d.f.Teams[p.Team])) == 0:
			text += ", of too few people for a shift and so put to the others"
		default:
			text += ", put to the others"
		}
		list = append(list, text)
	}
	comment := fmt.Sprintf("first touched by %s; %d tickets", strings.Join(list, ", "), r.Touched)
	if r.Untouched > 0 {
		comment += fmt.Sprintf(", and %d that nobody touched", r.Untouched)
	}
	for _, team := range r.Also {
		comment += fmt.Sprintf("; %s takes it too, for the later touches or for want of others", d.f.Teams[team].Name)
	}
	switch {
	case r.Rule:
		comment += "; the teams share it by a rule that the log does not show: " + whyRule(r)
	case len(x.Teams) > 1:
		comment += "; nothing speaks against who is free taking it"
	}
	return comment
}

// whyRule says what makes a rule of it.
func whyRule(r *routes.Route) string {
	if r.Waited == 0 {
		return fmt.Sprintf("the shares of %d tickets are far from those of the people at work", r.Contested)
	}
	return fmt.Sprintf("when one team took a ticket that had waited, as %d had, as many of the others were free as ever (%s)", r.Waited, percent(r.Free))
}

// skillsOf lists the issues that a team takes.
func (d *scenario) skillsOf(team int) (list []string) {
	for i, x := range d.issueList {
		if slices.Contains(x.Teams, team) {
			list = append(list, d.kinds[i])
		}
	}
	return list
}

// takes writes what a team takes, where that is not everything.
func (d *scenario) takes(v *draft.Map, team int) {
	if d.divided {
		v.Flow("skills", d.skillsOf(team), "")
	}
	var reach, counts []string
	for i := range d.f.Reach {
		r := &d.f.Reach[i]
		if !slices.Contains(r.Takes(), team) {
			continue
		}
		reach = append(reach, d.channelNames[d.f.Streams[i].Channel])
		for _, p := range r.Parts {
			if p.Team == team {
				counts = append(counts, fmt.Sprintf("%s of %d tickets", percent(p.Share.Value), r.Touched))
			}
		}
	}
	if len(reach) > 0 && len(reach) < len(d.f.Reach) {
		v.Flow("channels", reach, "first touched there: "+strings.Join(counts, ", "))
	}
}

// parts are the shares of issues on a channel in place of those of kinds.
func (d *scenario) parts(kinds []fit.Share, channel int) (list []fit.Share) {
	for _, s := range kinds {
		for _, i := range routes.On(d.issueList, s.Index, channel) {
			part := s
			part.Index, part.Value = i, s.Value*d.issueList[i].Share
			list = append(list, part)
		}
	}
	return list
}
