package scenarios

import (
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// Decoder_tickets reads what brings tickets, and what they are about.
type Decoder_tickets struct {
	*scope
	histories *histories
	spikes    spikeBook
	sent      []sent
}

// readDemand reads the section demand.
func (d *Decoder_tickets) readDemand(v yamltree.Value) {
	if !v.Exists() {
		v.Failf("write demand: [{stream: mail, volume: 120/day}]", "demand is missing: how many tickets come?")
		return
	}
	filled(v, "streams")
	for _, e := range v.Named("stream", listNames["demand"]...) {
		if _, ok := d.known.streams.add(e.Name.WithText(e.Key), mostLarge); ok {
			d.out.Streams = append(d.out.Streams, d.stream(e))
		}
	}
}

func (d *Decoder_tickets) stream(e yamltree.Entry) demand.Stream {
	st := demand.Stream{Name: e.Key}
	s := d.section(e.Value, "demand.*")
	if v := s.take("stream"); !v.Exists() {
		s.assumed("stream", e.Key)
	}
	channel, _ := d.only(s, "channel", d.known.channels)
	st.Channel = ticket.Channel(channel)
	for _, share := range d.shares(s, "issue", d.known.issues) {
		st.Issues = append(st.Issues, demand.IssueShare{Issue: ticket.Issue(share.index), Share: share.share})
	}
	for _, share := range d.shares(s, "tier", d.known.tiers) {
		st.Tiers = append(st.Tiers, demand.TierShare{Tier: ticket.Tier(share.index), Share: share.share})
	}
	d.streamAccounts(s.take("accounts"), &st)
	st.Growth, _ = scalar.PerYear(s.take("growth"))
	d.profile(s.take("profile"), &st)
	if v := s.take("busyness"); v.Exists() {
		busyness := d.section(v, "demand.*.busyness")
		if cv := busyness.need("cv", "write cv: 0.15"); cv.Exists() {
			st.Busyness, _ = scalar.Number(cv, 0, 10)
		}
		busyness.close()
	}
	st.Spikes = d.listed(s.take("spikes"))
	st.From, st.Until = d.stretch(s)
	d.source(s, &st)
	s.close()
	return st
}

// source reads the volume or the history of a stream.
func (d *Decoder_tickets) source(s section, st *demand.Stream) {
	vol, replay := s.take("volume"), s.take("replay")
	switch {
	case replay.Exists() && vol.Exists():
		replay.Failf("remove one of the two", "a stream has a volume or a replay, not both")
	case replay.Exists():
		for _, key := range []string{"growth", "busyness", "profile", "spikes", "from", "until"} {
			if v := s.Take(key); v.Exists() {
				v.Failf("remove it; replay has from and until of its own", "%s has no meaning for a stream that replays a history", key)
			}
		}
		st.Replay = d.replay(replay, st)
	case vol.Exists():
		st.Volume, _ = scalar.Volume(vol)
	case s.OK():
		vol.Failf("write volume: 120/day", "volume is missing")
	}
}

// profile reads the shape of the week.
func (d *Decoder_tickets) profile(v yamltree.Value, st *demand.Stream) {
	if !v.Exists() {
		return
	}
	s := d.section(v, "demand.*.profile")
	if hours := s.take("hours"); hours.Exists() {
		for _, item := range hours.Items() {
			x, _ := scalar.Number(item, 0, 1e9)
			st.Profile.Hours = append(st.Profile.Hours, x)
		}
		if n := len(st.Profile.Hours); n == 0 || scalar.MinutesPerDay%n != 0 {
			hours.Failf("want 24 for hours, or 48 or 96", "a day cannot be divided into %d equal parts of whole minutes", n)
			st.Profile.Hours = nil
		}
	}
	if weights := s.take("days"); weights.Exists() {
		for i := range st.Profile.Days {
			st.Profile.Days[i] = 1
		}
		scalar.ByDay(weights, "a map from days to percentages", func(wd time.Weekday, v yamltree.Value) {
			if x, ok := scalar.Percent(v, 0, 100); ok {
				st.Profile.Days[wd] = x
			}
		})
	}
	s.close()
}

// streamAccounts reads {acme: 3%} or {acme: {tier: enterprise, share: 3%}}.
func (d *Decoder_tickets) streamAccounts(v yamltree.Value, st *demand.Stream) {
	for _, e := range v.Entries("a map from names to percentages") {
		account := d.known.accounts.index(e.Key)
		if account < 0 {
			continue // its name was refused
		}
		share := demand.AccountShare{Account: ticket.Account(account)}
		if e.Value.Node.Kind == yamltree.Scalar {
			share.Share, _ = scalar.Percent(e.Value, 0, 1)
			share.Tier = d.accountTier(e.Value, st, e.Key)
		} else {
			s := d.section(e.Value, "demand.*.accounts.*")
			if x := s.need("share", "write share: 3%"); x.Exists() {
				share.Share, _ = scalar.Percent(x, 0, 1)
			}
			if tier := s.take("tier"); tier.Exists() {
				i, _ := d.known.tiers.find(tier)
				share.Tier = ticket.Tier(i)
			} else {
				share.Tier = d.accountTier(e.Value, st, e.Key)
			}
			s.close()
		}
		st.Accounts = append(st.Accounts, share)
	}
}

// accountTier is the tier of an account that does not state it: that of its
// contract, or the only tier of the stream.
func (d *Decoder_tickets) accountTier(v yamltree.Value, st *demand.Stream, account string) ticket.Tier {
	for _, contract := range quiet(d.top, "contracts").Named("contract", listNames["contracts"]...) {
		name, tier := quiet(contract.Value, "account"), contract.Value.Node.Get("tier")
		if name.Exists() && name.Node.Text == account && tier != nil && d.known.tiers.index(tier.Text) >= 0 {
			return ticket.Tier(d.known.tiers.index(tier.Text))
		}
	}
	if len(st.Tiers) == 1 {
		return st.Tiers[0].Tier
	}
	if len(st.Tiers) > 1 {
		v.Failf("write {tier: "+d.known.tiers.list[st.Tiers[0].Tier]+", share: 3%}", "it is not said which tier %s belongs to", account)
	}
	return 0
}
