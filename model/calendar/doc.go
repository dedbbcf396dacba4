// Package calendar answers three questions about business hours: is it open,
// how much open time lies between two instants, and when has so much open time
// passed. It is the only package that knows dates, zones and clock changes;
// everywhere else time is a time.Duration since the scenario's start, and an
// Axis translates.
//
// # Hours are read off the wall, time is what really passes
//
// Hours are stated in local wall-clock minutes of an IANA zone, as half-open
// spans: 09:00–17:00 is open at 09:00 and closed at 17:00, and 00:00–24:00
// leaves no minute out. A span may run past midnight; it belongs to the day on
// which it starts. Each boundary becomes an instant, and from there on only
// real elapsed time counts. A day that is open all day has 23 hours when the
// clock goes forward, 25 when it goes back, and no code divides hours by 24 to
// learn what day it is.
//
// A wall-clock time that a clock change skips moves forward by the length of
// the gap: 02:30 on a morning without 02:00–03:00 is 03:30. A time that happens
// twice is its first occurrence. Hours that begin inside a gap and end behind it,
// but by less than they were moved, are lost that day (02:30–03:00 would end before
// it begins). A date that a zone left out altogether, such as 30 December 2011 in
// Samoa, has no hours.
//
// # What beats what
//
// A closed date is closed from its midnight to the next: hours that began the
// evening before end at midnight, and none begin on it. Otherwise an override
// replaces the weekly hours that start on its date, and an empty override means
// that none do. Breaks subtract from whatever is open, on every date. Spans that
// meet or overlap count once.
//
// # Searches end
//
// A calendar that is never open is refused by Calendar.Check. One that was not
// checked does no harm either: every search for open time gives up after a
// century, and says so.
//
// # Why two types
//
// A Calendar is what a scenario states; its methods are exact at every instant
// of every year, and lay out a few days at each call. A Timeline is the same
// calendar laid out once for the length of a simulation: its methods are a binary
// search and allocate nothing. They agree to the nanosecond, and tests hold them to it.
package calendar
