// Package ticketlog reads and writes histories: what happened to which ticket
// and when. It keeps facts and judges nothing.
//
// There are two readers. Reader reads Headroom's own log, the format that Writer
// writes and the simulator therefore leaves behind; what is written and read again
// is the same to the nanosecond. ReadTable reads anybody's table of tickets by a
// Mapping that says which column means what, and takes from it what a replay needs: who
// came when, and what a snapshot needs: how tickets stand. OpenAt cuts a log of the first kind at an instant,
// for the tickets that are open then.
//
// # The log
//
// CSV as in RFC 4180, UTF-8, lines that end in LF, one row per event, one header row:
//
//	ticket,at,event,status,channel,issue,tier,priority,account,team,agent
//	t00000000000000a7,2026-11-27T09:00:12.5-05:00,created,new,email,refund,gold,high,acme,,
//	t00000000000000a7,2026-11-27T09:21:40-05:00,started,open,email,refund,gold,high,acme,front,3
//
// What the columns hold:
//
//   - ticket is the ticket's ID: t and 16 hexadecimal digits. The letter keeps a spreadsheet
//     from taking it for a number and rounding it.
//   - at is RFC 3339 with offset, in the zone of the scenario, with as many decimals as it
//     needs. Where the zone's offset has seconds, as local mean time before about 1900 has,
//     RFC 3339 cannot say it, and the instant is written in UTC.
//   - event and status are the words of package ticket; status is the one after the event.
//   - account, team and agent are empty where there is none. Agents are numbers.
//
// Columns may be in any order, and unknown ones are passed over, so that a log with more
// columns than these can be read.
//
// A cell that a spreadsheet would take for a formula (it starts with = + - @, a tab, a
// line end, or the full-width form of one of the four signs) is written with an apostrophe
// before it, and the readers take that apostrophe away again. See OWASP, CSV Injection.
//
// # What readers refuse
//
// Input is never trusted and never a panic. Everything that is wrong with it is a Problem
// with line and column. Compressed input (gzip) is recognised by its first bytes. A row may
// have at most MaxRow bytes, so that a file without line ends fails early, in little memory.
package ticketlog
