package scenarios

import (
	"strings"

	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/demand"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/scenarios/internal/scalar"
	"github.com/headroom-sim/headroom/scenarios/internal/yamltree"
)

// readContracts reads the section contracts.
func (d *Decoder_promises) readContracts(v yamltree.Value) {
	known := words{noun: "contract", plural: "contracts"}
	for _, e := range v.Named("contract", listNames["contracts"]...) {
		if _, ok := known.add(e.Name.WithText(e.Key), mostLarge); ok {
			d.out.Contracts = append(d.out.Contracts, d.contract(e))
		}
	}
}

func (d *Decoder_promises) contract(e yamltree.Entry) contract.Contract {
	c := contract.Contract{Name: e.Key}
	s := d.section(e.Value, "contracts.*")
	if v := s.take("name"); !v.Exists() {
		s.assumed("name", e.Key)
	}
	d.covered(s, &c)
	if v := s.need("fee", "write fee: 18000 USD/month"); v.Exists() {
		c.Fee, _ = d.moneyPer(v, "month")
	}
	if v := s.need("promise", "write promise: 95% of resolution"); v.Exists() {
		c.Target, c.Metric = promised(v)
	}
	period, _ := choice(s.take("per"), []string{"month", "week", "quarter"})
	c.Period = []contract.Period{contract.Monthly, contract.Weekly, contract.Quarterly}[period]
	if v := s.need("credit", "write credit: 10% per 1% below"); v.Exists() {
		c.Scheme.Credit, c.Scheme.Step = creditPer(v)
	}
	rounding, _ := choice(s.take("rounding"), []string{"started", "full", "linear"})
	c.Scheme.Rounding = []contract.Rounding{contract.Started, contract.Full, contract.Linear}[rounding]
	c.Scheme.Cap, _ = scalar.ExactShare(s.take("cap"), 0, contract.One)
	s.close()
	return c
}

// covered reads whose tickets the contract covers, and how many they are.
func (d *Decoder_promises) covered(s section, c *contract.Contract) {
	account, tier, share := s.take("account"), s.take("tier"), s.take("share")
	tierIndex, tierOK := 0, false
	if tier.Exists() {
		tierIndex, tierOK = d.known.tiers.find(tier)
	}
	if !account.Exists() {
		if share.Exists() {
			share.Failf("the shares of tiers are said in demand", "share is for the contract of one account")
		}
		switch {
		case tierOK:
			c.Match.Tiers = []ticket.Tier{ticket.Tier(tierIndex)}
		case !tier.Exists() && s.OK():
			account.Failf("write account: NAME or tier: NAME", "it is not said whom the contract covers")
		}
		return
	}
	i, ok := d.known.accounts.find(account)
	if !ok {
		return
	}
	c.Match.Accounts = []ticket.Account{ticket.Account(i)}
	if !tier.Exists() && len(d.known.tiers.list) > 1 && share.Exists() {
		tier.Failf("tiers: "+clipList(d.known.tiers.list), "it is not said which tier the account belongs to")
		return
	}
	if tier.Exists() && !tierOK {
		return
	}
	for _, item := range share.Items() {
		d.addShare(item, demand.AccountShare{Account: ticket.Account(i), Tier: ticket.Tier(tierIndex)})
	}
}

// addShare gives an account its share of a stream.
func (d *Decoder_promises) addShare(v yamltree.Value, share demand.AccountShare) {
	x, stream, ok := d.shareOf(v)
	if !ok {
		return
	}
	share.Share = x
	if stream >= len(d.out.Streams) {
		return
	}
	st := &d.out.Streams[stream]
	for _, other := range st.Accounts {
		if other.Account == share.Account {
			v.Failf("say it once, in demand or in the contract", "the share of %s in %s is given twice", d.known.accounts.list[share.Account], st.Name)
			return
		}
	}
	st.Accounts = append(st.Accounts, share)
}

// promised reads "95% of resolution".
func promised(v yamltree.Value) (contract.Share, sla.Metric) {
	const want = "want such as 95% of resolution"
	text, ok := v.Text("a promise, such as 95% of resolution")
	if !ok {
		return 0, 0
	}
	head, word, ok := strings.Cut(text, " of ")
	if !ok {
		v.Failf(want, "%q is not a promise", scalar.Clip(text))
		return 0, 0
	}
	share, _ := scalar.ExactShare(v.Within(0, len(head)).WithText(head), 1, contract.One)
	at := len(head) + len(" of ")
	metric, _ := choice(v.Within(at, len(word)).WithText(strings.TrimSpace(word)), sla.MetricNames())
	return share, sla.Metric(metric)
}

// creditPer reads "10% per 1% below".
func creditPer(v yamltree.Value) (credit, step contract.Share) {
	const want = "want such as 10% per 1% below"
	text, ok := v.Text("a credit, such as 10% per 1% below")
	if !ok {
		return 0, contract.One
	}
	head, tail, ok := strings.Cut(text, " per ")
	body, below := strings.CutSuffix(strings.TrimSpace(strings.TrimSuffix(tail, "target")), "below")
	if !ok || !below {
		v.Failf(want, "%q is not a credit", scalar.Clip(text))
		return 0, contract.One
	}
	credit, _ = scalar.ExactShare(v.Within(0, len(head)).WithText(head), 0, contract.One)
	body = strings.TrimSpace(body)
	step, ok = scalar.ExactShare(v.Within(len(head)+len(" per "), len(body)).WithText(body), 1, contract.One)
	if !ok {
		step = contract.One
	}
	return credit, step
}
