package html_test

import (
	"strings"
	"testing"

	"github.com/headroom-sim/headroom/reports/html"
	"github.com/headroom-sim/headroom/reports/table"
)

// On a phone a head of several words has more room than its column needs, so that no head out of sight stands high above a table.
func TestHeadsHaveRoomByTheirLength(t *testing.T) {
	t.Parallel()
	x := &table.Table{Columns: []table.Column{{Head: "a name of many words and more"}, {Head: "late", Align: table.Right}, {Head: "of these open", Align: table.Right}, {Head: "the simulation is better by", Align: table.Right}}}
	x.Add(table.Text("x"), table.Num("1", 1), table.Num("2", 2), table.Num("3", 3))
	var b strings.Builder
	if err := html.Write(&b, &html.Page{Title: "t", Sections: []html.Section{{Title: "s", Blocks: []html.Block{html.Table{Table: x}}}}}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`class="right">late</th>`, `class="right room">of these open</th>`, `class="right roomy">the simulation is better by</th>`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("there is no %s in %s", want, b.String()[strings.Index(b.String(), "<thead>"):strings.Index(b.String(), "</thead>")])
		}
	}
}
