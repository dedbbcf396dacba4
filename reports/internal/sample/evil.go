package sample

import (
	"fmt"

	"github.com/headroom-sim/headroom/model/outcome"
)

// Nasty is a name that is an escape sequence, a formula, Markdown and HTML.
const Nasty = "=cmd|'/C calc'!A1 \x1b[2J|**x**<script>alert(1)</script>../../etc"

// Evil is an outcome whose every name comes from an enemy.
func Evil() *outcome.Experiment {
	x := Experiment(Options{Days: 14, Replications: 10})
	old := map[string]string{}
	bad := func(s *string) {
		if *s != "" {
			if old[*s] == "" {
				old[*s] = fmt.Sprintf("%s%d", Nasty, len(old))
			}
			*s = old[*s]
		}
	}
	for i := range x.Measures {
		l := &x.Measures[i].Labels
		for _, s := range []*string{&l.Tier, &l.Priority, &l.Team, &l.Contract, &l.Spike, &l.Metric, &l.Channel} {
			bad(s)
		}
	}
	for i := range x.Series {
		l := &x.Series[i].Labels
		for _, s := range []*string{&l.Tier, &l.Priority, &l.Team, &l.Metric} {
			bad(s)
		}
	}
	sc := &x.Scenario
	for _, list := range [][]string{sc.Tiers, sc.Priorities, sc.Teams, sc.Accounts, sc.Channels} {
		for i := range list {
			bad(&list[i])
		}
	}
	for i := range sc.Contracts {
		for _, s := range []*string{&sc.Contracts[i].Name, &sc.Contracts[i].Metric, &sc.Contracts[i].Scheme, &sc.Contracts[i].Period} {
			bad(s)
		}
	}
	for i := range sc.Spikes {
		bad(&sc.Spikes[i].Name)
	}
	for _, s := range []*string{&sc.Name, &sc.Title, &sc.Zone, &sc.Currency, &sc.Digest, &x.Tool, &x.Stopped} {
		bad(s)
	}
	x.Warnings = append(x.Warnings, outcome.Warning{Text: Nasty})
	return x
}
