using FestivalOps;
using FestivalOps.Alerting.Export;
using FestivalOps.Settings;

if (args is ["probe", var address]) return await Probe.RunAsync(address);

try
{
    if (args is ["export-rules", .. var settings])
    {
        await Console.Out.WriteAsync(ExportSetup.ExportRules(SettingsSources.Read(settings)));
        return 0;
    }
    await using var bot = BotHost.Build(SettingsSources.Read(args));
    await bot.RunAsync();
    return Environment.ExitCode;
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync("FestivalOps can't start: the settings are not right.");
    await Console.Error.WriteLineAsync(wrong.Message);
    await Console.Error.WriteLineAsync("Section:Key is FOPS_Section__Key as an environment variable. All settings: deploy/SETTINGS.md");
    return 78; // EX_CONFIG of sysexits.h: a service manager need not try again
}
