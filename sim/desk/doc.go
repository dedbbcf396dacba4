// Package desk is the life of a ticket: it arrives, waits in a queue, is taken by
// an agent who has the skill, is answered, waits for its customer, comes back, is
// solved, perhaps reopened; or its customer gives up. Shifts come and go around it.
//
// A Layout is a scenario prepared for simulation and shared by all trials. A Desk
// runs one trial after another on it, and tells an Observer what happens. The desk
// decides; it measures nothing.
//
// # Order at equal times
//
// Systems go down first, then shifts and breaks change, then systems come back, then
// touches end, then tickets arrive and customers answer, come back, try again or ask
// again, then customers give up, then the customers of silent tickets are reminded and
// silent tickets closed, then tickets escalate, then others may take those who have waited
// long enough, and last the load on the teams is looked at. So an agent whose shift ends
// now takes nothing new, one who becomes free now takes a ticket that arrives now, and a
// caller whose patience ends at the very
// moment at which an agent becomes free is answered.
//
// # Who takes what
//
// A ticket that arrives goes to the first team, in the order of the scenario, that
// has somebody who can take it now; within the team to the agent with the least in
// hand, of those to the one who has been so for longest, or as model.Selection says. An agent who becomes free
// takes, of all that waits for his team, live contacts before others and then what
// the order of the queue says (see model.Order).
//
// More than that is said by model.Routing:
//
//   - Overflow: a ticket goes on to another line, in which more teams take from it, when it
//     has waited for so long; or a team takes from a line that is not its own while
//     as many wait under its rule. When one more comes to wait and they are as many, an idle
//     agent of that team takes the first of them, which need not be the one that came.
//   - Reserve: with few enough idle, an idle agent is offered only what they are kept free
//     for. Whoever has something in hand, and room, takes anything.
//   - Owner: a follow-up goes to the agent who had the ticket last, at once if he has room;
//     else it waits for him alone, as long as it is said and he is at work. When he
//     goes, for a break too, it is anybody's; so it is from the beginning where agents of his
//     team are kept free of such tickets.
//   - Interrupt: a ticket that comes and finds nobody free takes the place of other work.
//     If that filled more of its agent than the ticket does, he takes what else he has room for.
//
// Otherwise nobody is interrupted.
//
// What is handed back at the end of a shift or before a break keeps its place in the
// queue and the work that is left. It is offered, in the order of the queue, to those who
// stay and have room; none who goes at the same instant gets it. Whoever comes then takes what waits.
//
// # What customers do of their own accord
//
// A live customer whose patience ends may accept to be called back. He has left the
// line, so he cannot leave any more, but not the queue: he keeps his place in it, before
// those who came after him, and goes on being taken as a live contact. His answer clock runs
// until an agent takes him. Who leaves may try again, which is another contact with a patience
// and an answer clock of its own, or write instead at once.
//
// The customer of a channel that is not live asks again while a message of his is
// unanswered: from creation to the first reply, and from each later message to the next
// one. Seen to be the same matter, it lengthens the touch in hand or the next one, and is an
// event that starts no clock. Else it is a second ticket on the same channel, whose
// customer asks no more and which does not come back.
//
// While a ticket is pending, reminders go out by themselves. To the clocks they are
// no reply of an agent.
//
// All these descend from a first contact; see ticket.Kin for their IDs. There are at most
// ticket.MostFurther further attempts of a customer, and as many second tickets about each of
// his contacts. Nothing is kept of those that are over. A customer who will try again takes the
// place of a ticket until he does.
//
// Where a promise is about the team that is responsible for a ticket, the first team
// that can serve it is responsible from its arrival on, and any other one from when it
// takes the ticket.
//
// While a team's system is down its agents take nothing. They finish what they have in
// hand, and when it is back those with the least in hand look for work first.
//
// What a ticket is promised is settled by its class and by the regime in which it is
// created, that is by the relaxations that hold then (Layout.Promised); everything else is
// the same in all regimes. A breach counts for the reviews of the ladder in the first
// nanosecond in which the ticket is overdue, or with the event that breaks its promise; the
// note of the review comes right after that.
//
// # Hand-offs
//
// A touch may be followed by a hand-off (see work.HandOff): whether, to which team and what
// that team's work takes belongs to the ticket. Then
//
//   - the touch ends in a public reply, whatever else it would have come to; the ticket is
//     assigned to the other team, on hold unless the scenario says that it stays open, and
//     waits in a queue of that team alone, at the end of it. The team is named, so it need
//     have neither the skill nor the channel;
//   - an agent of that team works on it, who is filled by it, as by any work that is not
//     live. Orders of the queue, priorities, slow tools and the ends of shifts apply as
//     to any ticket;
//   - when the work is done he leaves an internal note. The ticket is assigned back to the
//     team that handed it off, is open, and waits there, and there alone, for a touch that is
//     drawn as a later one (of the agent who had it, where follow-ups wait for theirs). Once that touch has ended any team that can may do the next;
//   - or, where the other team solves what it gets, he replies, and the ticket is solved.
//     If it comes back, it comes back to the team that handed it off.
//
// A rung of the ladder that reassigns a ticket while it is away says who gets it back; what
// is to be done elsewhere stays there. Raising it helps it there too. A team that
// hands off to itself, since it serves the issue too, has the ticket back in its own queue: what
// a ticket needs is the same whoever takes it.
//
// Tickets of an issue with hand-offs have a responsible team, from their arrival on, as
// where that is promised.
//
// A contact of a channel with concurrency n fills one n-th of an agent. Where contacts
// slow one another down, each goes at the speed of the moment: whenever one comes or goes,
// what is left of the others is stretched anew. Follow-up
// touches of a live contact are ordinary work: they wait like email and fill the agent.
//
// # People
//
// Agents of a shift are so many pairs of hands, and whoever has nothing in hand goes
// first. Where it matters who is there (sickness, attrition, hires, part-time), agent k of the
// shift is person k of it: he comes if he is there on that day and goes at the end of
// his crew's stretch, and nobody comes in his place. Who is there is laid out by key
// before the trial begins; see package people. Planned overtime is a stretch after the
// shift, without a gap, for its first people.
//
// A newcomer stretches the touches that he starts by 1 over his speed at that moment, as
// slow tools do; a touch keeps its stretch to the end.
//
// # On call
//
// People on call are not on shift. One of them is called when a ticket that he is for,
// which is no live contact, comes or escalates and nobody on shift has room for it; and, when
// he comes on call or ends a touch, for the first in the queue of those that wait. What
// is handed back at the end of a shift is a call only if nobody who comes has taken it.
// From the call on the ticket is in his hands, and nobody else gets it even if he becomes
// free sooner; the touch ends after the time to respond, which he does not need if he is
// at work already on the ticket before, and the work. He has one ticket at a time,
// finishes it whatever the hour, and hands nothing back.
//
// # Open tickets
//
// A trial may begin with tickets that are open. Their past is told to their clocks, which so stand
// where they would, and to an Heir; of what happens at the start they are the first. Those that
// wait stand in the queue since they came to wait, and go before all that arrives; whoever is silent
// answers, is reminded and closed as long after the last reply as any other. Rungs of the ladder to which they came before are over,
// and what those did is done; breaches of that time count for no review. What the next touch needs belongs to the
// ticket, as always. A touch that was in hand begins again, and nobody knows who had the ticket last.
//
// So a trial that is cut while nobody has anything in hand goes on as if it had not been, but for
// three things: solved tickets do not come back, second tickets have descended from nobody, and of events at one instant the order
// may be another.
//
// # Memory
//
// Tickets live in a slab whose places are used again, agents and events likewise:
// memory grows with the tickets that are in the system at once, and once it has
// grown nothing is allocated.
package desk
