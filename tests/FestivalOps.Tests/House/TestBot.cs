using FestivalOps.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace FestivalOps.Tests.House;

/// <summary>The bot as the program builds it, with settings given in the test; not started.</summary>
internal static class TestBot
{
    public static WebApplication Build(params (string Key, string Value)[] settings) => BotHost.Build(Settings(settings), log: TextWriter.Null);

    public static IConfiguration Settings(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Slack:BotToken"] = "xoxb-test",
            ["Slack:Transport"] = "Http",
            ["Slack:SigningSecret"] = "secret",
            ["Http:Address"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in settings) all[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(all.Where(s => s.Value != Absent)).Build();
    }

    /// <summary>Takes a setting away.</summary>
    public const string Absent = "(absent)";

    public static string Complaint(params (string Key, string Value)[] settings)
    {
        try
        {
            using var app = Build(settings) as IDisposable;
            return "";
        }
        catch (SettingsException wrong)
        {
            return wrong.Message;
        }
    }
}
