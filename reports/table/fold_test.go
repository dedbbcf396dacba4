package table_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/headroom-sim/headroom/reports/table"
)

// figures is a table of a name and some columns of numbers, each of which is there once.
func figures(columns, rows int) *table.Table {
	t := &table.Table{Columns: []table.Column{{Head: "team"}}}
	for c := range columns {
		t.Columns = append(t.Columns, table.Column{Head: fmt.Sprintf("head%02d", c), Align: table.Right})
	}
	for r := range rows {
		row := []table.Cell{table.Text(fmt.Sprintf("name%02d", r))}
		for c := range columns {
			row = append(row, table.Num(fmt.Sprintf("%d.%03d", 100+r, c), 0))
		}
		t.Add(row...)
	}
	return t
}

func TestATableThatIsTooWideIsFolded(t *testing.T) {
	t.Parallel()
	same(t, "folded.txt", textOf(t, figures(5, 2), table.Style{Width: 40, Indent: 2}))
	got := textOf(t, figures(5, 2), table.Style{Width: 40, Indent: 2})
	if n := strings.Count(got, "name01"); n != 2 {
		t.Errorf("a row stands %d times, want once in each of two blocks:\n%s", n, got)
	}
	if strings.Count(got, "(continued)") != 1 {
		t.Errorf("the second block does not say that it goes on:\n%s", got)
	}
}

// Whatever the width: every head and every figure is there once, and below its head.
func TestFoldingLosesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		columns, rows := rapid.IntRange(1, 12).Draw(r, "columns"), rapid.IntRange(1, 4).Draw(r, "rows")
		width := rapid.IntRange(30, 120).Draw(r, "width")
		got := textOf(t, figures(columns, rows), table.Style{Width: width})
		lines := strings.Split(got, "\n")
		for c := range columns {
			head := fmt.Sprintf("head%02d", c)
			if strings.Count(got, head) != 1 {
				r.Fatalf("%s stands %d times:\n%s", head, strings.Count(got, head), got)
			}
			for n := range rows {
				figure := fmt.Sprintf("%d.%03d", 100+n, c)
				if strings.Count(got, figure) != 1 {
					r.Fatalf("%s stands %d times:\n%s", figure, strings.Count(got, figure), got)
				}
			}
			for i, line := range lines {
				if at := strings.Index(line, head); at >= 0 && strings.Index(lines[i+1], fmt.Sprintf("100.%03d", c))+len("100.000") != at+len(head) {
					r.Fatalf("the figures of %s do not stand below it:\n%s", head, got)
				}
			}
		}
	})
}

// A row whose first word is that of others is found by as many columns as tell it apart.
func TestEveryBlockNamesItsRows(t *testing.T) {
	t.Parallel()
	tab := &table.Table{Columns: []table.Column{{Head: "metric"}, {Head: "month"}, {Head: "promised", Align: table.Right}, {Head: "attained", Align: table.Right}, {Head: "kept in", Align: table.Right}}}
	for i, metric := range []string{"first reply", "resolution"} {
		for k, month := range []string{"2026-01", "2026-02"} {
			n := 10 * (2*i + k)
			tab.Add(table.Text(metric), table.Text(month), table.Num(fmt.Sprintf("%d.1000", n), 0), table.Num(fmt.Sprintf("%d.2000", n), 0), table.Num(fmt.Sprintf("%d.3000", n), 0))
		}
	}
	got := textOf(t, tab, table.Style{Width: 40})
	if n := strings.Count(got, "(continued)"); n == 0 {
		t.Fatalf("the table is not folded:\n%s", got)
	}
	for line := range strings.Lines(got) {
		if strings.Contains(line, "000") && !(strings.Contains(line, "first reply") || strings.Contains(line, "resolution")) || strings.Contains(line, "000") && !strings.Contains(line, "2026-0") {
			t.Errorf("nobody knows whose number this is: %q in\n%s", line, got)
		}
	}
}

// A column of words that would be a ladder of single words is set below the others.
func TestWordsThatHaveNoRoomBesideGoBelow(t *testing.T) {
	t.Parallel()
	tab := figures(4, 3)
	tab.Columns = append(tab.Columns, table.Column{Head: "cause"})
	for i := range tab.Rows {
		tab.Rows[i] = append(tab.Rows[i], table.Text("waiting for a first touch a long time, then in work, then waiting again, and then in work"))
	}
	got := textOf(t, tab, table.Style{Width: 62})
	if lines := strings.Count(got, "\n"); lines > 16 {
		t.Errorf("%d lines for three rows:\n%s", lines, got)
	}
}

// Names of tickets and measures are parted where they have a seam, and never elsewhere while there is room.
func TestNamesAreNotTorn(t *testing.T) {
	t.Parallel()
	tab := &table.Table{Columns: []table.Column{{Head: "ticket"}, {Head: "measure"}, {Head: "cause"}}}
	tab.Add(table.Text("t0100003300000005"), table.Text("attainment(contract=northwind)"), table.Text("waiting for a first touch, then in work"))
	for width := 44; width < 90; width++ {
		got := textOf(t, tab, table.Style{Width: width})
		for _, name := range []string{"t0100003300000005", "attainment(", "contract=", "northwind)"} {
			if !strings.Contains(got, name) {
				t.Fatalf("at %d columns %s is torn:\n%s", width, name, got)
			}
		}
	}
}
