package extsort

import (
	"bytes"
	"math/bits"
	"slices"
)

// key is the part of a record's first bytes by which entries are spread: those of first, then those of second.
func (e *entry) key(second bool) uint64 {
	if second {
		return e.second
	}
	return e.first
}

const (
	fewEntries = 24      // are compared sooner than spread
	mostPlaces = 1 << 14 // so that what counts them stays in the caches of a processor
)

// sort puts entries in order. It spreads them over places by where they lie between the least and the greatest
// of them (the distribution sort of Isaac and Singleton 1956, Sorting by Address Calculation), since instants and
// hashed names are nearly even, and compares what falls to one place if that is little. Each time the range of a
// place is a small part of the range before, so that no input is spread often.
func (s *Sorter) sort(entries []entry, second bool) {
	if len(entries) <= fewEntries {
		s.insert(entries)
		return
	}
	low, high := entries[0].key(second), entries[0].key(second)
	for i := range entries {
		k := entries[i].key(second)
		low, high = min(low, k), max(high, k)
	}
	switch {
	case low < high:
		s.spread(entries, second, low, high)
	case second:
		slices.SortFunc(entries, func(a, b entry) int { return bytes.Compare(s.record(a), s.record(b)) })
	default:
		s.sort(entries, true)
	}
}

// spread puts entries in order whose keys lie from low to high.
func (s *Sorter) spread(entries []entry, second bool, low, high uint64) {
	places := min(len(entries)/4, mostPlaces)
	shift := max(0, bits.Len64(high-low)-bits.Len(uint(places)))
	n := int((high-low)>>shift) + 1
	s.next = append(s.next[:0], make([]uint32, n)...)
	s.ends = append(s.ends[:0], make([]uint32, n)...)
	next, ends := s.next, s.ends
	for i := range entries {
		ends[(entries[i].key(second)-low)>>shift]++
	}
	sum := uint32(0)
	for v, count := range ends {
		next[v] = sum
		sum += count
		ends[v] = sum
	}
	// Each entry goes home and sends the one that it finds there on, as in the American flag sort of McIlroy, Bostic
	// and McIlroy 1993, Engineering Radix Sort.
	for v := range ends {
		for next[v] < ends[v] {
			e := entries[next[v]]
			for {
				home := int((e.key(second) - low) >> shift)
				if home == v {
					break
				}
				e, entries[next[home]] = entries[next[home]], e
				next[home]++
			}
			entries[next[v]] = e
			next[v]++
		}
	}
	// What was counted is gone with the first place that is spread again.
	for from := 0; from < len(entries); {
		place := (entries[from].key(second) - low) >> shift
		to := from + 1
		for to < len(entries) && (entries[to].key(second)-low)>>shift == place {
			to++
		}
		s.sort(entries[from:to], second)
		from = to
	}
}

// insert puts few entries in order.
func (s *Sorter) insert(entries []entry) {
	for i := 1; i < len(entries); i++ {
		e := entries[i]
		at := i
		for at > 0 && s.before(&e, &entries[at-1]) {
			entries[at] = entries[at-1]
			at--
		}
		entries[at] = e
	}
}

// before reports whether a record comes before another one.
func (s *Sorter) before(a, b *entry) bool {
	switch {
	case a.first != b.first:
		return a.first < b.first
	case a.second != b.second:
		return a.second < b.second
	}
	return bytes.Compare(s.record(*a), s.record(*b)) < 0
}
