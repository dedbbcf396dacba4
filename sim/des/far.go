package des

import (
	"math"
	"math/bits"
	"time"
)

// far holds the events that come after the near ones, unsorted, in buckets by the
// highest digit, of six bits, in which their time differs from a floor that only rises: a
// radix heap (Ahuja, Mehlhorn, Orlin, Tarjan 1990). The bucket of the lowest level and
// digit holds the earliest of them.
type far struct {
	floor    time.Duration
	n        int
	occupied [levels]uint64         // by level: digits with a bucket that holds something, as bits
	heads    [levels * digits]int32 // by bucket: index of its first chunk + 1
	chunks   []chunk
	free     int32 // first free chunk + 1
}

const (
	digitBits = 6
	digits    = 1 << digitBits
	levels    = 11
	chunkSize = 32
)

// chunk is a part of a bucket. All but the first of a bucket are full. Chunks are used
// again by whatever bucket needs one, so that memory does not grow with the buckets that
// have ever been large.
type chunk struct {
	nodes  [chunkSize]node
	n      int32
	next   int32 // of its bucket, or of the free ones; index + 1
	bucket int32
}

// never is a time at which nothing happens, the end of a near heap that holds everything.
const never = time.Duration(math.MaxInt64)

// bucketOf is the bucket of a time that is not before the floor.
func (f *far) bucketOf(at time.Duration) int32 {
	level := 0
	if differ := uint64(at ^ f.floor); differ != 0 {
		level = (bits.Len64(differ) - 1) / digitBits
	}
	return int32(level*digits + int(uint64(at)>>(level*digitBits)&(digits-1)))
}

// add puts a node into its bucket and returns its place there.
func (f *far) add(n node) int32 {
	b := f.bucketOf(n.at)
	h := f.heads[b]
	if h == 0 || f.chunks[h-1].n == chunkSize {
		h = f.chunk(b, h)
		f.heads[b] = h
		f.occupied[b/digits] |= 1 << (b % digits)
	}
	c := &f.chunks[h-1]
	i := c.n
	c.nodes[i] = n
	c.n++
	f.n++
	return (h-1)*chunkSize + i
}

// chunk is an empty chunk for a bucket, before the one that was first.
func (f *far) chunk(bucket, next int32) int32 {
	i := f.free
	if i == 0 {
		f.chunks = append(f.chunks, chunk{})
		i = int32(len(f.chunks))
	} else {
		f.free = f.chunks[i-1].next
	}
	c := &f.chunks[i-1]
	c.n, c.next, c.bucket = 0, next, bucket
	return i
}

// remove takes out the node at a place, and returns it, and the node that has moved to
// its place; moved is false if none has.
func (f *far) remove(place int32) (n, other node, moved bool) {
	c := &f.chunks[place/chunkSize]
	b := c.bucket
	h := f.heads[b]
	first := &f.chunks[h-1]
	first.n--
	f.n--
	n, other = c.nodes[place%chunkSize], first.nodes[first.n]
	moved = n.word != other.word
	c.nodes[place%chunkSize] = other
	if first.n == 0 {
		f.heads[b] = first.next
		f.release(h)
		if f.heads[b] == 0 {
			f.occupied[b/digits] &^= 1 << (b % digits)
		}
	}
	return n, other, moved
}

func (f *far) release(chunk int32) {
	f.chunks[chunk-1].next = f.free
	f.free = chunk
}

// next is the bucket with the earliest events, its level, and when it begins.
func (f *far) next() (bucket int32, level int, from time.Duration) {
	for f.occupied[level] == 0 {
		level++
	}
	digit := bits.TrailingZeros64(f.occupied[level])
	// What the floor has above the level, the digit, and nothing below it.
	above := uint64(f.floor) >> (level * digitBits) >> digitBits << digitBits << (level * digitBits)
	return int32(level*digits + digit), level, time.Duration(above | uint64(digit)<<(level*digitBits))
}

// take empties a bucket and gives each of its nodes away.
func (f *far) take(bucket int32, give func(node)) {
	h := f.heads[bucket]
	f.heads[bucket] = 0
	f.occupied[bucket/digits] &^= 1 << (bucket % digits)
	for h != 0 {
		// A chunk is copied before it is given away, since it may be used again at once.
		c := f.chunks[h-1]
		f.release(h)
		f.n -= int(c.n)
		for _, n := range c.nodes[:c.n] {
			give(n)
		}
		h = c.next
	}
}

// count is how many nodes a bucket has, up to one more than enough.
func (f *far) count(bucket int32, enough int) (n int) {
	for h := f.heads[bucket]; h != 0 && n <= enough; h = f.chunks[h-1].next {
		n += int(f.chunks[h-1].n)
	}
	return n
}

// reset empties it.
func (f *far) reset(each func(node)) {
	for level := range f.occupied {
		for f.occupied[level] != 0 {
			f.take(int32(level*digits+bits.TrailingZeros64(f.occupied[level])), each)
		}
	}
}
