package reports

import (
	"os"
	"testing"
	"time"
	"fmt"

	"github.com/headroom-sim/headroom/reports/chart"
	"github.com/headroom-sim/headroom/reports/internal/sample"
)

func TestZZ(t *testing.T) {
	dir := os.Getenv("ZZ")
	if dir == "" { t.Skip() }
	x := sample.Experiment(sample.Options{})
	start := time.Now()
	for _, p := range Pictures(x) {
		f, _ := os.Create(dir + "/" + p.Name + ".png")
		if err := chart.WritePNG(f, p.Chart); err != nil { t.Fatal(err) }
		f.Close()
		f, _ = os.Create(dir + "/" + p.Name + ".svg")
		if err := chart.WriteSVG(f, p.Chart); err != nil { t.Fatal(err) }
		f.Close()
		fmt.Println(p.Name, time.Since(start)); start = time.Now()
	}
	Summary(os.Stdout, x, Options{Width: 120, Remark: "3.1 s"})
}
