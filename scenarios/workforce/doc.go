// Package workforce reads what workforce tools export: forecasts by interval and rosters of shifts. It makes
// parts of scenarios of them, in which every value says where it comes from.
//
// A forecast is CSV with a row for each queue and interval: when it starts, how many contacts are
// expected, and how long one takes to handle. Each queue becomes an issue, and each of its weeks a stream whose
// expected arrivals are those of the forecast, interval by interval.
//
// A roster is CSV with a row for each shift of a person, or a calendar (iCalendar, RFC 5545) with an event for
// each, repeated or not. It becomes shifts with heads, weekdays and hours; weeks that are the same are put
// together, and nothing is rounded: on every day as many people work from when to when as the roster has.
package workforce
