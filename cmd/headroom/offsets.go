package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/ticketlog"
)

// offsetRows is how many rows of a log are looked at.
const offsetRows = 1000

// foreignOffsets doubts a zone in which none of the first times of a log is written: days and hours are counted on its clocks. A log that
// names no offsets, or only that of UTC, says nothing of where it was. What cannot be read is told by whoever reads the log.
func foreignOffsets(path string, zone *time.Location) []string {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close()
	rows, err := ticketlog.NewRows(f, ',')
	if err != nil {
		return nil
	}
	column := slices.Index(rows.Header(), "at")
	if column < 0 {
		return nil
	}
	var written []string
	for n := 0; n < offsetRows && rows.Next(); n++ {
		if rows.Fault() != nil {
			continue
		}
		at, err := time.Parse(time.RFC3339Nano, string(rows.Cell(column)))
		if err != nil {
			continue
		}
		_, offset := at.Zone()
		if _, ours := at.In(zone).Zone(); offset == 0 || offset == ours {
			return nil
		}
		if text := at.Format("-07:00"); !slices.Contains(written, text) {
			written = append(written, text)
		}
	}
	if len(written) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("the times of the log are written with %s, and days and hours are counted in %s: name the zone of the desk, such as --zone Europe/Berlin, if it is another", strings.Join(written, " and "), zone)}
}
