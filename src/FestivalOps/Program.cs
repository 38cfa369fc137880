using FestivalOps;
using FestivalOps.Alerting.Export;
using FestivalOps.Blocking.Scanning;
using FestivalOps.Settings;

if (args is ["probe", var address]) return await Probe.RunAsync(address);
if (args is ["--help" or "-h" or "help"])
{
    await Console.Out.WriteLineAsync(
        """
        FestivalOps                     starts the bot; settings come from appsettings.json, FOPS_… variables, or --Section:Key=value
        FestivalOps export-rules        prints the limits as a Prometheus rule file
        FestivalOps probe ADDRESS       ends with 0 when the address answers; for health checks
        FestivalOps scan nginx FILE     says which addresses would have been blocked; scan auth FILE the same for auth.log
        All settings: deploy/SETTINGS.md
        """);
    return 0;
}

try
{
    if (args is ["export-rules", .. var settings])
    {
        await Console.Out.WriteAsync(ExportSetup.ExportRules(SettingsSources.Read(settings)));
        return 0;
    }
    if (args is ["scan", .. var scan]) return ScanVerb.Run(scan, Console.Out, Console.Error);
    // Memory belongs to the whole process, so only the program looks after it: the demo and the tests have more than a bot in theirs.
    await using var bot = BotHost.Build(SettingsSources.Read(args), services => services.AddHostedService(s => new IdleMemory(s.GetRequiredService<TimeProvider>())));
    await bot.RunAsync();
    return Environment.ExitCode;
}
catch (Exception) when (Environment.ExitCode != 0)
{
    // It was said in the log why the bot stops; what its start was about to do ended halfway.
    return Environment.ExitCode;
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync("FestivalOps can't start: the settings are not right.");
    await Console.Error.WriteLineAsync(wrong.Message);
    await Console.Error.WriteLineAsync("Section:Key is FOPS_Section__Key as an environment variable. All settings: deploy/SETTINGS.md");
    return 78; // EX_CONFIG of sysexits.h: a service manager need not try again
}
