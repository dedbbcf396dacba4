package sim_test
import ("testing";"fmt";"time")
func TestZZ(t *testing.T){
 q := pulses[0].queue
 q.length, q.interval = 8*time.Hour, time.Hour
 s:=q.scenario()
 fmt.Printf("%+v\n", s.Streams)
 p:=trial(t,s,0)
 for i,x:=range p.catalog.Series { fmt.Println(x.Name, p.run.Series[i].Num) }
}
