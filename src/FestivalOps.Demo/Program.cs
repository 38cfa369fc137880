using FestivalOps.Demo;

if (DemoOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync("Usage: dotnet run --project src/FestivalOps.Demo -- " + DemoOptions.Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});

try
{
    await using var stage = await DemoStage.StartAsync(options, Console.Out, stop.Token);
    if (options.Port != 0 && stage.Page.Port != options.Port)
        await Console.Out.WriteLineAsync($"[demo] ポート {options.Port} は使用中のため、別のポートを使います。 / Port {options.Port} is taken; another one is used.");
    await Console.Out.WriteLineAsync($"""

          FestivalOps demo
          {stage.Page}
          この URL をブラウザーで開き、#ops で /fops health と入力してください。終了は Ctrl+C。
          Open this address in a browser and type /fops health in #ops. Ctrl+C ends it.

          アラートを試す / Try an alert:  deploy/demo-alert.sh{(stage.Alerts.Port == new DemoOptions().BotPort ? "" : $" --port={stage.Alerts.Port}")}

        """);
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Out.WriteLineAsync("終了しました。 / Stopped.");
}
return 0;
