package parquet_test

import (
	"bytes"
	"io"
	"math"
	"testing"

	library "github.com/parquet-go/parquet-go"

	"github.com/headroom-sim/headroom/reports/parquet"
)

func columns() []parquet.Column {
	return []parquet.Column{
		{Name: "measure", Words: []string{"cost", "wait", ""}},
		{Name: "value", Numbers: []float64{1.5, math.NaN(), -2}},
		{Name: "Heads (of the day)", Numbers: []float64{4, 5, math.Inf(1)}},
	}
}

func write(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, "sweep", columns()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	t.Parallel()
	data := write(t)
	f, err := library.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if f.NumRows() != 3 {
		t.Fatalf("%d rows", f.NumRows())
	}
	index := map[string]int{}
	for i, path := range f.Schema().Columns() {
		index[path[0]] = i
	}
	rows := make([]library.Row, 3)
	reader := library.NewReader(f)
	if n, err := reader.ReadRows(rows); n != 3 || err != nil && err != io.EOF {
		t.Fatal(n, err)
	}
	for i := range 3 {
		for _, c := range columns() {
			got := rows[i][index[c.Name]]
			switch {
			case c.Words != nil && c.Words[i] == "" || c.Words == nil && (math.IsNaN(c.Numbers[i]) || math.IsInf(c.Numbers[i], 0)):
				if !got.IsNull() {
					t.Errorf("row %d, %s: %v is not missing", i, c.Name, got)
				}
			case c.Words != nil:
				if got.String() != c.Words[i] {
					t.Errorf("row %d, %s: %v", i, c.Name, got)
				}
			case got.Double() != c.Numbers[i]:
				t.Errorf("row %d, %s: %v", i, c.Name, got)
			}
		}
	}
}

func TestTheSameTableIsTheSameFile(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(write(t), write(t)) {
		t.Error("two writings differ")
	}
}

func TestColumnsThatDoNotFitAreRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range [][]parquet.Column{
		{{Name: "a", Numbers: []float64{1}}, {Name: "a", Numbers: []float64{1}}},
		{{Name: "a", Numbers: []float64{1}}, {Name: "b", Numbers: []float64{1, 2}}},
	} {
		if err := parquet.Write(io.Discard, "x", bad); err == nil {
			t.Errorf("%v is written", bad)
		}
	}
}
