package extsort

import (
	"bytes"
	"cmp"
	"slices"
)

// prefix is how many bytes of a record its entry holds.
const prefix = 16

// byteAt is a byte of the prefix.
func (e *entry) byteAt(depth int) byte {
	if depth < 8 {
		return byte(e.first >> (56 - 8*depth))
	}
	return byte(e.second >> (120 - 8*depth))
}

// fewEntries are compared sooner than counted.
const fewEntries = 32

// sort puts entries in order that have their first bytes in common, byte by byte of the prefix (the
// American flag sort of McIlroy, Bostic and McIlroy 1993, Engineering Radix Sort), and those that have all of
// the prefix in common by comparing.
func (s *Sorter) sort(entries []entry, depth int) {
	for len(entries) > fewEntries && depth < prefix {
		var ends [256]int
		for i := range entries {
			ends[entries[i].byteAt(depth)]++
		}
		if ends[entries[0].byteAt(depth)] == len(entries) { // all have this byte in common
			depth++
			continue
		}
		s.scatter(entries, depth, &ends)
		return
	}
	slices.SortFunc(entries, func(a, b entry) int {
		switch {
		case a.first != b.first:
			return cmp.Compare(a.first, b.first)
		case a.second != b.second:
			return cmp.Compare(a.second, b.second)
		}
		return bytes.Compare(s.record(a), s.record(b))
	})
}

// scatter puts entries in order by a byte, of which it knows how often each value is there, then those of each
// value by the next ones.
func (s *Sorter) scatter(entries []entry, depth int, ends *[256]int) {
	var next [256]int
	sum := 0
	for v, n := range ends {
		next[v] = sum
		sum += n
		ends[v] = sum
	}
	for v := range ends {
		for next[v] < ends[v] {
			e := entries[next[v]]
			for {
				home := e.byteAt(depth)
				if int(home) == v {
					break
				}
				e, entries[next[home]] = entries[next[home]], e
				next[home]++
			}
			entries[next[v]] = e
			next[v]++
		}
	}
	from := 0
	for _, end := range ends {
		if end-from > 1 {
			s.sort(entries[from:end], depth+1)
		}
		from = end
	}
}
