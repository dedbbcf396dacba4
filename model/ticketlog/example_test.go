package ticketlog_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/headroom-sim/headroom/model/calendar"
	"github.com/headroom-sim/headroom/model/ticket"
	"github.com/headroom-sim/headroom/model/ticketlog"
)

func ExampleWriter() {
	names := &ticket.Names{Channels: []string{"email"}, Issues: []string{"refund"}, Tiers: []string{"gold"},
		Priorities: []string{"high"}, Teams: []string{"front"}}
	x := calendar.Axis{Origin: time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC)}
	w, err := ticketlog.NewWriter(os.Stdout, names, x)
	if err != nil {
		fmt.Println(err)
		return
	}
	class := ticket.Class{Account: ticket.Anonymous}
	for _, e := range []ticket.Event{
		{Ticket: 167, At: 9 * time.Hour, Kind: ticket.Created, Status: ticket.New, Class: class, Team: ticket.NoTeam, Agent: -1},
		{Ticket: 167, At: 9*time.Hour + 12*time.Minute, Kind: ticket.Replied, Status: ticket.Solved, Class: class, Team: 0, Agent: 3},
	} {
		if err := w.Write(e); err != nil {
			fmt.Println(err)
		}
	}
	if err := w.Flush(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ticket,at,event,status,channel,issue,tier,priority,account,team,agent
	// t00000000000000a7,2026-11-27T09:00:00Z,created,new,email,refund,gold,high,,,
	// t00000000000000a7,2026-11-27T09:12:00Z,replied,solved,email,refund,gold,high,,front,3
}

func ExampleReadTable() {
	table := `number;opened;prio
INC1;29/2/2016 01:16;2 - High
INC1;29/2/2016 08:53;3 - Moderate
INC2;31/2/2016 09:00;?
INC3;1/3/2016 09:05;?
`
	rows, problems, err := ticketlog.ReadTable(strings.NewReader(table), ticketlog.Mapping{
		ID: "number", Created: "opened", Priority: "prio",
		Layout: "2/1/2006 15:04", Comma: ';', Missing: []string{"?"}, Updates: true,
	})
	if err != nil {
		fmt.Println(err)
	}
	for _, r := range rows {
		fmt.Printf("%s came %v, priority %q\n", r.ID, r.Created.Format(time.DateTime), r.Priority)
	}
	fmt.Println(problems.Error())
	// Output:
	// INC1 came 2016-02-29 01:16:00, priority "2 - High"
	// INC3 came 2016-03-01 09:05:00, priority ""
	// line 4, character 6, column opened: "31/2/2016 09:00": there is no such date or time (want 23/11/2017 14:35; are day and month the other way round?)
}
