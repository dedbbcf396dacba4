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
