package page

import (
	"fmt"
	"io"

	"github.com/headroom-sim/headroom/model/outcome"
	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/comparison"
	"github.com/headroom-sim/headroom/reports/format"
	"github.com/headroom-sim/headroom/reports/gallery"
	"github.com/headroom-sim/headroom/reports/html"
)

// mostScenarios is how many scenarios a page shows in full; a page of more has their verdicts and
// the comparison.
const mostScenarios = 4

// Comparison writes the page of a comparison and of the outcomes that it compares, in its order.
func Comparison(w io.Writer, c *outcome.Comparison, xs []*outcome.Experiment) error {
	if len(xs) != len(c.Scenarios) {
		return fmt.Errorf("a comparison of %d scenarios with %d outcomes", len(c.Scenarios), len(xs))
	}
	parts := comparison.Parts(c)
	p := &html.Page{
		Title: parts.Title, Head: parts.Head,
		Verdicts: []html.Verdict{{Name: "Difference", Sentence: parts.Verdict, Doubts: parts.Doubts}},
	}
	text := "Differences are taken customer by customer, with their intervals; " + format.Same + " is no difference that the replications can tell."
	if len(xs) > mostScenarios {
		text += " The scenarios are too many to be shown one by one here: each has a page of its own when it is run alone."
	}
	compared := html.Section{Title: "Scenarios compared", Text: text}
	for _, picture := range comparison.Pictures(c) {
		if d, ok := picture.Chart.(chart.Differences); ok {
			compared.Blocks = append(compared.Blocks, differences(picture.Title, d))
		}
	}
	for _, t := range parts.Tables {
		compared.Blocks = append(compared.Blocks, html.Table{Table: t.Table})
	}
	p.Sections = []html.Section{compared}
	var views []view
	for i, x := range xs {
		v := newView(x, c.Scenarios[i])
		p.Verdicts = append(p.Verdicts, html.Verdict{Name: c.Scenarios[i], Sentence: v.parts.Verdict, Doubts: v.parts.Doubts})
		p.Birth = append(p.Birth, born(x)...)
		views = append(views, v)
	}
	if len(views) > 1 {
		p.Sections = append(p.Sections, together(c, views))
	}
	if len(views) <= mostScenarios {
		p.Sections = append(p.Sections, sections(views)...)
	}
	return html.Write(w, p)
}

// differences are a picture of paired differences as one of the page.
func differences(title string, d chart.Differences) *html.Differences {
	set := &html.Differences{Title: title, Caption: caption(d.Text)}
	for _, group := range d.Groups {
		c := html.Contrast{Name: group.Name}
		for _, r := range group.Rows {
			c.Rows = append(c.Rows, html.Change{Name: r.Name, Value: r.Value, Low: r.Low, High: r.High, Text: r.Text})
		}
		set.Groups = append(set.Groups, c)
	}
	return set
}

// beside are the paired differences of the measure that some lines are about, to stand below them; none where it
// is not compared.
func beside(c *outcome.Comparison, title, name string, l outcome.Labels) []html.Block {
	for i := range c.Rows {
		row := &c.Rows[i]
		if row.Name != name || row.Labels != l {
			continue
		}
		p, some := gallery.Differences(c, []*outcome.ComparisonRow{row}, (*outcome.ComparisonRow).Describe, func(title, _ string, _ outcome.Labels) chart.Text {
			return chart.Text{Title: title, Caption: "Paired differences over the whole measured time, read as those above."}
		})
		if d, ok := p.Chart.(chart.Differences); some && ok {
			for k := range d.Groups {
				d.Groups[k].Name = "" // it is the title
			}
			return []html.Block{differences(title+", against "+format.Clean(c.Base), d)}
		}
	}
	return nil
}
