package html_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/html"
)

// A bar of 640 is parted by its shares, with the numbers where they have room and all of them in the table.
func TestAStackedBarIsPartedByItsShares(t *testing.T) {
	t.Parallel()
	p := &html.Page{Title: "x", Sections: []html.Section{{Title: "s", Blocks: []html.Block{&html.Stacked{
		Title: "Where it went", Parts: []string{"waiting", "a <b>part</b>", "handling"},
		Bars: []html.StackedBar{{Name: "late", Shares: []float64{0.75, 0.01, 0.24}, Texts: []string{"75 %", "1 %", "24 %"}}},
	}}}}}
	var b strings.Builder
	if err := html.Write(&b, p); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`<rect class="part0" x="190" y="22" width="479"`, `<rect class="part1" x="670" y="22" width="5"`, `<rect class="part2" x="676" y="22" width="153"`,
		">75 %</text>", ">24 %</text>", "late, a &lt;b&gt;part&lt;/b&gt;: 1 %",
	} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("%s is not on the page", part)
		}
	}
	if strings.Contains(b.String(), ">1 %</text>") {
		t.Error("a number stands where it has no room")
	}
	if err := html.Write(&strings.Builder{}, &html.Page{Title: "x", Sections: []html.Section{{Title: "s", Blocks: []html.Block{&html.Stacked{Title: "none"}}}}}); err == nil {
		t.Error("a picture of nothing is no error")
	}
}
