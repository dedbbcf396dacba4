package tickets

import (
	"time"

	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/scope"
	"github.com/headroom-sim/headroom/scenarios/internal/source"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
	"github.com/headroom-sim/headroom/scenarios/language"
)

// Decoder reads what brings tickets, and what they are about.
type Decoder struct {
	*scope.Scope
	Histories *source.Histories
	spikes    spikeBook
	sent      []sent
}

// Demand reads the section demand.
func (d *Decoder) Demand(v yamltree.Value) {
	if !v.Exists() {
		v.Failf("write demand: [{stream: mail, volume: 120/day}]", "demand is missing: how many tickets come?")
		return
	}
	scope.Filled(v, "streams")
	for _, e := range v.Named("stream", language.ListNames["demand"]...) {
		if _, ok := d.Known.Streams.Add(e.Name.WithText(e.Key), scope.MostLarge); ok {
			d.Out.Streams = append(d.Out.Streams, d.stream(e))
		}
	}
}

func (d *Decoder) stream(e yamltree.Entry) demand.Stream {
	st := demand.Stream{Name: e.Key}
	s := d.Section(e.Value, "demand.*")
	if v := s.Key("stream"); !v.Exists() {
		s.Assumed("stream", e.Key)
	}
	channel, _ := d.Only(s, "channel", d.Known.Channels)
	st.Channel = ticket.Channel(channel)
	for _, share := range d.Shares(s, "issue", d.Known.Issues) {
		st.Issues = append(st.Issues, demand.IssueShare{Issue: ticket.Issue(share.Index), Share: share.Share})
	}
	for _, share := range d.Shares(s, "tier", d.Known.Tiers) {
		st.Tiers = append(st.Tiers, demand.TierShare{Tier: ticket.Tier(share.Index), Share: share.Share})
	}
	d.streamAccounts(s.Key("accounts"), &st)
	st.Growth, _ = scalar.PerYear(s.Key("growth"))
	d.profile(s.Key("profile"), &st)
	season(s.Key("season"), &st)
	st.Forecast, _ = scalar.Percent(s.Key("forecast_error"), 0, 1)
	if v := s.Key("busyness"); v.Exists() {
		busyness := d.Section(v, "demand.*.busyness")
		if cv := busyness.Need("cv", "write cv: 0.15"); cv.Exists() {
			st.Busyness, _ = scalar.Number(cv, 0, 10)
		}
		st.Shared, _ = scalar.Percent(busyness.Key("shared"), 0, 1)
		busyness.Done()
	}
	st.Spikes = d.listed(s.Key("spikes"))
	st.From, st.Until = d.Stretch(s)
	d.source(s, &st)
	s.Done()
	return st
}

// source reads the volume or the history of a stream.
func (d *Decoder) source(s scope.Section, st *demand.Stream) {
	vol, replay := s.Key("volume"), s.Key("replay")
	switch {
	case replay.Exists() && vol.Exists():
		replay.Failf("remove one of the two", "a stream has a volume or a replay, not both")
	case replay.Exists():
		for _, key := range []string{"growth", "season", "busyness", "forecast_error", "profile", "spikes", "from", "until"} {
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
func (d *Decoder) profile(v yamltree.Value, st *demand.Stream) {
	if !v.Exists() {
		return
	}
	s := d.Section(v, "demand.*.profile")
	switch hours := s.Key("hours"); {
	case !hours.Exists():
	case hours.Node.Kind == yamltree.Map:
		scalar.ByDay(hours, "a list of weights, or a map from days to lists", func(wd time.Weekday, v yamltree.Value) {
			st.Profile.ByDay[wd] = dayShape(v)
		})
	default:
		st.Profile.Hours = dayShape(hours)
	}
	if weights := s.Key("days"); weights.Exists() {
		for i := range st.Profile.Days {
			st.Profile.Days[i] = 1
		}
		scalar.ByDay(weights, "a map from days to percentages", func(wd time.Weekday, v yamltree.Value) {
			if x, ok := scalar.Percent(v, 0, 100); ok {
				st.Profile.Days[wd] = x
			}
		})
	}
	for _, e := range s.Key("special").Entries("a map from dates to percentages") {
		date, ok := scalar.Date(e.Name)
		weight, ok2 := scalar.Percent(e.Value, 0, 100)
		if ok && ok2 {
			st.Profile.Special = append(st.Profile.Special, demand.SpecialDay{Date: date, Weight: weight})
		}
	}
	s.Done()
}

// season reads what months bring, as {jul: 80%, nov-dec: 140%}; others are ordinary.
func season(v yamltree.Value, st *demand.Stream) {
	if !v.Exists() {
		return
	}
	for m := range st.Season {
		st.Season[m] = 1
	}
	scalar.ByMonth(v, "a map from months to percentages", func(m time.Month, v yamltree.Value) {
		if weight, ok := scalar.Percent(v, 0, 100); ok {
			st.Season[m-1] = weight
		}
	})
}

// dayShape is the weights of the parts of a day.
func dayShape(v yamltree.Value) (weights []float64) {
	for _, item := range v.Items() {
		x, _ := scalar.Number(item, 0, 1e9)
		weights = append(weights, x)
	}
	if n := len(weights); n == 0 || scalar.MinutesPerDay%n != 0 {
		v.Failf("want 24 for hours, or 48 or 96", "a day cannot be divided into %d equal parts of whole minutes", n)
		return nil
	}
	return weights
}

// streamAccounts reads {acme: 3%} or {acme: {tier: enterprise, share: 3%}}.
func (d *Decoder) streamAccounts(v yamltree.Value, st *demand.Stream) {
	for _, e := range v.Entries("a map from names to percentages") {
		account := d.Known.Accounts.Index(e.Key)
		if account < 0 {
			continue // its name was refused
		}
		share := demand.AccountShare{Account: ticket.Account(account)}
		if e.Value.Node.Kind == yamltree.Scalar {
			share.Share, _ = scalar.Percent(e.Value, 0, 1)
			share.Tier = d.accountTier(e.Value, st, e.Key)
		} else {
			s := d.Section(e.Value, "demand.*.accounts.*")
			if x := s.Need("share", "write share: 3%"); x.Exists() {
				share.Share, _ = scalar.Percent(x, 0, 1)
			}
			if tier := s.Key("tier"); tier.Exists() {
				i, _ := d.Known.Tiers.Find(tier)
				share.Tier = ticket.Tier(i)
			} else {
				share.Tier = d.accountTier(e.Value, st, e.Key)
			}
			s.Done()
		}
		st.Accounts = append(st.Accounts, share)
	}
}

// accountTier is the tier of an account that does not state it: that of its
// contract, or the only tier of the stream.
func (d *Decoder) accountTier(v yamltree.Value, st *demand.Stream, account string) ticket.Tier {
	for _, contract := range scope.Quiet(d.Top, "contracts").Named("contract", language.ListNames["contracts"]...) {
		name, tier := scope.Quiet(contract.Value, "account"), contract.Value.Node.Get("tier")
		if name.Exists() && name.Node.Text == account && tier != nil && d.Known.Tiers.Index(tier.Text) >= 0 {
			return ticket.Tier(d.Known.Tiers.Index(tier.Text))
		}
	}
	if len(st.Tiers) == 1 {
		return st.Tiers[0].Tier
	}
	if len(st.Tiers) > 1 {
		v.Failf("write {tier: "+d.Known.Tiers.List[st.Tiers[0].Tier]+", share: 3%}", "it is not said which tier %s belongs to", account)
	}
	return 0
}
