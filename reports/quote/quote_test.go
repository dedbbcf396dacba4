package quote_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/headroom-sim/headroom/model"
	"github.com/headroom-sim/headroom/model/contract"
	"github.com/headroom-sim/headroom/model/pricing"
	"github.com/headroom-sim/headroom/model/sla"
	"github.com/headroom-sim/headroom/reports/paper"
	"github.com/headroom-sim/headroom/reports/quote"
	"github.com/headroom-sim/headroom/reports/table"
)

var terms = pricing.Terms{Tail: 0.95, Load: 1, Margin: 0.2, Sure: 0.95}

// deal is a contract of 95 % with a tenth of its fee for each percent below, at most a quarter.
func deal(name string, fee int64) contract.Contract {
	return contract.Contract{
		Name: name, Fee: contract.Money{Minor: fee * 100, Currency: "EUR"}, Cap: 250_000,
		Levels: []contract.Level{{Metric: sla.Resolution, Target: 950_000, Scheme: contract.Steps{Step: 10_000, Credit: 100_000}}},
	}
}

// priced is a book of one month and twelve years; every third misses its promise by a percent. The cost to serve is that
// of each contract.
func priced(serve float64, contracts ...contract.Contract) *pricing.Book {
	span := contract.Span{Name: "2026-05", To: 31 * 24 * time.Hour}
	b := &pricing.Book{Scenario: "desk", Currency: "EUR", Months: []contract.Span{span}}
	for i := range contracts {
		b.Deals = append(b.Deals, pricing.Deal{Contract: &contracts[i], Of: -1, Periods: []contract.Span{span}})
	}
	for y := range 12 {
		month := pricing.Month{Arrived: float64(900 + y), Judged: make([]float64, sla.Metrics), Late: make([]float64, sla.Metrics), Staffed: 1000}
		month.Judged[sla.Resolution], month.Late[sla.Resolution] = 100, float64(y)
		year := pricing.Year{Cost: 3 * serve, Months: []pricing.Month{month}}
		for range contracts {
			met := int64(97)
			if y%3 == 2 {
				met = 94
			}
			year.Counts = append(year.Counts, [][]contract.Tally{{{Met: met, Judged: 100}}})
			year.Serve = append(year.Serve, serve)
			year.Served += serve
		}
		b.Years = append(b.Years, year)
	}
	return b
}

func documentOf(q *pricing.Quote) *paper.Document {
	s := &model.Scenario{Name: q.Scenario, Currency: "EUR", Time: model.Time{Start: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)}}
	return quote.Document(q, s, "headroom test")
}

func text(t *testing.T, d *paper.Document) string {
	t.Helper()
	var b strings.Builder
	if err := d.WriteText(&b, table.Style{}, true); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("\u202f", " ").Replace(b.String())
}

// A third of the years pays a tenth of the fee: f = 900 + f/30 breaks even, which is 931.04 to the cent above.
func TestAVerdictSaysWhatTheFeeMustBeAndWhetherItIs(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		fee  int64
		want string
	}{
		{2000, "Acme breaks even at 931.04 EUR a month"}, {2000, "the fee is 2 000 EUR, which is enough."}, {500, "431.04 EUR too little."},
	} {
		got := text(t, documentOf(pricing.NewQuote(priced(900, deal("acme", row.fee)), terms, 0.95)))
		if !strings.Contains(got, row.want) {
			t.Errorf("a fee of %d: %q is missing from\n%s", row.fee, row.want, got)
		}
	}
	all := deal("acme", 500)
	all.Cap, all.Levels[0].Scheme, all.Levels[0].Target = contract.One, contract.Flat{Credit: contract.One}, contract.One
	if got := text(t, documentOf(pricing.NewQuote(priced(900, all), terms, 0.95))); !strings.Contains(got, "no fee breaks even, since credits grow as fast as the fee") || !strings.Contains(got, "none will do") {
		t.Errorf("where all is paid back:\n%s", got)
	}
}

func TestADoubtStandsBesideWhatItIsAbout(t *testing.T) {
	t.Parallel()
	least := deal("acme", 2000)
	least.Least = contract.Money{Minor: 15_000, Currency: "EUR"}
	b := priced(900, least, deal("globex", 1000))
	b.LeftOut = []string{"acme: quarterly"}
	other := deal("globex: milder", 900)
	other.Levels[0].Target = 900_000
	b.Deals = append(b.Deals, pricing.Deal{Contract: &other, Of: 1, Periods: b.Months})
	for y := range b.Years {
		b.Years[y].Counts = append(b.Years[y].Counts, b.Years[y].Counts[1])
		b.Years[y].Serve = append(b.Years[y].Serve, 900)
	}
	got := text(t, documentOf(pricing.NewQuote(b, terms, 0.95)))
	for _, want := range []string{
		"do not grow with the fee", "it would take --years 600", "--years 3000", "Left out: acme: quarterly", "fee 900 EUR a month", "90% of resolution",
		"2026-05 of year 3 (replication 2) paid most", "with 94 of 100 clocks in time", "All contracts together break even",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from\n%s", want, got)
		}
	}
}

// Of twelve years none lies beyond P99: what the worst one paid is a number, and nobody knows how sure it is.
func TestATailOfOneYearHasNoInterval(t *testing.T) {
	t.Parallel()
	got := text(t, documentOf(pricing.NewQuote(priced(900, deal("acme", 2000)), terms, 0.95)))
	tails := got[strings.Index(got, "How bad"):strings.Index(got, "How likely")]
	if strings.Contains(tails, "± 0") || !strings.Contains(tails, "200 ") {
		t.Errorf("the tails are\n%s", tails)
	}
}

// Names are as foreign as all strings from data.
func TestNoNameLeavesItsPlace(t *testing.T) {
	t.Parallel()
	for _, s := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "=cmd|'/C calc'!A0", "\x1b[31mred", "\u202eevil", "a|b"} {
		b := priced(900, deal(s, 1000), deal("other", 1000))
		b.Scenario = s
		q := pricing.NewQuote(b, terms, 0.95)
		more := priced(950, deal(s, 1000), deal("other", 1000))
		more.Scenario = s + "@more"
		q.Combinations = pricing.Combine([]*pricing.Book{b, more}, terms, 0.95)
		q.Changes = b.Staff([]pricing.Change{{Team: s, Shift: s, Heads: 1}}, []*pricing.Book{more}, 0.95)
		d := documentOf(q)
		var page, markdown, cells, words strings.Builder
		for _, err := range []error{d.WriteHTML(&page), d.WriteMarkdown(&markdown), d.WriteCSV(&cells), d.WriteText(&words, table.Style{}, true)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for form, out := range map[string]string{"HTML": page.String(), "Markdown": markdown.String(), "CSV": cells.String(), "text": words.String()} {
			if strings.ContainsAny(out, "\x1b\u202e") {
				t.Errorf("%q as %s: an invisible character gets through", s, form)
			}
		}
		if strings.Contains(page.String(), "<script>alert") || strings.Contains(page.String(), "<img") {
			t.Errorf("%q gets through to the page", s)
		}
		records, err := csv.NewReader(strings.NewReader(cells.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range records {
			for _, cell := range record {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("%q is a formula", cell)
				}
			}
		}
	}
}

// A change that pays for itself is named, and where none does, the nearest.
func TestTheAdviceNamesTheChangeThatPaysForItself(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		cost, credit float64
		want         string
	}{
		{100, -400, "The cheapest change that pays for itself by credits avoided is one head more in desk, day: it costs 100 EUR a month and avoids 400 EUR."},
		{400, -100, "No head more is shown to pay for itself by the credits that it avoids: the nearest is one head more in desk, day, which costs 400 EUR a month and avoids 100 EUR."},
	} {
		q := pricing.NewQuote(priced(900, deal("acme", 1000)), terms, 0.95)
		c := pricing.Change{Team: "desk", Shift: "day", Heads: 1}
		c.Cost.Value, c.Credits.Value = row.cost, row.credit
		c.Net.Value = -row.cost - row.credit
		c.Net.Low, c.Net.High = c.Net.Value-50, c.Net.Value+50
		q.Changes = []pricing.Change{c}
		if got := fmt.Sprint(text(t, documentOf(q))); !strings.Contains(got, row.want) {
			t.Errorf("%q is missing from\n%s", row.want, got)
		}
	}
}
