using FestivalOps.Benchmarks.Alerts;
using FestivalOps.Benchmarks.Block;
using FestivalOps.Benchmarks.Clock;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Benchmarks.Reports;
using FestivalOps.Benchmarks.Scan;
using FestivalOps.Benchmarks.Traffic;

// Without a mode: the whole comparison. The modes are the processes that it starts.
return args switch
{
    ["bare", var port, var secret] => await BareServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), secret),
    ["sink", var port] => await Sink.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", var order] => await LoadRun.RunAsync(order),
    ["alert-load", var order] => await AlertLoad.RunAsync(order),
    ["alerts", .. var rest] => await AlertRun.RunAsync(rest),
    ["clock", .. var rest] => await ClockFigure.RunAsync(rest),
    ["report", .. var rest] => await ReportFigure.RunAsync(rest),
    ["scan", .. var rest] => await ScanFigure.RunAsync(rest),
    ["block", .. var rest] => await BlockFigure.RunAsync(rest),
    ["packets-send"] => await Packets.SendAsync(),
    ["packets-receive", var port] => await Packets.ReceiveAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    [] => await Comparing.RunAsync(Effort.Full),
    ["--short"] => await Comparing.RunAsync(Effort.Short),
    ["--burst"] => await Comparing.RunAsync(Effort.Burst),
    _ => Comparing.Usage(),
};
