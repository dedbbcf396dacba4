// Package page decides what stands on the page that people open and pass on, and in which order: the
// verdict first, then promises, load, waits and money, and last what all of it rests on.
//
// The stance: a page is made from outcome files alone, without simulating. Sentences, tables and
// charts are those of package reports, so that a page never says anything else than the terminal
// does; what is here is their order, and the views that only a page has room for. Package html sets it.
package page
