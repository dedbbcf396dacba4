package model

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/dist"
	"github.com/headroom-sim/headroom/model/ticket"
)

const (
	// mostStreams is what the numbering of tickets has room for.
	mostStreams = 256
	// mostPerDay is beyond any help desk; more is a typing error that would
	// keep the simulation busy for ever.
	mostPerDay = 1e8
	// shareDust is how far shares may be from adding up to 1 without being wrong.
	shareDust = 1e-6
)

func (c *checker) demand() {
	streams := c.s.Streams
	if len(streams) == 0 {
		c.report("demand", "there is no demand: no tickets would come", "add a stream with a channel, an issue and a volume")
	}
	if len(streams) > mostStreams {
		c.report("demand", fmt.Sprintf("there are %d streams, at most %d are possible", len(streams), mostStreams), "")
	}
	names := make([]string, len(streams))
	for i := range streams {
		names[i] = streams[i].Name
	}
	c.unique("stream", names, func(i int) string { return entry("demand", names[i], i) })
	for i := range streams {
		st := &streams[i]
		path := entry("demand", st.Name, i)
		if st.Replay != nil {
			c.replay(st, path)
			continue
		}
		c.index(path+".channel", "channel", int(st.Channel), len(c.s.Channels))
		c.mix(st, path)
		c.accounts(st, path)
		c.volume(st, path)
		c.profile(&st.Profile, path+".profile")
		c.number(path+".growth", "the growth per year", st.Growth, bounds{low: -1, high: math.Inf(1), lowOpen: true, highOpen: true}, percent, "")
		c.season(&st.Season, path+".season")
		c.busyness(st.Busyness, path+".busyness")
		c.forecast(st.Forecast, path+".forecast_error")
		c.number(path+".busyness.shared", "how much of the busyness is shared with other streams", st.Shared, wholeRange, percent, "")
		if st.Shared > 0 && st.Busyness == 0 {
			c.report(path+".busyness.shared", "there is no busyness to share", "give it a cv, such as busyness: {cv: 0.15, shared: 60%}")
		}
		c.streamDays(st, path)
	}
	c.accountTiers()
}

// mix checks the shares of issues and tiers.
func (c *checker) mix(st *demand.Stream, path string) {
	var issues []ticket.Issue
	var shares []float64
	for _, x := range st.Issues {
		c.index(path+".issue", "issue", int(x.Issue), len(c.s.Issues))
		issues, shares = append(issues, x.Issue), append(shares, x.Share)
	}
	twice(c, path+".issue", issues, c.issueName)
	c.shares(path+".issue", "issues", shares, func(i int) string { return c.issueName(issues[i]) })

	var tiers []ticket.Tier
	shares = nil
	for _, x := range st.Tiers {
		c.index(path+".tier", "tier", int(x.Tier), len(c.s.Names.Tiers))
		tiers, shares = append(tiers, x.Tier), append(shares, x.Share)
	}
	twice(c, path+".tier", tiers, c.tierName)
	c.shares(path+".tier", "tiers", shares, func(i int) string { return c.tierName(tiers[i]) })
}

// shares checks that each share is one, and that they add up to 100%.
func (c *checker) shares(path, what string, shares []float64, word func(i int) string) {
	sum, sound := 0.0, true
	for i, x := range shares {
		c.number(path, "the share of "+word(i), x, wholeRange, percent, "")
		sum += x
		sound = sound && wholeRange.hold(x)
	}
	if sound && math.Abs(sum-1) > shareDust {
		c.report(path, fmt.Sprintf("the shares of the %s add up to %s, not to 100%%", what, percent(sum)), "")
	}
}

// accounts checks the shares of named accounts against those of their tiers.
func (c *checker) accounts(st *demand.Stream, path string) {
	path += ".accounts"
	var accounts []ticket.Account
	used := map[ticket.Tier]float64{}
	var order []ticket.Tier
	for _, a := range st.Accounts {
		c.index(path, "account", int(a.Account), len(c.s.Names.Accounts))
		c.index(path, "tier", int(a.Tier), len(c.s.Names.Tiers))
		c.number(path, "the share of "+c.accountName(a.Account), a.Share, wholeRange, percent, "")
		accounts = append(accounts, a.Account)
		if _, known := used[a.Tier]; !known {
			order = append(order, a.Tier)
		}
		used[a.Tier] += a.Share
	}
	twice(c, path, accounts, c.accountName)
	for _, tier := range order {
		share := 0.0
		for _, t := range st.Tiers {
			if t.Tier == tier {
				share = t.Share
			}
		}
		if used[tier] > share+shareDust {
			c.report(path, fmt.Sprintf("the accounts of tier %s bring %s of the stream, but the whole tier brings %s",
				c.tierName(tier), percent(used[tier]), percent(share)),
				"raise the share of the tier or lower that of its accounts")
		}
	}
}

// accountTiers checks that an account is of the same tier in all streams.
func (c *checker) accountTiers() {
	known := map[ticket.Account]ticket.Tier{}
	for i := range c.s.Streams {
		st := &c.s.Streams[i]
		for _, a := range st.Accounts {
			tier, again := known[a.Account]
			if again && tier != a.Tier {
				c.report(entry("demand", st.Name, i)+".accounts",
					fmt.Sprintf("the account %s is of tier %s here and of tier %s elsewhere", c.accountName(a.Account), c.tierName(a.Tier), c.tierName(tier)), "")
			}
			known[a.Account] = a.Tier
		}
	}
}

func (c *checker) volume(st *demand.Stream, path string) {
	path += ".volume"
	v := st.Volume
	c.number(path, "the volume", v.Count, notNegative, plain, "")
	perDay := v.Count
	switch v.Per {
	case demand.PerDay:
	case demand.PerHour:
		perDay *= 24
	case demand.PerWeek:
		perDay /= 7
	default:
		c.report(path, fmt.Sprintf("unknown period %d", v.Per), "volumes are per hour, day or week, such as 900/day")
	}
	if notNegative.hold(v.Count) && perDay > mostPerDay {
		c.report(path, fmt.Sprintf("%s tickets a day are more than can be simulated", plain(perDay)), "")
	}
}

func (c *checker) profile(p *demand.Profile, path string) {
	c.shape(p.Hours, path+".hours")
	for _, hours := range p.ByDay {
		c.shape(hours, path+".hours")
	}
	for d, w := range p.Days {
		c.number(path+".days", "the weight of "+time.Weekday(d).String(), w, notNegative, percent, "")
	}
	var dates []calendar.Date
	for _, s := range p.Special {
		c.number(path+".special", fmt.Sprintf("the weight of %v", s.Date), s.Weight, notNegative, percent, "")
		dates = append(dates, s.Date)
	}
	twice(c, path+".special", dates, calendar.Date.String)
}

// season checks the months.
func (c *checker) season(s *demand.Season, path string) {
	sum := 0.0
	for m, w := range s {
		c.number(path, "the weight of "+time.Month(m+1).String(), w, notNegative, percent, "")
		sum += w
	}
	if sum == 0 && *s != (demand.Season{}) {
		c.report(path, "all months are 0%", "leave the season out for a year without seasons")
	}
}

// shape checks the weights of a day.
func (c *checker) shape(weights []float64, path string) {
	if n := len(weights); n > 0 && 1440%n != 0 {
		c.report(path, fmt.Sprintf("there are %d weights, which do not divide the day into whole minutes", n),
			"give 24 weights for hours, or 48 for half hours")
	}
	sum, sound := 0.0, true
	for i, w := range weights {
		c.number(path, "weight number "+strconv.Itoa(i+1), w, notNegative, plain, "")
		sum += w
		sound = sound && notNegative.hold(w)
	}
	if sound && len(weights) > 0 && sum == 0 {
		c.report(path, fmt.Sprintf("all %d weights are 0", len(weights)), "only the ratios of the weights matter; leave them out for a flat day")
	}
}

// forecast checks that the factor of a replication can be drawn.
func (c *checker) forecast(cv float64, path string) {
	if cv == 0 {
		return
	}
	if _, err := dist.Gamma(1, cv); err != nil || cv > 1 {
		c.report(path, fmt.Sprintf("the error of a forecast cannot be %s", plain(cv)), "such as forecast_error: 8%")
	}
}

func (c *checker) busyness(cv float64, path string) {
	if cv == 0 {
		return
	}
	// The day's factor is a gamma variable, so what dist refuses cannot be drawn.
	if _, err := dist.Gamma(1, cv); err != nil {
		c.report(path, fmt.Sprintf("the coefficient of variation of the day's busyness cannot be %s: %v", plain(cv), err),
			"such as busyness: {cv: 0.15}; leave it out for days as planned")
	}
}

// streamDays checks the first and last day of a stream.
func (c *checker) streamDays(st *demand.Stream, path string) {
	if !st.From.IsZero() && !st.Until.IsZero() && st.Until.Compare(st.From) < 0 {
		c.report(path+".until", fmt.Sprintf("the last day, %v, is before the first, %v", st.Until, st.From), "")
		return
	}
	first, last := c.days()
	switch {
	case !st.From.IsZero() && st.From.Compare(last) > 0:
		c.report(path+".from", fmt.Sprintf("the first day, %v, is after the scenario's last, %v: no tickets would come", st.From, last), "")
	case !st.Until.IsZero() && st.Until.Compare(first) < 0:
		c.report(path+".until", fmt.Sprintf("the last day, %v, is before the scenario's first, %v: no tickets would come", st.Until, first), "")
	}
}

// days are the scenario's first and last local day.
func (c *checker) days() (first, last calendar.Date) {
	t := &c.s.Time
	return calendar.DateOf(t.Start), calendar.DateOf(t.Start.Add(max(t.Length-1, 0)))
}

// replay checks a history that takes the place of drawn demand.
func (c *checker) replay(st *demand.Stream, path string) {
	rows := st.Replay
	place := path + ".replay"
	if st.Volume.Count != 0 {
		c.report(path+".volume", fmt.Sprintf("the stream replays %d tickets and also has a volume of %s", len(rows), plain(st.Volume.Count)),
			"use two streams: one that replays, one with a volume")
	}
	if len(rows) == 0 {
		c.report(place, "the history has no tickets", "")
		return
	}
	early, inside, unsorted, unknown, again := 0, 0, 0, 0, 0
	ids := make(map[ticket.ID]bool, len(rows))
	for i := range rows {
		r := &rows[i]
		switch {
		case r.At < 0:
			early++
		case r.At < c.s.Time.Length:
			inside++
		}
		if i > 0 && r.At < rows[i-1].At {
			unsorted++
		}
		if !c.exists(r.Class) {
			unknown++
		}
		if ids[r.ID] {
			again++
		}
		ids[r.ID] = true
	}
	if early > 0 {
		c.report(place, fmt.Sprintf("%d of %d tickets came before the scenario starts, the first of them at %s", early, len(rows), c.local(rows[0].At)),
			"start earlier, or shift the history")
	}
	if inside == 0 && c.s.Time.Length > 0 {
		c.report(place, fmt.Sprintf("none of the %d tickets came within the scenario's time; the first came at %s, the last at %s",
			len(rows), c.local(rows[0].At), c.local(rows[len(rows)-1].At)), "change time.start, or shift the history")
	}
	if again > 0 {
		c.report(place, fmt.Sprintf("%d of %d tickets have the ID of another", again, len(rows)), "give every ticket an ID of its own; its work is drawn by it")
	}
	if unsorted > 0 {
		c.report(place, fmt.Sprintf("%d of %d tickets stand after later ones", unsorted, len(rows)), "sort the history by time")
	}
	if unknown > 0 {
		c.report(place, fmt.Sprintf("%d of %d tickets have a channel, issue, tier, priority or account that the scenario does not know", unknown, len(rows)), "")
	}
}

// exists reports whether all attributes of a class are in their lists.
func (c *checker) exists(k ticket.Class) bool {
	n := &c.s.Names
	return int(k.Channel) < len(c.s.Channels) && int(k.Issue) < len(c.s.Issues) && int(k.Tier) < len(n.Tiers) &&
		int(k.Priority) < len(n.Priorities) && (k.Account == ticket.Anonymous || int(k.Account) < len(n.Accounts))
}

func (c *checker) channelName(x ticket.Channel) string { return wordOf(c.s.Names.Channels, x) }
func (c *checker) issueName(x ticket.Issue) string     { return wordOf(c.s.Names.Issues, x) }
func (c *checker) tierName(x ticket.Tier) string       { return wordOf(c.s.Names.Tiers, x) }
func (c *checker) accountName(x ticket.Account) string { return wordOf(c.s.Names.Accounts, x) }
